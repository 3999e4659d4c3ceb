"""Image Classification Multi-label: any number of labels an image, or none of them."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from functions import schema
from functions.problems import Invalid
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import MOST_LABELS, Choice, Decision, TaskType


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

    def decide(self, opinions: Sequence[Annotation | None]) -> Decision | None:
        """Label by label: an image has one, or does not have it, where more than half say so."""
        annotations = [said for said in opinions if said is not None]
        half = len(opinions) / 2
        if len(opinions) - len(annotations) > half:
            return Decision(None)
        votes = Counter(label for said in annotations for label in said.labels)
        had = of_labels(label for label, count in votes.items() if count > half)
        is_clear = len(annotations) > half and all(
            label in had.labels or len(annotations) - count > half for label, count in votes.items()
        )
        return Decision(had) if is_clear and self.is_sound(had) else None
