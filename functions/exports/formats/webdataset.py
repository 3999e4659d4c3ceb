"""Tar shards as WebDataset reads them: an image's files stand together and share their names up to the dot.

https://github.com/webdataset/webdataset#the-webdataset-format
"""

import tarfile
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import orjson

from functions.exports.formats.base import ExportedImage, Format, Piece, by_side, endings

SHARD_IMAGES = 10_000
SHARD_BYTES = 512 * 1024 * 1024
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)


class WebDataset(Format):
    """images-000000.tar or <side>-000000.tar and so on, each with at most 10,000 images or 512 MiB. For each image its
    file, .json, and where images have one label .cls (its place among the project's labels, from 0; not for one without
    a label).

    state: for each side the number of its last shard, and how many images and bytes that one has.
    """

    readers = "WebDataset and PyTorch, shard by shard"
    reads: ClassVar = {"WebDataset": endings("bmp gif j2k jp2 jpeg jpg png tif tiff webp")}
    wants_content = True

    def first_state(self) -> dict[str, Any]:
        return {side: {"shard": 0, "images": 0, "bytes": 0} for side in self.sides}

    def begin(self) -> Iterator[Piece]:
        for side in self.sides:
            yield Piece(_file(side, 0), 0, b"")

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        for side, some in by_side(images, self.sides):
            for image in some:
                yield from self._add(side, image)

    def _add(self, side: str, image: ExportedImage) -> Iterator[Piece]:
        state, data = self.state[side], b"".join(self._files(image))
        is_full = state["images"] >= SHARD_IMAGES or state["bytes"] + len(data) > SHARD_BYTES
        if state["images"] and is_full:
            yield Piece(_file(side, state["shard"]), 0, END)
            state = {"shard": state["shard"] + 1, "images": 0, "bytes": 0}
        yield Piece(_file(side, state["shard"]), 0, data)
        self.state[side] = {**state, "images": state["images"] + 1, "bytes": state["bytes"] + len(data)}

    def _files(self, image: ExportedImage) -> Iterator[bytes]:
        yield from _entry(image.id + (image.ending or ".img"), image.content)
        if image.labels and self.snapshot.task.one_label:
            places = {label.id: place for place, label in enumerate(self.snapshot.labels)}
            yield from _entry(f"{image.id}.cls", str(places[image.labels[0].id]).encode())
        about = {
            "id": image.id,
            "name": image.name,
            "labels": [label.name for label in image.labels],
            "state": image.state,
            "width": image.width,
            "height": image.height,
        }
        yield from _entry(f"{image.id}.json", orjson.dumps(about))

    def end(self) -> Iterator[Piece]:
        for side in self.sides:
            yield Piece(_file(side, self.state[side]["shard"]), 0, END)


def _entry(name: str, content: bytes) -> Iterator[bytes]:
    """A file in a tar: no clock, and nobody's."""
    about = tarfile.TarInfo(name)
    about.size = len(content)
    yield about.tobuf(tarfile.USTAR_FORMAT)
    yield content
    yield bytes(-len(content) % BLOCK)


def _file(side: str, shard: int) -> str:
    return f"{side or 'images'}-{shard:06}.tar"
