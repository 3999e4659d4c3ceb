"""From a project to a dataset on this machine.

What is labeled as what comes first, as a small table that the service writes; its checksum, with the classes and the
sides, is the key under which the images are kept. So as long as no label changes, no image is exported or downloaded.
"""

import hashlib
import json
import warnings
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Literal

from image_labeling.answers.exports import Export
from image_labeling.errors import LabelingError
from image_labeling.exports import Exports
from image_labeling.images import WithImages
from image_labeling.loading.cache import Shelf, cache_folder
from image_labeling.loading.dataset import Dataset
from image_labeling.loading.index import VERSION, Index
from image_labeling.loading.unpacking import Said, metadata, rows, said_in_archive, said_in_table, unpack
from image_labeling.options import SINGLE_LABEL
from image_labeling.transferring.exporting import Told, building, download

Side = Literal["train", "validation", "test"]
SIDES: tuple[Side, ...] = ("train", "validation", "test")
SHARES = (0.8, 0.1, 0.1)
TABLE, ARCHIVE, WHOLE = "labels.csv", "huggingface.zip", "whole"
# Somebody labels while this is read.
MOST_ROUNDS = 5
# What exports for loading are called, before the key; of the newest so many are looked through.
NAME = "For loading, "
LOOKED_THROUGH = 100
# Own ones are deleted after that, once labels have changed.
KEPT_FOR = timedelta(days=1)
TOLD_NAMES = 3


class _Changed(Exception):
    """Labels were changed while the images were exported."""


def load(
    project: WithImages,
    exports: Exports,
    side: Side | None,
    *,
    shares: Sequence[float] = SHARES,
    seed: int = 0,
    cache: str | Path | None = None,
    told: Told | None = None,
) -> Dataset:
    """The labeled images of one side, or of all. Raises LabelingError."""
    if len(shares) != len(SIDES):
        raise LabelingError(f"shares are three numbers: of train, validation and test. These are {len(shares)}.")
    if side is not None and (side not in SIDES or not shares[SIDES.index(side)]):
        raise LabelingError(f"No image is on the side {side!r}: shares are {', '.join(map(str, shares))}.")
    split: dict[str, float] = {**dict(zip(SIDES, shares, strict=True)), "seed": seed}
    kept_in = cache_folder(cache)
    try:
        shelf = Shelf(kept_in, project.id)
        with shelf.locked():
            folder, index = _fetched(_Fetching(project, exports, shelf, split, told))
    except OSError as error:
        raise LabelingError(f"{error.filename or kept_in} cannot be written: {error.strerror}.") from error
    _tell_left_out(index, project.name)
    return Dataset(project.name, folder, index, side)


@dataclass(frozen=True)
class _Fetching:
    project: WithImages
    exports: Exports
    shelf: Shelf
    split: dict[str, float]
    told: Told | None


def _fetched(asked: _Fetching) -> tuple[Path, Index]:
    for _ in range(MOST_ROUNDS):
        table = asked.exports.start("csv", guard_formulas=False, split=asked.split)
        try:
            key, classes = _key(asked, table)
            if found := asked.shelf.find(key):
                # A disk may have lost the end of it.
                with suppress(ValueError):
                    return found, Index.read(found)
            with suppress(_Changed):
                return _kept(asked, key, classes, table)
        finally:
            # The exports are other people's list, too.
            with suppress(LabelingError):
                asked.exports.delete(table.id)
    raise LabelingError(
        f"Labels of {asked.project.name} were changed each time while its images were exported. Pause it, or load it "
        "again.",
        type="conflict",
    )


def _key(asked: _Fetching, table: Export) -> tuple[str, tuple[str, ...]]:
    """What the images and their labels go by. Images that were put in the place of others keep their labels until
    somebody labels them again.
    """
    classes = tuple(label.name for label in asked.project.reload().labels)
    sum_ = next(file.sha256 for file in table.files if file.name == TABLE)
    replaced = sorted(image.id for image in asked.project.images(state="labeled", changed_since_labeled=True))
    said = json.dumps([VERSION, sum_, classes, asked.split, replaced], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32], classes


def _kept(asked: _Fetching, key: str, classes: tuple[str, ...], table: Export) -> tuple[Path, Index]:
    if not table.images:
        raise LabelingError(f"No image of {asked.project.name} is labeled yet.", type="conflict")
    aside = asked.shelf.aside(key)
    download(asked.exports, table.id, aside / "table")
    said = said_in_table(aside / "table" / TABLE)
    export = _export(asked, key)
    download(asked.exports, export.id, aside, told=asked.told)
    with zipfile.ZipFile(aside / ARCHIVE) as archive:
        lines = list(metadata(archive))
        if not _is_same(said, said_in_archive(lines), classes, export):
            # It is under a name that promises other labels.
            asked.exports.delete(export.id)
            (aside / ARCHIVE).unlink()
            raise _Changed
        whole = aside / WHOLE
        whole.mkdir(exist_ok=True)
        unpack(archive, whole)
    left_out = export.left_out
    index = Index(
        asked.project.task_type == SINGLE_LABEL,
        classes,
        rows(lines, classes),
        left_out.count,
        tuple((image.name, image.reason) for image in left_out.first),
    )
    index.write(whole)
    return asked.shelf.keep(key, whole), index


def _export(asked: _Fetching, key: str) -> Export:
    """With the images. It may be there already: of a script on another machine, or one that was cut off."""
    ours = [one for one in islice(asked.exports, LOOKED_THROUGH) if one.name.startswith(NAME)]
    for export in ours:
        if export.name == NAME + key and export.status != "failed" and not export.expired_at:
            return asked.exports.wait(export.id, told=building(asked.told))
    started = asked.exports.start("huggingface", name=NAME + key, split=asked.split, convert_images=True, wait=False)
    # Each holds all images. Whoever trains again and again would leave one for each time.
    for export in ours:
        if export.by == started.by and export.is_over and started.created_at - export.created_at > KEPT_FOR:
            with suppress(LabelingError):
                asked.exports.delete(export.id)
    return asked.exports.wait(started.id, told=building(asked.told))


def _is_same(said: Said, held: Said, classes: Sequence[str], export: Export) -> bool:
    """The archive says the same of the same images, but for those whose files could not be read."""
    missing = len(said) - len(held)
    known = frozenset(classes)
    return missing == export.left_out.count and all(
        said.get(name) == one and one[1] <= known for name, one in held.items()
    )


def _tell_left_out(index: Index, project: str) -> None:
    if index.left_out:
        some = "; ".join(f"{name}: {reason}" for name, reason in index.first_left_out[:TOLD_NAMES])
        warnings.warn(
            f"{index.left_out} labeled images of {project} are left out, as their files cannot be read: {some}",
            stacklevel=4,
        )
