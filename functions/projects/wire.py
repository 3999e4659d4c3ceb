"""What calls about projects and members send and get."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from functions.datastores.wire import DatasetName, DatastoreName, Description, Folder
from functions.http.wire import Input, Interval, Output, Share, Versioned
from functions.names import clean, new_name
from functions.projects.label_wire import (
    GroupAnswer,
    Groups,
    LabelAnswer,
    LabelList,
    MergedAnswer,
    NewLabels,
    label_answer,
)
from functions.projects.model import MOST_OPINIONS, SUGGESTION_PRECISION, Opinions, Project, SuggestionOrder
from functions.tasks.types import TaskTypeName

MOST_INSTRUCTIONS = 20_000


def _is_web_address(text: str) -> str:
    text = text.strip()
    if text and not text.lower().startswith(("https://", "http://")):
        raise ValueError("must start with https:// or http://")
    return text


ProjectName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean), AfterValidator(new_name)]
WebAddress = Annotated[str, Field(max_length=2_000), AfterValidator(_is_web_address)]
RoleWord = Literal["labeler", "reviewer", "administrator"]
StatusWord = Literal["creating", "created", "paused", "failed"]
Order = Literal["shuffled", "name"]
LeaseMinutes = Annotated[int, Field(ge=1, le=1440)]
Precision = Annotated[float, Field(ge=0.5, le=0.999)]


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


class OpinionsInput(Input):
    """How many people look at an image: `least` at each of a share of the images (0 to 1), one at each other; up to
    `most` as long as no more than half of them say the same. until: one more is asked, too, while it is less likely
    than this that what was decided is right; null where that is not looked at.
    """

    least: Annotated[int, Field(ge=1, le=MOST_OPINIONS)] = 1
    most: Annotated[int, Field(ge=1, le=MOST_OPINIONS)] = 1
    share: Annotated[float, Field(ge=0, le=1)] = 0
    until: Annotated[float, Field(ge=0.5, le=0.999)] | None = None

    @model_validator(mode="after")
    def _has_room(self) -> "OpinionsInput":
        if self.most < self.least:
            raise ValueError("most must not be less than least")
        return self

    @property
    def wanted(self) -> Opinions:
        return Opinions(least=self.least, most=self.most, share=self.share, until=self.until)


class OpinionsAnswer(Output):
    """As OpinionsInput has it."""

    least: int
    most: int
    share: float
    until: float | None


class ProjectRequest(Input):
    """labels: names, or names with groups. groups: those that are exclusive; others need not be named."""

    name: ProjectName
    task_type: TaskTypeName
    dataset: DatasetChoice
    incremental_refresh: bool = False
    order: Order = "shuffled"
    labels: NewLabels
    groups: Groups = Field(default=[])
    instructions: InstructionsInput = InstructionsInput()
    ml_assist: bool = False
    suggestion_order: SuggestionOrder = "surest"
    suggestion_precision: Precision = SUGGESTION_PRECISION
    lease_minutes: LeaseMinutes = 15
    opinions: OpinionsInput = OpinionsInput()
    labelers_see_figures: bool = False


class ProjectPatch(Input):
    """What may change. labels: the whole list in order: with id = kept or renamed, without = new, absent = removed.
    groups: all that are exclusive; others need not be named. Both are taken only with If-Match: what others have added
    meanwhile would be absent, too. opinions: all four figures, those that are not named as for a new project; they hold
    from then on, and nothing that is decided is asked again.
    """

    name: ProjectName | None = None
    labels: LabelList | None = None
    groups: Groups | None = None
    instructions: InstructionsChange | None = None
    incremental_refresh: bool | None = None
    ml_assist: bool | None = None
    suggestion_order: SuggestionOrder | None = None
    suggestion_precision: Precision | None = None
    status: Literal["paused", "created"] | None = None
    lease_minutes: LeaseMinutes | None = None
    opinions: OpinionsInput | None = None
    labelers_see_figures: bool | None = None


class DatasetReference(Output):
    name: str
    datastore: str
    prefix: str


class InstructionsAnswer(Output):
    text: str
    url: str


class CheckedAnswer(Output):
    """check: its id. share: of the labels that were right or wrong those that were right; interval: its 95 % interval;
    judged: how many images. finishedAt: when the last of them was judged.
    """

    check: str
    share: Share
    interval: Interval
    judged: int
    finished_at: datetime


class ProjectAnswer(Versioned):
    """A project as the caller may see it: dataset, statusDetail, lastRefreshAt and checked are null for labelers;
    merged, the labels whose merging may be undone, is empty for all but administrators.

    inTrouble: statusDetail says what is wrong with the folder; what is known is kept, and it is tried again.
    lastRefreshAt: when the folder was last looked through to its end. hasOpinions: several people were asked about an
    image, or are to be. labelersSeeFigures: labelers see how right their own labels are (GET labelers). checked: what
    the newest check of the whole project says of which all images are judged. role: the caller's.
    """

    id: str
    name: str
    task_type: TaskTypeName
    dataset: DatasetReference | None
    incremental_refresh: bool
    order: Order
    labels: list[LabelAnswer]
    groups: list[GroupAnswer]
    merged: list[MergedAnswer]
    instructions: InstructionsAnswer
    ml_assist: bool
    suggestion_order: SuggestionOrder
    suggestion_precision: float
    lease_minutes: int
    opinions: OpinionsAnswer
    has_opinions: bool
    labelers_see_figures: bool
    checked: CheckedAnswer | None
    status: StatusWord
    status_detail: str | None
    in_trouble: bool
    created_at: datetime
    last_refresh_at: datetime | None
    role: RoleWord


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
        groups=[GroupAnswer(path=group.path, exclusive=group.exclusive) for group in project.groups],
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
        opinions=OpinionsAnswer(**project.opinions.model_dump()),
        has_opinions=project.has_opinions,
        labelers_see_figures=project.labelers_see_figures,
        checked=CheckedAnswer(**project.checked.model_dump()) if project.checked and sees_source else None,
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
