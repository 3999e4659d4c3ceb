"""What a backup says, read as what anybody may have written: nothing gets into the service's tables that has not the
form that the service itself gives it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, Json, TypeAdapter, ValidationError

from functions import schema
from functions.backups.files import Damaged
from functions.backups.manifest import MOST_MANIFEST, Manifest
from functions.datastores.wire import NewDataset
from functions.exports.store import Export
from functions.imports.store import Import
from functions.labeling.head import LABELED, NOBODY, PACK_SIZE, SKIPPED, STATE_NAMES, Head
from functions.labeling.rows import Image, Record
from functions.labeling.suggestions import Suggestion
from functions.names import KNOWN_NAMES, is_shortened
from functions.outside import NotJson, TooMuch, Twice, read_model
from functions.problems import NewerData
from functions.projects.model import Project
from functions.projects.models import ProjectRequest
from functions.refresh.store import Refresh
from functions.wording import field_errors

LATEST_MS = 9_999_999_999_999
# As much as storage takes for a whole number.
MOST_WHOLE = 2**31 - 1
ACTIONS = frozenset(("submitted", "rejected", "corrected", "imported", "restored", "missing", "back", "changed"))
RECORD_KEY = re.compile(r"(s\|\d{6}-|r\|)[0-9A-Za-z]{1,64}")
RECORD_ID = re.compile(r"[0-9a-f]{19}")
FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Slots = Json[list[Annotated[int, Field(ge=0, lt=PACK_SIZE)]]]
Whole = Annotated[int, Field(ge=0, le=LATEST_MS)]
UserId = Annotated[str, Field(min_length=1, max_length=128)]
LeaseItem = tuple[
    Annotated[str, Field(pattern=r"^\d{6}-[0-9A-Za-z]{1,64}$")],
    UserId,
    Whole,
    Annotated[str, Field(pattern=r"^(\d\d){0,99}$")],
    Annotated[str, Field(pattern=r"^[0-9a-f]{1,26}$")],
]


class _Row(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)


class _HeadRow(_Row):
    states: str = Field(max_length=PACK_SIZE)
    labels: Json[list[list[Annotated[int, Field(ge=1)]]]]
    by: Json[list[int]]
    at: Json[list[Whole]]
    rejections: Json[dict[str, Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,64}$")]]]
    missing: Slots
    changed: Slots
    outdated: Slots
    deferred: Slots = []
    labelers: Json[list[UserId]]
    rejected: Json[list[Whole]]
    guided: Json[list[tuple[Whole, Whole, Whole, Whole]]] = []
    leases: Json[list[LeaseItem]]
    ended: Json[list[LeaseItem]]
    frozen: bool
    revision: int = Field(ge=0, le=MOST_WHOLE)
    records: int = Field(ge=0, le=MOST_WHOLE)


_IMAGE: TypeAdapter[tuple[str, str, int, int, int, str | None]] = TypeAdapter(
    tuple[
        Annotated[str, Field(min_length=1, max_length=1024)],
        Annotated[str, Field(max_length=200)],
        Whole,
        Annotated[int, Field(ge=0, le=1_000_000)],
        Annotated[int, Field(ge=0, le=1_000_000)],
        Annotated[str, Field(max_length=2000)] | None,
    ],
    config=ConfigDict(strict=True, hide_input_in_errors=True),
)
_RECORD: TypeAdapter[Record] = TypeAdapter(Record)
_SUGGESTIONS: TypeAdapter[dict[int, tuple[int, float]]] = TypeAdapter(
    dict[
        Annotated[int, Field(ge=0, lt=PACK_SIZE)],
        tuple[Annotated[int, Field(ge=1, le=MOST_WHOLE)], Annotated[float, Field(ge=0, le=1)]],
    ]
)


@dataclass(frozen=True)
class Pack:
    """A pack that may be written."""

    number: int
    head: Head
    images: list[Image]
    records: list[Record]
    suggestions: dict[int, Suggestion]


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
            "labels": [label.name for label in project.labels],
            "instructions": {"text": project.instructions_text, "url": project.instructions_url},
            "mlAssist": project.ml_assist,
            "suggestionOrder": project.suggestion_order,
            "suggestionPrecision": project.suggestion_precision,
            "leaseMinutes": project.lease_minutes,
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
    others = [label.name for label in (*project.merged, *project.retired)]
    is_whole = (
        made.name == project.name
        and (project.dataset, project.datastore, project.prefix) == (dataset.name, dataset.datastore, dataset.prefix)
        and dataset.datastore.casefold() == manifest.datastore.name.casefold()
        and len(set(ids)) == len(ids)
        and all(0 < label < project.next_label <= MOST_WHOLE for label in ids)
        and 0 <= project.edition <= MOST_WHOLE
        and all(0 < len(name) <= 100 for name in others)
        and _is_merging_sound(project)
        and project.status != "deleting"
        and project.restoring is None
        and all(name == name.strip() and name.isprintable() and not is_shortened(name) for name in invited)
        and all(person.sign_in_name.strip(" .") for person in manifest.people)
    )
    if not is_whole:
        raise Damaged("The manifest's project is not one that this service has made.")


def _is_merging_sound(project: Project) -> bool:
    """Each label was merged into one that was not merged by then."""
    live = {label.id for label in project.labels}
    for label in reversed(project.merged):
        if label.into not in live:
            return False
        live.add(label.id)
    return True


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
        return _pack(partition, by_key, project)
    except (ValidationError, KeyError, ValueError, TypeError, IndexError, RecursionError):
        raise Damaged(f"Pack {partition} has a row that this service has not written.") from None


def _pack(partition: str, rows: dict[str, Mapping[str, Any]], project: Project) -> Pack:
    head_row, images_row = rows.pop(f"head|{partition}"), rows.pop(f"images|{partition}")
    suggestions_row = rows.pop(f"suggestions|{partition}", None)
    head = _head(head_row, {label.id for label in project.all_labels})
    images = [_image(images_row[f"i{slot:02}"], project.prefix) for slot in range(len(head.slots))]
    if images_row["revision"] != head.revision or f"i{len(head.slots):02}" in images_row:
        raise ValueError("images of another head")
    records = [_record(key, row, partition, head) for key, row in rows.items()]
    if {record.number for record in records} != set(range(head.records)) or len(records) != head.records:
        raise ValueError("records that the head does not count")
    suggestions = _SUGGESTIONS.validate_json(suggestions_row["suggestions"]) if suggestions_row else {}
    suggested = {slot: Suggestion(*one) for slot, one in suggestions.items()}
    return Pack(int(partition), head, images, records, suggested)


def _head(row: Mapping[str, Any], labels: set[int]) -> Head:
    read = _HeadRow.model_validate({name: row[name] for name in _HeadRow.model_fields if name in row})
    head = Head.from_row(dict(row))
    count = len(read.states)
    if any(len(column) != count for column in (read.labels, read.by, read.at)):
        raise ValueError("columns of several lengths")
    marked = {*read.missing, *read.changed, *read.outdated, *read.deferred, *map(int, read.rejections)}
    leased = {slot for lease in (*head.leases, *head.ended) for slot in lease.slots}
    is_sound = (
        len(read.labelers) == len(read.rejected) == len(set(read.labelers))
        and len(read.guided) <= len(read.labelers)
        and all(0 <= slot < count for slot in marked | leased)
        and all(_is_sound(slot, len(read.labelers), labels) for slot in head.slots)
    )
    if not is_sound:
        raise ValueError("a head that no rule has made")
    return head


def _is_sound(slot: Any, labelers: int, labels: set[int]) -> bool:
    is_done = slot.state in (LABELED, SKIPPED)
    return (
        slot.state in STATE_NAMES
        and (slot.state == LABELED) == bool(slot.labels)
        and labels.issuperset(slot.labels)
        and (0 <= slot.labeler < labelers if is_done else slot.labeler == NOBODY)
        and (slot.at > 0) == is_done
    )


def _image(text: Any, prefix: str) -> Image:
    image = Image(*_IMAGE.validate_json(text))
    if not image.name.startswith(prefix) or CONTROL.search(image.name):
        raise ValueError("an image of another folder")
    return image


def _record(key: str, row: Mapping[str, Any], partition: str, head: Head) -> Record:
    if not RECORD_KEY.fullmatch(key) or (key.startswith("s|") and key[2:8] != partition):
        raise ValueError("a row of no kind")
    record = _RECORD.validate_python(Record.from_row(dict(row)))
    named = {*record.labels, *record.taken, *(record.reasons or {})}
    texts = [record.by, record.reason or "", record.undoes or "", *(record.reasons or {}).values()]
    is_sound = (
        record.action in ACTIONS
        and 0 < len(record.by) <= 128
        and 0 <= record.at <= LATEST_MS
        and all(0 <= slot < len(head.slots) for slot in named)
        and all(len(text) <= 10_000 for text in texts)
        and all(0 < label <= MOST_WHOLE for labels in record.labels.values() for label in labels)
        and all(0 < guess.label <= MOST_WHOLE for guess in (record.suggested or {}).values())
        and isinstance(row["number"], int)
        and all(0 <= slot < len(head.slots) for slot in record.suggested or {})
    )
    if not is_sound:
        raise ValueError("a record that nothing has left")
    return record


def read_record(row: Mapping[str, Any], project: Project) -> Export | Import | Refresh:
    """A record of an export, an import or a refresh. Raises Damaged."""
    kinds: dict[Any, type[Export] | type[Import] | type[Refresh]] = {
        "export": Export,
        "import": Import,
        "refresh": Refresh,
    }
    try:
        record = kinds[row["kind"]].model_validate(row["document"])
    except (ValidationError, KeyError, TypeError, RecursionError):
        raise Damaged("There is a record that this service has not written.") from None
    if not RECORD_ID.fullmatch(record.id):
        raise Damaged("There is a record whose id is none.")
    if not isinstance(record, Refresh) and record.project_id != project.id:
        raise Damaged("There is a record of another project.")
    if isinstance(record, Export) and not _are_files([file.name for file in record.files]):
        raise Damaged("There is an export with a file whose name is none.")
    return record


def _are_files(names: Iterable[str]) -> bool:
    return all(FILE.fullmatch(name) for name in names)
