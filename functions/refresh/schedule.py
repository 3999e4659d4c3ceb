"""What is to be done by itself, and when: folders are looked through again, and lost previews are asked for."""

import logging
from datetime import datetime, timedelta

from azure.core.exceptions import ResourceNotFoundError

from functions.assist.asking import ask_after_trouble
from functions.labeling.board import board_of
from functions.projects.model import Project
from functions.projects.store import list_projects
from functions.refresh.deferring import ask_for_deferred
from functions.refresh.packing import ask_again
from functions.refresh.store import SILENT_AFTER, Refresh, ask_for_refresh, newest_of_all
from functions.settings import round_minutes
from functions.storage import PREPARATIONS_QUEUE, Storage

LONGEST_PAUSE = timedelta(days=1)

log = logging.getLogger(__name__)


async def look_around(storage: Storage, now: datetime) -> None:
    """Asks for a refresh of every project that is due; and, once nothing is being prepared, for the previews that are
    lacking all the same: their messages were lost. Files that could not be read for a reason that may pass are tried
    again after a pause, and so are features that could not be made.
    """
    every = timedelta(minutes=storage.config.refresh_minutes)
    refreshes, projects = await newest_of_all(storage), await list_projects(storage)
    for project in projects:
        if is_due(project, refreshes.get(project.id), every, now):
            await ask_for_refresh(storage, project.id, now)
    if await storage.is_empty(PREPARATIONS_QUEUE):
        for project in projects:
            await _ask_again(storage, project, every, now)
    await ask_after_trouble(storage, projects)


async def _ask_again(storage: Storage, project: Project, every: timedelta, now: datetime) -> None:
    """While preparing is stopped, the next look through the folder asks for what is lacking."""
    is_stopped = project.preparing_trouble and project.preparing_trouble.is_stopped
    if project.status in ("creating", "deleting") or is_stopped or project.restoring:
        return
    board = board_of(storage, project)
    try:
        await ask_again(storage, project.id, board)
        if tries_again(project, every, now):
            await ask_for_deferred(storage, project, board, now)
    except ResourceNotFoundError:
        log.info("project %s is gone", project.id)


def is_due(project: Project, newest: Refresh | None, every: timedelta, now: datetime) -> bool:
    """Whether to look now. newest: the project's newest refresh. every: how often folders are looked through.

    Projects whose incremental refresh is on are looked through; and those that wait for it: whose first look failed,
    or whose images could not be read. After several failures in a row the pauses grow, twofold each time. One that is
    being restored is left alone.
    """
    if project.restoring:
        return False
    if newest is None:
        return project.status == "creating" and now - project.created_at > SILENT_AFTER
    if not newest.is_over:
        return now - newest.touched_at > SILENT_AFTER
    trouble = project.preparing_trouble
    waits = project.status in ("creating", "failed") or (trouble is not None and trouble.is_stopped)
    if project.status in ("paused", "deleting") or not (project.incremental_refresh or waits):
        return False
    failures = max(newest.failures, trouble.times if trouble else 0)
    return is_time(newest.asked_at, failures, every, now)


def tries_again(project: Project, every: timedelta, now: datetime) -> bool:
    """Whether files that could not be read are to be asked for now: their pauses grow as those of looks that fail. One
    whose heads do not tell them yet is looked through.
    """
    if project.deferral is None:
        return not project.tells_deferred
    return is_time(project.deferral.at, project.deferral.times, every, now)


def is_time(former: datetime, failures: int, every: timedelta, now: datetime) -> bool:
    """Whether a round of the timer, which never comes to the second, is the one that is due."""
    tick, pause = timedelta(minutes=round_minutes(every // timedelta(minutes=1))), pause_after(failures, every)
    return pause <= tick or now > former + pause - tick / 2


def pause_after(failures: int, every: timedelta) -> timedelta:
    """From one look to the next, after so many failures in a row."""
    return max(every, min(every * (1 << min(max(failures - 1, 0), 16)), LONGEST_PAUSE))
