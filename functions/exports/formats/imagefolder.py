"""A zip with a folder for each label, as torchvision's ImageFolder, Keras and fastai read it when it is unpacked."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, ClassVar

from functions.exports.formats.base import ExportedImage, Format, Piece, endings
from functions.exports.formats.names import file_name, folder_names
from functions.exports.formats.zipping import Directory, sum_of

FILE = "images.zip"
ENTRIES, DIRECTORY = range(2)


class ImageFolder(Format):
    """<label>/<file>, or <side>/<label>/<file>. An image with several labels is in several folders.

    state: what the archive's end must tell.
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

    def first_state(self) -> dict[str, Any]:
        return asdict(Directory())

    def begin(self) -> Iterator[Piece]:
        yield Piece(FILE, ENTRIES, b"")

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        directory, folders = Directory(**self.state), folder_names(self.snapshot.labels)
        for image in images:
            name, sum_ = file_name(image), sum_of(image.content)
            for label in image.labels:
                folder = folders[label.id]
                path = f"{image.side}/{folder}/{name}" if image.side else f"{folder}/{name}"
                local, entry = directory.add(path, len(image.content), sum_)
                yield Piece(FILE, ENTRIES, local)
                yield Piece(FILE, ENTRIES, image.content)
                yield Piece(FILE, DIRECTORY, entry)
        self.state = asdict(directory)

    def end(self) -> Iterator[Piece]:
        yield Piece(FILE, DIRECTORY, Directory(**self.state).end())
