"""Image Classification Multi-class: exactly one label an image."""

from collections.abc import Sequence
from typing import ClassVar

from functions.problems import Invalid
from functions.tasks.annotation import Annotation
from functions.tasks.base import Choice, TaskType


class MultiClass(TaskType):
    name: ClassVar = "multiClass"
    one_label: ClassVar = True

    def annotation(self, labels: Sequence[Choice], field: str) -> Annotation:
        if len(labels) != 1:
            raise Invalid.field(field, "An image gets exactly one label in this project.")
        return Annotation((labels[0].id,))

    def is_sound(self, said: Annotation) -> bool:
        return len(said.labels) == 1
