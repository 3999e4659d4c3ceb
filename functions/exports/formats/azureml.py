"""A folder that Azure Machine Learning reads as an MLTable, in the form of its labeled image datasets.

https://learn.microsoft.com/azure/machine-learning/how-to-prepare-datasets-for-automl-images
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import ClassVar

from functions.exports.formats.base import Format, LabeledImage, Piece

TABLE, LABELS = "MLTable", "labels.jsonl"

MLTABLE = f"""\
$schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
type: mltable
paths:
  - file: ./{LABELS}
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
    """Two files: MLTable, which says how to read, and a line of JSON for each image and label."""

    files: ClassVar[Mapping[str, Sequence[str]]] = {TABLE: ("table",), LABELS: ("lines",)}

    def begin(self) -> Iterator[Piece]:
        yield Piece(TABLE, "table", MLTABLE)

    def add(self, image: LabeledImage) -> Iterator[Piece]:
        for label in image.labels:
            line = {
                "image_url": self.snapshot.url(image.name),
                "image_details": {
                    "format": PurePosixPath(image.name).suffix[1:].lower(),
                    "width": f"{image.width}px",
                    "height": f"{image.height}px",
                },
                "label": label.name,
            }
            yield Piece(LABELS, "lines", json.dumps(line, ensure_ascii=False) + "\n")

    def end(self) -> Iterator[Piece]:
        yield from ()
