"""A folder that Azure Machine Learning reads as an MLTable, in the form of its labeled image datasets.

https://learn.microsoft.com/azure/machine-learning/how-to-prepare-datasets-for-automl-images
"""

from collections.abc import Iterator, Sequence

from functions.exports.formats.base import (
    ExportedImage,
    Format,
    Piece,
    by_side,
    confidence_of,
    ending_of,
    path_of,
    text_of,
)

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
    """Two files: MLTable, which says how to read, and a line of JSON for each image and label. With a split, a folder
    with both for each side. With suggestions each line says how sure its label is, as in exports of ML-assisted
    projects of Azure ML.
    """

    readers = "Azure Machine Learning and the mltable package"
    takes_suggestions = True

    def begin(self) -> Iterator[Piece]:
        for side in self.sides:
            yield Piece(_file(TABLE, side), 0, MLTABLE)
            yield Piece(_file(LABELS, side), 0, "")

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        for side, some in by_side(images, self.sides):
            lines = [line for image in some for line in self._lines(image)]
            yield Piece(_file(LABELS, side), 0, "".join(lines))

    def _lines(self, image: ExportedImage) -> Iterator[str]:
        ending = text_of(ending_of(image.name))
        start = (
            f'{{"image_url":{text_of(self._url(image.name))},"image_details":{{"format":{ending},'
            f'"width":"{image.width}px","height":"{image.height}px"}},"label":'
        )
        has_confidences = self.snapshot.options.suggestions
        end = f',"label_confidence":{confidence_of(image) or "null"}}}\n' if has_confidences else "}\n"
        if not image.labels:
            yield f"{start}null{end}"
        for label in image.labels:
            yield f"{start}{text_of(label.name)}{end}"

    def _url(self, name: str) -> str:
        datastore = self.snapshot.options.datastore_name
        return f"azureml://datastores/{datastore}/paths/{path_of(name)}" if datastore else self.snapshot.url(name)


def _file(name: str, side: str) -> str:
    return f"{side}/{name}" if side else name
