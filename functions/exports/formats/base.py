"""What all export formats have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple
from urllib.parse import quote

from functions.projects.model import Label


@dataclass(frozen=True)
class Snapshot:
    """What an export is of. container_url: the dataset's container, without any token."""

    project: str
    labels: Sequence[Label]
    container_url: str
    started_at: datetime

    def url(self, name: str) -> str:
        """A blob's address; every character that an address cannot hold is percent-encoded."""
        return f"{self.container_url}/{quote(name, safe='/~')}"


@dataclass(frozen=True)
class LabeledImage:
    """One image with its labels. name: the blob's path inside the container. labeler: the sign-in name."""

    name: str
    width: int
    height: int
    labels: Sequence[Label]
    labeler: str
    labeled_at: datetime
    state: str


class Piece(NamedTuple):
    """Text that is appended to a section of a file."""

    file: str
    section: str
    text: str


class Format(ABC):
    """Writes one export. files: each file's sections in their order."""

    files: ClassVar[Mapping[str, Sequence[str]]]

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @abstractmethod
    def begin(self) -> Iterator[Piece]:
        """What stands before the images."""

    @abstractmethod
    def add(self, image: LabeledImage) -> Iterator[Piece]:
        """What one image adds."""

    @abstractmethod
    def end(self) -> Iterator[Piece]:
        """What stands behind the images."""


def rfc3339(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
