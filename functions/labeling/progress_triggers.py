"""Calls about how far the labeling of a project is."""

import logging

import azure.functions as func

from functions.http.calls import Call
from functions.http.routes import route
from functions.identity import Role
from functions.labeling.board import board_of
from functions.labeling.counts import DAY_HOURS, HOUR_MS
from functions.labeling.head import moment
from functions.labeling.progress import read_progress
from functions.labeling.wire import (
    ActivityAnswer,
    DayCount,
    HourCount,
    LabelCount,
    LabelerCount,
    ProgressAnswer,
)
from functions.projects.access import forget
from functions.projects.persons import names_in
from functions.storage import storage

log = logging.getLogger(__name__)

blueprint = func.Blueprint()

UNAUDITED = "Leases and submissions are the labeling itself: each leaves its record with the images."


@route(blueprint, "GET", "projects/{project_id}/progress", role=Role.LABELER, answers={200: ProgressAnswer})
async def get_progress(call: Call[None, None]) -> ProgressAnswer:
    """The project's figures, exact and current; a labeler sees only their own row of byLabeler."""
    project = call.membership.project
    progress = await read_progress(board_of(storage(), project), call.now_ms)
    counts, known = progress.counts, await names_in(storage(), project)
    if not project.knows(counts.labels):
        forget(project.id)
        project = (await call.membership_now()).project
    sees_all = call.membership.role >= Role.REVIEWER
    return ProgressAnswer(
        total=counts.total,
        preparing=counts.states["preparing"],
        waiting=counts.states["waiting"] - progress.leased,
        leased=progress.leased,
        labeled=counts.states["labeled"],
        skipped=counts.states["skipped"],
        disputed=counts.states["disputed"],
        unreadable=counts.states["unreadable"],
        missing=counts.states["missing"],
        deferred=counts.deferred,
        returned=progress.returned,
        awaiting_opinions=progress.awaiting,
        reviewed=counts.reviewed.total(),
        empty=counts.empty,
        by_label=[LabelCount(label=name, count=count) for name, count in progress.by_label_name(project).items()],
        by_labeler=[
            LabelerCount(
                user_id=user,
                name=known.get(user, user),
                labeled=work.labeled,
                skipped=work.skipped,
                rejected=work.rejected,
                reviewed=counts.reviewed[user],
                labeled_per_hour=progress.labeled_per_hour(call.now_ms, user),
                last_hours=progress.last_hours(call.now_ms, user),
            )
            for user, work in sorted(counts.work.items(), key=lambda item: -item[1].labeled)
            if sees_all or user == call.membership.user_id
        ],
        labeled_per_hour=progress.labeled_per_hour(call.now_ms),
    )


@route(blueprint, "GET", "projects/{project_id}/activity", role=Role.REVIEWER, answers={200: ActivityAnswer})
async def get_activity(call: Call[None, None]) -> ActivityAnswer:
    """When the current labels were set, by hour and by day; exact and current."""
    progress = await read_progress(board_of(storage(), call.membership.project), call.now_ms)
    hours, days = progress.recent_hours(call.now_ms), progress.days()
    return ActivityAnswer(
        hours=[HourCount(at=moment(hour * HOUR_MS), labeled=count) for hour, count in hours],
        days=[DayCount(date=moment(day * DAY_HOURS * HOUR_MS).date(), labeled=count) for day, count in days],
    )
