"""What of a folder is uploaded: the images that the service takes, by their names."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from image_labeling.errors import LabelingError

# As the service has them.
MOST_BYTES = 96 * 1024 * 1024
TAKEN = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".jfi", ".pjpeg", ".pjp"),
    *(".png", ".apng", ".webp", ".bmp", ".dib", ".tif", ".tiff", ".gif"),
    *(".avif", ".heic", ".heif", ".hif", ".jp2", ".jpf", ".jpx", ".j2k", ".j2c", ".jpc"),
)
OTHER_KIND = "other"
_KIND = re.compile(r"\.\w{1,11}")


@dataclass(frozen=True)
class Chosen:
    """A file that is to be uploaded. name: its path below the folder, with slashes. bytes: when it was looked at."""

    name: str
    path: Path
    bytes: int


@dataclass(frozen=True)
class LeftOut:
    """What is not uploaded. kinds: how many files are no images that the service takes, by the ends of their names.
    empty, too_large, unreadable: paths below the folder; the service takes 96 MiB. Of a folder that cannot be read, its
    own path.
    """

    kinds: Mapping[str, int]
    empty: tuple[str, ...]
    too_large: tuple[str, ...]
    unreadable: tuple[str, ...]


def choose(folder: Path) -> tuple[list[Chosen], LeftOut]:
    """The images of a folder and of those in it, in the order of their names. Links are followed. Raises LabelingError
    where there is no such folder.
    """
    if not folder.is_dir():
        raise LabelingError(f"There is no folder {folder}.")
    chosen: list[Chosen] = []
    kinds: Counter[str] = Counter()
    empty: list[str] = []
    too_large: list[str] = []
    unreadable: list[str] = []
    for path in _files(folder, (os.path.realpath(folder),), unreadable, folder):
        name = path.relative_to(folder).as_posix()
        kind = kind_left_out(path.name)
        if kind is not None:
            kinds[kind] += 1
            continue
        try:
            name.encode()
            size = path.stat().st_size
        except (OSError, UnicodeEncodeError):
            unreadable.append(_shown(name))
            continue
        if size == 0:
            empty.append(name)
        elif size > MOST_BYTES:
            too_large.append(name)
        else:
            chosen.append(Chosen(name, path, size))
    chosen.sort(key=lambda one: one.name)
    return chosen, LeftOut(dict(kinds), tuple(empty), tuple(too_large), tuple(unreadable))


def kind_left_out(name: str) -> str | None:
    """The kind of a file that is no image by its name; None for an image. macOS puts `._cat.jpg` beside `cat.jpg`."""
    lower = name.lower()
    if name.startswith("._"):
        return "._*"
    if lower.endswith(TAKEN):
        return None
    dot = name.rfind(".")
    # All of such a name as .DS_Store is its own.
    kind = "" if dot < 0 else name if dot == 0 else lower[dot:]
    return kind if _KIND.fullmatch(kind) else OTHER_KIND


def _files(folder: Path, above: tuple[str, ...], unreadable: list[str], top: Path) -> Iterator[Path]:
    """above: the folders in which it lies, itself included; a link to one of them leads round and round."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        unreadable.append(_shown(folder.relative_to(top).as_posix()))
        return
    for entry in entries:
        path = Path(entry.path)
        if not entry.is_dir():
            yield path
        elif (real := os.path.realpath(path)) not in above:
            yield from _files(path, (*above, real), unreadable, top)


def _shown(name: str) -> str:
    """A name that can be printed, though it may be no text."""
    return name.encode("utf-8", "backslashreplace").decode()
