"""Reviewers' calls: looking at images, rejecting and correcting labels."""

import asyncio
import secrets
from collections import defaultdict
from datetime import UTC, datetime
from typing import cast

import azure.functions as func
from azure.core.exceptions import ResourceNotFoundError

from functions.api import Call, Page, route
from functions.identity import Role
from functions.labeling import rules
from functions.labeling.board import Board, board_of
from functions.labeling.directory import REOPENED
from functions.labeling.head import Head, moment
from functions.labeling.packs import Change
from functions.labeling.previews import preview_urls
from functions.labeling.rows import Record, image_id, parse_image_id
from functions.labeling.triggers import label_of
from functions.paging import encode_cursor, read_cursor, unknown_cursor
from functions.problems import Conflict, FieldError, Invalid, NotFound, Stale
from functions.projects.model import Project
from functions.projects.people import names
from functions.review.images import Event, Filter, Found, find_image, history_of, list_images
from functions.review.models import (
    ActionWord,
    CorrectionRequest,
    HistoryEntry,
    ImageAnswer,
    ImagesQuery,
    ImageWithHistory,
    RejectionAnswer,
    RejectionRequest,
    StateWord,
)
from functions.storage import storage

blueprint = func.Blueprint()

REFRESH = "refresh"


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
    wanted = Filter(
        state=asked.state,
        labels=_label_filter(project, asked.label) if asked.label else None,
        labeler=await _user_of(asked.labeler) if asked.labeler else None,
        name=asked.name,
        changed=asked.changed_since_labeled,
    )
    board = board_of(storage(), project)
    found, following = await list_images(board, wanted, _start(asked.cursor), asked.limit, call.now_ms)
    return Page(
        items=[await _image_answer(project, item, call.now) for item in found],
        next_cursor=encode_cursor(image_id(*following)) if following else None,
    )


def _start(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return 0, 0
    start = parse_image_id(read_cursor(cursor))
    if start is None:
        raise unknown_cursor()
    return start


def _label_filter(project: Project, named: str) -> frozenset[int]:
    label = project.find_label(named) or (project.find_label(int(named)) if named.isdecimal() else None)
    if label is None:
        raise Invalid.field("label", f"The project has no label {named!r}.")
    return project.counting_as(label.id)


async def _user_of(labeler: str) -> str:
    known = await names(storage())
    by_name = (user for user, name in known.items() if name.casefold() == labeler.casefold())
    return labeler if labeler in known else next(by_name, labeler)


async def _image_answer(project: Project, found: Found, now: datetime) -> ImageAnswer:
    status, known = found.status, await names(storage())
    preview = thumbnail = None
    if found.image.width and not status.outdated:
        preview, thumbnail = await preview_urls(storage(), project, found.pack, found.slot, found.image, now)
    return ImageAnswer(
        id=image_id(found.pack, found.slot),
        name=found.image.name,
        state=cast(StateWord, found.state),
        labels=project.image_labels(status.labels),
        labeler=found.labeler,
        labeler_name=known.get(found.labeler, found.labeler) if found.labeler else None,
        labeled_at=moment(status.at) if status.at else None,
        changed_since_labeled=status.changed,
        problem=found.image.problem,
        width=found.image.width,
        height=found.image.height,
        preview_url=preview,
        thumbnail_url=thumbnail,
    )


@route(blueprint, "GET", "projects/{project_id}/images/{image_id}", role=Role.LABELER, answers={200: ImageWithHistory})
async def get_image(call: Call[None, None]) -> ImageWithHistory:
    """One image with its history; a labeler sees their own."""
    found, board = await _image(call), board_of(storage(), call.membership.project)
    return await _with_history(call.membership.project, board, found, call.now)


async def _image(call: Call[CorrectionRequest, None] | Call[None, None]) -> Found:
    """The image that the address names, if the caller may see it."""
    parsed = parse_image_id(call.params["image_id"])
    board = board_of(storage(), call.membership.project)
    found = await find_image(board, *parsed, call.now_ms) if parsed else None
    is_own = found is not None and found.labeler == call.caller.user_id
    if found is None or (call.membership.role < Role.REVIEWER and not is_own):
        raise NotFound("There is no such image.")
    return found


async def _with_history(project: Project, board: Board, found: Found, now: datetime) -> ImageWithHistory:
    answer, known = await _image_answer(project, found, now), await names(storage())

    def entry(event: Event) -> HistoryEntry:
        by = None if event.by == REFRESH else event.by
        return HistoryEntry(
            at=moment(event.at),
            by=by,
            by_name=known.get(by, by) if by else None,
            action=cast(ActionWord, event.action),
            labels=[project.label_name(label) for label in event.labels],
            reason=event.reason,
        )

    events = await history_of(board, found.pack, found.slot)
    return ImageWithHistory(**answer.model_dump(by_alias=False), history=[entry(event) for event in events])


@route(
    blueprint,
    "PUT",
    "projects/{project_id}/images/{image_id}/labels",
    role=Role.LABELER,
    body=CorrectionRequest,
    answers={200: ImageWithHistory},
)
async def correct_labels(call: Call[CorrectionRequest, None]) -> ImageWithHistory:
    """Sets an image's label anew: a labeler's own image, or any for a reviewer."""
    project = call.membership.project
    label = label_of(project, call.body.labels, "labels")
    seen = await _image(call)
    board, slot, user = board_of(storage(), project), seen.slot, call.caller.user_id
    seen_at = _milliseconds(call.body.labeled_at)
    if call.membership.role < Role.REVIEWER and seen_at is None:
        # A labeler may change what is theirs as they saw it: not what a reviewer has sent back meanwhile.
        seen_at = seen.status.at
    record = Record(f"r|{secrets.token_hex(8)}", "corrected", user, call.now_ms, {slot: [label]})

    def rule(head: Head) -> Change[None]:
        corrected = rules.correct(head, slot=slot, label=label, labeler=user, now=call.now_ms, seen_at=seen_at)
        return Change(corrected, None, (record,))

    try:
        await board.packs.change(seen.pack, rule, now=call.now_ms)
    except rules.NotCorrectable:
        raise Conflict("The image has no preview, so it cannot be labeled.") from None
    except rules.Changed:
        raise Stale(
            "The image was labeled again since you looked. Look again.", image_ids=[call.params["image_id"]]
        ) from None
    found = await find_image(board, seen.pack, slot, call.now_ms)
    return await _with_history(project, board, found or seen, call.now)


@route(
    blueprint,
    "POST",
    "projects/{project_id}/rejections",
    role=Role.REVIEWER,
    body=RejectionRequest,
    answers={200: RejectionAnswer},
)
async def reject_images(call: Call[RejectionRequest, None]) -> RejectionAnswer:
    """Takes the labels from images and puts them first in line again."""
    board = board_of(storage(), call.membership.project)
    packs: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    for index, seen in enumerate(call.body.images):
        parsed = parse_image_id(seen.id)
        if parsed is None:
            raise _unknown([(index, seen.id)])
        if parsed[1] in packs[parsed[0]]:
            raise Invalid(
                f"The image {seen.id} is named twice.",
                errors=[FieldError(f"images.{index}.id", "This image is named twice.")],
                image_ids=[seen.id],
            )
        packs[parsed[0]][parsed[1]] = _milliseconds(seen.labeled_at)
    await _refuse_unknown(call.body, board)
    done = await asyncio.gather(*(_reject_in(board, pack, slots, call) for pack, slots in packs.items()))
    rejected = {image for some, _ in done for image in some}
    ids = [seen.id for seen in call.body.images]
    return RejectionAnswer(rejected=[i for i in ids if i in rejected], stale=[i for i in ids if i not in rejected])


async def _refuse_unknown(body: RejectionRequest, board: Board) -> None:
    sizes: dict[int, int] = {}
    for pack in {int(seen.id[:6]) for seen in body.images}:
        try:
            sizes[pack] = len((await board.rows.read_head(pack)).head.slots)
        except ResourceNotFoundError:
            sizes[pack] = 0
    unknown = [
        (index, seen.id) for index, seen in enumerate(body.images) if int(seen.id[7:]) >= sizes[int(seen.id[:6])]
    ]
    if unknown:
        raise _unknown(unknown)


def _unknown(unknown: list[tuple[int, str]]) -> Invalid:
    return Invalid(
        "The project has no such images. Nothing was rejected.",
        errors=[FieldError(f"images.{index}.id", "The project has no such image.") for index, _ in unknown],
        image_ids=[image for _, image in unknown],
    )


async def _reject_in(
    board: Board, pack: int, slots: dict[int, int | None], call: Call[RejectionRequest, None]
) -> tuple[list[str], list[str]]:
    """Rejects images of one pack; gives the ids of the rejected and of the stale ones."""
    action_id = secrets.token_hex(8)

    def rule(head: Head) -> Change[rules.Rejection]:
        done = rules.reject(head, slots=slots, action_id=action_id)
        former = {slot: list(status.labels) for slot, status in done.former.items()}
        record = Record(f"r|{action_id}", "rejected", call.caller.user_id, call.now_ms, former, call.body.reason)
        return Change(done.head, done, (record,) if former else ())

    outcome = await board.packs.change(pack, rule, now=call.now_ms, letter=REOPENED)
    done = outcome.result
    if done.former:
        await board.packs.mark(pack, REOPENED, call.now_ms)
    return [image_id(pack, slot) for slot in done.former], [image_id(pack, slot) for slot in done.stale]


def _milliseconds(time: datetime | None) -> int | None:
    if time is None:
        return None
    return round((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)
