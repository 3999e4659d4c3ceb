"""The adviser of a project as this process keeps it, for whoever asks how sure a decision is."""

from collections.abc import Sequence

from functions.agreement.advice import Adviser
from functions.assist.store import TRAININGS, newest_completed
from functions.hooks import sureness_asked
from functions.kept import Kept
from functions.labeling.board import board_of
from functions.labeling.opinions import Sure
from functions.labeling.progress import read_progress
from functions.labeling.record import Heard
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import Project
from functions.storage import Storage

MOST_ADVISERS = 50
# How often people err changes slowly.
MOST_AGE_SECONDS = 30.0
MOST_TRAININGS = 20

_advisers: Kept[tuple[Storage, str], Adviser] = Kept(MOST_ADVISERS, MOST_AGE_SECONDS)


async def adviser_of(storage: Storage, project: Project, now: int) -> Adviser:
    """By figures that may be half a minute old."""

    async def read() -> Adviser:
        counts = (await read_progress(board_of(storage, project), now)).counts
        learned = None
        if project.ml_assist:
            learned = newest_completed(await TRAININGS.list(storage, project.id, limit=MOST_TRAININGS))
        return Adviser.of(project, counts, learned.right if learned else None)

    return await _advisers.get((storage, project.id), read)


async def _sureness(storage: Storage, project: Project, now: int) -> Sure:
    adviser = await adviser_of(storage, project, now)

    def sure(heard: Sequence[Heard], suggested: AnySuggestion | None) -> float:
        return adviser.sureness([(one.by, one.said) for one in heard], suggested)

    return sure


sureness_asked.answered_by(_sureness)
