"""Reviewers' calls about many images: listing them, rejecting, correcting and confirming their labels."""

from collections.abc import Collection, Mapping

import azure.functions as func

from functions.agreement.advising import adviser_of
from functions.assist.results import read_doubts
from functions.hooks import labels_set
from functions.http.calls import Call
from functions.http.paging import encode_cursor, read_cursor, unknown_cursor
from functions.http.routes import route
from functions.http.wire import Page
from functions.identity import Role
from functions.labeling.board import board_of
from functions.labeling.limits import refuse_spent
from functions.labeling.newest import by_newest
from functions.labeling.relabeling import Confirmation, Correction, Say
from functions.labeling.rows import image_id, parse_image_id
from functions.labeling.selection import Selection, select
from functions.labeling.undoing import Undone
from functions.labeling.wire import suggestion_answers
from functions.problems import Invalid, NotFound
from functions.projects.access import Membership
from functions.projects.labels import choices_of
from functions.projects.model import Project
from functions.review.actions import UNAUDITED, action_of, confirm, correct, reject
from functions.review.answers import image_answer
from functions.review.doubted import list_doubted
from functions.review.filters import filter_of, label_filter, selection_of
from functions.review.images import Filter, list_images
from functions.review.skipping import refuse_mixed
from functions.review.undoing import undo
from functions.review.unsure import START, Place, list_unsure
from functions.review.wire import (
    ConfirmationAnswer,
    ConfirmationRequest,
    CorrectionsAnswer,
    CorrectionsRequest,
    ImageAnswer,
    ImagesQuery,
    RejectionAnswer,
    RejectionRequest,
    UndoAnswer,
    UndoRequest,
)
from functions.storage import storage
from functions.tasks.annotation import Annotation

blueprint = func.Blueprint()


@route(
    blueprint,
    "GET",
    "projects/{project_id}/images",
    role=Role.REVIEWER,
    query=ImagesQuery,
    answers={200: Page[ImageAnswer]},
)
async def get_images(call: Call[None, ImagesQuery]) -> Page[ImageAnswer]:
    """The project's images, filtered; an empty page with a nextCursor means: go on."""
    project, asked = call.membership.project, call.query
    if asked.order and (asked.state != "disputed" or asked.doubted):
        raise Invalid.field("order", "Only disputed images, with state=disputed, come in this order.")
    wanted = await filter_of(project, asked)
    board = board_of(storage(), project)
    if asked.doubted:
        return await _doubted(call, wanted)
    if asked.order:
        return await _unsure(call, wanted)
    found, following = await list_images(board, wanted, _start(asked.cursor), asked.limit, call.now_ms)
    return Page(
        items=[await image_answer(project, item, call.now) for item in found],
        next_cursor=encode_cursor(image_id(*following)) if following else None,
    )


async def _doubted(call: Call[None, ImagesQuery], wanted: Filter) -> Page[ImageAnswer]:
    """Possible mistakes: images whose labels the model doubts; a cursor is a place in the newest training's list."""
    project, asked = call.membership.project, call.query
    after = read_cursor(asked.cursor)
    if not (after.isascii() and after.isdecimal() and len(after) < 10) and after:
        raise unknown_cursor()
    found, following = await list_doubted(
        board_of(storage(), project),
        project,
        await read_doubts(storage(), project),
        wanted,
        suggested=label_filter(project, asked.suggested, "suggested") if asked.suggested else None,
        start=int(after or 0),
        limit=asked.limit,
        now=call.now_ms,
    )
    items = []
    for item, suggestion in found:
        answer = await image_answer(project, item, call.now)
        items.append(answer.model_copy(update={"suggestions": suggestion_answers(project, suggestion)}))
    return Page(items=items, next_cursor=encode_cursor(str(following)) if following else None)


async def _unsure(call: Call[None, ImagesQuery], wanted: Filter) -> Page[ImageAnswer]:
    """Disputed images, first those of which it is least sure what is right."""
    project, asked = call.membership.project, call.query
    place = Place.from_text(read_cursor(asked.cursor)) if asked.cursor else START
    if place is None:
        raise unknown_cursor()
    board, adviser = board_of(storage(), project), await adviser_of(storage(), project, call.now_ms)
    found, following = await list_unsure(board, project, wanted, adviser, place, asked.limit, call.now_ms)
    return Page(
        items=[await image_answer(project, item, call.now) for item in found],
        next_cursor=encode_cursor(following.to_text()) if following else None,
    )


def _start(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return 0, 0
    start = parse_image_id(read_cursor(cursor))
    if start is None:
        raise unknown_cursor()
    return start


@route(
    blueprint,
    "POST",
    "projects/{project_id}/rejections",
    role=Role.REVIEWER,
    body=RejectionRequest,
    answers={200: RejectionAnswer},
    unaudited=UNAUDITED,
)
async def reject_images(call: Call[RejectionRequest, None]) -> RejectionAnswer:
    """Rejects images: removes their labels and puts them at the front of the queue."""
    board, action = board_of(storage(), call.membership.project), action_of(call)
    selection = await selection_of(board, call.body.images)
    done = await selection.in_each_pack(lambda pack, slots: reject(board, pack, slots, action, call.body.reason))
    await labels_set.happened(storage(), call.membership.project)
    rejected, stale = selection.parted({pack: rejection.former for pack, rejection in done.items()})
    refuse_spent(selection, {pack: rejection.spent for pack, rejection in done.items()}, rejected)
    return RejectionAnswer(id=action.id, rejected=rejected, stale=stale)


@route(
    blueprint,
    "POST",
    "projects/{project_id}/corrections",
    role=Role.REVIEWER,
    body=CorrectionsRequest,
    answers={200: CorrectionsAnswer},
    unaudited=UNAUDITED,
)
async def correct_images(call: Call[CorrectionsRequest, None]) -> CorrectionsAnswer:
    """Changes the labels of many images, or skips them."""
    board, action = board_of(storage(), call.membership.project), action_of(call)
    _say(call.membership.project, call.body)
    selection = await selection_of(board, call.body.images)

    async def correct_in(pack: int, slots: Mapping[int, int | None]) -> Correction:
        async def by(member: Membership) -> Correction:
            say, labeled_only = _say(member.project, call.body), call.body.change == "remove"
            reason = call.body.reason
            return await correct(board, pack, slots, action, member.project, say, reason, labeled_only=labeled_only)

        return await by_newest(call, by)

    done = await selection.in_each_pack(correct_in)
    await labels_set.happened(storage(), call.membership.project)
    changed = {pack: correction.corrected for pack, correction in done.items()}
    corrected, unchanged, stale = _outcome(selection, changed, done)
    return CorrectionsAnswer(id=action.id, corrected=corrected, unchanged=unchanged, stale=stale)


def _say(project: Project, asked: CorrectionsRequest) -> Say:
    """What an image's annotation becomes; None: it is skipped. Raises Invalid."""
    refuse_mixed(asked)
    if asked.skipped:
        return lambda _: None
    task, aliases, choices = project.task, project.aliases, project.choices
    labels = choices_of(project, asked.labels, "labels")
    task.changed(None, asked.change, labels, choices)

    def say(before: Annotation | None) -> Annotation:
        return task.changed(before and before.counted(aliases), asked.change, labels, choices)

    return say


def _outcome(
    selection: Selection, changed: Mapping[int, Collection[int]], done: Mapping[int, Correction | Confirmation]
) -> tuple[list[str], list[str], list[str]]:
    """The images that were changed, those that were so already, and those that stay as they are for another reason.
    Raises TooOften.
    """
    ids, _ = selection.parted(changed)
    unchanged, _ = selection.parted({pack: one.unchanged for pack, one in done.items()})
    refuse_spent(selection, {pack: one.spent for pack, one in done.items()}, ids)
    _, stale = selection.parted({pack: {*changed[pack], *one.unchanged} for pack, one in done.items()})
    return ids, unchanged, stale


@route(
    blueprint,
    "POST",
    "projects/{project_id}/confirmations",
    role=Role.REVIEWER,
    body=ConfirmationRequest,
    answers={200: ConfirmationAnswer},
    unaudited=UNAUDITED,
)
async def confirm_images(call: Call[ConfirmationRequest, None]) -> ConfirmationAnswer:
    """Confirms labels: they count as reviewed until their images are labeled again or the files change."""
    board, action = board_of(storage(), call.membership.project), action_of(call)
    selection = await selection_of(board, call.body.images)
    done = await selection.in_each_pack(lambda pack, slots: confirm(board, pack, slots, action))
    changed = {pack: confirmation.confirmed for pack, confirmation in done.items()}
    confirmed, unchanged, stale = _outcome(selection, changed, done)
    return ConfirmationAnswer(id=action.id, confirmed=confirmed, unchanged=unchanged, stale=stale)


@route(
    blueprint,
    "POST",
    "projects/{project_id}/reviews/{review_id}/undo",
    role=Role.REVIEWER,
    body=UndoRequest,
    answers={200: UndoAnswer},
    unaudited=UNAUDITED,
)
async def undo_review(call: Call[UndoRequest, None]) -> UndoAnswer:
    """Undoes what a reviewer did, on images that have not changed since."""
    project, action = call.membership.project, action_of(call)
    board, review = board_of(storage(), project), call.params["review_id"]
    selection = await select(board, [(image, None) for image in call.body.images], "images.{}")

    async def undo_in(pack: int, slots: Collection[int]) -> Undone | None:
        return await by_newest(call, lambda member: undo(board, pack, slots, review, action, member.project))

    done = {pack: undone for pack, undone in (await selection.in_each_pack(undo_in)).items() if undone}
    if not done:
        raise NotFound("There is no such rejection, correction, confirmation or asking for opinions of these images.")
    await labels_set.happened(storage(), project)
    restored, stale = selection.parted({pack: undone.restored for pack, undone in done.items()})
    refuse_spent(selection, {pack: undone.spent for pack, undone in done.items()}, restored)
    return UndoAnswer(restored=restored, stale=stale)
