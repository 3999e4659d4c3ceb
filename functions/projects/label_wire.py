"""What calls about labels and their groups send and get."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, TypeAdapter, ValidationInfo, ValidatorFunctionWrapHandler, WrapValidator

from functions.datastores.wire import readable
from functions.http.wire import Input, Output
from functions.names import clean, new_name
from functions.problems import NotFound
from functions.projects.groups import LONGEST_PATH, NO_GROUP, SEPARATOR, names_in
from functions.projects.label_keys import NO_KEY, label_key
from functions.projects.labels import FEWEST_LABELS, MOST_LABELS
from functions.projects.model import Label

MOST_EXAMPLES = 3
MOST_GROUPS = 3_000

# A label by its name or its id.
LabelName = Annotated[str, Field(min_length=1, max_length=100)] | int
ImageId = Annotated[str, Field(min_length=1, max_length=20)]


def _enough_labels(names: list[str]) -> None:
    if len(names) < FEWEST_LABELS:
        raise ValueError(f"a project needs at least {FEWEST_LABELS} labels")
    if len(names) > MOST_LABELS:
        raise ValueError(f"a project has {MOST_LABELS} labels at most")
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the label {name!r} is there twice")
        seen.add(name)


def _group_path(path: str, info: ValidationInfo) -> str:
    return SEPARATOR.join(new_name(name, info) for name in names_in(path))


def _some_group(path: str) -> str:
    if path == NO_GROUP:
        raise ValueError("must not be empty")
    return path


LabelText = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(clean), Field(max_length=100)]
NewLabelText = Annotated[LabelText, AfterValidator(new_name)]
# The names of up to six groups, outermost first, with slashes between them; "" for none.
GroupPath = Annotated[str, Field(max_length=LONGEST_PATH + 100), AfterValidator(_group_path)]

_NEW_LABEL_TEXT: TypeAdapter[str] = TypeAdapter(NewLabelText)


class GroupInput(Input):
    """exclusive: an image gets at most one of the labels in the group and below it."""

    path: Annotated[GroupPath, AfterValidator(_some_group)]
    exclusive: bool


class NewLabelInput(Input):
    name: NewLabelText
    group: GroupPath = NO_GROUP


def _named(given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> NewLabelInput:
    """Mistakes are told at the label where it is a name alone, else at the field."""
    if isinstance(given, str):
        return NewLabelInput.model_construct(name=_NEW_LABEL_TEXT.validate_python(given, context=info.context))
    label: NewLabelInput = handler(given)
    return label


# A name alone, or with its group.
NewLabel = Annotated[NewLabelInput, WrapValidator(_named, json_schema_input_type=NewLabelText | NewLabelInput)]
Groups = Annotated[list[GroupInput], Field(max_length=MOST_GROUPS)]


def _new_labels(labels: list[NewLabelInput]) -> list[NewLabelInput]:
    _enough_labels([label.name for label in labels])
    return labels


def _each_once(images: list[str]) -> list[str]:
    if len(set(images)) < len(images):
        raise ValueError("an image is there twice")
    return images


LabelKey = Annotated[str, Field(max_length=5), AfterValidator(label_key)]
LabelDescription = Annotated[str, Field(max_length=300), AfterValidator(readable)]


class LabelInput(Input):
    """What is not named stays as it is; a new label is in no group and gets a free key. group: the path of the group
    that it is to be in, or nothing. key: a digit from 1 to 9, a letter that does nothing else on the labeling page, or
    nothing. examples: ids of images of the project.
    """

    id: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    name: LabelText
    group: GroupPath | None = None
    key: LabelKey | None = None
    description: LabelDescription | None = None
    examples: Annotated[list[ImageId], Field(max_length=MOST_EXAMPLES), AfterValidator(_each_once)] | None = None


def _label_list(labels: list[LabelInput]) -> list[LabelInput]:
    _enough_labels([label.name for label in labels])
    ids = [label.id for label in labels if label.id is not None]
    if len(set(ids)) < len(ids):
        raise ValueError("a label's id is there twice")
    return labels


NewLabels = Annotated[list[NewLabel], AfterValidator(_new_labels)]
LabelList = Annotated[list[LabelInput], AfterValidator(_label_list)]


class LabelAnswer(Output):
    """group: the path of the group that it is in; "" where it is in none. key: what gives the label on the labeling
    page, a digit or a letter; "" where it has none. examples: ids of images that show what it means.
    """

    id: int
    name: str
    group: str
    key: str
    description: str
    examples: list[str]


class GroupAnswer(Output):
    """A group that labels are in, it or those below it. exclusive: an image gets at most one of these labels."""

    path: str
    exclusive: bool


class MergeRequest(Input):
    """into: the label, by id or name, as which the merged one shall count."""

    into: LabelName


class MergedAnswer(Output):
    """A label that was merged. into: the id of the label as which its images count now."""

    id: int
    name: str
    into: int


def label_answer(label: Label) -> LabelAnswer:
    return LabelAnswer(
        id=label.id,
        name=label.name,
        group=label.group,
        key=label.key or NO_KEY,
        description=label.description,
        examples=list(label.examples),
    )


def read_label_id(text: str) -> int:
    """The id of the label that an address names. Raises NotFound for what can be none."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound("The project has no such label.")
    return int(text)
