"""What is kept of a dataset beside its images: one small document."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from image_labeling.loading.cache import INDEX

VERSION = 1


@dataclass(frozen=True)
class Row:
    """An image. file: in the dataset's folder. name: its path in the container. side: of the split. labels: places in
    the classes, in the order of the project.
    """

    file: str
    name: str
    side: str
    labels: tuple[int, ...]


@dataclass(frozen=True)
class Index:
    """classes: all labels of the project, in its order. left_out: how many labeled images are not there, as their files
    could not be read; first_left_out: some of them, each with the reason.
    """

    one_label: bool
    classes: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int
    first_left_out: tuple[tuple[str, str], ...]

    def write(self, folder: Path) -> None:
        said = {"version": VERSION, **asdict(self), "rows": [list(vars(row).values()) for row in self.rows]}
        (folder / INDEX).write_text(json.dumps(said), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Index":
        said = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        return cls(
            said["one_label"],
            tuple(said["classes"]),
            tuple(_row(row) for row in said["rows"]),
            said["left_out"],
            tuple((name, reason) for name, reason in said["first_left_out"]),
        )


def _row(said: Sequence[object]) -> Row:
    file, name, side, labels = said
    return Row(str(file), str(name), str(side), tuple(labels))  # type: ignore[arg-type]
