"""Which images a caller means: those that are named, and those that match what is asked for."""

from collections.abc import Sequence

from functions.http.wire import milliseconds
from functions.labeling.board import Board
from functions.labeling.selection import Selection, select
from functions.problems import Invalid
from functions.projects.groups import paths_to
from functions.projects.model import Project
from functions.projects.persons import user_named
from functions.review.images import Filter
from functions.review.wire import ImagesFilter, SeenImage
from functions.storage import storage


async def filter_of(project: Project, asked: ImagesFilter) -> Filter:
    """Raises Invalid for labels and groups that the project does not have."""
    if asked.suggested and not asked.doubted:
        raise Invalid.field("suggested", "Only possible mistakes have another suggested label.")
    return Filter(
        state=asked.state,
        labels=_label_filters(project, asked),
        match=asked.match,
        labeler=await user_named(storage(), project, asked.labeler) if asked.labeler else None,
        name=asked.name,
        changed=asked.changed_since_labeled,
        reviewed=asked.reviewed,
        rejected=asked.rejected,
    )


def _label_filters(project: Project, asked: ImagesFilter) -> tuple[frozenset[int], ...]:
    """For each label that is asked for, the ids that count as it; for a group those of all its labels."""
    one = [label_filter(project, asked.label)] if asked.label else []
    several = asked.labels.split(",") if asked.labels else []
    group = [_group_filter(project, asked.group)] if asked.group else []
    return (*one, *group, *(label_filter(project, label, "labels") for label in several))


def _group_filter(project: Project, path: str) -> frozenset[int]:
    labels = [label.id for label in project.labels if path in paths_to(label.group)]
    if not labels:
        raise Invalid.field("group", f"The project has no group {path!r}.")
    return frozenset().union(*map(project.counting_as, labels))


def label_filter(project: Project, named: str, field: str = "label") -> frozenset[int]:
    label = project.find_label(named) or (project.find_label(int(named)) if named.isdecimal() else None)
    if label is None:
        raise Invalid.field(field, f"The project has no label {named!r}.")
    return project.counting_as(label.id)


async def selection_of(board: Board, images: Sequence[SeenImage]) -> Selection:
    return await select(board, [(seen.id, milliseconds(seen.labeled_at)) for seen in images], "images.{}.id")
