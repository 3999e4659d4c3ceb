"""What a training leaves beside its record: the classifier, and the labels that it doubts. Blobs beside the previews,
so that they go with the project.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from json import dumps
from typing import TYPE_CHECKING, NamedTuple

from azure.core.exceptions import ResourceNotFoundError
from pydantic import TypeAdapter, ValidationError

from functions.kept import Kept
from functions.labeling.suggestions import AnySuggestion, Several, Suggestion
from functions.problems import Conflict
from functions.projects.model import Project
from functions.storage import Storage, unless_gone
from functions.tasks.annotation import Annotation

if TYPE_CHECKING:
    from functions.assist.classifier import Classifier

DOUBTS = "doubts.json"
MODELS = "models/"
# Exports go on with the classifier with which they were begun.
MODELS_KEPT = 3

DOUBTS_DAMAGED = (
    "The list of labels that are doubted is damaged. It is made anew when labels are learned from again; "
    "an administrator can ask for that."
)

# Some hundred KB each; of 500 labels 2.5 MB.
_kept: "Kept[tuple[Storage, str], Classifier]" = Kept(8)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A labeled image of which something else was said while it was held out. had: its labels. against: the labels by
    which what was said contradicts them.
    """

    pack: int
    slot: int
    had: Annotation
    said: AnySuggestion
    against: tuple[int, ...]


class _One(NamedTuple):
    """As it is kept, of an image with one label."""

    pack: int
    slot: int
    label: int
    suggested: int
    confidence: float
    sure: bool

    def doubt(self) -> Doubt:
        said = Suggestion(self.suggested, self.confidence, self.sure)
        return Doubt(self.pack, self.slot, Annotation((self.label,)), said, (self.suggested,))


class _Several(NamedTuple):
    """As it is kept, of an image with any number of labels. listed: label, confidence, sure and likely of each."""

    pack: int
    slot: int
    labels: tuple[int, ...]
    listed: tuple[tuple[int, float, bool, bool], ...]
    against: tuple[int, ...]

    def doubt(self) -> Doubt:
        said = (Suggestion(label, at, sure, likely=likely) for label, at, sure, likely in self.listed)
        return Doubt(self.pack, self.slot, Annotation(self.labels), Several(tuple(said)), self.against)


_doubts = TypeAdapter(list[_One | _Several])


def _kept_as(doubt: Doubt) -> _One | _Several:
    said, had = doubt.said, doubt.had.labels
    if isinstance(said, Suggestion):
        return _One(doubt.pack, doubt.slot, had[0], said.label, said.confidence, said.sure)
    listed = tuple((one.label, one.confidence, one.sure, one.is_likely) for one in said.listed)
    return _Several(doubt.pack, doubt.slot, had, listed, doubt.against)


async def write_classifier(storage: Storage, project: Project, training_id: str, classifier: "Classifier") -> None:
    await storage.container(project.previews_container).upload_blob(
        _model_blob(training_id), classifier.to_bytes(), overwrite=True
    )
    _kept.put((storage, training_id), classifier)


async def read_classifier(storage: Storage, project: Project, training_id: str) -> "Classifier | None":
    """What a training has learned; None where that is not kept any more. Raises Unusable for a damaged one."""
    from functions.assist.classifier import Classifier

    async def read() -> Classifier:
        stream = await storage.container(project.previews_container).download_blob(_model_blob(training_id))
        return Classifier.from_bytes(await stream.readall())

    try:
        return await _kept.get((storage, training_id), read)
    except ResourceNotFoundError:
        return None


async def drop_old_classifiers(storage: Storage, project: Project) -> None:
    """Ids sort the newest first."""
    container = storage.container(project.previews_container)
    names = sorted([name async for name in container.list_blob_names(name_starts_with=MODELS)])
    for name in names[MODELS_KEPT:]:
        await unless_gone(container.delete_blob, name)


async def write_doubts(storage: Storage, project: Project, doubts: Sequence[Doubt]) -> None:
    """Those first whose labels are the least likely."""
    text = dumps([_kept_as(doubt) for doubt in doubts], separators=(",", ":"))
    await storage.container(project.previews_container).upload_blob(DOUBTS, text.encode(), overwrite=True)


async def read_doubts(storage: Storage, project: Project) -> list[Doubt]:
    """The doubts of the newest training, in their order. Raises Conflict where the list is damaged."""
    try:
        stream = await storage.container(project.previews_container).download_blob(DOUBTS)
        text = await stream.readall()
    except ResourceNotFoundError:
        return []
    try:
        return [kept.doubt() for kept in _doubts.validate_json(text)]
    except ValidationError:
        raise Conflict(DOUBTS_DAMAGED) from None


def _model_blob(training_id: str) -> str:
    return f"{MODELS}{training_id}.npz"
