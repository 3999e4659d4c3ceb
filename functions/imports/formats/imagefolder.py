"""A zip with a folder for each label, as torchvision's ImageFolder, Keras and Hugging Face take it when it is unpacked:
<label>/<file>, or <side>/<label>/<file>. Only the names in it are read.
"""

import re
from collections.abc import Iterator

from functions.datastores.kinds import is_image_name
from functions.imports.archive import Entry
from functions.imports.content import Content
from functions.imports.formats.base import Format
from functions.imports.lines import Line, Loose, Said, Unreadable
from functions.imports.spelling import told

# Folders that are no labels: the sides of a split, and what all images are in.
SIDES = frozenset(("train", "training", "val", "valid", "validation", "test", "testing", "dev", "images", "data"))
# Before the names of files in exports of this service: the image's id.
OWN_ID = re.compile(r"[0-9]{6,}-[0-9]{2,}-(?=.)")


def fits(content: Content) -> bool:
    """Images in the folders of two labels at least: what is in one folder are just images."""
    if not content.is_zipped:
        return False
    found = set[str]()
    for _, entry in _images(content):
        found.add(_label(entry))
        if len(found - {""}) > 1:
            return True
    return False


def read(content: Content) -> Iterator[Said]:
    """A line for each image. Its row is its number among the images of the zip."""
    if not content.is_zipped:
        raise Unreadable("This is not a zip of folders with images.")
    number = 0
    for number, entry in _images(content):
        label, path = _label(entry), entry.name
        if not label:
            yield Loose(f"Image no. {number:,} is in no folder that is named like a label: {told(path)}.", number)
            continue
        name = path.rpartition("/")[2]
        own = OWN_ID.sub("", name)
        yield Line((path,) if own == name else (path, own), label, row=number)
    if not number:
        raise Unreadable("This zip has no images in folders.")


def _images(content: Content) -> Iterator[tuple[int, Entry]]:
    return enumerate((entry for entry in content.archive.entries() if is_image_name(entry.name)), 1)


def _label(entry: Entry) -> str:
    """The folder that the image is in; "" where that is none of a label."""
    folder = entry.name.rpartition("/")[0].rpartition("/")[2]
    return "" if folder.casefold() in SIDES else folder


IMAGE_FOLDER = Format(fits, read)
