"""What an export is asked to hold: which images, and on which side of a split each of them is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from functions.exports.addresses import AzureMlDatastore, Workspace

ExportState = Literal["labeled", "skipped", "disputed", "waiting", "preparing", "unreadable", "missing"]
STATES: tuple[ExportState, ...] = ("labeled", "skipped", "disputed", "waiting", "preparing", "unreadable", "missing")
Side = Literal["train", "validation", "test"]


class Split(BaseModel):
    """The fractions of the sides, which add up to 1. With the same seed an image keeps its side as long as it can."""

    model_config = ConfigDict(frozen=True)

    train: float
    validation: float
    test: float
    seed: int

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that can have images."""
        fractions: dict[Side, float] = {"train": self.train, "validation": self.validation, "test": self.test}
        return tuple(side for side, fraction in fractions.items() if fraction > 0)


class ExportOptions(BaseModel):
    """states: of the images it holds, in the order of STATES; a missing image is `missing` whatever it was before.
    labels: ids, sorted; of the images that have labels only those that have one of these. since: only images labeled or
    skipped then or later. datastore_name: the name under which Azure ML knows the container; workspace: where it does.
    suggestions: images that wait are held too, each with the label that is suggested for it; those of which it is none
    of `labels` are not. What is only suggested was never labeled, so `since` says nothing of it. opinions: it is told
    what each of several people says of an image, or how many say what was decided. guard_formulas: of csv and features,
    whether what a spreadsheet would run as a formula gets an apostrophe before it. wide: of csv, a column for each
    label and a row for each image. with_images: the files hold the images, too, where the format has a choice.
    convert_images: files that a reader of the format does not read are converted.
    """

    model_config = ConfigDict(frozen=True)

    states: tuple[ExportState, ...] = ("labeled",)
    labels: tuple[int, ...] | None = None
    since: datetime | None = None
    split: Split | None = None
    datastore_name: str | None = None
    workspace: Workspace | None = None
    suggestions: bool = False
    opinions: bool = False
    guard_formulas: bool = True
    wide: bool = False
    with_images: bool = False
    convert_images: bool = False

    def with_labels_as(self, aliases: Mapping[int, int]) -> Self:
        """The same with merged labels as those that they count as."""
        labels = self.labels and tuple(sorted({aliases.get(label, label) for label in self.labels}))
        return self.model_copy(update={"labels": labels})

    @property
    def sides(self) -> tuple[Side, ...]:
        return self.split.sides if self.split else ()

    @property
    def azureml_datastore(self) -> AzureMlDatastore | None:
        return AzureMlDatastore(self.datastore_name, self.workspace) if self.datastore_name else None
