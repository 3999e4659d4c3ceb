"""What callers may ask for, by name, where several calls take the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypedDict

Format = Literal["coco", "azureml", "csv", "imagefolder", "huggingface", "webdataset", "features"]
State = Literal["labeled", "skipped", "disputed", "waiting", "preparing", "unreadable", "missing"]
ImageState = State | Literal["leased"]
ImportFormat = Literal[
    "auto", "coco", "csv", "azureml", "labelstudio", "mltable", "cvat", "huggingface", "imagefolder", "vott"
]
Auth = Mapping[str, str] | Literal["identity", "anonymous"]
Role = Literal["labeler", "reviewer", "administrator"]
SINGLE_LABEL: Literal["multiClass"] = "multiClass"
LabelName = str | int
"""A label by its name or its id."""


class ExportOptions(TypedDict, total=False):
    """name: by which lists show it. states: of the images it shall hold, without them the labeled ones. labels: only
    images that have one of these. since: only images labeled then or later. split: the fractions of train, validation
    and test, which add up to 1, as `(0.8, 0.1, 0.1)`; or a mapping of them with a `seed`. datastore_name, workspace:
    for azureml, as which datastore Azure ML knows the container, and where (subscription, resource_group, name).
    suggestions: for azureml and csv, also images that wait, with the labels that are suggested. opinions: for csv a row
    for each opinion. guard_formulas: for csv and features, False leaves each cell as it is. wide: for csv, a column for
    each label. with_images: for coco, a zip that holds the images, too. convert_images: kinds that the format's readers
    do not read become JPEG or PNG.
    """

    name: str
    states: Sequence[State]
    labels: Sequence[LabelName]
    since: datetime
    split: Sequence[float] | Mapping[str, float]
    datastore_name: str
    workspace: Mapping[str, str]
    suggestions: bool
    opinions: bool
    guard_formulas: bool
    wide: bool
    with_images: bool
    convert_images: bool


class ImportOptions(TypedDict, total=False):
    """format: without it, found by the content. as_: labels, or suggestions for those who label. name: what people are
    to call it, as the model and its version. replace: whether labels that images have already are changed, too. labels:
    by the names of labels in the file those that they are in the project; None: they are left out. duplicates: what an
    image gets to which lines give different labels where it can have one: none (leave), or the first or last of them.
    columns: which of a table's say the image, the label and the confidence; with None, none says the confidence.
    wait_for_images: it begins when all images of the project have previews. dry_run: only tells what would be done.
    """

    format: ImportFormat
    as_: Literal["labels", "suggestions"]
    name: str
    replace: bool
    labels: Mapping[str, str | None]
    duplicates: Literal["leave", "first", "last"]
    columns: Mapping[Literal["image", "label", "confidence"], str | None]
    wait_for_images: bool
    dry_run: bool


class ProjectSettings(TypedDict, total=False):
    """What a project is made with, and may change later.

    groups: the paths of groups of labels of which an image gets at most one; or mappings of a `path` and `exclusive`.
    instructions: a text, or a mapping of a `text` and a `url`. incremental_refresh: the folder is looked through for
    new images by itself. ml_assist: labels are suggested. suggestion_order: which images come first.
    suggestion_precision: how often sure suggestions have to be right, 0.5 to 0.999. lease_minutes: how long a page of
    images stays with a labeler. opinions: how many people look at each image; or a mapping of `least`, `most`, `share`
    and `until`. labelers_see_figures: labelers see how right their own labels are.
    """

    groups: Sequence[str | Mapping[str, Any]]
    instructions: str | Mapping[str, str]
    incremental_refresh: bool
    ml_assist: bool
    suggestion_order: Literal["surest", "leastSure"]
    suggestion_precision: float
    lease_minutes: int
    opinions: int | Mapping[str, float | None]
    labelers_see_figures: bool


class NewProjectSettings(ProjectSettings, total=False):
    """What is settled once and for all. order: in which labelers get the images."""

    order: Literal["shuffled", "name"]


class ImageFilter(TypedDict, total=False):
    """Which images of a project: those that match all that is named.

    label: these have; labels: any of them, with match all of them, or labeled images that have none of them. group: the
    path of a group, for all labels in it and below it. labeler: user id or sign-in name. name: a part of the path.
    reviewed: a reviewer has confirmed the label or set it, or none has. rejected: images that wait because they were
    rejected. doubted: labeled images of which the model says another label; suggested: that label.
    """

    state: ImageState
    label: LabelName
    labels: Sequence[LabelName]
    group: str
    match: Literal["any", "all", "none"]
    labeler: str
    name: str
    changed_since_labeled: bool
    reviewed: bool
    rejected: bool
    doubted: bool
    suggested: LabelName
