"""Every route of the service that this client calls, a row each, and those that it leaves out, with the reason.

A test holds this table against the OpenAPI document that the service serves.
"""

from image_labeling.answers.base import Page
from image_labeling.answers.exports import Export
from image_labeling.answers.images import Detail, Examples, Image, ImageWithHistory
from image_labeling.answers.imports import Import, LabelFilePreview, LabelUploads
from image_labeling.answers.leases import LeaseAnswer, Renewal, Submission
from image_labeling.answers.projects import Progress, ProjectAnswer
from image_labeling.answers.reviews import Asking, Confirmation, Corrections, Rejection, UndoneReview
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

LIST_IMPORTS = Route("GET", "projects/{project_id}/imports", Page[Import])
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

# Routes that have no call here, and why.
LEFT_OUT = {
    "GET openapi.json": "for programs that make clients",
}
