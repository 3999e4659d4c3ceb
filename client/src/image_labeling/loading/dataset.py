"""Images with their labels, as training has them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from image_labeling.loading.index import Index, Row
from image_labeling.loading.needing import needed
from image_labeling.loading.pictures import picture

if TYPE_CHECKING:
    from datasets import Dataset as HuggingFaceDataset
    from pandas import DataFrame
    from PIL.Image import Image

    from image_labeling.loading.torch import TorchDataset


class Dataset:
    """Images and what they are labeled as: `dataset[i]` is an image (RGB, upright) and the place of its label in
    `classes`; where an image may have several labels, a list that has 1 at the places of its own and 0 elsewhere.

    It is a map-style dataset. classes: all labels of the project, in its order, the same for each side of a split.
    folder: where it is kept; it may be dropped once nobody has loaded it for 30 days. left_out: how many labeled images
    are not in it (of all sides), as their files could not be read; first_left_out: some, each with the reason.
    """

    def __init__(self, project_name: str, folder: Path, index: Index, side: str | None) -> None:
        self.folder = folder
        self.side = side
        self.project_name = project_name
        self.one_label = index.one_label
        self.classes = index.classes
        self.left_out = index.left_out
        self.first_left_out = index.first_left_out
        self.rows = [row for row in index.rows if side in (None, row.side)]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> "tuple[Image, int | list[int]]":
        """Raises LabelingError for a file that Pillow does not read."""
        row = self.rows[place]
        return picture(self.folder / row.file, row.name), self._said(row)

    def __iter__(self) -> "Iterator[tuple[Image, int | list[int]]]":
        return (self[place] for place in range(len(self)))

    def __repr__(self) -> str:
        side = f" {self.side}" if self.side else ""
        return f"<Dataset {self.project_name!r}{side}: {len(self)} images, {len(self.classes)} classes>"

    @property
    def paths(self) -> list[Path]:
        """The files on this machine."""
        return [self.folder / row.file for row in self.rows]

    @property
    def names(self) -> list[str]:
        """The images' paths in their container, as the service has them."""
        return [row.name for row in self.rows]

    @property
    def labels(self) -> "list[int] | list[list[int]]":
        """As `dataset[i]` has them, without the images."""
        return [self._said(row) for row in self.rows]  # type: ignore[return-value]

    @property
    def label_names(self) -> list[list[str]]:
        """Of each image the labels that it has."""
        return [[self.classes[label] for label in row.labels] for row in self.rows]

    @property
    def sides(self) -> list[str]:
        """Of each image the side of the split: train, validation or test."""
        return [row.side for row in self.rows]

    def to_torch(self, transform: "Callable[[Image], Any] | None" = None, *, size: int = 224) -> "TorchDataset":
        """A torch Dataset: of each image what `transform` makes of it, and its label as a number; or its labels as a
        tensor of 0 and 1 (float32). Without a transform, a tensor of float32 (3, size, size), 0 to 1, of the whole
        image.
        """
        with needed("torch"):
            from image_labeling.loading.torch import TorchDataset
        return TorchDataset(self, transform, size)

    def to_huggingface(self) -> "HuggingFaceDataset":
        """One of Hugging Face's: `image`, `label` (a ClassLabel) or `labels` (a list of them), `image_path`."""
        with needed("datasets"):
            from image_labeling.loading.tables import to_huggingface
        return to_huggingface(self)

    def to_pandas(self) -> "DataFrame":
        """A frame with a row for each image: `path`, `image` (as the service has it), `label` (its name) or `labels`
        (a list), `split`.
        """
        with needed("pandas"):
            from image_labeling.loading.tables import to_pandas
        return to_pandas(self)

    def _said(self, row: Row) -> "int | list[int]":
        if self.one_label:
            return row.labels[0]
        own = set(row.labels)
        return [int(place in own) for place in range(len(self.classes))]
