"""What callers ask of an export."""

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from functions.exports.addresses import (
    DATASTORE,
    RESOURCE_GROUP,
    SUBSCRIPTION,
    WORKSPACE,
    AzureMlDatastore,
    Workspace,
    read_datastore,
)
from functions.exports.formats import FORMATS
from functions.exports.options import STATES, ExportOptions, ExportState, Split
from functions.exports.store import FormatName
from functions.http.wire import Input, Moment
from functions.names import clean, new_name
from functions.problems import FieldError, Invalid
from functions.projects.label_wire import LabelName
from functions.projects.model import Project

DatastoreName = Annotated[str, Field(pattern=rf"^({DATASTORE}|\s*azureml:.{{1,2000}})$")]
NO_ADDRESS = (
    "This is not the address of a datastore. It looks like azureml://subscriptions/<id>/resourcegroups/<name>/workspaces/"
    "<name>/datastores/<name>."
)
ExportName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean), AfterValidator(new_name)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class SplitRequest(Input):
    """The sides' fractions, which add up to 1. Of each label's images each side gets its fraction, give or take one
    image, and at least one where there are as many images as sides. With the same seed an image keeps its side as the
    project grows, unless its label's fractions would be off by more than that.
    """

    train: Fraction
    validation: Fraction = 0
    test: Fraction = 0
    seed: int = Field(default=0, ge=0, le=2**31 - 1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if abs(self.train + self.validation + self.test - 1) > 1e-6:
            raise ValueError("The fractions of train, validation and test must add up to 1.")
        return self


class WorkspaceRequest(Input):
    """A workspace of Azure ML, where its datastore is. subscription: the subscription's id."""

    subscription: Annotated[str, Field(pattern=rf"^{SUBSCRIPTION}$")]
    resource_group: Annotated[str, Field(pattern=rf"^{RESOURCE_GROUP}$")]
    name: Annotated[str, Field(pattern=rf"^{WORKSPACE}$")]


class ExportRequest(Input):
    """name: by which lists show it; without one it is the project's, the format and the time (UTC).

    format: imagefolder is for projects in which images have one label each; features, for those with suggestions on,
    holds of each image what suggestions are learned from, not the image. states: of the images it shall hold. labels:
    by id or name; of the labeled images only those that have one of these. since: only images labeled then or later.
    datastoreName: for azureml, the name under which Azure ML knows the container; workspace: where it does. Or
    datastoreName is the datastore's whole address, azureml://subscriptions/... Without a workspace images are named by
    their storage account (wasbs://). suggestions: for azureml and csv, also images that wait, each with the labels that
    are suggested for it and with label_confidence, which is below 1 for these and 1 for labels that people set;
    `labels` applies to them, `since` does not. opinions: for csv, a row for each opinion on an image, with `opinion`
    (labeled or skipped) and `decided` (1 or 0, nothing while nothing is); for coco and azureml, how many there are, and
    as `agreement` the share that says what was decided. guardFormulas: for csv and features, whether an apostrophe goes
    before what a spreadsheet would run as a formula; with false every cell is as it is, for programs. wide: for csv, a
    row for each image and a column for each label, `label: <name>`, with 1 or 0, below 1 where the label is only
    suggested, and with nothing where nobody labeled the image. withImages: for coco, a zip that holds the images beside
    the JSON, whose file_name is then their name in the folder `images`; for formats that hold the images anyway it
    changes nothing. convertImages: where the images are in the files, those that one of the format's readers does not
    read become JPEG, or PNG where they are transparent or were kept without loss.
    """

    format: FormatName
    name: ExportName | None = None
    states: list[ExportState] = Field(default=["labeled"], min_length=1, max_length=len(STATES))
    labels: list[LabelName] | None = Field(default=None, min_length=1, max_length=1000)
    since: Moment | None = None
    split: SplitRequest | None = None
    datastore_name: DatastoreName | None = None
    workspace: WorkspaceRequest | None = None
    suggestions: bool = False
    opinions: bool = False
    guard_formulas: bool = True
    wide: bool = False
    with_images: bool = False
    convert_images: bool = False


def options_of(request: ExportRequest, project: Project) -> ExportOptions:
    """The options that a request asks for. Raises Invalid for what the project or the format does not have."""
    labels, errors = [], []
    for index, named in enumerate(request.labels or ()):
        label = project.find_label(named)
        if label is None:
            errors.append(FieldError(f"labels.{index}", f"The project has no label {named!r}."))
        else:
            labels.append(label.id)
    errors += _misfits(request, project)
    datastore = _datastore_of(request, errors)
    if errors:
        raise Invalid("; ".join(error.message for error in errors[:3]), errors=errors)
    since = request.since
    return ExportOptions(
        states=tuple(state for state in STATES if state in request.states),
        labels=tuple(sorted(set(labels))) if request.labels is not None else None,
        since=since.astimezone(UTC) if since and since.tzinfo else since and since.replace(tzinfo=UTC),
        split=Split(**request.split.model_dump(by_alias=False)) if request.split else None,
        datastore_name=datastore and datastore.name,
        workspace=datastore and datastore.workspace,
        suggestions=request.suggestions,
        opinions=request.opinions,
        guard_formulas=request.guard_formulas,
        wide=request.wide,
        with_images=request.with_images and FORMATS[request.format].may_hold_images,
        convert_images=request.convert_images,
    )


def _misfits(request: ExportRequest, project: Project) -> Iterator[FieldError]:
    """What is asked for and the format or the project does not have."""
    name, format_ = request.format, FORMATS[request.format]
    may_hold_images = format_.wants_content or format_.may_hold_images
    holds_images = format_.wants_content or (request.with_images and format_.may_hold_images)
    takers = " and ".join(name for name, format_ in FORMATS.items() if format_.takes_suggestions)
    found = (
        (
            not format_.takes(project.task),
            FieldError("format", f"{name} has a folder for each label, and images may have several labels here."),
        ),
        (
            format_.wants_features and not project.ml_assist,
            FieldError("format", "Turn on suggestions first: features of the images are made only where they are on."),
        ),
        (
            format_.only_labeled and set(request.states) != {"labeled"},
            FieldError("states", f"{name} has no place for images without a label."),
        ),
        (
            request.suggestions and not format_.takes_suggestions,
            FieldError("suggestions", f"Only {takers} can tell suggested labels from those that people set."),
        ),
        (
            request.opinions and not format_.takes_opinions,
            FieldError("opinions", f"{name} has no place for what several people say of an image."),
        ),
        (
            request.opinions and request.wide,
            FieldError("wide", "With opinions there is a row for each of them, not one for each image."),
        ),
        (
            not request.guard_formulas and not format_.has_cells,
            FieldError("guardFormulas", f"{name} has no cells that a spreadsheet would run."),
        ),
        (
            request.wide and name != "csv",
            FieldError("wide", "Only csv can have a column for each label."),
        ),
        (
            request.with_images and not may_hold_images,
            FieldError("withImages", f"{name} has no place for the images."),
        ),
        (
            request.convert_images and not holds_images,
            FieldError("convertImages", f"{name} holds no images that could be converted."),
        ),
    )
    return (error for is_wrong, error in found if is_wrong)


def _datastore_of(request: ExportRequest, errors: list[FieldError]) -> AzureMlDatastore | None:
    name, workspace = request.datastore_name, request.workspace
    for field, given in (("datastoreName", name), ("workspace", workspace)):
        if given and request.format != "azureml":
            errors.append(FieldError(field, "Only azureml names images by an Azure ML datastore."))
    if name is None:
        if workspace:
            errors.append(FieldError("datastoreName", "Name the datastore of the workspace, too."))
        return None
    if re.fullmatch(DATASTORE, name):
        return AzureMlDatastore(name, Workspace(**workspace.model_dump(by_alias=False)) if workspace else None)
    found = read_datastore(name)
    if found is None:
        errors.append(FieldError("datastoreName", NO_ADDRESS))
    elif workspace:
        errors.append(FieldError("workspace", "The address of the datastore names its workspace. Leave this out."))
    return found
