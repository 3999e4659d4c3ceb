"""Calls about one image: its history, its detail, and changing its label."""

from collections.abc import Callable
from typing import Any

import azure.functions as func

from functions.hooks import labels_set, sureness_asked
from functions.http.calls import Call
from functions.http.routes import route
from functions.http.wire import PageQuery, milliseconds
from functions.identity import Role
from functions.labeling.board import Board, board_of
from functions.labeling.head import LEASED
from functions.labeling.limits import changed_too_often
from functions.labeling.newest import by_newest
from functions.labeling.opinions import Amended
from functions.labeling.previews import HOURS
from functions.labeling.relabeling import Correction
from functions.labeling.rows import parse_image_id
from functions.problems import Conflict, NotFound, Stale
from functions.projects.access import Membership
from functions.projects.labels import annotation_of
from functions.projects.model import Project
from functions.review.actions import UNAUDITED, action_of, amend, correct
from functions.review.answers import with_history
from functions.review.images import Found, find_image
from functions.review.skipping import refuse_mixed
from functions.review.wire import (
    CorrectionRequest,
    DetailAnswer,
    ImageWithHistory,
)
from functions.storage import storage
from functions.tasks.annotation import Annotation

blueprint = func.Blueprint()


@route(
    blueprint,
    "GET",
    "projects/{project_id}/images/{image_id}",
    role=Role.LABELER,
    query=PageQuery,
    answers={200: ImageWithHistory},
)
async def get_image(call: Call[None, PageQuery]) -> ImageWithHistory:
    """One image with its history, the newest page of it first; a labeler sees their own."""
    found, board = await _image(call), board_of(storage(), call.membership.project)
    return await with_history(call.membership, board, found, call.now, call.query)


async def _image(call: Call[Any, Any]) -> Found:
    """The image that the address names: any for a reviewer, for a labeler what they have labeled."""
    return await _image_of(call, lambda found: call.membership.user_id in found.labelers)


async def _image_of(call: Call[Any, Any], is_own: Callable[[Found], bool]) -> Found:
    parsed = parse_image_id(call.params["image_id"])
    board = board_of(storage(), call.membership.project)
    found = await find_image(board, *parsed, call.now_ms) if parsed else None
    if found is None or (call.membership.role < Role.REVIEWER and not is_own(found)):
        raise NotFound("There is no such image.")
    return found


@route(
    blueprint,
    "GET",
    "projects/{project_id}/images/{image_id}/detail",
    role=Role.LABELER,
    answers={200: DetailAnswer},
)
async def get_detail(call: Call[None, None]) -> DetailAnswer:
    """One image at full size, made on first request; a labeler sees the images they labeled or hold."""
    from functions.refresh.detail import detail_of

    project, user = call.membership.project, call.membership.user_id
    found = await _image_of(call, lambda found: user in (*found.labelers, found.holder))
    if not found.is_shown:
        raise Conflict("The image has no preview, so it cannot be shown larger.")
    kept = await detail_of(storage(), project, found.pack, found.slot, found.image)
    url = await storage().sign(project.previews_container, kept.blob, now=call.now, hours=HOURS)
    return DetailAnswer(url=url, width=kept.width, height=kept.height)


@route(
    blueprint,
    "PUT",
    "projects/{project_id}/images/{image_id}/labels",
    role=Role.LABELER,
    body=CorrectionRequest,
    answers={200: ImageWithHistory},
    unaudited=UNAUDITED,
)
async def correct_labels(call: Call[CorrectionRequest, None]) -> ImageWithHistory:
    """Changes an image's label, or skips it: a labeler's own image, or any for a reviewer. Who is one of several that
    look at it changes their opinion; a reviewer as long as it waits for more of them.
    """
    seen = await _image(call)
    board = board_of(storage(), call.membership.project)
    done = await (_amend(call, board, seen) if _gives_opinion(call, seen) else _correct(call, board, seen))
    if done.spent:
        raise changed_too_often([call.params["image_id"]])
    if done.stale:
        raise Stale("The image was labeled again after you loaded it. Refresh.", image_ids=[call.params["image_id"]])
    await labels_set.happened(storage(), call.membership.project)
    found = await find_image(board, seen.pack, seen.slot, call.now_ms)
    return await with_history(call.membership, board, found or seen, call.now)


def _gives_opinion(call: Call[Any, Any], seen: Found) -> bool:
    is_own = any(one.by == call.membership.user_id for one in seen.opinions)
    return is_own and (call.membership.role < Role.REVIEWER or seen.state in ("waiting", LEASED))


async def _amend(call: Call[CorrectionRequest, None], board: Board, seen: Found) -> Amended:
    action, seen_at = action_of(call), milliseconds(call.body.labeled_at)

    async def amend_one(member: Membership) -> Amended:
        project, reason = member.project, call.body.reason
        said = _said(project, call.body)
        sure = await sureness_asked.ask(storage(), project, call.now_ms) if project.opinions.until else None
        return await amend(board, seen.pack, seen.slot, seen_at, action, project, said, reason, sure)

    return await by_newest(call, amend_one)


async def _correct(call: Call[CorrectionRequest, None], board: Board, seen: Found) -> Correction:
    action, seen_at = action_of(call), milliseconds(call.body.labeled_at)
    if call.membership.role < Role.REVIEWER and seen_at is None:
        # A labeler may change what is theirs as they saw it: not what a reviewer has sent back meanwhile.
        seen_at = seen.status.at

    async def correct_one(member: Membership) -> Correction:
        said, reason, slots = _said(member.project, call.body), call.body.reason, {seen.slot: seen_at}
        # Whoever changes what they labeled themselves labels it, and reviews nobody.
        reviews = member.role >= Role.REVIEWER and (seen.labeler != member.user_id or bool(seen.opinions))
        return await correct(board, seen.pack, slots, action, member.project, lambda _: said, reason, reviews=reviews)

    done = await by_newest(call, correct_one)
    if done.not_ready:
        raise Conflict("The image has no preview, so it cannot be labeled.")
    return done


def _said(project: Project, asked: CorrectionRequest) -> Annotation | None:
    """What is to be said of an image; None to skip it."""
    refuse_mixed(asked)
    return None if asked.skipped else annotation_of(project, asked.labels, "labels")
