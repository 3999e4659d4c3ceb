"""Exports of labels, and their files."""

from datetime import datetime

from image_labeling.answers.base import Answer, MeasuredWork


class Split(Answer):
    """The sides' fractions, which add up to 1."""

    train: float
    validation: float
    test: float
    seed: int


class Workspace(Answer):
    """A workspace of Azure ML. subscription: its id."""

    subscription: str
    resource_group: str
    name: str


class Options(Answer):
    """What an export was asked for. labels: their names; None for all."""

    states: list[str]
    labels: list[str] | None
    since: datetime | None
    split: Split | None
    datastore_name: str | None
    workspace: Workspace | None
    suggestions: bool
    opinions: bool
    guard_formulas: bool
    wide: bool
    with_images: bool
    convert_images: bool


class ExportedLabel(Answer):
    """How many images people gave a label; by_side: on each side of the split. suggested: how many more it is only
    suggested for.
    """

    label: str
    count: int
    by_side: dict[str, int]
    suggested: int


class LeftOutImage(Answer):
    name: str
    reason: str


class LeftOut(Answer):
    """Images that could not be put in because their files could not be read, or, in features, because they have none;
    some of them by name.
    """

    count: int
    first: list[LeftOutImage]


class SkippedBy(Answer):
    """Files that a reader does not read; by_ending: how many of each kind (webp, tif)."""

    reader: str
    count: int
    by_ending: dict[str, int]


class Changes(Answer):
    """What differs from the export before that had the same format and options, and began at since_at."""

    since: str
    since_at: datetime
    added: int
    changed: int
    removed: int


class ExportCheck(Answer):
    """The project's newest check: of its judged images the share that was right, with its 95 % interval."""

    id: str
    share: float
    interval: tuple[float, float]
    judged: int
    created_at: datetime


class ExportFile(Answer):
    """A finished file. url: to be read for some minutes. bytes: its size. sha256: in hexadecimal; None for a file of
    more than 32 GiB.
    """

    name: str
    url: str
    bytes: int
    sha256: str | None


class Export(MeasuredWork):
    """The labels as they stood from started_at on. labels: how many labels people gave its images; empty: how many
    images are labeled and have none. suggested: how many wait and have labels that are only suggested. converted: how
    many were made JPEG or PNG. ahead: while it is queued, how many exports come before it. expired_at: when its files
    were deleted because they were old.
    """

    name: str
    format: str
    options: Options
    ahead: int
    images: int
    labels: int
    empty: int
    suggested: int
    by_side: dict[str, int]
    by_label: list[ExportedLabel]
    converted: int
    skipped_by: list[SkippedBy]
    left_out: LeftOut
    changes: Changes | None
    check: ExportCheck | None
    files: list[ExportFile]
    expired_at: datetime | None
