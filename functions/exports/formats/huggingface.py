"""A folder that Hugging Face's `load_dataset("imagefolder")` reads, as a zip: the images of each side in a folder with
a metadata.jsonl, and a card that names the classes.

https://huggingface.co/docs/datasets/image_dataset#imagefolder
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, ClassVar

import orjson

from functions.exports.formats.base import ExportedImage, Format, Piece, by_side, endings, json_line
from functions.exports.formats.names import file_name
from functions.exports.formats.zipping import Directory, sum_of

FILE = "huggingface.zip"
METADATA, CARD = "metadata.jsonl", "README.md"
ENTRIES, LAST = 0, 99

NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

CARD_TEXT = """\
---
configs:
  - config_name: default
    features:
      - name: image
        dtype: image
      - name: {column}
        {kind}:
          class_label:
            names:
{names}      - name: image_path
        dtype: string
task_categories:
  - image-classification
---

# {project}

Classes: {classes}.

```python
from datasets import load_dataset

dataset = load_dataset("the folder of this file")  # labels are classes
dataset = load_dataset("imagefolder", data_dir="the folder of this file")  # labels are their names
```
"""


class HuggingFace(Format):
    """<side>/<file> and <side>/metadata.jsonl, a line for each image: file_name, label, and the blob's own name; or,
    where images may have several, the list `labels`. Both are null for an image that nobody labeled. Without a split
    all images are on the side train, as the library has it.

    The metadata of a side is an entry that grows beside the images, in a section of its own; what stands before it
    follows when its size and sum are known.

    state: directory: what the archive's end must tell; metadata: for each side the bytes and the sum of its lines.
    """

    readers = "Hugging Face datasets (load_dataset), unpacked"
    reads: ClassVar = {"Hugging Face datasets": endings("bmp gif j2k jp2 jpeg jpg png tif tiff webp")}
    wants_content = True

    @property
    def folders(self) -> Sequence[str]:
        return self.snapshot.options.sides or ("train",)

    def first_state(self) -> dict[str, Any]:
        return {"directory": asdict(Directory()), "metadata": {folder: [0, 0] for folder in self.folders}}

    def begin(self) -> Iterator[Piece]:
        yield from self._entry(CARD, self._card().encode())

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        for side, some in by_side(images, self.sides):
            folder = side or "train"
            for image in some:
                name = file_name(image)
                yield from self._entry(f"{folder}/{name}", image.content)
                yield from self._lines(folder, name, image)

    def end(self) -> Iterator[Piece]:
        directory = Directory(**self.state["directory"])
        for folder in self.folders:
            local, entry = directory.add(f"{folder}/{METADATA}", *self.state["metadata"][folder])
            yield Piece(FILE, self._section(folder) - 1, local)
            yield Piece(FILE, LAST, entry)
        yield Piece(FILE, LAST, directory.end())

    def _section(self, folder: str) -> int:
        """Of a side's lines; what stands before them is in the section before."""
        return 2 + 2 * list(self.folders).index(folder)

    def _entry(self, path: str, content: bytes) -> Iterator[Piece]:
        directory = Directory(**self.state["directory"])
        local, entry = directory.add(path, len(content), sum_of(content))
        self.state["directory"] = asdict(directory)
        yield Piece(FILE, ENTRIES, local)
        yield Piece(FILE, ENTRIES, content)
        yield Piece(FILE, LAST, entry)

    def _lines(self, folder: str, name: str, image: ExportedImage) -> Iterator[Piece]:
        names = [label.name for label in image.labels]
        if self.snapshot.task.one_label:
            told: list[dict[str, Any]] = [{"label": label} for label in names or (None,)]
        else:
            told = [{"labels": names if image.is_labeled else None}]
        for one in told:
            line = json_line({"file_name": name, **one, "image_path": image.name})
            size, sum_ = self.state["metadata"][folder]
            self.state["metadata"][folder] = [size + len(line), sum_of(line, sum_)]
            yield Piece(FILE, self._section(folder), line)

    def _card(self) -> str:
        """The dataset card. Its first part is YAML, in which texts are written as in JSON; it tells the library that
        the labels are classes.
        """
        labels = self.snapshot.labels
        names = "".join(f"              '{index}': {_yaml(label.name)}\n" for index, label in enumerate(labels))
        column, kind = ("label", "dtype") if self.snapshot.task.one_label else ("labels", "sequence")
        return CARD_TEXT.format(
            column=column,
            kind=kind,
            names=names,
            project=_one_line(self.snapshot.project),
            classes=", ".join(_one_line(label.name) for label in labels),
        )


def _yaml(text: str) -> str:
    """A text between quotation marks. YAML reads JSON's, but for some characters that must not stand there bare."""
    return NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", orjson.dumps(text).decode())


def _one_line(text: str) -> str:
    return " ".join(text.split())
