"""A zip with a folder for each label, as torchvision's ImageFolder, Keras and fastai read it when it is unpacked."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import product
from typing import Any, ClassVar

from functions.exports.formats.base import ExportedImage, Format, Piece, endings
from functions.exports.formats.names import file_name, folder_names
from functions.exports.formats.zipping import Directory, sum_of

FILE = "images.zip"
ENTRIES, DIRECTORY = range(2)


class ImageFolder(Format):
    """<label>/<file>, or <side>/<label>/<file>. Readers take a file for an image of its own, so one with several labels
    has no place here.

    Readers number classes by their folders, so each side has one for each label that the export has images of, empty or
    not.

    state: directory: what the archive's end must tell; filled: the sides and label ids that have images.
    """

    readers = "torchvision (ImageFolder), Keras and fastai, unpacked"
    # fastai takes what Python and the system know as images; these are known to all of them.
    reads: ClassVar = {
        "torchvision": endings("bmp jpeg jpg png tif tiff webp"),
        "Keras": endings("bmp gif jpeg jpg png"),
        "fastai": endings("bmp gif jpeg jpg png tif tiff"),
    }
    wants_content = True
    only_labeled = True
    only_one_label = True

    def first_state(self) -> dict[str, Any]:
        return {"directory": asdict(Directory()), "filled": []}

    def begin(self) -> Iterator[Piece]:
        yield Piece(FILE, ENTRIES, b"")

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        directory, folders = Directory(**self.state["directory"]), folder_names(self.snapshot.labels)
        filled = {(side, label) for side, label in self.state["filled"]}
        for image in images:
            name, sum_ = file_name(image), sum_of(image.content)
            for label in image.labels:
                path = f"{_folder(image.side, folders[label.id])}/{name}"
                local, entry = directory.add(path, len(image.content), sum_)
                yield Piece(FILE, ENTRIES, local)
                yield Piece(FILE, ENTRIES, image.content)
                yield Piece(FILE, DIRECTORY, entry)
                filled.add((image.side, label.id))
        self.state = {"directory": asdict(directory), "filled": sorted(filled)}

    def end(self) -> Iterator[Piece]:
        directory, folders = Directory(**self.state["directory"]), folder_names(self.snapshot.labels)
        filled = {(side, label) for side, label in self.state["filled"]}
        for side, label in product(self.sides, sorted({label for _, label in filled})):
            if (side, label) not in filled:
                local, entry = directory.add_folder(_folder(side, folders[label]))
                yield Piece(FILE, ENTRIES, local)
                yield Piece(FILE, DIRECTORY, entry)
        yield Piece(FILE, DIRECTORY, directory.end())


def _folder(side: str, label: str) -> str:
    return f"{side}/{label}" if side else label
