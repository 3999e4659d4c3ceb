"""COCO JSON (https://cocodataset.org/#format-data), as pycocotools, torchvision, FiftyOne and datumaro read it.

COCO is made for detection. For classification each label becomes an annotation with a box over the whole image,
because common loaders want one. date_captured is when the image was labeled: when it was taken is not known. And
date_created is when the last of them was labeled, so that the same labels make the same file.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from functions.exports.formats.base import ExportedImage, Format, Piece, by_side, text_of, with_side

IMAGES, ANNOTATIONS, REST = range(3)


class Coco(Format):
    """One file, or one for each side: images, annotations, categories, info. Ids count from 1; category ids are the
    labels' own.

    state: for each side how many images and annotations it has, and the newest time.
    """

    readers = "pycocotools, torchvision, FiftyOne, datumaro and most training code"

    def first_state(self) -> dict[str, Any]:
        return {side: {"images": 0, "annotations": 0, "newest": ""} for side in self.sides}

    def begin(self) -> Iterator[Piece]:
        for side in self.sides:
            yield Piece(_file(side), IMAGES, '{"images":[')
            yield Piece(_file(side), ANNOTATIONS, '\n],"annotations":[')

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        for side, some in by_side(images, self.sides):
            yield from self._add(side, some)

    def _add(self, side: str, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        state, url = self.state[side], self.snapshot.url
        number, annotation = state["images"], state["annotations"]
        entries, annotations = [], []
        for image in images:
            number += 1
            width, height = image.width, image.height
            captured = f',"date_captured":"{image.at}"' if image.at else ""
            entries.append(
                f'\n{{"id":{number},"file_name":{text_of(image.name)},"width":{width},"height":{height},'
                f'"coco_url":"{url(image.name)}"{captured}}}'
            )
            for label in image.labels:
                annotation += 1
                annotations.append(
                    f'\n{{"id":{annotation},"image_id":{number},"category_id":{label.id},'
                    f'"bbox":[0,0,{width},{height}],"area":{width * height},"iscrowd":0}}'
                )
        yield Piece(_file(side), IMAGES, _joined(entries, state["images"]))
        yield Piece(_file(side), ANNOTATIONS, _joined(annotations, state["annotations"]))
        newest = max([image.at for image in images])
        self.state[side] = {"images": number, "annotations": annotation, "newest": max(newest, state["newest"])}

    def end(self) -> Iterator[Piece]:
        categories = [{"id": label.id, "name": label.name, "supercategory": ""} for label in self.snapshot.labels]
        for side in self.sides:
            newest = self.state[side]["newest"]
            info = {"description": self.snapshot.project, "version": "1.0"}
            dated = {"year": int(newest[:4]), "date_created": newest} if newest else {}
            rest = f'\n],"categories":{_json(categories)},"licenses":[],"info":{_json(info | dated)}}}\n'
            yield Piece(_file(side), REST, rest)


def _file(side: str) -> str:
    return with_side("coco.json", side)


def _joined(entries: Sequence[str], before: int) -> str:
    return f"{',' if before and entries else ''}{','.join(entries)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
