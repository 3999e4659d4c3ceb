"""What a project is, and how it is kept: one document in the service's table, found by id and by name."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from functions import schema
from functions.http.conditions import content_etag
from functions.projects.groups import NO_GROUP, Group, paths_of, paths_to
from functions.projects.label_keys import NO_KEY, free_keys
from functions.tasks.annotation import Annotation
from functions.tasks.base import Choice, TaskType
from functions.tasks.types import TASK_TYPES, TaskTypeName

Status = Literal["creating", "created", "paused", "failed", "deleting"]

# Which images a page is made of first: those whose suggestion is the surest, or those that teach the most.
SuggestionOrder = Literal["surest", "leastSure"]
SUGGESTION_PRECISION = 0.95
# On an image.
MOST_OPINIONS = 9

# What people set of a project, beside that it is paused.
SET_BY_PEOPLE = {
    "name",
    "incremental_refresh",
    "labels",
    "merged",
    "exclusive_groups",
    "instructions_text",
    "instructions_url",
    "ml_assist",
    "suggestion_order",
    "suggestion_precision",
    "lease_minutes",
    "opinions",
    "labelers_see_figures",
}

Share = Annotated[float, Field(ge=0, le=1)]


class Label(BaseModel):
    """A class of images. Its id never changes and is never given again. group: the path of the group that it is in
    (groups.py). key: what gives it to an image, if anything; None only where nobody has said so yet. examples: ids of
    images that show what it means.
    """

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    group: str = NO_GROUP
    key: str | None = None
    description: str = ""
    examples: tuple[str, ...] = ()


def with_keys(labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels, each that has no key yet with the next free one, as long as there are some."""
    free = free_keys(label.key for label in labels if label.key)
    return tuple(
        label if label.key is not None else label.model_copy(update={"key": next(free, NO_KEY)}) for label in labels
    )


class Merged(Label):
    """A label whose images count as those of another: `into`, as it was given. That one may be merged in its turn."""

    into: int


class PreparingTrouble(BaseModel):
    """Why images could not be prepared, in words. times: how many times in a row. is_stopped: what is yet to be
    prepared waits for the next look through the folder, which asks for it again.
    """

    model_config = ConfigDict(frozen=True)

    reason: str
    times: int
    is_stopped: bool


class Deferral(BaseModel):
    """Some files could not be read for a reason that may pass. times: how often they were asked for again in a row;
    at: when they last were.
    """

    model_config = ConfigDict(frozen=True)

    times: int
    at: datetime


class Opinions(BaseModel):
    """How many people look at an image. least: so many at each image of the share, one at each other. share: of the
    images, 0 to 1. most: so many are asked while no more than half of them say the same. until: one more is asked, too,
    while it is less likely than this that what was decided is right; None where that is not looked at.
    """

    model_config = ConfigDict(frozen=True)

    least: int = 1
    most: int = 1
    share: float = 0
    until: float | None = None


ONE_OPINION = Opinions()


class Checked(BaseModel):
    """What the newest check of the whole project says that is done. check: its id. share: of the labels that were right
    or wrong those that were right, with its 95 % interval; judged: how many images. finished_at: when the last of them
    was.
    """

    model_config = ConfigDict(frozen=True)

    check: str
    share: Share
    interval: tuple[Share, Share]
    judged: int
    finished_at: datetime


class Project(BaseModel):
    """A labeling project as it is stored.

    labels: in the order shown; merged: those that count as others, in the order of their merging; retired: those that
    were removed, kept so that history can name them. exclusive_groups: the paths of the groups of which an image gets
    one label at most. next_label: the id of the next new label. refresh_trouble: why the last look through the folder
    failed; note: what else there is to say of it. has_suggestions: labels were imported as suggestions for some of its
    images. assist_trouble: why features of its images cannot be made, in words. suggestion_precision: the share of sure
    suggestions that shall be right. has_former_ids: it came from a backup, and may know people by other user ids than
    they have here (persons.py). restoring: the id of the restoring that has not come to its end yet; until then nobody
    but the service's administrators sees the project, and nothing in it can be changed. tells_deferred: its heads tell
    which unreadable images are deferred; those of before have yet to be looked through for them. edition: grows
    whenever a label or a person is removed, or a merging is undone; packs that have seen one take no lease and no label
    from who knows an older one. leaving: labels that are about to be removed, each with the edition of that: whoever
    sets one all the same takes it out of here, and it stays. has_opinions: several people were asked about an image, or
    are to be. unsettled: labels that were merged, and what was said by them is yet to be settled. labelers_see_figures:
    of their own labels, how many were rejected, agree with others', and were right in checks. checked: None where no
    check of the whole project is done, or none of its images was clear.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    task_type: TaskTypeName
    dataset: str
    datastore: str
    prefix: str
    incremental_refresh: bool
    order: Literal["shuffled", "name"]
    labels: tuple[Label, ...]
    merged: tuple[Merged, ...] = ()
    retired: tuple[Label, ...] = ()
    exclusive_groups: tuple[str, ...] = ()
    next_label: int
    instructions_text: str
    instructions_url: str
    ml_assist: bool
    suggestion_order: SuggestionOrder = "surest"
    suggestion_precision: float = SUGGESTION_PRECISION
    lease_minutes: int
    opinions: Opinions = ONE_OPINION
    has_opinions: bool = False
    unsettled: tuple[int, ...] = ()
    labelers_see_figures: bool = False
    checked: Checked | None = None
    status: Status
    refresh_trouble: str | None = None
    preparing_trouble: PreparingTrouble | None = None
    deferral: Deferral | None = None
    tells_deferred: bool = False
    note: str | None = None
    has_suggestions: bool = False
    assist_trouble: str | None = None
    has_former_ids: bool = False
    restoring: str | None = None
    edition: int = 0
    leaving: dict[int, int] = {}
    created_at: datetime

    @field_validator("labels")
    @classmethod
    def _with_keys(cls, labels: tuple[Label, ...]) -> tuple[Label, ...]:
        """Projects of before have their labels' keys by the order of the labels."""
        return with_keys(labels)

    @property
    def etag(self) -> str:
        """Of what people set: nobody's change is refused for what the service notes by itself."""
        is_set = self.model_dump(mode="json", include=SET_BY_PEOPLE)
        return content_etag({**is_set, "paused": self.status == "paused"})

    @property
    def schema_version(self) -> int:
        """The least version of the data that a service must know to serve it (functions/schema.py)."""
        in_groups = any(label.group for label in (*self.labels, *self.merged))
        return max(
            self.task.schema_version,
            schema.MORE_LABELS if in_groups else schema.FIRST,
            schema.OPINIONS if self.has_opinions else schema.FIRST,
        )

    @property
    def task(self) -> TaskType:
        return TASK_TYPES[self.task_type]

    @property
    def images_table(self) -> str:
        return f"images{self.id}"

    @property
    def previews_container(self) -> str:
        return f"previews-{self.id}"

    @property
    def lease_ms(self) -> int:
        return self.lease_minutes * 60_000

    @property
    def is_assisted(self) -> bool:
        """Labels may be suggested for its images."""
        return self.ml_assist or self.has_suggestions

    @property
    def trouble(self) -> str | None:
        """What is wrong with the folder, with what to do."""
        return self.refresh_trouble or (self.preparing_trouble.reason if self.preparing_trouble else None)

    @property
    def all_labels(self) -> tuple[Label, ...]:
        """Those that are merged or removed, too."""
        return (*self.labels, *self.merged, *self.retired)

    @property
    def aliases(self) -> dict[int, int]:
        """For each merged label the one that it counts as in the end. One is merged only into a label that is not, so
        what that one counts as was settled later.
        """
        found: dict[int, int] = {}
        for label in reversed(self.merged):
            found[label.id] = found.get(label.into, label.into)
        return found

    def resolve(self, label_id: int) -> int:
        """The label as which images with this one count."""
        return self.aliases.get(label_id, label_id)

    def counting_as(self, label_id: int) -> frozenset[int]:
        """The ids under which images may be stored that count as this label's."""
        return frozenset([label_id, *(label for label, into in self.aliases.items() if into == label_id)])

    def knows(self, label_ids: Iterable[int]) -> bool:
        """It has or had all of these labels; else it was read before one of them was added."""
        return {label.id for label in self.all_labels}.issuperset(label_ids)

    def label_name(self, label_id: int) -> str:
        """A label's name as it was, also when it was merged or removed since."""
        return next((label.name for label in self.all_labels if label.id == label_id), f"#{label_id}")

    def image_labels(self, label_ids: Iterable[int]) -> list[str]:
        """The names of the labels as which an image with these counts, in the order of the project's."""
        aliases, places = self.aliases, {label.id: place for place, label in enumerate(self.all_labels)}
        counted = {aliases.get(label, label) for label in label_ids}
        return [self.label_name(label) for label in sorted(counted, key=lambda label: places.get(label, -1))]

    def is_same(self, one: Annotation | None, other: Annotation | None) -> bool:
        """They say the same of an image; None: it is skipped."""
        return self.task.is_same(one, other, self.aliases)

    @property
    def choices(self) -> dict[int, Choice]:
        """The labels that an image can get, by id."""
        return {label.id: self.choice(label) for label in self.labels}

    def choice(self, label: Label) -> Choice:
        exclusive = tuple(path for path in paths_to(label.group) if path in self.exclusive_groups)
        return Choice(label.id, label.name, exclusive)

    @property
    def groups(self) -> list[Group]:
        """The groups that labels are in, with those above them, in the order of the labels."""
        exclusive = frozenset(self.exclusive_groups)
        return [Group(path, path in exclusive) for path in paths_of(label.group for label in self.labels)]

    def find_label(self, named: int | str) -> Label | None:
        """A label by its id or by its name. Who names one that was merged means the one that it counts as."""
        found = self.label_named(named)
        return found and self.counted_as(found)

    def counted_as(self, label: Label) -> Label | None:
        """The label as which one of the project's counts: itself, unless it was merged."""
        if not isinstance(label, Merged):
            return label
        into = self.resolve(label.id)
        return next((other for other in self.labels if other.id == into), None)

    def label_named(self, named: int | str) -> Label | None:
        """The label itself, which may have been merged since."""
        return next(
            (label for label in (*self.labels, *reversed(self.merged)) if named in (label.id, label.name)), None
        )
