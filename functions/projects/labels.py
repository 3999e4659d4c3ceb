"""Changing a project's labels: ids stay with their label for good, and those of removed ones are never given again.

Merging changes no image: it writes down in the project as which other label a label counts, and whoever reads the
labels of images goes by that (`Project.aliases`). So it takes one write however many images there are, and can be
undone.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from functions.names import require_new_name
from functions.problems import Conflict, Invalid, NotFound
from functions.projects.groups import MOST_CHARACTERS, NO_GROUP, Group, paths_of
from functions.projects.model import Label, Merged, Project, with_keys
from functions.tasks.annotation import Annotation
from functions.tasks.base import Choice

FEWEST_LABELS = 2
MOST_LABELS = 500


class Wanted(NamedTuple):
    """A label as the caller wants it: with the id of one that is there, or None for a new one. What else is None stays
    as it is; a new label gets a free key.
    """

    id: int | None
    name: str
    group: str | None = None
    key: str | None = None
    description: str | None = None
    examples: tuple[str, ...] | None = None


def relabel(project: Project, wanted: Sequence[Wanted], used: Collection[int]) -> Project:
    """The project with the whole new list. used: ids of labels that images have. Raises Invalid for an unknown id,
    Conflict for one that images count as. What was merged into a removed label is removed with it.
    """
    known = {label.id: label for label in project.labels}
    next_label, labels = project.next_label, []
    for index, one in enumerate(wanted):
        if one.id is None:
            before, next_label = Label(id=next_label, name=""), next_label + 1
        elif one.id not in known:
            raise Invalid.field(f"labels.{index}.id", _unknown(project, one.id))
        else:
            before = known[one.id]
        if before.name != one.name:
            require_new_name(f"labels.{index}.name", one.name)
        update = {name: value for name, value in one._asdict().items() if value is not None and name != "id"}
        labels.append(before.model_copy(update=update))
    _require_own_keys(labels)
    kept = {label.id for label in labels}
    removed = [Label(id=label.id, name=label.name) for label in project.labels if label.id not in kept]
    aliases = project.aliases
    counted = {aliases.get(label, label) for label in used}
    in_use = [label.name for label in removed if label.id in counted]
    if in_use:
        raise Conflict(
            f"Images are labeled {', '.join(map(repr, in_use))}. Label them otherwise first; nothing was changed."
        )
    merged = tuple(label for label in project.merged if aliases[label.id] in kept)
    removed += [Label(id=label.id, name=label.name) for label in project.merged if aliases[label.id] not in kept]
    there = frozenset(paths_of(label.group for label in (*labels, *merged)))
    changed = project.model_copy(
        update={
            "labels": with_keys(labels),
            "merged": merged,
            "retired": (*project.retired, *removed),
            "exclusive_groups": tuple(path for path in project.exclusive_groups if path in there),
            "next_label": next_label,
        }
    )
    require_room_for_groups(changed, "labels")
    return changed


def regroup(project: Project, wanted: Sequence[Group]) -> Project:
    """The project in which just these groups are exclusive. Images that have several labels of one keep them; whatever
    is said of an image from now on obeys.

    Raises Invalid for a group that is there twice, or is exclusive and has no label, or where an image gets one label
    anyway. Groups that have no label and are not exclusive are nothing that could be kept.
    """
    there = frozenset(paths_of(label.group for label in project.labels))
    seen: set[str] = set()
    for index, group in enumerate(wanted):
        if group.path in seen:
            raise Invalid.field(f"groups.{index}.path", f"The group {group.path!r} is there twice.")
        seen.add(group.path)
        if not group.exclusive:
            continue
        if not project.task.exclusive_groups:
            raise Invalid.field(
                f"groups.{index}.exclusive",
                "A group can be exclusive only where an image may get several labels.",
            )
        if group.path not in there:
            raise Invalid.field(f"groups.{index}.path", f"No label is in the group {group.path!r}.")
    # What comes back when a merging is undone is as it was.
    hidden = [path for path in project.exclusive_groups if path not in there]
    exclusive = [group.path for group in wanted if group.exclusive]
    changed = project.model_copy(update={"exclusive_groups": (*exclusive, *hidden)})
    require_room_for_groups(changed, "groups")
    return changed


def require_room_for_groups(project: Project, field: str) -> None:
    """Raises Invalid for paths that are too long together for the project's row."""
    paths = (*(label.group for label in project.labels), *project.exclusive_groups)
    if sum(map(len, paths)) > MOST_CHARACTERS:
        raise Invalid.field(
            field,
            f"The paths of the labels' groups, and of the exclusive ones, have more than {MOST_CHARACTERS:,} "
            "characters together. Shorten the groups' names.",
        )


def _require_own_keys(labels: Sequence[Label]) -> None:
    owners: dict[str, Label] = {}
    for index, label in enumerate(labels):
        if label.key and (other := owners.setdefault(label.key, label)) is not label:
            raise Invalid.field(f"labels.{index}.key", f"{label.key.upper()} is the key of {other.name!r} already.")


def label_changes(before: Project, after: Project) -> dict[str, list[str]]:
    """What became of the labels and their groups, in their names."""
    old, new = ({label.id: label.name for label in project.labels} for project in (before, after))
    explained = {label.id: _explained(label) for label in before.labels}
    groups = {label.id: label.group for label in before.labels}
    return {
        "labelsAdded": [name for label, name in new.items() if label not in old],
        "labelsRemoved": [name for label, name in old.items() if label not in new],
        "labelsRenamed": [f"{old[label]} → {name}" for label, name in new.items() if old.get(label, name) != name],
        "labelsExplained": [
            label.name for label in after.labels if label.id in old and explained[label.id] != _explained(label)
        ],
        "labelsMoved": [
            f"{label.name} → {label.group or '(no group)'}"
            for label in after.labels
            if label.group != groups.get(label.id, NO_GROUP)
        ],
        "groupsExclusive": [path for path in after.exclusive_groups if path not in before.exclusive_groups],
        "groupsNotExclusive": [path for path in before.exclusive_groups if path not in after.exclusive_groups],
    }


def _explained(label: Label) -> tuple[str | None, str, tuple[str, ...]]:
    """What tells people of a label, beside its name."""
    return label.key, label.description, label.examples


def _unknown(project: Project, label_id: int) -> str:
    if label_id in project.aliases:
        into = project.label_name(project.resolve(label_id))
        return f"The label {project.label_name(label_id)!r} was merged into {into!r} meanwhile."
    return f"The project has no label with the id {label_id}."


def merge(project: Project, label_id: int, into: int | str) -> Project:
    """The project in which a label counts as another, named by id or name, and is none of its own any more.

    Raises NotFound for a label that the project has not (any more), Invalid for another that cannot be merged into,
    Conflict when too few labels would be left.
    """
    label = next((label for label in project.labels if label.id == label_id), None)
    if label is None:
        is_merged = label_id in project.aliases
        raise NotFound(_unknown(project, label_id) if is_merged else "The project has no such label.")
    target = next((label for label in project.labels if into in (label.id, label.name)), None)
    if target is None:
        merged = next((label for label in project.merged if into in (label.id, label.name)), None)
        raise Invalid.field(
            "into", _unknown(project, merged.id) if merged else f"The project has no label {into!r} to merge into."
        )
    if target == label:
        raise Invalid.field("into", "A label cannot be merged into itself.")
    if len(project.labels) <= FEWEST_LABELS:
        raise Conflict(
            f"A project needs at least {FEWEST_LABELS} labels. Nothing was changed. Add another label first."
        )
    merged_now = Merged(**label.model_dump(), into=target.id)
    return project.model_copy(
        update={
            "labels": tuple(other for other in project.labels if other != label),
            "merged": (*project.merged, merged_now),
        }
    )


def unmerge(project: Project, label_id: int) -> Project:
    """The project in which a merged label stands for itself again, at the end of the list, and what was merged into it
    counts as it again.

    Raises NotFound for a label that is not merged, Conflict when its name is taken or there are too many labels.
    """
    label = next((label for label in project.merged if label.id == label_id), None)
    if label is None:
        raise NotFound("The project has no such merged label.")
    if any(other.name == label.name for other in project.labels):
        raise Conflict(f"Another label is named {label.name!r} now. Nothing was changed. Rename that one first.")
    if len(project.labels) >= MOST_LABELS:
        raise Conflict(f"A project has {MOST_LABELS} labels at most. Nothing was changed. Remove one first.")
    is_taken = any(other.key == label.key for other in project.labels)
    own = Label(**label.model_dump(exclude={"into", "key"}), key=None if is_taken else label.key)
    return project.model_copy(
        update={
            "labels": with_keys((*project.labels, own)),
            "merged": tuple(other for other in project.merged if other != label),
        }
    )


def choices_of(project: Project, named: Sequence[str | int], field: str) -> list[Choice]:
    """The labels named. Raises Invalid for one that the project does not have, and one that is named twice; two that
    were merged since are one.
    """
    found = dict[int, Choice]()
    for one in named:
        label = project.label_named(one)
        counted = label and project.counted_as(label)
        if label is None or counted is None:
            raise Invalid.field(field, f"The project has no label {one!r}.")
        if label.id in found:
            raise Invalid.field(field, f"The label {label.name!r} is named twice.")
        found[label.id] = project.choice(counted)
    return list(dict.fromkeys(found.values()))


def annotation_of(project: Project, named: Sequence[str | int], field: str) -> Annotation:
    """What somebody says of an image, by the names or ids of its labels. Raises Invalid for what the project's task
    type does not allow, and for a label that the project does not have.
    """
    return project.task.annotation(choices_of(project, named, field), field)
