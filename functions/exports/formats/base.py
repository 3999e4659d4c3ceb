"""What all export formats have in common."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from urllib.parse import quote

import orjson

from functions.exports.options import ExportOptions
from functions.labeling.rows import image_id
from functions.projects.model import Label
from functions.tasks.base import TaskType

NOT_PLAIN = re.compile(r"[^A-Za-z0-9_.\-~/]")


@dataclass(frozen=True)
class Snapshot:
    """What an export is of. task: of the project. labels: all labels of the project, in their order. container_url: the
    dataset's container, without any token.
    """

    project: str
    task: TaskType
    labels: Sequence[Label]
    container_url: str
    options: ExportOptions

    @cached_property
    def has_groups(self) -> bool:
        return any(label.group for label in self.labels)

    def url(self, name: str) -> str:
        """A blob's address; every character that an address cannot hold is percent-encoded."""
        return f"{self.container_url}/{path_of(name)}"


def path_of(name: str) -> str:
    """A blob's name as a part of an address."""
    return quote(name, safe="/~") if NOT_PLAIN.search(name) else name


class ExportedOpinion(NamedTuple):
    """What one person says of an image; labels: None where they skip it. labeler, at: as of an image. is_decided: it is
    what was decided; None while nothing is. is_beside: it was decided by who is none of the several that were asked.
    """

    labels: Sequence[Label] | None
    labeler: str
    at: str
    is_decided: bool | None = None
    is_beside: bool = False


class ExportedImage(NamedTuple):
    """One image with its labels, none unless its state is labeled or missing, or one is suggested for it.

    name: the blob's path inside the container, whole. width, height: 0 where it was never read. labeler: the sign-in
    name, "" for nobody. at: when it was labeled or skipped, as RFC 3339, "" if it was not. is_labeled: somebody said
    what labels it has, perhaps none; a missing image may be, too. side: of the split, "" without one. content: the
    blob, where the format wants it. suggested: None for labels that people set; else the confidence, below 1, of each
    label that is only suggested for an image that waits. ending: of the content, by which readers know its kind;
    converted: it is no longer as it is in the container. opinions: where they are asked for, all on it. features: where
    the format wants them, 1280 numbers as little-endian float16.
    """

    pack: int
    slot: int
    name: str
    width: int
    height: int
    labels: Sequence[Label]
    labeler: str
    at: str
    state: str
    is_labeled: bool
    side: str = ""
    content: bytes = b""
    suggested: Sequence[float] | None = None
    ending: str | None = None
    converted: bool = False
    opinions: Sequence[ExportedOpinion] = ()
    features: bytes = b""

    @property
    def agreement(self) -> dict[str, int | float | None]:
        """How many opinions there are, and the share that says what was decided, if anything was."""
        asked = [one for one in self.opinions if not one.is_beside]
        agreed = sum(bool(one.is_decided) for one in asked)
        is_open = not asked or asked[0].is_decided is None
        return {"opinions": len(asked), "agreement": None if is_open else round(agreed / len(asked), 4)}

    @property
    def id(self) -> str:
        """As the API names it."""
        return image_id(self.pack, self.slot)

    @property
    def confidences(self) -> Sequence[float]:
        """How sure each label is, as `label_confidence` has it in Azure ML: 1 where people set it."""
        return (1.0,) * len(self.labels) if self.suggested is None else self.suggested


class Piece(NamedTuple):
    """What is appended to a section of a file. The first piece makes the file; its sections are joined in their order
    when the export is complete.
    """

    file: str
    section: int
    data: str | bytes


class Format(ABC):
    """Writes one export.

    It gets the images some at a time, in the order of the packs, and gives pieces of its files. What it must remember
    between them is in `state`, small and ready for JSON: it is saved now and then, and a build that was cut off goes on
    with a new object that is given this state. The pieces follow from the images and the snapshot alone, so that the
    same labels make the same bytes.

    readers: what reads the finished files, for people. reads: of which files each of those libraries takes notice, by
    their endings; the others it does not read. wants_content: images come with their blobs; may_hold_images: they do
    where the options ask for it. wants_features: images come with their features, and only those that have some.
    only_labeled: there is no place for an image without a label. only_one_label: nor for one with several.
    takes_suggestions: its files can tell suggested labels from others. takes_opinions: they have a place for what
    several people say of an image. has_cells: a spreadsheet would run some of what its files hold, if it is not
    guarded.
    """

    readers: ClassVar[str]
    reads: ClassVar[Mapping[str, frozenset[str]]] = {}
    wants_content: ClassVar[bool] = False
    may_hold_images: ClassVar[bool] = False
    wants_features: ClassVar[bool] = False
    only_labeled: ClassVar[bool] = False
    only_one_label: ClassVar[bool] = False
    takes_suggestions: ClassVar[bool] = False
    takes_opinions: ClassVar[bool] = False
    has_cells: ClassVar[bool] = False

    def __init__(self, snapshot: Snapshot, state: dict[str, Any] | None = None) -> None:
        self.snapshot = snapshot
        self.state = self.first_state() if state is None else state

    @classmethod
    def takes(cls, task: TaskType) -> bool:
        """Its files have a place for whatever is said of the images of such a project."""
        return task.one_label or not cls.only_one_label

    @property
    def holds_images(self) -> bool:
        return self.wants_content or self.snapshot.options.with_images

    @property
    def sides(self) -> Sequence[str]:
        """The sides that its files are for; "" stands for all images where there is no split."""
        return self.snapshot.options.sides or ("",)

    def first_state(self) -> dict[str, Any]:
        return {}

    def begin(self) -> Iterator[Piece]:
        """What stands before the images."""
        yield from ()

    @abstractmethod
    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        """What some images add: those of one pack at most."""

    def end(self) -> Iterator[Piece]:
        """What stands behind the images."""
        yield from ()


def by_side(images: Sequence[ExportedImage], sides: Sequence[str]) -> Iterable[tuple[str, Sequence[ExportedImage]]]:
    """The images of each side that has some."""
    if len(sides) == 1:
        return ((sides[0], images),) if images else ()
    found = ((side, [image for image in images if image.side == side]) for side in sides)
    return ((side, some) for side, some in found if some)


def with_side(file: str, side: str) -> str:
    """The name of a file that is there once for each side: coco.json, coco-train.json."""
    stem, dot, ending = file.rpartition(".")
    return f"{stem}-{side}{dot}{ending}" if side else file


def endings(text: str) -> frozenset[str]:
    """jpg png, each with its dot."""
    return frozenset(f".{ending}" for ending in text.split())


def ending_of(name: str) -> str:
    """jpg for folder/Photo.JPG; "" for a name without an ending."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return ending.lower() if stem and dot else ""


def json_line(document: Mapping[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
