"""Names of files inside archives: readable, unlike each other, and safe on every disk, whatever a blob or a label is
called.
"""

import re
from collections.abc import Iterable

from functions.exports.formats.base import ExportedImage
from functions.projects.model import Label

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\ud800-\udfff]')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
# File systems take 255 bytes; what is unpacked is often given another prefix.
MOST_BYTES = 120


def file_name(image: ExportedImage) -> str:
    """000123-07-cat.jpg: the image's id, which no other has, and the end of its blob's name."""
    stem, ending = split_ending(image.name.rpartition("/")[2])
    stem = _cut(UNSAFE.sub("_", stem)).strip(" .")
    return f"{image.id}{'-' if stem else ''}{stem}{ending}"


def split_ending(name: str) -> tuple[str, str]:
    """photo and .jpg for photo.JPG: readers know images by their endings, and some by lowercase ones alone."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isascii() or not ending.isalnum() or len(ending) > 8:
        return name, ""
    return stem, f".{ending.lower()}"


def folder_names(labels: Iterable[Label]) -> dict[int, str]:
    """A folder for each label id, named like the label. Two labels that would meet in one folder get their ids, too."""
    wanted = {label.id: _folder(label.name) for label in labels}
    taken = [name.casefold() for name in wanted.values()]
    return {label: name if taken.count(name.casefold()) == 1 else f"{name} ({label})" for label, name in wanted.items()}


def _folder(name: str) -> str:
    safe = _cut(UNSAFE.sub("_", name)).strip(" .")
    return f"_{safe}" if not safe or RESERVED.match(safe) else safe


def _cut(text: str) -> str:
    return text.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore")
