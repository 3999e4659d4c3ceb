"""What callers send and get about exports."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from functions.api import Input, Output
from functions.exports.formats import FORMATS
from functions.exports.options import STATES, ExportOptions, ExportState, Split
from functions.exports.store import Export, FormatName
from functions.labeling.models import LabelName
from functions.problems import FieldError, Invalid
from functions.projects.model import Project

DatastoreName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,255}$")]
Fraction = Annotated[float, Field(ge=0, le=1)]


class SplitRequest(Input):
    """The sides' fractions, which add up to 1. With the same seed an image is always on the same side."""

    train: Fraction
    validation: Fraction = 0
    test: Fraction = 0
    seed: int = Field(default=0, ge=0, le=2**31 - 1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if abs(self.train + self.validation + self.test - 1) > 1e-6:
            raise ValueError("The fractions of train, validation and test must add up to 1.")
        return self


class ExportRequest(Input):
    """states: of the images it shall hold. labels: by id or name; only images that have one of these. since: only
    images labeled then or later. datastoreName: for azureml, the name under which Azure ML knows the container.
    suggestions: for azureml and csv, also images that wait, each with the label that is suggested for it and with
    label_confidence, which is below 1 for these and 1 for labels that people set; `labels` applies to them, `since`
    does not. guardFormulas: for csv, whether an apostrophe goes before what a spreadsheet would run as a formula; with
    false every cell is as it is, for programs.
    """

    format: FormatName
    states: list[ExportState] = Field(default=["labeled"], min_length=1, max_length=len(STATES))
    labels: list[LabelName] | None = Field(default=None, min_length=1, max_length=1000)
    since: datetime | None = None
    split: SplitRequest | None = None
    datastore_name: DatastoreName | None = None
    suggestions: bool = False
    guard_formulas: bool = True


def options_of(request: ExportRequest, project: Project) -> ExportOptions:
    """The options that a request asks for. Raises Invalid for what the project or the format does not have."""
    labels, errors = [], []
    for index, named in enumerate(request.labels or ()):
        label = project.find_label(named)
        if label is None:
            errors.append(FieldError(f"labels.{index}", f"The project has no label {named!r}."))
        else:
            labels.append(label.id)
    if FORMATS[request.format].only_labeled and set(request.states) != {"labeled"}:
        errors.append(FieldError("states", f"{request.format} has no place for images without a label."))
    if request.datastore_name and request.format != "azureml":
        errors.append(FieldError("datastoreName", "Only azureml names images by an Azure ML datastore."))
    if request.suggestions and not FORMATS[request.format].takes_suggestions:
        takers = " and ".join(name for name, format_ in FORMATS.items() if format_.takes_suggestions)
        errors.append(FieldError("suggestions", f"Only {takers} can tell suggested labels from those that people set."))
    if not request.guard_formulas and request.format != "csv":
        errors.append(FieldError("guardFormulas", "Only csv has cells that a spreadsheet would run."))
    if errors:
        raise Invalid("; ".join(error.message for error in errors[:3]), errors=errors)
    since = request.since
    return ExportOptions(
        states=tuple(state for state in STATES if state in request.states),
        labels=tuple(sorted(set(labels))) if request.labels is not None else None,
        since=since.astimezone(UTC) if since and since.tzinfo else since and since.replace(tzinfo=UTC),
        split=Split(**request.split.model_dump(by_alias=False)) if request.split else None,
        datastore_name=request.datastore_name,
        suggestions=request.suggestions,
        guard_formulas=request.guard_formulas,
    )


class SplitAnswer(Output):
    train: float
    validation: float
    test: float
    seed: int


class OptionsAnswer(Output):
    """labels: their names; null = all."""

    states: Sequence[ExportState]
    labels: Sequence[str] | None
    since: datetime | None
    split: SplitAnswer | None
    datastore_name: str | None
    suggestions: bool
    guard_formulas: bool


class LabelCountAnswer(Output):
    """How many images people gave a label; bySide: on each side of the split. suggested: how many more it is only
    suggested for.
    """

    label: str
    count: int
    by_side: dict[str, int]
    suggested: int


class LeftOutImage(Output):
    name: str
    reason: str


class LeftOutAnswer(Output):
    """Images that could not be put in because their files could not be read; some of them by name."""

    count: int
    first: list[LeftOutImage]


class ChangesAnswer(Output):
    """What differs from the export before that had the same format and options. sinceAt: when that one began."""

    since: str
    since_at: datetime
    added: int
    changed: int
    removed: int


class ExportFileAnswer(Output):
    """A finished file and a short-lived address to download it from. sha256: in hexadecimal; null for a file of more
    than 32 GiB.
    """

    name: str
    url: str
    bytes: int
    sha256: str | None


class ExportAnswer(Output):
    """An export: the labels as they stood when it ran, from startedAt on.

    suggested: how many of its images wait and have a label that is only suggested. ahead: while it is queued, how many
    exports of the project come before it. expiredAt: when its files were deleted because they were old.
    """

    id: str
    format: FormatName
    options: OptionsAnswer
    status: Literal["queued", "running", "completed", "failed"]
    ahead: int
    progress: float = Field(ge=0, le=1)
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    images: int
    suggested: int
    by_side: dict[str, int]
    by_label: Sequence[LabelCountAnswer]
    left_out: LeftOutAnswer
    changes: ChangesAnswer | None
    files: Sequence[ExportFileAnswer]
    error: str | None
    expired_at: datetime | None


def export_answer(export: Export, project: Project, files: Sequence[ExportFileAnswer], ahead: int = 0) -> ExportAnswer:
    options = export.options
    return ExportAnswer(
        id=export.id,
        format=export.format,
        options=OptionsAnswer(
            states=options.states,
            labels=None if options.labels is None else [project.label_name(label) for label in options.labels],
            since=options.since,
            split=SplitAnswer(**options.split.model_dump()) if options.split else None,
            datastore_name=options.datastore_name,
            suggestions=options.suggestions,
            guard_formulas=options.guard_formulas,
        ),
        status=export.status,
        ahead=ahead,
        progress=export.progress,
        created_at=export.asked_at,
        started_at=export.started_at,
        finished_at=export.finished_at,
        images=export.images,
        suggested=export.suggested,
        by_side=export.sides,
        by_label=[
            LabelCountAnswer(label=one.name, count=one.count, by_side=one.sides, suggested=one.suggested)
            for one in export.labels
        ],
        left_out=LeftOutAnswer(
            count=export.left_out.count,
            first=[LeftOutImage(name=name, reason=reason) for name, reason in export.left_out.first],
        ),
        changes=ChangesAnswer(**export.changes.model_dump()) if export.changes else None,
        files=files,
        error=export.error,
        expired_at=export.expired_at,
    )
