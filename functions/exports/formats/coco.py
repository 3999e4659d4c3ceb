"""COCO JSON (https://cocodataset.org/#format-data), as pycocotools, FiftyOne and datumaro read it.

COCO is made for detection. For classification each label becomes an annotation with a box over the whole image,
because common loaders want one. date_captured is when the image was labeled: when it was taken is not known.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from functions.exports.formats.base import Format, LabeledImage, Piece, rfc3339

FILE = "coco.json"


class Coco(Format):
    """One file: info, images, annotations, categories. Ids count from 1; category ids are the labels' own."""

    files: ClassVar[Mapping[str, Sequence[str]]] = {FILE: ("images", "annotations", "categories")}

    _images = 0
    _annotations = 0

    def begin(self) -> Iterator[Piece]:
        info = {
            "description": self.snapshot.project,
            "version": "1.0",
            "year": self.snapshot.started_at.year,
            "date_created": rfc3339(self.snapshot.started_at),
        }
        yield Piece(FILE, "images", f'{{"info":{_json(info)},"licenses":[],"images":[')
        yield Piece(FILE, "annotations", '\n],"annotations":[')

    def add(self, image: LabeledImage) -> Iterator[Piece]:
        self._images += 1
        entry = {
            "id": self._images,
            "file_name": image.name,
            "width": image.width,
            "height": image.height,
            "coco_url": self.snapshot.url(image.name),
            "date_captured": rfc3339(image.labeled_at),
        }
        yield Piece(FILE, "images", _item(entry, self._images))
        for label in image.labels:
            self._annotations += 1
            annotation = {
                "id": self._annotations,
                "image_id": self._images,
                "category_id": label.id,
                "bbox": [0, 0, image.width, image.height],
                "area": image.width * image.height,
                "iscrowd": 0,
            }
            yield Piece(FILE, "annotations", _item(annotation, self._annotations))

    def end(self) -> Iterator[Piece]:
        categories = [{"id": label.id, "name": label.name, "supercategory": ""} for label in self.snapshot.labels]
        yield Piece(FILE, "categories", f'\n],"categories":{_json(categories)}}}\n')


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _item(value: Any, number: int) -> str:
    return f"{',' if number > 1 else ''}\n{_json(value)}"
