"""Image Classification Multi-label: any number of labels an image, or none of them."""

from collections.abc import Sequence
from typing import ClassVar

from functions import schema
from functions.problems import Invalid
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import MOST_LABELS, Choice, TaskType


class MultiLabel(TaskType):
    name: ClassVar = "multiLabel"
    schema_version: ClassVar = schema.MORE_LABELS
    one_label: ClassVar = False
    exclusive_groups: ClassVar = True

    def annotation(self, labels: Sequence[Choice], field: str) -> Annotation:
        owners: dict[str, Choice] = {}
        for label in labels:
            for group in label.exclusive:
                if (other := owners.setdefault(group, label)) is not label:
                    raise Invalid.field(
                        field,
                        f"{other.name!r} and {label.name!r} are both of the group {group!r}, of which an image gets "
                        "one label at most.",
                    )
        if len(labels) > MOST_LABELS:
            raise Invalid.field(field, f"An image gets at most {MOST_LABELS} labels.")
        return of_labels(label.id for label in labels)

    def is_sound(self, said: Annotation) -> bool:
        return len(said.labels) <= MOST_LABELS and said == of_labels(said.labels)
