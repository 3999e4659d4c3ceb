"""What callers get about exports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from functions.exports.options import ExportState
from functions.exports.store import Checked, Export, FormatName
from functions.http.wire import Output
from functions.projects.model import Project
from functions.storage import EXPORTS_CONTAINER, storage


class SplitAnswer(Output):
    train: float
    validation: float
    test: float
    seed: int


class WorkspaceAnswer(Output):
    subscription: str
    resource_group: str
    name: str


class OptionsAnswer(Output):
    """labels: their names; null = all."""

    states: Sequence[ExportState]
    labels: Sequence[str] | None
    since: datetime | None
    split: SplitAnswer | None
    datastore_name: str | None
    workspace: WorkspaceAnswer | None
    suggestions: bool
    opinions: bool
    guard_formulas: bool
    wide: bool
    with_images: bool
    convert_images: bool


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
    """Images that could not be put in because their files could not be read, or, in features, because they have none of
    the file as it is now; some of them by name.
    """

    count: int
    first: list[LeftOutImage]


class SkippedByAnswer(Output):
    """Files that a reader does not read; byEnding: how many of each kind (webp, tif)."""

    reader: str
    count: int
    by_ending: dict[str, int]


class ChangesAnswer(Output):
    """What differs from the export before that had the same format and options. sinceAt: when that one began."""

    since: str
    since_at: datetime
    added: int
    changed: int
    removed: int


class ExportCheckAnswer(Output):
    """A check of the whole project: of its judged images, but unclear ones, the share that was right, with its 95 %
    interval, low and high. createdAt: when its sample was drawn.
    """

    id: str
    share: float
    interval: Annotated[list[float], Field(min_length=2, max_length=2)]
    judged: int
    created_at: datetime


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

    name: the given one, or project, format and time (UTC). by, byName: who asked for it. labels: how many labels people
    gave its images; empty: how many images are labeled and have none. suggested: how many of its images wait and have
    labels that are only suggested. converted: how many images were made JPEG or PNG. ahead: while it is queued, how
    many exports of the project come before it. expiredAt: when its files were deleted because they were old. check:
    the project's newest one that was done when this was built.
    """

    id: str
    name: str
    format: FormatName
    options: OptionsAnswer
    status: Literal["queued", "running", "completed", "failed"]
    by: str | None
    by_name: str | None
    ahead: int
    progress: float = Field(ge=0, le=1)
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    images: int
    labels: int
    empty: int
    suggested: int
    by_side: dict[str, int]
    by_label: Sequence[LabelCountAnswer]
    converted: int
    skipped_by: Sequence[SkippedByAnswer]
    left_out: LeftOutAnswer
    changes: ChangesAnswer | None
    check: ExportCheckAnswer | None
    files: Sequence[ExportFileAnswer]
    error: str | None
    expired_at: datetime | None


def export_answer(export: Export, project: Project, files: Sequence[ExportFileAnswer], ahead: int = 0) -> ExportAnswer:
    options = export.options
    return ExportAnswer(
        id=export.id,
        name=export.name,
        format=export.format,
        options=OptionsAnswer(
            states=options.states,
            labels=None if options.labels is None else [project.label_name(label) for label in options.labels],
            since=options.since,
            split=SplitAnswer(**options.split.model_dump()) if options.split else None,
            datastore_name=options.datastore_name,
            workspace=WorkspaceAnswer(**options.workspace.model_dump()) if options.workspace else None,
            suggestions=options.suggestions,
            opinions=options.opinions,
            guard_formulas=options.guard_formulas,
            wide=options.wide,
            with_images=options.with_images,
            convert_images=options.convert_images,
        ),
        status=export.status,
        by=export.by,
        by_name=export.by_name,
        ahead=ahead,
        progress=export.progress,
        created_at=export.asked_at,
        started_at=export.started_at,
        finished_at=export.finished_at,
        images=export.images,
        labels=sum(one.count for one in export.labels),
        empty=export.empty,
        suggested=export.suggested,
        by_side=export.sides,
        by_label=[
            LabelCountAnswer(label=one.name, count=one.count, by_side=one.sides, suggested=one.suggested)
            for one in export.labels
        ],
        converted=export.converted,
        skipped_by=[
            SkippedByAnswer(reader=one.reader, count=sum(one.endings.values()), by_ending=one.endings)
            for one in export.skipped_by
        ],
        left_out=LeftOutAnswer(
            count=export.left_out.count,
            first=[LeftOutImage(name=name, reason=reason) for name, reason in export.left_out.first],
        ),
        changes=ChangesAnswer(**export.changes.model_dump()) if export.changes else None,
        check=_check(export.checked) if export.checked else None,
        files=files,
        error=export.error,
        expired_at=export.expired_at,
    )


def _check(checked: Checked) -> ExportCheckAnswer:
    return ExportCheckAnswer(
        id=checked.id,
        share=checked.share,
        interval=list(checked.interval),
        judged=checked.judged,
        created_at=checked.asked_at,
    )


async def file_answers(export: Export, now: datetime) -> list[ExportFileAnswer]:
    """The files of an export with fresh addresses."""
    return [
        ExportFileAnswer(
            name=file.name,
            url=await storage().sign(
                EXPORTS_CONTAINER, export.blob(file.name), now=now, download_as=file.name.rpartition("/")[2]
            ),
            bytes=file.bytes,
            sha256=file.sha256,
        )
        for file in export.files
    ]
