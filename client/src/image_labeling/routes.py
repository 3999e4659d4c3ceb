"""Every route of the service that this client calls, a row each, and those that it leaves out, with the reason.

A test holds this table against the OpenAPI document that the service serves.
"""

from image_labeling.answers.assist import Assist, Training
from image_labeling.answers.audit import AuditEntry
from image_labeling.answers.backups import Backup, Restore, RestorePreview
from image_labeling.answers.base import Page
from image_labeling.answers.checks import Check, CheckedImage, Verdicts
from image_labeling.answers.datastores import Browsed, Dataset, Datastore, ExportedDataset, Sample
from image_labeling.answers.exports import Export
from image_labeling.answers.figures import Activity, Agreement, Labelers
from image_labeling.answers.images import Detail, Examples, Image, ImageWithHistory
from image_labeling.answers.imports import Import, LabelFilePreview, LabelUploads
from image_labeling.answers.leases import LeaseAnswer, Renewal, Submission
from image_labeling.answers.people import Me, Member, Person
from image_labeling.answers.projects import Progress, ProjectAnswer
from image_labeling.answers.refreshes import Refresh
from image_labeling.answers.reviews import Asking, Confirmation, Corrections, Rejection, UndoneReview
from image_labeling.answers.tokens import AnyToken, Token
from image_labeling.answers.uploads import Offer
from image_labeling.route import Route

LIST_PROJECTS = Route("GET", "projects", Page[ProjectAnswer])
CREATE_PROJECT = Route("POST", "projects", ProjectAnswer)
GET_PROJECT = Route("GET", "projects/{project_id}", ProjectAnswer)
CHANGE_PROJECT = Route("PATCH", "projects/{project_id}", ProjectAnswer)
DELETE_PROJECT: Route[None] = Route("DELETE", "projects/{project_id}")
GET_PROGRESS = Route("GET", "projects/{project_id}/progress", Progress)

LIST_IMAGES = Route(
    "GET",
    "projects/{project_id}/images",
    Page[Image],
    query=(
        *("state", "label", "labels", "group", "match", "labeler", "name", "changedSinceLabeled", "reviewed"),
        *("rejected", "doubted", "suggested", "order"),
    ),
)
GET_IMAGE = Route("GET", "projects/{project_id}/images/{image_id}", ImageWithHistory, query=("limit", "cursor"))
GET_DETAIL = Route("GET", "projects/{project_id}/images/{image_id}/detail", Detail)
GET_EXAMPLES = Route("GET", "projects/{project_id}/labels/{label_id}/examples", Examples)

LIST_IMPORTS = Route("GET", "projects/{project_id}/imports", Page[Import], query=("dryRun",))
GET_IMPORT = Route("GET", "projects/{project_id}/imports/{import_id}", Import)
START_IMPORT = Route("POST", "projects/{project_id}/imports", Import)
UNDO_IMPORT = Route("POST", "projects/{project_id}/imports/{import_id}/undo", Import)
# An offer more leaves nothing behind but addresses.
UPLOAD_IMPORT_FILES = Route("POST", "projects/{project_id}/imports/uploads", LabelUploads, is_repeatable=True)
UPLOAD_LABEL_FILES = Route("POST", "label-files/uploads", LabelUploads, is_repeatable=True)
PREVIEW_LABEL_FILE = Route("POST", "label-files/preview", LabelFilePreview, is_repeatable=True)

LIST_EXPORTS = Route("GET", "projects/{project_id}/exports", Page[Export])
GET_EXPORT = Route("GET", "projects/{project_id}/exports/{export_id}", Export)
START_EXPORT = Route("POST", "projects/{project_id}/exports", Export)
DELETE_EXPORT: Route[None] = Route("DELETE", "projects/{project_id}/exports/{export_id}")

# Asked again, it hands out the same page.
LEASE_IMAGES = Route("POST", "projects/{project_id}/leases", LeaseAnswer, is_repeatable=True)
RENEW_LEASE = Route("POST", "projects/{project_id}/leases/{lease_id}/renewal", Renewal, is_repeatable=True)
# Asked again with the same labels, it tells the same.
SUBMIT_LEASE = Route("POST", "projects/{project_id}/leases/{lease_id}/submission", Submission, is_repeatable=True)
RELEASE_LEASE: Route[None] = Route("DELETE", "projects/{project_id}/leases/{lease_id}")

CORRECT = Route("POST", "projects/{project_id}/corrections", Corrections)
CONFIRM = Route("POST", "projects/{project_id}/confirmations", Confirmation)
REJECT = Route("POST", "projects/{project_id}/rejections", Rejection)
ASK_FOR_OPINIONS = Route("POST", "projects/{project_id}/opinions", Asking)
UNDO_REVIEW = Route("POST", "projects/{project_id}/reviews/{review_id}/undo", UndoneReview)
RELABEL = Route("PUT", "projects/{project_id}/images/{image_id}/labels", ImageWithHistory)
# An offer changes nothing.
OFFER_UPLOADS = Route("POST", "datastores/{name}/uploads", Offer, is_repeatable=True)
OFFER_PROJECT_UPLOADS = Route("POST", "projects/{project_id}/uploads", Offer, is_repeatable=True)

LIST_MEMBERS = Route("GET", "projects/{project_id}/members", Page[Member])
SET_MEMBER = Route("PUT", "projects/{project_id}/members/{sign_in_name}", Member)
REMOVE_MEMBER: Route[None] = Route("DELETE", "projects/{project_id}/members/{sign_in_name}")
LIST_PROJECT_TOKENS = Route("GET", "projects/{project_id}/tokens", Page[Token])
REVOKE_PROJECT_TOKEN: Route[None] = Route("DELETE", "projects/{project_id}/tokens/{token_id}")

# It joins one that is running.
START_REFRESH = Route("POST", "projects/{project_id}/refreshes", Refresh, is_repeatable=True)
LIST_REFRESHES = Route("GET", "projects/{project_id}/refreshes", Page[Refresh])
START_TRAINING = Route("POST", "projects/{project_id}/trainings", Training)
LIST_TRAININGS = Route("GET", "projects/{project_id}/trainings", Page[Training])
MERGE_LABEL = Route("POST", "projects/{project_id}/labels/{label_id}/merge", ProjectAnswer)
UNMERGE_LABEL = Route("DELETE", "projects/{project_id}/labels/{label_id}/merge", ProjectAnswer)

GET_LABELERS = Route("GET", "projects/{project_id}/labelers", Labelers)
GET_ACTIVITY = Route("GET", "projects/{project_id}/activity", Activity)
GET_AGREEMENT = Route("GET", "projects/{project_id}/agreement", Agreement)
GET_ASSIST = Route("GET", "projects/{project_id}/assist", Assist)

START_CHECK = Route("POST", "projects/{project_id}/checks", Check)
LIST_CHECKS = Route("GET", "projects/{project_id}/checks", Page[Check])
GET_CHECK = Route("GET", "projects/{project_id}/checks/{check_id}", Check)
DELETE_CHECK: Route[None] = Route("DELETE", "projects/{project_id}/checks/{check_id}")
LIST_CHECK_IMAGES = Route(
    "GET", "projects/{project_id}/checks/{check_id}/images", Page[CheckedImage], query=("verdict",)
)
JUDGE_IMAGES = Route("POST", "projects/{project_id}/checks/{check_id}/verdicts", Verdicts)

START_BACKUP = Route("POST", "projects/{project_id}/backups", Backup)
LIST_BACKUPS = Route("GET", "projects/{project_id}/backups", Page[Backup])
GET_BACKUP = Route("GET", "projects/{project_id}/backups/{backup_id}", Backup)
DELETE_BACKUP: Route[None] = Route("DELETE", "projects/{project_id}/backups/{backup_id}")
# It writes nothing.
PREVIEW_RESTORE = Route("POST", "restores/preview", RestorePreview, is_repeatable=True)
START_RESTORE = Route("POST", "restores", Restore)
LIST_RESTORES = Route("GET", "restores", Page[Restore])
GET_RESTORE = Route("GET", "restores/{restore_id}", Restore)

GET_ME = Route("GET", "me", Me)
LIST_DATASTORES = Route("GET", "datastores", Page[Datastore])
CREATE_DATASTORE = Route("POST", "datastores", Datastore)
GET_DATASTORE = Route("GET", "datastores/{name}", Datastore)
CHANGE_DATASTORE = Route("PATCH", "datastores/{name}", Datastore)
DELETE_DATASTORE: Route[None] = Route("DELETE", "datastores/{name}")
BROWSE_DATASTORE = Route("GET", "datastores/{name}/browse", Browsed, query=("prefix",))
SAMPLE_DATASTORE = Route("GET", "datastores/{name}/sample", Sample, query=("prefix",))
LIST_DATASETS: Route[Page[Dataset | ExportedDataset]] = Route("GET", "datasets", Page[Dataset | ExportedDataset])
CREATE_DATASET = Route("POST", "datasets", Dataset)
DELETE_DATASET: Route[None] = Route("DELETE", "datasets/{name}")

LIST_TOKENS = Route("GET", "tokens", Page[AnyToken])
REVOKE_TOKEN: Route[None] = Route("DELETE", "tokens/{token_id}")
LIST_PEOPLE = Route("GET", "people", Page[Person])
ERASE_PERSON = Route("DELETE", "people/{user_id}", Person)
BLOCK_PERSON: Route[None] = Route("PUT", "people/{user_id}/block")
UNBLOCK_PERSON: Route[None] = Route("DELETE", "people/{user_id}/block")
LIST_AUDIT = Route("GET", "audit", Page[AuditEntry], query=("project", "person", "action", "since", "until"))

# Routes that have no call here, and why.
LEFT_OUT = {
    "GET openapi.json": "for programs that make clients",
    "GET health": "for whoever watches over the service; GET me says more to a script",
    "GET audit.csv": "the same as GET audit, for spreadsheets",
    "POST tokens": "people make tokens in the site: a token makes no tokens",
    "POST projects/{project_id}/tokens": "people make tokens in the site: a token makes no tokens",
}
