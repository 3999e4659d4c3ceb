"""What a backup says, read as what anybody may have written: nothing gets into the service's tables that has not the
form that the service itself gives it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from functions import schema
from functions.backups.files import Damaged
from functions.backups.forms import (
    HeadForm,
    ImageItem,
    PackRow,
    ReplacedForm,
    SuggestionsForm,
    images_form,
    record_form,
    record_of,
    require_room,
)
from functions.backups.manifest import MOST_MANIFEST, RECORD_ID, Manifest
from functions.checks.store import Check
from functions.datastores.wire import NewDataset
from functions.exports.store import Export
from functions.imports.store import Import
from functions.labeling.head import DISPUTED, LABELED, NOBODY, SKIPPED, Head, Slot
from functions.labeling.head_rows import head_of
from functions.labeling.record import Record
from functions.labeling.replaced_rows import KEY as REPLACED
from functions.labeling.replaced_rows import Replaced, read_replaced
from functions.labeling.rows import Image
from functions.labeling.suggestion_rows import importers_of
from functions.labeling.suggestions import Suggestion
from functions.names import KNOWN_NAMES, is_shortened
from functions.outside import MOST_WHOLE, NotJson, TooMuch, Twice, read_model
from functions.problems import NewerData
from functions.projects.groups import paths_of
from functions.projects.label_wire import GroupPath, LabelText
from functions.projects.model import MOST_OPINIONS, ONE_OPINION, Project
from functions.projects.wire import ProjectRequest
from functions.refresh.snapshot import Snapshot
from functions.refresh.store import Refresh
from functions.tasks.annotation import Annotation
from functions.tasks.base import TaskType
from functions.wording import field_errors

ID_FORM = re.compile(RECORD_ID)
FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_GROUPS: TypeAdapter[list[str]] = TypeAdapter(list[GroupPath])
_OTHER_LABELS: TypeAdapter[list[str]] = TypeAdapter(list[LabelText])


@dataclass(frozen=True)
class Pack:
    """A pack that may be written. suggestions: the imported ones; importers: their imports; replaced: what each import
    had found there.
    """

    number: int
    head: Head
    images: list[Image]
    records: list[Record]
    suggestions: dict[int, Suggestion]
    importers: dict[int, str]
    replaced: dict[str, Replaced]


def read_manifest(text: bytes, folder: str) -> Manifest:
    """Raises Damaged, also for what a newer version of the service has written."""
    try:
        manifest = read_model(Manifest, text, MOST_MANIFEST)
        schema.check("The backup is", manifest.schema_version)
        check_project(manifest)
    except NewerData as newer:
        raise Damaged(newer.detail) from None
    except (NotJson, TooMuch, Twice) as error:
        raise Damaged(f"The manifest cannot be read. {error}") from None
    except ValidationError as error:
        first = next(field_errors(error))
        raise Damaged(
            f"The manifest is not one that this service has written: {first.field or 'it'} {first.message}."
        ) from None
    if manifest.project.id != folder.partition("/")[0]:
        raise Damaged("The manifest is that of another project than its folder.")
    names = [part.name for part in manifest.parts]
    if len(set(names)) < len(names) or len(manifest.of("snapshot")) > 1:
        raise Damaged("The manifest names a part twice.")
    for part in manifest.of("export"):
        if part.name != f"exports/{part.export}/{part.file}" or not part.file or set(part.file) == {"."}:
            raise Damaged("The manifest names a file of an export that is none.")
    return manifest


def check_project(manifest: Manifest) -> None:
    """The project is one that the service would have made. Raises Damaged, ValidationError."""
    project, dataset = manifest.project, manifest.dataset
    made = ProjectRequest.model_validate(
        {
            "name": project.name,
            "taskType": project.task_type,
            "dataset": {"name": dataset.name},
            "order": project.order,
            "labels": [{"name": label.name, "group": label.group} for label in project.labels],
            "instructions": {"text": project.instructions_text, "url": project.instructions_url},
            "mlAssist": project.ml_assist,
            "suggestionOrder": project.suggestion_order,
            "suggestionPrecision": project.suggestion_precision,
            "leaseMinutes": project.lease_minutes,
            "opinions": project.opinions.model_dump(),
            "labelersSeeFigures": project.labelers_see_figures,
        },
        context=KNOWN_NAMES,
    )
    NewDataset.model_validate(
        {
            "name": dataset.name,
            "description": dataset.description,
            "datastore": manifest.datastore.name,
            "prefix": dataset.prefix,
        },
        context=KNOWN_NAMES,
    )
    ids = [label.id for label in project.all_labels]
    invited = [member.sign_in_name for member in manifest.members]
    _OTHER_LABELS.validate_python([label.name for label in (*project.merged, *project.retired)], context=KNOWN_NAMES)
    _GROUPS.validate_python([label.group for label in project.merged], context=KNOWN_NAMES)
    is_whole = (
        made.name == project.name
        and [label.group for label in made.labels] == [label.group for label in project.labels]
        and (project.dataset, project.datastore, project.prefix) == (dataset.name, dataset.datastore, dataset.prefix)
        and dataset.datastore.casefold() == manifest.datastore.name.casefold()
        and len(set(ids)) == len(ids)
        and all(0 < label < project.next_label <= MOST_WHOLE for label in ids)
        and 0 <= project.edition <= MOST_WHOLE
        and {*project.leaving, *project.unsettled} <= {*ids}
        and (project.has_opinions or project.opinions == ONE_OPINION)
        and _is_merging_sound(project)
        and _is_grouping_sound(project)
        and project.status != "deleting"
        and project.restoring is None
        and all(name == name.strip() and name.isprintable() and not is_shortened(name) for name in invited)
        and all(person.sign_in_name.strip(" .") for person in manifest.people)
    )
    if not is_whole:
        raise Damaged("The manifest's project is not one that this service has made.")
    try:
        require_room(project)
    except ValueError:
        raise Damaged("The manifest's project is more than this service can keep.") from None


def _is_merging_sound(project: Project) -> bool:
    """Each label was merged into one that was not merged by then."""
    live = {label.id for label in project.labels}
    for label in reversed(project.merged):
        if label.into not in live:
            return False
        live.add(label.id)
    return True


def _is_grouping_sound(project: Project) -> bool:
    """Groups are exclusive where the task type has that, each once, and labels are in them or were, before merging."""
    groups = paths_of(label.group for label in (*project.labels, *project.merged))
    exclusive = project.exclusive_groups
    return len(set(exclusive)) == len(exclusive) and (
        not exclusive or (project.task.exclusive_groups and {*groups}.issuperset(exclusive))
    )


def read_pack(rows: Sequence[Mapping[str, Any]], project: Project) -> Pack:
    """A pack of its rows in a part. Raises Damaged."""
    partition = rows[0].get("PartitionKey")
    if not (isinstance(partition, str) and re.fullmatch(r"\d{6}", partition, re.ASCII)):
        raise Damaged("A row is in no pack.")
    by_key: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        key = row.get("RowKey")
        if not isinstance(key, str) or key in by_key:
            raise Damaged(f"Pack {partition} has a row twice, or one without a key.")
        by_key[key] = row
    try:
        return _pack(partition, {key: PackRow.validate_python(row) for key, row in by_key.items()}, project)
    except (KeyError, ValueError, RecursionError):
        raise Damaged(f"Pack {partition} has a row that this service has not written.") from None


def _pack(partition: str, rows: dict[str, dict[str, Any]], project: Project) -> Pack:
    head_row, images_row = rows.pop(f"head|{partition}"), rows.pop(f"images|{partition}")
    suggestions_row = rows.pop(f"suggestions|{partition}", None)
    replaced_rows = [rows.pop(key) for key in list(rows) if key.startswith(f"{REPLACED}|")]
    head = _head(head_row, project)
    images = images_form(images_row)
    if (images.revision, len(images.items)) != (head.revision, len(head.slots)):
        raise ValueError("images of another head")
    records = [_record(row, partition, head) for row in rows.values()]
    if {record.number for record in records} != set(range(head.records)) or len(records) != head.records:
        raise ValueError("records that the head does not count")
    known = SuggestionsForm.model_validate(suggestions_row or {"suggestions": "{}"})
    replaced = [ReplacedForm.model_validate(row) for row in replaced_rows]
    return Pack(
        int(partition),
        head,
        [_image(item, project.prefix) for item in images.items],
        records,
        suggestions={slot: Suggestion(*one) for slot, one in known.suggestions.items()},
        importers={slot: by for slot, by in importers_of(known.importers).items() if slot in known.suggestions},
        replaced={row.RowKey.removeprefix(f"{REPLACED}|"): read_replaced(row.slots) for row in replaced},
    )


def _head(row: dict[str, Any], project: Project) -> Head:
    labels = {label.id for label in project.all_labels}
    read, head = HeadForm.model_validate(row), head_of(row)
    count = len(read.states)
    if any(len(column) != count for column in (read.labels, read.by, read.at)):
        raise ValueError("columns of several lengths")
    marked = {*read.missing, *read.changed, *read.outdated, *read.deferred, *read.rejections, *read.reviewed}
    leased = {slot for lease in (*head.leases, *head.ended) for slot in lease.slots}
    looked = [one for number in range(1, MOST_OPINIONS + 1) for one in getattr(read, f"opinions{number}")]
    marked |= {*read.asked, *(slot for slot, *_ in looked)}
    is_sound = (
        len(read.labelers) == len(read.rejected) == len(set(read.labelers))
        and len(read.guided) <= len(read.labelers)
        and all(slot < count for slot in marked | leased)
        and all(_is_sound(slot, len(read.labelers), labels, project.task) for slot in head.slots)
        and (project.has_opinions or not (looked or read.asked))
    )
    if not is_sound:
        raise ValueError("a head that no rule has made")
    return head


def _is_sound(slot: Slot, labelers: int, labels: set[int], task: TaskType) -> bool:
    is_done = slot.state in (LABELED, SKIPPED)
    people = [one.labeler for one in slot.opinions]
    return (
        (task.is_sound(slot.annotation) if slot.annotation else not slot.labels)
        and labels.issuperset(slot.labels)
        and (0 <= slot.labeler < labelers if is_done else slot.labeler == NOBODY)
        and (slot.at > 0) == (is_done or slot.state == DISPUTED)
        and len(people) == len(set(people)) <= MOST_OPINIONS
        and all(0 <= labeler < labelers for labeler in people)
        and all(one.said is None or _is_known(one.said, labels, task) for one in slot.opinions)
        and (slot.state != DISPUTED or len(people) > 1)
        and (slot.reviewed is None or slot.state == LABELED)
    )


def _is_known(said: Annotation, labels: set[int], task: TaskType) -> bool:
    return task.is_sound(said) and labels.issuperset(said.labels)


def _image(item: ImageItem, prefix: str) -> Image:
    image = Image(*item)
    if not image.name.startswith(prefix) or CONTROL.search(image.name):
        raise ValueError("an image of another folder")
    return image


def _record(row: dict[str, Any], partition: str, head: Head) -> Record:
    said = record_form(row).document
    record = Record.from_row(row)
    if record.key.startswith("s|") and record.key[2:8] != partition:
        raise ValueError("a submission of another pack")
    named = (*said.labels, *(said.skipped or ()), *said.taken, *said.reasons, *said.suggested, *said.hidden)
    if any(slot >= len(head.slots) for slot in (*named, *said.predicted, *said.outcomes)):
        raise ValueError("a record of images that are not there")
    people = {one.by for outcome in record.outcomes.values() for one in outcome.opinions}
    if not people | {outcome.by for outcome in record.outcomes.values()} <= {*head.labelers, ""}:
        raise ValueError("a record of opinions of people whom the head does not know")
    return record


def read_record(row: Mapping[str, Any], project: Project) -> Export | Import | Check | Refresh:
    """A record of an export, an import, a check or a refresh. Raises Damaged."""
    try:
        record = record_of(row)
    except ValueError:
        raise Damaged("There is a record that this service has not written.") from None
    if not ID_FORM.fullmatch(record.id):
        raise Damaged("There is a record whose id is none.")
    if not isinstance(record, Refresh) and record.project_id != project.id:
        raise Damaged("There is a record of another project.")
    if isinstance(record, Export) and not all(FILE.fullmatch(file.name) for file in record.files):
        raise Damaged("There is an export with a file whose name is none.")
    return record


def check_snapshot(snapshot: Snapshot, project: Project, images: int) -> None:
    """What the project knew of its folder: its own images, each once. Raises ValueError."""
    last = ""
    for count, entry in enumerate(snapshot, 1):
        if count > images:
            raise ValueError("more images than there are")
        if entry.name <= last or not entry.name.startswith(project.prefix):
            raise ValueError("a name of another folder, or not in its place")
        last = entry.name
