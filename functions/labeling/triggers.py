"""Labelers' calls: leases and submissions; and the timer that mends what crashes and absent labelers left."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial

import azure.functions as func

from functions.background import on_round
from functions.hooks import images_unsuggested, labels_set, sureness_asked
from functions.http.calls import Answer, Call
from functions.http.routes import route
from functions.identity import Role
from functions.labeling.answers import lease_answer, nothing_left_answer, submission_answer, wrong_images
from functions.labeling.board import board_of
from functions.labeling.choice import NothingLeft
from functions.labeling.directory import OPEN, PREPARING, REOPENED
from functions.labeling.head import Lease, moment
from functions.labeling.merging import settle_opinions
from functions.labeling.newest import by_newest
from functions.labeling.refusals import WrongImages
from functions.labeling.rows import parse_image_id
from functions.labeling.wire import (
    LeaseAnswer,
    LeaseRequest,
    NothingLeftAnswer,
    RenewalAnswer,
    SubmissionAnswer,
    SubmissionRequest,
)
from functions.labeling.work_queue import pack_of_lease
from functions.problems import FieldError, Invalid, NotFound
from functions.projects.access import Membership
from functions.projects.labels import annotation_of
from functions.projects.lifecycle import drop_project
from functions.projects.model import Project
from functions.projects.store import list_projects
from functions.storage import storage
from functions.tasks.annotation import Given

log = logging.getLogger(__name__)

blueprint = func.Blueprint()

UNAUDITED = "Leases and submissions are the labeling itself: each leaves its record with the images."


@route(
    blueprint,
    "POST",
    "projects/{project_id}/leases",
    role=Role.LABELER,
    body=LeaseRequest,
    answers={201: LeaseAnswer, 200: NothingLeftAnswer},
    unaudited=UNAUDITED,
)
async def lease_images(call: Call[LeaseRequest, None]) -> Answer:
    """Hands out images to the caller, or returns a lease that their page does not show."""
    return await by_newest(call, partial(_lease, call))


async def _lease(call: Call[LeaseRequest, None], member: Membership) -> Answer:
    project, queue = member.project, board_of(storage(), member.project).queue
    handed = await queue.lease(project, member.user_id, call.body.count, call.body.holding, now=call.now_ms)
    if isinstance(handed, NothingLeft):
        return Answer(200, nothing_left_answer(handed))
    if project.ml_assist and not handed.suggestions.by_slot.keys() >= handed.images.keys():
        await images_unsuggested.happened(storage(), project, handed.pack)
    answer = await lease_answer(member, handed, call.now)
    return Answer(201, answer, {"Location": f"/api/projects/{project.id}/leases/{handed.lease.id}"})


@route(
    blueprint,
    "POST",
    "projects/{project_id}/leases/{lease_id}/renewal",
    role=Role.LABELER,
    answers={200: RenewalAnswer},
    unaudited=UNAUDITED,
)
async def renew_lease(call: Call[None, None]) -> RenewalAnswer:
    """Extends the caller's lease by the project's lease time."""

    async def renew(member: Membership) -> Lease:
        queue = board_of(storage(), member.project).queue
        return await queue.renew(member.project, member.user_id, call.params["lease_id"], now=call.now_ms)

    return RenewalAnswer(expires_at=moment((await by_newest(call, renew)).until))


@route(
    blueprint,
    "DELETE",
    "projects/{project_id}/leases/{lease_id}",
    role=Role.LABELER,
    answers={204: None},
    unaudited=UNAUDITED,
)
async def release_lease(call: Call[None, None]) -> None:
    """Gives the images of a lease back."""
    queue = board_of(storage(), call.membership.project).queue
    await queue.release(call.membership.user_id, call.params["lease_id"], now=call.now_ms)


@route(
    blueprint,
    "POST",
    "projects/{project_id}/leases/{lease_id}/submission",
    role=Role.LABELER,
    body=SubmissionRequest,
    answers={200: SubmissionAnswer},
    unaudited=UNAUDITED,
)
async def submit_labels(call: Call[SubmissionRequest, None]) -> SubmissionAnswer:
    """Saves the labels of a lease's images, each exactly once; repeating the submission returns the first answer."""
    return await by_newest(call, partial(_submit, call))


async def _submit(call: Call[SubmissionRequest, None], member: Membership) -> SubmissionAnswer:
    project, lease_id = member.project, call.params["lease_id"]
    queue, pack = board_of(storage(), project).queue, pack_of_lease(lease_id)
    try:
        given, reasons = _given(project, pack, call.body)
        sure = await sureness_asked.ask(storage(), project, call.now_ms) if project.opinions.until else None
        saved = await queue.submit(project, member.user_id, lease_id, given, reasons, now=call.now_ms, sure=sure)
    except WrongImages as wrong:
        raise wrong_images(pack, wrong) from None
    except Invalid:
        first = await queue.submission(member.user_id, lease_id)
        if first is None:
            raise
        saved = first
    await labels_set.happened(storage(), project)
    return submission_answer(project, pack, call.body, saved)


def _given(project: Project, pack: int, asked: SubmissionRequest) -> tuple[Given, dict[int, str]]:
    """What a submission says of each image, None of a skipped one; and the reasons that were given for skipping."""
    said = {
        _slot(pack, image): annotation_of(project, named, f"labels.{image}") for image, named in asked.labels.items()
    }
    reasons = {_slot(pack, skip.id): skip.reason or "" for skip in asked.skipped}
    if len(reasons) < len(asked.skipped) or said.keys() & reasons.keys():
        raise Invalid.field("skipped", "An image is there twice.")
    return said | dict.fromkeys(reasons), {slot: reason for slot, reason in reasons.items() if reason}


def _slot(pack: int, image: str) -> int:
    parsed = parse_image_id(image)
    if parsed is None or parsed[0] != pack:
        raise Invalid(
            f"The image {image!r} is not in the lease.",
            errors=[FieldError(f"labels.{image}", "This image is not in the lease.")],
            image_ids=[image],
        )
    return parsed[1]


@on_round("mend_packs")
async def mend_packs() -> None:
    """Frees expired leases, closes packs whose closing was cut off, and finishes deletions that were cut off."""
    for project in await list_projects(storage()):
        if project.status == "deleting":
            await drop_project(storage(), project)
        elif not project.restoring:
            await _mend(project, int(datetime.now(UTC).timestamp() * 1000))


async def _mend(project: Project, now: int) -> None:
    board = board_of(storage(), project)
    try:
        if project.unsettled:
            await settle_opinions(storage(), project, now)
        ranges = await board.directory.ranges(fresh=True)
        loose: Iterable[int] = [pack for known in ranges for pack in known.packs(PREPARING, OPEN, REOPENED)]
        for pack in loose:
            await board.packs.close(pack, now)
    except NotFound:
        return
    except Exception:
        log.exception("project %s could not be mended", project.id)
