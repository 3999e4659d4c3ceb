"""Changing a project's labels: ids stay with their label for good, and those of removed ones are never given again."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from functions.problems import Conflict, Invalid
from functions.projects.model import Label, Project


class Wanted(NamedTuple):
    """A label as the caller wants it: with the id of one that is there, or None for a new one."""

    id: int | None
    name: str


def relabel(project: Project, wanted: Sequence[Wanted], used: Collection[int]) -> Project:
    """The project with the whole new list. used: ids of labels that images have. Raises Invalid for an unknown id,
    Conflict for a used one.
    """
    known = {label.id: label for label in project.labels}
    next_label, labels = project.next_label, []
    for index, (label_id, name) in enumerate(wanted):
        if label_id is None:
            label_id, next_label = next_label, next_label + 1
        elif label_id not in known:
            raise Invalid.field(f"labels.{index}.id", f"The project has no label with the id {label_id}.")
        labels.append(Label(id=label_id, name=name))
    kept = {label.id for label in labels}
    removed = [label for label in project.labels if label.id not in kept]
    in_use = [label.name for label in removed if label.id in used]
    if in_use:
        raise Conflict(
            f"Images are labeled {', '.join(map(repr, in_use))}. Label them otherwise first; nothing was changed."
        )
    return project.model_copy(
        update={"labels": tuple(labels), "retired": (*project.retired, *removed), "next_label": next_label}
    )
