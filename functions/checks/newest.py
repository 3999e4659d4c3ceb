"""What the newest check says, kept with the project's row, so that the list of projects need not read checks."""

from functions.checks.figures import figures_of
from functions.checks.store import Check, newest_done
from functions.projects.access import forget
from functions.projects.model import Checked, Project
from functions.projects.store import change_project
from functions.storage import Storage


async def newest_checked(storage: Storage, project_id: str) -> Checked | None:
    """What the newest check of the whole project says that is done; None where there is none, or all was unclear."""
    check = await newest_done(storage, project_id)
    figures = figures_of(check.images if check else ())
    if check is None or figures.share is None or figures.interval is None:
        return None
    return Checked(
        check=check.id,
        share=figures.share,
        interval=figures.interval,
        judged=figures.judged,
        finished_at=check.finished_at or check.asked_at,
    )


async def note_newest(storage: Storage, check: Check) -> None:
    """To be called after a check was done, changed afterwards, or deleted. Raises NotFound where its project was
    deleted, and Busy; it may be done again.
    """
    if not check.is_of_all:
        return
    wanted = await newest_checked(storage, check.project_id)
    while True:

        def note(project: Project, wanted: Checked | None = wanted) -> Project:
            return project.model_copy(update={"checked": wanted})

        await change_project(storage, check.project_id, note)
        # Whoever has changed checks since may have come before this with what they say.
        now = await newest_checked(storage, check.project_id)
        if now == wanted:
            break
        wanted = now
    forget(check.project_id)
