"""COCO JSON (https://cocodataset.org/#format-data), as pycocotools, torchvision, FiftyOne and datumaro read it.

COCO is made for detection. For classification each label becomes an annotation with a box over the whole image,
because common loaders want one. date_captured is when the image was labeled: when it was taken is not known. And
date_created is when the last of them was labeled, so that the same labels make the same file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import reduce
from typing import Any, ClassVar

import orjson

from functions.exports.formats.base import ExportedImage, Format, Piece, by_side, endings, json_line, with_side
from functions.exports.formats.names import file_name
from functions.exports.formats.zipping import Directory, joined, sum_of

IMAGES, ANNOTATIONS, REST = PARTS = range(3)
ARCHIVE, FOLDER = "coco.zip", "images"
ENTRIES, LAST = 0, 99
LABELED = "labeled"


class Coco(Format):
    """One file, or one for each side: images, annotations, categories, info. Ids count from 1; category ids are the
    labels' own, and supercategory is the path of the label's group. An image without annotations has a `state`, which
    tells one that people gave no label. With opinions each image has their number, and as `agreement` the share of them
    that says what was decided. With images all of them are in a zip, beside a
    folder of the images, in which file_name is.

    state: sides: for each how many images and annotations it has, and the newest time; with images, directory: what the
    archive's end must tell, and sums: for each side the bytes and the sum of each part of its file.
    """

    readers = "pycocotools, torchvision, FiftyOne, datumaro and most training code"
    reads: ClassVar = {"torchvision": endings("avif bmp gif j2k jp2 jpeg jpg png tif tiff webp")}
    may_hold_images = True
    takes_opinions = True

    def first_state(self) -> dict[str, Any]:
        sides = {side: {"images": 0, "annotations": 0, "newest": ""} for side in self.sides}
        if not self.holds_images:
            return {"sides": sides}
        sums = {side: [[0, 0] for _ in PARTS] for side in self.sides}
        return {"sides": sides, "directory": asdict(Directory()), "sums": sums}

    def begin(self) -> Iterator[Piece]:
        if self.holds_images:
            yield Piece(ARCHIVE, ENTRIES, b"")
        for side in self.sides:
            yield self._part(side, IMAGES, b'{"images":[')
            yield self._part(side, ANNOTATIONS, b'\n],"annotations":[')

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        for side, some in by_side(images, self.sides):
            yield from self._add(side, some)
        if self.holds_images:
            for image in images:
                yield from self._entry(image)

    def _add(self, side: str, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        state, url, is_inside = self.state["sides"][side], self.snapshot.url, self.holds_images
        has_opinions = self.snapshot.options.opinions
        number, annotation = state["images"], state["annotations"]
        entries, annotations = [], []
        for image in images:
            number += 1
            width, height = image.width, image.height
            entry: dict[str, Any] = {
                "id": number,
                "file_name": file_name(image) if is_inside else image.name,
                "width": width,
                "height": height,
                "coco_url": url(image.name),
            }
            if image.at:
                entry["date_captured"] = image.at
            if not image.labels:
                entry["state"] = LABELED if image.is_labeled else image.state
            if has_opinions:
                entry |= image.agreement
            entries.append(entry)
            for label in image.labels:
                annotation += 1
                annotations.append(
                    {
                        "id": annotation,
                        "image_id": number,
                        "category_id": label.id,
                        "bbox": (0, 0, width, height),
                        "area": width * height,
                        "iscrowd": 0,
                    }
                )
        yield self._part(side, IMAGES, _joined(entries, state["images"]))
        yield self._part(side, ANNOTATIONS, _joined(annotations, state["annotations"]))
        newest = max([image.at for image in images])
        told = {"images": number, "annotations": annotation, "newest": max(newest, state["newest"])}
        self.state["sides"][side] = told

    def end(self) -> Iterator[Piece]:
        categories = [
            {"id": label.id, "name": label.name, "supercategory": label.group} for label in self.snapshot.labels
        ]
        for side in self.sides:
            newest = self.state["sides"][side]["newest"]
            info = {"description": self.snapshot.project, "version": "1.0"}
            dated = {"year": int(newest[:4]), "date_created": newest} if newest else {}
            rest = json_line({"categories": categories, "licenses": [], "info": info | dated})
            yield self._part(side, REST, b"\n]," + rest.removeprefix(b"{"))
        if self.holds_images:
            yield from self._end()

    def _part(self, side: str, part: int, data: bytes) -> Piece:
        """What a part of a side's file grows by. In a zip that file is an entry, whose parts are sections of the
        archive; what stands before it follows when its size and sum are known.
        """
        if not self.holds_images:
            return Piece(_file(side), part, data)
        sums = self.state["sums"][side]
        size, sum_ = sums[part]
        sums[part] = [size + len(data), sum_of(data, sum_)]
        return Piece(ARCHIVE, self._section(side) + part, data)

    def _section(self, side: str) -> int:
        """Of the first part of a side's file; what stands before the file is in the section before."""
        return 2 + (1 + len(PARTS)) * list(self.sides).index(side)

    def _entry(self, image: ExportedImage) -> Iterator[Piece]:
        directory = Directory(**self.state["directory"])
        local, entry = directory.add(f"{FOLDER}/{file_name(image)}", len(image.content), sum_of(image.content))
        self.state["directory"] = asdict(directory)
        yield Piece(ARCHIVE, ENTRIES, local)
        yield Piece(ARCHIVE, ENTRIES, image.content)
        yield Piece(ARCHIVE, LAST, entry)

    def _end(self) -> Iterator[Piece]:
        directory = Directory(**self.state["directory"])
        for side in self.sides:
            size, sum_ = reduce(joined, map(tuple, self.state["sums"][side]))
            local, entry = directory.add(_file(side), size, sum_)
            yield Piece(ARCHIVE, self._section(side) - 1, local)
            yield Piece(ARCHIVE, LAST, entry)
        yield Piece(ARCHIVE, LAST, directory.end())


def _file(side: str) -> str:
    return with_side("coco.json", side)


def _joined(entries: Sequence[dict[str, Any]], before: int) -> bytes:
    """The items of a list, behind as many that are there."""
    text = b",\n".join(map(orjson.dumps, entries))
    return (b",\n" if before else b"\n") + text if entries else b""
