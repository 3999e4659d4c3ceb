"""What all task types have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple

from functions import schema
from functions.problems import Invalid
from functions.tasks.annotation import Annotation, of_labels

# What becomes of the labels that an image has: they are replaced, others are added, some are taken away.
Change = Literal["set", "add", "remove"]


# Of an image: a head holds those of 99 images in one property of 32 K characters.
MOST_LABELS = 50


class Choice(NamedTuple):
    """A label that is chosen for an image. exclusive: the paths of the groups that it is in and of which an image gets
    one label at most.
    """

    id: int
    name: str
    exclusive: Sequence[str] = ()


class Decision(NamedTuple):
    """What people say of an image together; said: None where they skip it."""

    said: Annotation | None


class TaskType(ABC):
    """What people say of the images of a project.

    name: on the wire and in storage. schema_version: the least version of the data that knows it. one_label: an
    annotation is exactly one label, which rules all others out; else it is any number of labels, or none.
    exclusive_groups: a project may say of a group of labels that an image gets one of them at most. most_images: how
    many a page may have.
    """

    name: ClassVar[str]
    schema_version: ClassVar[int] = schema.FIRST
    one_label: ClassVar[bool]
    exclusive_groups: ClassVar[bool] = False
    most_images: ClassVar[int] = 99

    @abstractmethod
    def annotation(self, labels: Sequence[Choice], field: str) -> Annotation:
        """What somebody says of an image by different labels. Raises Invalid, with the field, for what this type does
        not allow.
        """

    @abstractmethod
    def is_sound(self, said: Annotation) -> bool:
        """It may have been given in a project of this type, by labels that it has or had."""

    @abstractmethod
    def decide(self, opinions: Sequence[Annotation | None]) -> Decision | None:
        """What more than half of these people say of one image, None for each who skipped it; no decision where that is
        nothing.
        """

    def changed(
        self, before: Annotation | None, change: Change, labels: Sequence[Choice], known: Mapping[int, Choice]
    ) -> Annotation:
        """What a change makes of an image's annotation; before: None where it has none. known: the project's labels, by
        id. Of an exclusive group the label that is added takes the other's place. Raises Invalid, also where this type
        has no such change.
        """
        if change == "set":
            return self.annotation(labels, "labels")
        if self.one_label:
            raise Invalid.field("change", "An image has exactly one label in this project, which can only be set.")
        had = before.labels if before else ()
        if change == "remove":
            return of_labels(set(had) - {label.id for label in labels})
        groups = {group for label in labels for group in label.exclusive}
        kept = [known[label] for label in had if label in known and groups.isdisjoint(known[label].exclusive)]
        return self.annotation([*kept, *(label for label in labels if label not in kept)], "labels")

    def is_same(self, one: Annotation | None, other: Annotation | None, aliases: Mapping[int, int]) -> bool:
        """They say the same; None: the image is skipped. aliases: for merged labels those as which they count."""
        if one is None or other is None:
            return one is other
        return one.counted(aliases) == other.counted(aliases)
