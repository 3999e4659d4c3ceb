"""What one person says of one image, whatever the task type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Annotation:
    """labels: ids of the labels that it gives, each once, in the order of the ids; none where the task type allows that
    ("none of these"). A skipped image has no annotation, which is not the same as an empty one.
    """

    labels: tuple[int, ...] = ()

    def counted(self, aliases: Mapping[int, int]) -> "Annotation":
        """With merged labels as those as which they count."""
        return of_labels(aliases.get(label, label) for label in self.labels)


def of_labels(labels: Iterable[int]) -> Annotation:
    return Annotation(tuple(sorted(set(labels))))


# What somebody says of some images, by slot: None of a skipped one.
Given = Mapping[int, Annotation | None]


def to_document(given: Given) -> dict[str, Any]:
    """As a record keeps it."""
    return {
        "labels": {slot: list(said.labels) if said else [] for slot, said in given.items()},
        "skipped": [slot for slot, said in given.items() if said is None],
    }


def from_document(document: Mapping[str, Any]) -> dict[int, Annotation | None]:
    """As `to_document` gives it. Documents of before do not name what was skipped: there it is what has no label."""
    labels = {int(slot): tuple(some) for slot, some in document["labels"].items()}
    skipped = document.get("skipped")
    is_skipped = {slot for slot, some in labels.items() if not some} if skipped is None else set(skipped)
    return {slot: None if slot in is_skipped else Annotation(some) for slot, some in labels.items()}
