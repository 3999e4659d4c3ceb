"""The advisers of projects, as this process saw their sums last."""

from dataclasses import replace

from functions.agreement.advice import Adviser
from functions.assist.store import TRAININGS, newest_completed
from functions.kept import Kept
from functions.labeling.board import board_of
from functions.labeling.progress import read_progress
from functions.projects.model import Project
from functions.storage import Storage

# It takes the requests of a look at the progress, on the way of a submission.
MOST_AGE_SECONDS = 30.0
MOST_ADVISERS = 50
MOST_TRAININGS = 20

_kept: Kept[tuple[Storage, str], Adviser] = Kept(MOST_ADVISERS, MOST_AGE_SECONDS)


async def adviser_of(storage: Storage, project: Project, now: int) -> Adviser:
    """By sums that may be some seconds old; the project is as it is given."""

    async def read() -> Adviser:
        progress = await read_progress(board_of(storage, project), now)
        learned = newest_completed(await TRAININGS.list(storage, project.id, limit=MOST_TRAININGS))
        return Adviser.of(project, progress.counts, learned.right if learned and project.ml_assist else None)

    return replace(await _kept.get((storage, project.id), read), project=project)
