"""What the lines of an import say of images, as the project's task type has it. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from functions.labeling.suggestions import Suggestion
from functions.problems import Invalid
from functions.projects.labels import annotation_of
from functions.projects.model import Project
from functions.tasks.annotation import Annotation

# The labels that lines give to an image; none where they say that it has none.
Meant = Sequence[Suggestion]


@dataclass(frozen=True)
class Saying:
    """By slot what is said of images, and why of some nothing can be. gone: for how many images a label was left out
    because it was removed meanwhile, by its id.
    """

    given: dict[int, Annotation] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    gone: Counter[int] = field(default_factory=Counter)


def said_of(project: Project, meant: Mapping[int, Meant]) -> Saying:
    found, known = Saying(), {label.id for label in (*project.labels, *project.merged)}
    # Most images of a pack get the same labels as others.
    read: dict[tuple[int, ...], Annotation | str] = {}
    for slot, some in meant.items():
        labels = tuple(sorted(one.label for one in some if one.label in known))
        found.gone.update(one.label for one in some if one.label not in known)
        if some and not labels:
            continue
        if labels not in read:
            read[labels] = _read(project, labels)
        said = read[labels]
        if isinstance(said, Annotation):
            found.given[slot] = said
        else:
            found.refused[slot] = said
    return found


def _read(project: Project, labels: Sequence[int]) -> Annotation | str:
    """Or why that may not be said."""
    try:
        return annotation_of(project, labels, "labels")
    except Invalid as error:
        return error.detail
