"""What calls about projects and members send and get."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from functions.datastores.wire import DatasetName, DatastoreName, Description, Folder, readable
from functions.http.wire import Input, Output, Versioned
from functions.names import clean, new_name
from functions.problems import NotFound
from functions.projects.label_keys import NO_KEY, label_key
from functions.projects.labels import FEWEST_LABELS, MOST_LABELS
from functions.projects.model import SUGGESTION_PRECISION, Label, Project, SuggestionOrder

MOST_INSTRUCTIONS = 20_000
MOST_EXAMPLES = 3

# A label by its name or its id.
LabelName = Annotated[str, Field(min_length=1, max_length=100)] | int
ImageId = Annotated[str, Field(min_length=1, max_length=20)]


def _is_web_address(text: str) -> str:
    text = text.strip()
    if text and not text.lower().startswith(("https://", "http://")):
        raise ValueError("must start with https:// or http://")
    return text


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


ProjectName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean), AfterValidator(new_name)]
LabelText = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(clean), Field(max_length=100)]
NewLabelText = Annotated[LabelText, AfterValidator(new_name)]
WebAddress = Annotated[str, Field(max_length=2_000), AfterValidator(_is_web_address)]
RoleWord = Literal["labeler", "reviewer", "administrator"]
StatusWord = Literal["creating", "created", "paused", "failed"]
Order = Literal["shuffled", "name"]
LeaseMinutes = Annotated[int, Field(ge=1, le=1440)]
Precision = Annotated[float, Field(ge=0.5, le=0.999)]


def _labels(names: list[str]) -> list[str]:
    _enough_labels(names)
    return names


class InstructionsInput(Input):
    text: Annotated[str, Field(max_length=MOST_INSTRUCTIONS)] = ""
    url: WebAddress = ""


class InstructionsChange(Input):
    """What of the instructions is to change; what is not named stays."""

    text: Annotated[str, Field(max_length=MOST_INSTRUCTIONS)] | None = None
    url: WebAddress | None = None


class DatasetChoice(Input):
    """An existing dataset by its name alone, or a new one: a folder (prefix) of a datastore, named or not."""

    name: DatasetName | None = None
    description: Description = ""
    datastore: DatastoreName | None = None
    prefix: Folder | None = None

    @model_validator(mode="after")
    def _names_one(self) -> "DatasetChoice":
        if self.datastore is None and (self.name is None or self.prefix is not None or self.description):
            raise ValueError("name an existing dataset, or a datastore and a prefix")
        return self


class ProjectRequest(Input):
    name: ProjectName
    task_type: Literal["multiClass"]
    dataset: DatasetChoice
    incremental_refresh: bool = False
    order: Order = "shuffled"
    labels: Annotated[list[NewLabelText], AfterValidator(_labels)]
    instructions: InstructionsInput = InstructionsInput()
    ml_assist: bool = False
    suggestion_order: SuggestionOrder = "surest"
    suggestion_precision: Precision = SUGGESTION_PRECISION
    lease_minutes: LeaseMinutes = 15


def _each_once(images: list[str]) -> list[str]:
    if len(set(images)) < len(images):
        raise ValueError("an image is there twice")
    return images


LabelKey = Annotated[str, Field(max_length=5), AfterValidator(label_key)]
LabelDescription = Annotated[str, Field(max_length=300), AfterValidator(readable)]


class LabelInput(Input):
    """What is not named stays as it is; a new label gets a free key. key: a digit from 1 to 9, a letter that does
    nothing else on the labeling page, or nothing. examples: ids of images of the project.
    """

    id: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    name: LabelText
    key: LabelKey | None = None
    description: LabelDescription | None = None
    examples: Annotated[list[ImageId], Field(max_length=MOST_EXAMPLES), AfterValidator(_each_once)] | None = None


def _label_list(labels: list[LabelInput]) -> list[LabelInput]:
    _enough_labels([label.name for label in labels])
    ids = [label.id for label in labels if label.id is not None]
    if len(set(ids)) < len(ids):
        raise ValueError("a label's id is there twice")
    return labels


class ProjectPatch(Input):
    """What may change. labels: the whole list in order: with id = kept or renamed, without = new, absent = removed. It
    is taken only with If-Match: what others have added meanwhile would be absent, too.
    """

    name: ProjectName | None = None
    labels: Annotated[list[LabelInput], AfterValidator(_label_list)] | None = None
    instructions: InstructionsChange | None = None
    incremental_refresh: bool | None = None
    ml_assist: bool | None = None
    suggestion_order: SuggestionOrder | None = None
    suggestion_precision: Precision | None = None
    status: Literal["paused", "created"] | None = None
    lease_minutes: LeaseMinutes | None = None


class LabelAnswer(Output):
    """key: what gives the label on the labeling page, a digit or a letter; "" where it has none. examples: ids of
    images that show what it means.
    """

    id: int
    name: str
    key: str
    description: str
    examples: list[str]


class MergeRequest(Input):
    """into: the label, by id or name, as which the merged one shall count."""

    into: LabelName


class MergedAnswer(Output):
    """A label that was merged. into: the id of the label as which its images count now."""

    id: int
    name: str
    into: int


class InstructionsAnswer(Output):
    text: str
    url: str


class DatasetReference(Output):
    name: str
    datastore: str
    prefix: str


class ProjectAnswer(Versioned):
    """A project as the caller may see it: dataset, statusDetail and lastRefreshAt are null for labelers; merged, the
    labels whose merging may be undone, is empty for all but administrators.

    inTrouble: statusDetail says what is wrong with the folder; what is known is kept, and it is tried again.
    lastRefreshAt: when the folder was last looked through to its end. role: the caller's.
    """

    id: str
    name: str
    task_type: str
    dataset: DatasetReference | None
    incremental_refresh: bool
    order: Order
    labels: list[LabelAnswer]
    merged: list[MergedAnswer]
    instructions: InstructionsAnswer
    ml_assist: bool
    suggestion_order: SuggestionOrder
    suggestion_precision: float
    lease_minutes: int
    status: StatusWord
    status_detail: str | None
    in_trouble: bool
    created_at: datetime
    last_refresh_at: datetime | None
    role: RoleWord


def label_answer(label: Label) -> LabelAnswer:
    return LabelAnswer(
        id=label.id,
        name=label.name,
        key=label.key or NO_KEY,
        description=label.description,
        examples=list(label.examples),
    )


def project_answer(project: Project, role: RoleWord, looked_at: datetime | None) -> ProjectAnswer:
    sees_source, aliases = role != "labeler", project.aliases
    status: StatusWord = "failed" if project.status == "deleting" else project.status
    return ProjectAnswer(
        id=project.id,
        name=project.name,
        task_type=project.task_type,
        dataset=DatasetReference(name=project.dataset, datastore=project.datastore, prefix=project.prefix)
        if sees_source
        else None,
        incremental_refresh=project.incremental_refresh,
        order=project.order,
        labels=[label_answer(label) for label in project.labels],
        merged=[
            MergedAnswer(id=label.id, name=label.name, into=aliases[label.id])
            for label in project.merged
            if role == "administrator"
        ],
        instructions=InstructionsAnswer(text=project.instructions_text, url=project.instructions_url),
        ml_assist=project.ml_assist,
        suggestion_order=project.suggestion_order,
        suggestion_precision=project.suggestion_precision,
        lease_minutes=project.lease_minutes,
        status=status,
        status_detail=(project.trouble or project.note) if sees_source else None,
        in_trouble=sees_source and project.trouble is not None,
        created_at=project.created_at,
        last_refresh_at=looked_at if sees_source else None,
        role=role,
        etag=project.etag,
    )


class Me(Output):
    """refreshMinutes: how often the service checks the folders of projects by itself."""

    user_id: str
    name: str
    is_administrator: bool
    refresh_minutes: int


class MemberRequest(Input):
    role: RoleWord


class MemberAnswer(Versioned):
    """user_id: null until the person has signed in for the first time."""

    sign_in_name: str
    role: RoleWord
    user_id: str | None


def read_label_id(text: str) -> int:
    """The id of the label that an address names. Raises NotFound for what can be none."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound("The project has no such label.")
    return int(text)
