"""Downloading one file: by ranges, going on where it was cut off, and kept only once its checksum is right."""

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import httpx

from image_labeling.connection import pause
from image_labeling.errors import LabelingError
from image_labeling.transferring.storage import Storage, StorageTrouble, refusal

PART = ".part"
PIECE = 1024 * 1024
# So many times in a row nothing more comes.
MOST_TRIES = 6
# It is another file than the part is of.
ANOTHER = (412, 416)
GOES_ON = "Run it again: it goes on where it was."
_NOT_IN_NAMES = set('\\:*?"<>|') | {chr(code) for code in range(32)}


class Remote(Protocol):
    """A file in storage. url: signed, for an hour or two. sha256: in hexadecimal; None where it is not known."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def bytes(self) -> int: ...
    @property
    def sha256(self) -> str | None: ...


@dataclass
class Downloading:
    """One file on its way.

    fresh: gives it with an address that is not over. moved: is handed the number of bytes that came; negative where
    they have to come again. etag: of what the part on the disk is a part of; noted: is told of it once it is known.
    """

    remote: Remote
    target: Path
    fresh: Callable[[], Remote]
    moved: Callable[[int], None]
    wait: Callable[[float], object]
    etag: str | None = None
    noted: Callable[[str | None], None] = field(default=lambda _: None)

    @property
    def part(self) -> Path:
        return part_of(self.target)

    def run(self, storage: Storage) -> None:
        """Raises LabelingError, and OSError of the disk."""
        for left in (1, 0):
            sum_ = self._whole(storage)
            if self.remote.sha256 in (None, sum_):
                self.part.replace(self.target)
                return
            self.moved(-self.part.stat().st_size)
            self.part.unlink()
            self._note(None)
            if not left:
                raise LabelingError(f"{self.remote.name} came twice with a wrong checksum.", type="damaged")

    def _whole(self, storage: Storage) -> str:
        """Has all of it on the disk; gives its sum."""
        # Whoever may write here could lead us elsewhere.
        if self.part.is_symlink():
            self.part.unlink()
        with self.part.open("a+b") as file:
            come = _Come(file, self.moved)
            if come.bytes > self.remote.bytes or not self.etag:
                # Of what it is a part, nobody knows.
                come.drop()
            tries = 0
            while come.bytes < self.remote.bytes:
                before = come.bytes
                try:
                    self._more(storage, come)
                except StorageTrouble as trouble:
                    tries = 1 if come.bytes > before else tries + 1
                    self._after(trouble, tries)
            file.flush()
            os.fsync(file.fileno())
            return come.sum.hexdigest()

    def _more(self, storage: Storage, come: "_Come") -> None:
        headers = {"range": f"bytes={come.bytes}-", "accept-encoding": "identity"}
        if self.etag:
            headers["if-match"] = self.etag
        try:
            with storage.http.stream("GET", self.remote.url, headers=headers) as answer:
                if answer.status_code in ANOTHER or answer.status_code == httpx.codes.OK:
                    come.drop()
                if not answer.is_success:
                    if answer.status_code in ANOTHER:
                        self._note(None)
                    raise refusal(answer)
                self._note(answer.headers.get("etag"))
                for piece in answer.iter_raw():
                    come.add(piece)
                    if come.bytes > self.remote.bytes:
                        raise LabelingError(f"{self.remote.name} is longer than it was said to be.", type="damaged")
        except httpx.TransportError as error:
            raise StorageTrouble(f"Storage does not answer: {str(error) or type(error).__name__}") from error

    def _after(self, trouble: StorageTrouble, tries: int) -> None:
        """Before the next try. An address that is over is refused by 403."""
        if tries == MOST_TRIES:
            raise LabelingError(f"{trouble}. {GOES_ON}", type="unreachable", status=trouble.status) from trouble
        if trouble.passes:
            self.wait(pause(tries, trouble.retry_after))
        elif trouble.status in (403, 404):
            self.remote = self.fresh()
            if tries > 1:
                self.wait(pause(tries, None))
        elif trouble.status not in ANOTHER:
            raise LabelingError(f"{trouble}.", type="unreachable", status=trouble.status) from trouble

    def _note(self, etag: str | None) -> None:
        if etag != self.etag:
            self.etag = etag
            self.noted(etag)


class _Come:
    """What of a file is on the disk, and its sum."""

    def __init__(self, file: BinaryIO, moved: Callable[[int], None]) -> None:
        self._file = file
        self._moved = moved
        self.sum = hashlib.sha256()
        self.bytes = 0
        file.seek(0)
        while piece := file.read(PIECE):
            self._count(piece)

    def add(self, piece: bytes) -> None:
        self._file.write(piece)
        self._count(piece)

    def drop(self) -> None:
        if self.bytes:
            self._file.truncate(0)
            self._moved(-self.bytes)
            self.sum, self.bytes = hashlib.sha256(), 0

    def _count(self, piece: bytes) -> None:
        self.sum.update(piece)
        self.bytes += len(piece)
        self._moved(len(piece))


def part_of(target: Path) -> Path:
    """Where a file is while it is not whole."""
    return target.with_name(target.name + PART)


def inside(folder: Path, name: str) -> Path:
    """Where a file of this name goes. Raises LabelingError for what would lead out of the folder."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or set(part) & _NOT_IN_NAMES for part in parts):
        raise LabelingError(f"A file is called {name!r}, which is no name for a file here.", type="damaged")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise LabelingError(f"{target.parent} leads out of {folder}.")
    return target


def sum_of(path: Path) -> str:
    """The SHA-256 of a file."""
    sum_ = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            sum_.update(piece)
    return sum_.hexdigest()


def assert_room(folder: Path, wanted: int, what: str) -> None:
    """Raises LabelingError where a disk has no room. wanted: in bytes; what: `The files`."""
    free = shutil.disk_usage(folder).free
    if wanted > free:
        unit, name = (1e9, "GB") if wanted >= 1e9 else (1e6, "MB")
        raise LabelingError(
            f"{what} need {wanted / unit:.1f} {name} more, and {folder} has {free / unit:.1f} {name} left."
        )
