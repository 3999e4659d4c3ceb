"""Names of files inside archives: readable, unlike each other, and safe on every disk, whatever a blob or a label is
called.
"""

import re
import unicodedata
from collections.abc import Iterable

from functions.exports.formats.base import ExportedImage
from functions.projects.model import Label

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\ud800-\udfff]')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(\.|$)")
# NTFS gives long names a short one as well (LONGNA~1), which another folder must not have.
SHORT = re.compile(r"[^.]{1,6}~[0-9]+(\.[^.]{0,3})?")
VARIATIONS = re.compile("[\ufe00-\ufe0f]")
# File systems take 255 bytes; what is unpacked is often given another prefix.
MOST_BYTES = 120


def file_name(image: ExportedImage) -> str:
    """000123-07-cat.jpg: the image's id, which no other has, the end of its blob's name, and the ending of its kind."""
    stem = _cut(UNSAFE.sub("_", split_ending(image.name.rpartition("/")[2])[0])).strip(" .")
    return f"{image.id}{'-' if stem else ''}{stem}{image.ending or ''}"


def split_ending(name: str) -> tuple[str, str]:
    """photo and .jpg for photo.JPG: readers know images by their endings, and some by lowercase ones alone."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isascii() or not ending.isalnum() or len(ending) > 8:
        return name, ""
    return stem, f".{ending.lower()}"


def folder_names(labels: Iterable[Label]) -> dict[int, str]:
    """A folder for each label id, named like the label. A label whose folder an earlier one has gets its id, too: so no
    folder is named anew because labels are added.
    """
    names: dict[int, str] = {}
    taken: set[str] = set()
    for label in sorted(labels, key=lambda label: label.id):
        name = wanted = _folder(label.name)
        more = 0
        while _folded(name) in taken:
            name = f"{wanted} ({label.id}{f'-{more}' if more else ''})"
            more += 1
        taken.add(_folded(name))
        names[label.id] = name
    return names


def _folder(name: str) -> str:
    safe = _cut(UNSAFE.sub("_", unicodedata.normalize("NFC", name))).strip(" .")
    if SHORT.fullmatch(safe):
        safe = safe.replace("~", "_")
    return f"_{safe}" if not safe or RESERVED.match(safe) else safe


def _folded(name: str) -> str:
    """What two names share that any file system takes for one: some tell neither case, nor how a character is composed,
    nor what shows nothing.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).upper().casefold())
    return "".join(character for character in VARIATIONS.sub("", plain) if unicodedata.category(character) != "Cf")


def _cut(text: str) -> str:
    return text.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore")
