"""Image Classification Multi-label: any number of labels an image, or none of them."""

from collections.abc import Sequence
from typing import ClassVar

from functions import schema
from functions.problems import Invalid
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import Choice, TaskType

# A head holds the labels of 99 images in one property of 32 K characters.
MOST_LABELS = 50


class MultiLabel(TaskType):
    name: ClassVar = "multiLabel"
    schema_version: ClassVar = schema.MORE_LABELS
    one_label: ClassVar = False
    exclusive_groups: ClassVar = True

    def annotation(self, labels: Sequence[Choice], field: str) -> Annotation:
        chosen: dict[int, Choice] = {}
        owners: dict[str, Choice] = {}
        for label in labels:
            if chosen.setdefault(label.id, label) is not label:
                raise Invalid.field(field, f"The label {label.name!r} is named twice.")
            for group in label.exclusive:
                if (other := owners.setdefault(group, label)) is not label:
                    raise Invalid.field(
                        field,
                        f"{other.name!r} and {label.name!r} are both of the group {group!r}, of which an image gets "
                        "one label at most.",
                    )
        if len(chosen) > MOST_LABELS:
            raise Invalid.field(field, f"An image gets at most {MOST_LABELS} labels.")
        return of_labels(chosen)

    def is_sound(self, said: Annotation) -> bool:
        return len(said.labels) <= MOST_LABELS and said == of_labels(said.labels)
