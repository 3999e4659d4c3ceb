"""Labelers' calls: leases and submissions; and the timer that mends what crashes and absent labelers left."""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import azure.functions as func

from functions.background import on_round
from functions.hooks import images_unsuggested, labels_set
from functions.http.calls import Answer, Call
from functions.http.routes import route
from functions.identity import Role
from functions.labeling import rules
from functions.labeling.board import Board, board_of
from functions.labeling.directory import OPEN, PREPARING, REOPENED
from functions.labeling.head import Lease, moment
from functions.labeling.newest import by_newest
from functions.labeling.previews import preview_urls
from functions.labeling.rows import image_id, parse_image_id
from functions.labeling.submissions import submission_answer, wrong_images
from functions.labeling.suggestions import Suggestion, is_blind
from functions.labeling.wire import (
    LeaseAnswer,
    LeasedImage,
    LeaseRequest,
    NothingLeftAnswer,
    Rejected,
    RenewalAnswer,
    SubmissionAnswer,
    SubmissionRequest,
    suggestion_answer,
)
from functions.labeling.work_queue import NOTHING_SUGGESTED, NothingLeft, Page, pack_of_lease
from functions.problems import FieldError, Invalid, NotFound
from functions.projects.access import Membership
from functions.projects.labels import label_of
from functions.projects.lifecycle import drop_project
from functions.projects.model import Project
from functions.projects.store import list_projects
from functions.storage import storage

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
    project = member.project
    board = board_of(storage(), project)
    handed = await board.queue.lease(
        member.user_id,
        call.body.count,
        call.body.holding,
        paused=project.status == "paused",
        lease_ms=project.lease_minutes * 60_000,
        now=call.now_ms,
        shown=partial(_shown, project, board),
        order=project.suggestion_order,
        project=project,
    )
    if isinstance(handed, NothingLeft):
        free_at = handed.next_free_at
        return Answer(
            200,
            NothingLeftAnswer(
                leased_by_others=handed.leased_by_others, next_free_at=moment(free_at) if free_at else None
            ),
        )
    suggested, blind = await _suggested(project, board, handed.lease.id)
    if project.ml_assist and not suggested.keys() >= handed.images.keys():
        await images_unsuggested.happened(storage(), project, handed.pack)
    shown = {} if blind else suggested
    images = [await _leased_image(call, handed, slot, shown.get(slot)) for slot in handed.images]
    body = LeaseAnswer(
        id=handed.lease.id, expires_at=moment(handed.lease.until), blind=blind, short=handed.short, images=images
    )
    return Answer(201, body, {"Location": f"/api/projects/{project.id}/leases/{handed.lease.id}"})


async def _suggested(
    project: Project, board: Board, lease_id: str, *, keep: bool = True
) -> tuple[Mapping[int, Suggestion], bool]:
    """What is suggested for the images of a lease's pack, and whether its page is a blind one. Nothing is read where
    nothing can be suggested.
    """
    if not project.is_assisted:
        return NOTHING_SUGGESTED, False
    known = await board.suggestions.of_lease(lease_id, pack_of_lease(lease_id), keep=keep)
    suggested = known.shown(project)
    return suggested, project.ml_assist and bool(suggested) and is_blind(lease_id)


async def _shown(project: Project, board: Board, lease_id: str) -> Mapping[int, Suggestion]:
    suggested, blind = await _suggested(project, board, lease_id)
    return NOTHING_SUGGESTED if blind else suggested


async def _leased_image(call: Call[Any, Any], page: Page, slot: int, suggested: Suggestion | None) -> LeasedImage:
    project = call.membership.project
    image, action = page.images[slot], page.rejections.get(slot)
    preview, thumbnail = await preview_urls(storage(), project, page.pack, slot, image, call.now)
    former = action.labels.get(slot, []) if action else []
    return LeasedImage(
        id=image_id(page.pack, slot),
        name=image.file_name if call.membership.role < Role.REVIEWER else image.name,
        preview_url=preview,
        thumbnail_url=thumbnail,
        width=image.width,
        height=image.height,
        suggestion=suggestion_answer(project, suggested) if suggested else None,
        rejected=Rejected(reason=action.reason, labels=project.image_labels(former)) if action else None,
    )


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
        project = member.project
        return await board_of(storage(), project).queue.renew(
            member.user_id,
            call.params["lease_id"],
            until=call.now_ms + project.lease_minutes * 60_000,
            now=call.now_ms,
            project=project,
        )

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
    board, pack = board_of(storage(), project), pack_of_lease(lease_id)
    try:
        labels = {
            _slot(pack, image): label_of(project, named, f"labels.{image}") for image, named in call.body.labels.items()
        }
        skipped = {_slot(pack, skip.id): skip.reason for skip in call.body.skipped}
        if len(skipped) < len(call.body.skipped) or labels.keys() & skipped.keys():
            raise Invalid.field("skipped", "An image is there twice.")
        suggested, blind = await _suggested(project, board, lease_id, keep=False)
        saved = await board.queue.submit(
            member.user_id,
            lease_id,
            labels,
            skipped,
            now=call.now_ms,
            suggested=suggested,
            is_blind=blind,
            project=project,
        )
    except rules.WrongImages as wrong:
        raise wrong_images(pack, wrong) from None
    except Invalid:
        first = await board.queue.submission(member.user_id, lease_id)
        if first is None:
            raise
        saved = first
    await labels_set.happened(storage(), project)
    return submission_answer(project, pack, call.body, saved)


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
        ranges = await board.directory.ranges(fresh=True)
        loose: Iterable[int] = [pack for known in ranges for pack in known.packs(PREPARING, OPEN, REOPENED)]
        for pack in loose:
            await board.packs.close(pack, now)
    except NotFound:
        return
    except Exception:
        log.exception("project %s could not be mended", project.id)
