"""Imports of labels and suggestions, and what came of them."""

from datetime import datetime

from pydantic import Field

from image_labeling.answers.base import Answer, MeasuredWork, Named


class MatchedBy(Answer):
    """So many images were found by each rule, tried in this order."""

    path: int
    folder: int
    address: int
    spelling: int
    end: int
    name: int
    no_ending: int


class LabeledImage(Answer):
    """An image that got a label, or a suggestion. before: the labels that it had; after: what it got, a list where
    images may have several labels.
    """

    image: str
    image_id: str
    before: list[str]
    after: str | list[str]


class UnknownLabel(Answer):
    """A label that the project has not, and in how many lines it is."""

    label: str
    count: int


class FileLabel(Answer):
    """A label of the file, and in how many lines it is. group: there, "" for none. known: as which of the project's
    labels it counts; alike: one of the project's that differs by case alone.
    """

    name: str
    count: int
    group: str
    known: str | None
    alike: str | None


class Columns(Answer):
    """The columns of a table, or the keys of JSON Lines, and which of them says what; None: none does."""

    names: list[str]
    image: str | None
    label: str | None
    confidence: str | None


class Rate(Answer):
    """How often suggestions were right. judged, right: images. share: right of judged; interval: its 95 % interval."""

    judged: int
    right: int
    share: float
    interval: tuple[float, float]


class Accuracy(Rate):
    """How right an import of suggestions is, by the images that came without them. built_in: how right the service's
    own suggestions are for the same images, as far as it had some.
    """

    built_in: Rate | None


class Undone(Answer):
    """How far the undoing of an import is. restored: so many images stand as before; left: so many do not, as somebody
    has changed them since.
    """

    status: str
    progress: float
    restored: int
    left: int
    by: str
    by_name: str | None
    at: datetime
    finished_at: datetime | None
    error: str | None

    @property
    def is_over(self) -> bool:
        return self.status not in ("queued", "running")


class Import(MeasuredWork):
    """An import, and what it has done, or with dry_run would do.

    as_: labels or suggestions. lines: those of the file that have a label. regions: boxes and polygons, which are
    passed over. suggested: lines that are passed over because nobody set their label. loose: lines that cannot be used.
    images: so many the other lines name; matched: those of them that the project has, which are the labeled (got a
    label or suggestion), the unchanged (had it already), the kept (stay as they were), the not_ready (no preview yet,
    or unreadable), the ambiguous (several labels where an image has one) and the refused (labels that an image may not
    have together). unmatched: what the project has not. unclear: names that fit several images. unknown_labels: labels
    that the project has not; left_out: lines whose labels were left out as asked. rows_url: a table of all lines that
    could not be used, with the reasons, to be read for some hours. accuracy: of suggestions, in lists of imports.
    """

    name: str | None
    format: str
    as_: str = Field(alias="as")
    file: str | None
    upload: str | None
    upload_files: list[str]
    part: int | None
    dry_run: bool
    waits_for_images: bool
    replace: bool
    duplicates: str
    lines: int
    regions: int
    loose: Named
    suggested: int
    images: int
    matched: int
    matched_by: MatchedBy
    labeled: int
    first_labeled: list[LabeledImage]
    unchanged: int
    kept: int
    not_ready: Named
    ambiguous: Named
    refused: Named
    unmatched: Named
    unclear: Named
    unknown_labels: list[UnknownLabel]
    left_out: int
    columns: Columns | None
    labels: list[FileLabel]
    rows_url: str | None
    accuracy: Accuracy | None
    undoable: bool
    undone: Undone | None


class Upload(Answer):
    """Where a file of this name is to be put."""

    name: str
    url: str


class LabelUploads(Answer):
    """upload: by which imports name these files. uploads: where each is to be put, until expires_at."""

    upload: str
    uploads: list[Upload]
    expires_at: datetime


class PreviewedLabel(Answer):
    """A label of the file, in so many of its lines. group: there, "" for none."""

    name: str
    count: int
    group: str


class LabelFilePreview(Answer):
    """What a file of labels says, and which images of a folder it means. task_type: of a project that can hold it.
    labels: 500 at most, the most frequent first. listed: so many images of the folder were looked at; is_whole: these
    are all.
    """

    format: str
    task_type: str
    lines: int
    regions: int
    suggested: int
    images: int
    matched: int
    matched_by: MatchedBy
    unmatched: Named
    unclear: Named
    loose: Named
    labels: list[PreviewedLabel]
    listed: int
    is_whole: bool
