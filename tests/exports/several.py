"""A project whose images may have several labels, and what each format makes of it: pure, without any storage."""

from collections import defaultdict
from collections.abc import Sequence

from functions.assist.model import FEATURES
from functions.exports.formats import FORMATS
from functions.exports.formats.base import ExportedImage, Piece, Snapshot
from functions.exports.options import ExportOptions
from functions.projects.model import Label
from functions.tasks.types import TASK_TYPES
from tests.api.builders import picture

CAT, DOG, NIGHT = LABELS = (
    Label(id=1, name="Cat", group="Animal/Small"),
    Label(id=2, name='=Dog, "big"', group="Animal"),
    Label(id=5, name="Night"),
)
STATES = ExportOptions(states=("labeled", "skipped", "waiting"))
AT = "2025-06-15T12:00:00.000Z"

# What is said of each image; None: nothing.
SAID: dict[str, Sequence[Label] | None] = {
    "cat.png": (CAT,),
    "both.png": (CAT, DOG),
    "none of these.png": (),
    "all.png": (CAT, DOG, NIGHT),
    "skipped.png": None,
    "waiting.png": None,
}
LABELED = {name: [label.name for label in labels] for name, labels in SAID.items() if labels is not None}


def state_of(name: str) -> str:
    return "labeled" if name in LABELED else name.removesuffix(".png")


def images(suggested: Sequence[tuple[Label, float]] = ()) -> list[ExportedImage]:
    """suggested: for the one that waits."""
    found = []
    for slot, (name, labels) in enumerate(SAID.items()):
        waits = state_of(name) == "waiting"
        found.append(
            ExportedImage(
                0,
                slot,
                name,
                32,
                24,
                tuple(label for label, _ in suggested) if waits else tuple(labels or ()),
                "" if waits else "ann",
                "" if waits else AT,
                state_of(name),
                name in LABELED,
                content=picture(),
                suggested=tuple(sure for _, sure in suggested) if waits and suggested else None,
                ending=".png",
                features=bytes(2 * FEATURES),
            )
        )
    return found


def written(
    form: str, options: ExportOptions = STATES, some: Sequence[ExportedImage] | None = None
) -> dict[str, bytes]:
    """The files of an export."""
    snapshot = Snapshot("Pets", TASK_TYPES["multiLabel"], LABELS, "https://pets.blob.core.windows.net/images", options)
    one = FORMATS[form](snapshot)
    held = images() if some is None else some
    pieces = [*one.begin(), *one.add([image for image in held if image.state in options.states]), *one.end()]
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> dict[str, bytes]:
    files: dict[str, dict[int, bytes]] = defaultdict(lambda: defaultdict(bytes))
    for file, section, data in pieces:
        files[file][section] += data.encode() if isinstance(data, str) else data
    return {file: b"".join(sections[at] for at in sorted(sections)) for file, sections in files.items()}
