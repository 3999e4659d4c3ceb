"""A folder that Azure Machine Learning reads as an MLTable, in the form of its labeled image datasets.

https://learn.microsoft.com/azure/machine-learning/how-to-prepare-datasets-for-automl-images
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from functions.exports.addresses import container_address
from functions.exports.formats.base import (
    ExportedImage,
    Format,
    Piece,
    by_side,
    ending_of,
    json_line,
    path_of,
)
from functions.projects.model import Label

TABLE, LABELS = "MLTable", "labels.jsonl"
UNLABELED, IMAGES = "unlabeled", "images.jsonl"
# What AutoML's schema takes for the format of an image; others it is not told.
FORMATS = frozenset(("jpg", "jpeg", "png", "jpe", "jfif", "bmp", "tif", "tiff"))

MLTABLE = """\
$schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
type: mltable
paths:
  - file: ./{file}
transformations:
  - read_json_lines:
      encoding: utf8
      invalid_lines: error
      include_path_column: false
  - convert_column_types:
      - columns: image_url
        column_type: stream_info
"""


class AzureMl(Format):
    """Two files: MLTable, which says how to read, and a line of JSON for each image with its label; or, where images
    may have several, with the list of its labels, as AutoML has it for that task. With a split, a folder with both for
    each side. Where labels are in groups, each line has their paths, too (`label_path`). With suggestions it says how
    sure its labels are, as in exports of ML-assisted projects of Azure ML. AutoML wants a label or a list in each line,
    so images that nobody labeled are a table of their own, in the folder `unlabeled`. With opinions each line has their
    number, and as `agreement` the share of them that says what was decided.
    """

    readers = "Azure Machine Learning and the mltable package"
    takes_suggestions = True
    takes_opinions = True

    def begin(self) -> Iterator[Piece]:
        for side in self.sides:
            yield Piece(_file(TABLE, side), 0, MLTABLE.format(file=LABELS))
            yield Piece(_file(LABELS, side), 0, "")
            if set(self.snapshot.options.states) != {"labeled"}:
                yield Piece(_file(TABLE, side, UNLABELED), 0, MLTABLE.format(file=IMAGES))
                yield Piece(_file(IMAGES, side, UNLABELED), 0, "")

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        for side, some in by_side(images, self.sides):
            lines = [json_line(line) for image in some for line in self._lines(image)]
            yield Piece(_file(LABELS, side), 0, b"".join(lines))
            if unlabeled := [image for image in some if not image.is_labeled and not image.labels]:
                lines = [json_line(self._place(image)) for image in unlabeled]
                yield Piece(_file(IMAGES, side, UNLABELED), 0, b"".join(lines))

    def _lines(self, image: ExportedImage) -> Iterator[dict[str, Any]]:
        labels, is_grouped, is_suggested = image.labels, self.snapshot.has_groups, self.snapshot.options.suggestions
        if not self.snapshot.task.one_label:
            if image.is_labeled or labels:
                line = self._place(image)
                line["label"] = [label.name for label in labels]
                if is_grouped:
                    line["label_path"] = [_path(label) for label in labels]
                if is_suggested:
                    line["label_confidence"] = image.confidences
                yield line
            return
        for number, label in enumerate(labels):
            line = self._place(image)
            line["label"] = label.name
            if is_grouped:
                line["label_path"] = _path(label)
            if is_suggested:
                line["label_confidence"] = image.confidences[number]
            yield line

    def _place(self, image: ExportedImage) -> dict[str, Any]:
        """Where the image is, and what it is like as far as that is known."""
        details: dict[str, str] = {}
        if (ending := ending_of(image.name)) in FORMATS:
            details["format"] = ending
        if image.width and image.height:
            details["width"], details["height"] = f"{image.width}px", f"{image.height}px"
        place = {"image_url": f"{self._container}/{path_of(image.name)}", "image_details": details}
        return place | image.agreement if self.snapshot.options.opinions else place

    @cached_property
    def _container(self) -> str:
        return container_address(self.snapshot.container_url, self.snapshot.options.azureml_datastore)


def _path(label: Label) -> str:
    return f"{label.group}/{label.name}" if label.group else label.name


def _file(name: str, side: str, folder: str = "") -> str:
    return "/".join(part for part in (side, folder, name) if part)
