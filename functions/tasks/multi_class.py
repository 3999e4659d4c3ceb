"""Image Classification Multi-class: exactly one label an image."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from functions.problems import Invalid
from functions.tasks.annotation import Annotation
from functions.tasks.base import Choice, Decision, TaskType


class MultiClass(TaskType):
    name: ClassVar = "multiClass"
    one_label: ClassVar = True

    def annotation(self, labels: Sequence[Choice], field: str) -> Annotation:
        if len(labels) != 1:
            raise Invalid.field(field, "An image gets exactly one label in this project.")
        return Annotation((labels[0].id,))

    def is_sound(self, said: Annotation) -> bool:
        return len(said.labels) == 1

    def decide(self, opinions: Sequence[Annotation | None]) -> Decision | None:
        said, votes = Counter(opinions).most_common(1)[0]
        return Decision(said) if 2 * votes > len(opinions) else None
