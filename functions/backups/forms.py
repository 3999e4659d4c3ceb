"""The form of each row in a backup's parts: what the service writes, and nothing else.

Strict types, JSON within a row's columns too: what one of these models takes can be read by the code that reads the
service's own tables. Columns that no model names are those of former versions; nobody reads them, and none is put back.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Json, TypeAdapter

from functions.backups.manifest import Moment, UserId, line_of
from functions.checks.store import Check
from functions.exports.store import Export
from functions.ids import LONGEST_ID
from functions.imports.store import Import
from functions.labeling.head import PACK_SIZE, STATE_NAMES
from functions.labeling.replaced_rows import KEY as REPLACED
from functions.labeling.wire import LONGEST_REASON
from functions.outside import Whole
from functions.projects.model import MOST_OPINIONS
from functions.refresh.store import Refresh

# As much as storage takes for a text of a row.
MOST_TEXT = 32 * 1024
# As many characters as a document of one row may have, at two bytes each.
MOST_DOCUMENT = 450_000
# Of the numbers in a record, which may count bytes: all whole ones that every reader of JSON takes.
MOST_NUMBER = 2**53
ACTION_ID = r"[0-9A-Za-z]{1,64}"

Text = Annotated[str, Field(max_length=MOST_TEXT)]
Slot = Annotated[int, Field(ge=0, lt=PACK_SIZE)]
LabelId = Annotated[Whole, Field(ge=1)]
ActionId = Annotated[str, Field(pattern=rf"^{ACTION_ID}$")]
ImportId = Annotated[str, Field(pattern=rf"^[0-9A-Za-z]{{1,{LONGEST_ID}}}$")]
Confidence = Annotated[float, Field(ge=0, le=1)]
Reason = Annotated[str, Field(max_length=LONGEST_REASON)]
Labels = list[LabelId]
LeaseItem = tuple[
    Annotated[str, Field(pattern=rf"^[0-9]{{6}}-{ACTION_ID}$")],
    UserId,
    Moment,
    Annotated[str, Field(pattern=r"^([0-9]{2}){0,99}$")],
    Annotated[str, Field(pattern=r"^[0-9a-f]{1,26}$")],
]
ImageItem = tuple[
    Annotated[str, Field(min_length=1, max_length=1024)],
    Annotated[str, Field(max_length=200)],
    Moment,
    Annotated[int, Field(ge=0, le=1_000_000)],
    Annotated[int, Field(ge=0, le=1_000_000)],
    Annotated[str, Field(max_length=2000)] | None,
]


HeardItem = tuple[UserId, Moment, Labels | None]
OutcomeItem = tuple[
    Annotated[str, Field(pattern=rf"^[{''.join(STATE_NAMES)}]$")],
    Labels | None,
    UserId | Literal[""],
    Moment,
    Annotated[int, Field(ge=0, le=MOST_OPINIONS)],
    Annotated[list[HeardItem], Field(max_length=MOST_OPINIONS)],
]
OpinionItem = tuple[Slot, Whole, Moment, Labels | None]


class Form(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)


class HeadForm(Form):
    """What head_to_row writes."""

    states: str = Field(pattern=rf"^[{''.join(STATE_NAMES)}]{{0,{PACK_SIZE}}}$")
    labels: Json[list[Labels]]
    by: Json[list[int]]
    at: Json[list[Moment]]
    opinions1: Json[list[OpinionItem]] = []
    opinions2: Json[list[OpinionItem]] = []
    opinions3: Json[list[OpinionItem]] = []
    opinions4: Json[list[OpinionItem]] = []
    opinions5: Json[list[OpinionItem]] = []
    opinions6: Json[list[OpinionItem]] = []
    opinions7: Json[list[OpinionItem]] = []
    opinions8: Json[list[OpinionItem]] = []
    opinions9: Json[list[OpinionItem]] = []
    asked: Json[dict[Slot, Annotated[int, Field(ge=1, le=MOST_OPINIONS)]]] = {}
    rejections: Json[dict[Slot, ActionId]]
    reviewed: Json[dict[Slot, ActionId]] = {}
    missing: Json[list[Slot]]
    changed: Json[list[Slot]]
    outdated: Json[list[Slot]]
    deferred: Json[list[Slot]] = []
    labelers: Json[list[UserId]]
    rejected: Json[list[Whole]]
    guided: Json[list[tuple[Whole, Whole, Whole, Whole]]] = []
    runs: Json[list[tuple[ImportId, Whole, Whole, Whole, Whole]]] = []
    leases: Json[list[LeaseItem]]
    ended: Json[list[LeaseItem]]
    frozen: bool
    revision: Whole
    records: Whole
    edition: Whole = 0


class ImagesForm(Form):
    """What images_row writes."""

    revision: Whole
    items: list[Json[ImageItem]]


class RecordDocument(Form):
    """What Record.to_row writes as one document; blind: what the former version wrote in place of hidden."""

    labels: dict[Slot, Labels]
    skipped: list[Slot] | None = None
    reason: Reason | None
    taken: list[Slot]
    reasons: dict[Slot, Reason]
    undoes: ActionId | None = None
    reviews: bool = False
    suggested: dict[Slot, tuple[LabelId | Labels, bool]] = {}
    blind: bool = False
    hidden: list[Slot] = []
    predicted: dict[Slot, tuple[ImportId, Labels, Labels | None]] = {}
    outcomes: dict[Slot, OutcomeItem] = {}


class RecordForm(Form):
    """What Record.to_row writes."""

    RowKey: str = Field(pattern=rf"^(s\|[0-9]{{6}}-|r\|){ACTION_ID}$")
    action: Literal[
        "submitted",
        "amended",
        "rejected",
        "corrected",
        "confirmed",
        "asked",
        "merged",
        "imported",
        "restored",
        "missing",
        "back",
        "changed",
    ]
    by: UserId
    at: str = Field(pattern=r"^[0-9]{1,13}$")
    number: Whole
    document: Json[RecordDocument]


class SuggestionsForm(Form):
    """What of suggestions is put back: the imported ones, and the slots of each import."""

    suggestions: Json[dict[Slot, tuple[LabelId, Confidence]]]
    importers: Json[dict[ImportId, list[Slot]]] = {}


class ReplacedForm(Form):
    """What replaced_row writes."""

    RowKey: str = Field(pattern=rf"^{REPLACED}\|[0-9A-Za-z]{{1,{LONGEST_ID}}}$")
    slots: Json[dict[Slot, tuple[LabelId, Confidence, ImportId | Literal[""]] | None]]


class ExportLine(Form):
    kind: Literal["export"]
    document: Export


class ImportLine(Form):
    kind: Literal["import"]
    document: Import


class CheckLine(Form):
    kind: Literal["check"]
    document: Check


class RefreshLine(Form):
    kind: Literal["refresh"]
    document: Refresh


PackRow: TypeAdapter[dict[str, str | int | bool]] = TypeAdapter(
    dict[Annotated[str, Field(max_length=255)], Text | Whole | bool],
    config=ConfigDict(strict=True, hide_input_in_errors=True),
)
_LINE: TypeAdapter[ExportLine | ImportLine | CheckLine | RefreshLine] = TypeAdapter(
    Annotated[ExportLine | ImportLine | CheckLine | RefreshLine, Field(discriminator="kind")]
)


def images_form(row: Mapping[str, Any]) -> ImagesForm:
    """Raises ValidationError, ValueError for images that leave a slot out."""
    names = sorted(name for name in row if name[0] == "i" and name[1:].isdigit())
    if names != [f"i{slot:02}" for slot in range(len(names))]:
        raise ValueError("images that leave a slot out")
    return ImagesForm.model_validate({"revision": row["revision"], "items": [row[name] for name in names]})


def record_form(row: Mapping[str, Any]) -> RecordForm:
    """Raises ValidationError."""
    document = "".join(str(row[name]) for name in sorted(row) if name.startswith("document"))
    return RecordForm.model_validate({**row, "document": document})


def record_of(line: Mapping[str, Any]) -> Export | Import | Check | Refresh:
    """Raises ValidationError, ValueError for more than a row holds."""
    record = _LINE.validate_json(line_of(line), strict=True).document
    require_room(record)
    return record


def require_room(document: BaseModel) -> None:
    """Raises ValueError for what no row can hold, or has numbers that not everybody can read."""
    if len(document.model_dump_json()) > MOST_DOCUMENT or not _is_bounded(document.model_dump(mode="json")):
        raise ValueError("more than a row holds")


def _is_bounded(value: Any) -> bool:
    if isinstance(value, int | float):
        return abs(value) <= MOST_NUMBER
    if isinstance(value, dict | list):
        return all(map(_is_bounded, value.values() if isinstance(value, dict) else value))
    return True
