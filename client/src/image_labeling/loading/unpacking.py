"""The files of an export as a dataset: the table says what is labeled as what, the archive has the images."""

import csv
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from image_labeling.loading.index import Row
from image_labeling.transferring.downloading import assert_room, inside

METADATA = "metadata.jsonl"

# What each image is labeled as, by its path in the container: the side of the split, and the labels' names.
Said = dict[str, tuple[str, frozenset[str]]]


def said_in_table(table: Path) -> Said:
    """Of a csv export with a split: a row for each image and label."""
    said: Said = {}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _, before = said.get(row["image"], ("", frozenset()))
            said[row["image"]] = (row["split"], before | {row["label"]} - {""})
    return said


def said_in_archive(lines: Iterable[tuple[str, Mapping[str, Any]]]) -> Said:
    return {line["image_path"]: (side, frozenset(_names(line))) for side, line in lines}


def metadata(archive: zipfile.ZipFile) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sides and lines of a huggingface export."""
    for name in archive.namelist():
        side, _, file = name.rpartition("/")
        if file == METADATA:
            with archive.open(name) as lines:
                for line in lines:
                    yield side, json.loads(line)


def unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    """The images, each side in a folder of its own. Raises LabelingError where the disk has no room, or where a name
    leads out of the folder, and OSError of the disk.
    """
    images = [entry for entry in archive.infolist() if "/" in entry.filename and not _is_metadata(entry.filename)]
    assert_room(folder, sum(entry.file_size for entry in images), "The images")
    for entry in images:
        with archive.open(entry) as source, inside(folder, entry.filename).open("wb") as file:
            shutil.copyfileobj(source, file)


def rows(lines: Iterable[tuple[str, Mapping[str, Any]]], classes: Sequence[str]) -> tuple[Row, ...]:
    place = {name: number for number, name in enumerate(classes)}
    return tuple(
        Row(
            f"{side}/{line['file_name']}", line["image_path"], side, tuple(sorted(place[name] for name in _names(line)))
        )
        for side, line in lines
    )


def _names(line: Mapping[str, Any]) -> Sequence[str]:
    names: Sequence[str] = [line["label"]] if "label" in line else line["labels"]
    return names


def _is_metadata(name: str) -> bool:
    return name.rpartition("/")[2] == METADATA
