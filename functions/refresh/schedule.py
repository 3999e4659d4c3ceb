"""When a project's folder is to be looked through again by itself."""

from datetime import datetime, timedelta

from functions.projects.model import Project
from functions.refresh.store import SILENT_AFTER, Refresh

# How often the timer comes. What becomes due before it comes again is due now.
TICK = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(days=1)


def is_due(project: Project, newest: Refresh | None, every: timedelta, now: datetime) -> bool:
    """Whether to look now. newest: the project's newest refresh. every: how often folders are looked through.

    Projects whose incremental refresh is on are looked through; and those that wait for it: whose first look failed,
    or whose images could not be read. After several failures in a row the pauses grow, twofold each time.
    """
    if newest is None:
        return project.status == "creating" and now - project.created_at > SILENT_AFTER
    if not newest.is_over:
        return now - newest.touched_at > SILENT_AFTER
    trouble = project.preparing_trouble
    waits = project.status in ("creating", "failed") or (trouble is not None and trouble.is_stopped)
    if project.status in ("paused", "deleting") or not (project.incremental_refresh or waits):
        return False
    failures = max(newest.failures, trouble.times if trouble else 0)
    return now >= newest.asked_at + pause_after(failures, every) - TICK


def pause_after(failures: int, every: timedelta) -> timedelta:
    """From one look to the next, after so many failures in a row."""
    return max(every, min(every * (1 << min(max(failures - 1, 0), 16)), LONGEST_PAUSE))
