"""A project whose images and labels have names that go wrong where they are written carelessly."""

from functions.labeling.head import LABELED, SKIPPED, WAITING
from functions.labeling.suggestions import Suggestion
from functions.projects.model import Label, Project
from functions.storage import Storage
from tests.api.builders import new_name, picture
from tests.exports.scene import Picture, board_of, project_of

PACK_SIZE = 7
# Of what is suggested.
CONFIDENCE = 0.25
LABELS = (
    Label(id=1, name='Кот, "large"; #1'),
    Label(id=2, name="=1+1"),
    Label(id=5, name="猫/😀"),
    Label(id=6, name="a: {b} - 'c' \\ %"),
    Label(id=7, name="line\nbreak"),
)
NAMES = (
    "plain.png",
    "a, b.PNG",
    'it\'s "quoted".png',
    "=1+1.png",
    "'=guarded.png",
    "-dash.png",
    "two\nlines.png",
    "tab\t.png",
    "😀/猫.png",
    "имя файла.png",
    "e\u0301.png",
    "uni\u2028line.png",
    "100%25 #1?&amp;.png",
    "back\\slash.png",
    "a//b.png",
    "CON.png",
    "no ending",
    "{brace} <tag>.png",
    "x" * 230 + ".png",
)


def named(image: str) -> str:
    """The name of the label that an image has."""
    return LABELS[NAMES.index(image) % len(LABELS)].name


async def hostile_project(storage: Storage, *, folder: bool, suggested: bool = False) -> tuple[Project, dict[str, str]]:
    """The project, and the label of each of its images by name. folder: whether the images are blobs, in a folder of
    their own; otherwise their names begin as they stand above. suggested: every second label is only suggested.
    """
    prefix = f"{new_name('hostile')}/" if folder else ""
    pictures = [
        Picture(
            prefix + name,
            LABELS[number % len(LABELS)].id,
            WAITING if suggested and number % 2 else LABELED,
            content=picture(size=(8 + number, 6)) if folder else None,
        )
        for number, name in enumerate(NAMES)
    ]
    skipped = Picture(f"{prefix}skipped.png", None, SKIPPED, content=picture() if folder else None)
    project = await project_of(storage, [*pictures, skipped], LABELS, pack_size=PACK_SIZE)
    for number, one in enumerate(pictures):
        if one.state == WAITING and one.label:
            told = {number % PACK_SIZE: Suggestion(one.label, CONFIDENCE)}
            await board_of(storage, project).suggestions.add_imported(number // PACK_SIZE, told, "some")
    return project, {prefix + name: named(name) for name in NAMES}
