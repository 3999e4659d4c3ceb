"""How images and their history are told to callers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from functions.agreement.advising import adviser_of
from functions.http.paging import encode_cursor, read_cursor, unknown_cursor
from functions.http.wire import PageQuery
from functions.identity import Role
from functions.labeling.board import Board
from functions.labeling.head import LABELED, SKIPPED, moment
from functions.labeling.previews import preview_urls
from functions.labeling.record import SERVICE, Heard
from functions.labeling.rows import image_id
from functions.projects.access import Membership
from functions.projects.model import Project
from functions.projects.persons import names_in
from functions.review.images import Event, Found, history_of
from functions.review.wire import (
    ActionWord,
    HistoryEntry,
    ImageAnswer,
    ImageWithHistory,
    LikelyLabel,
    OpinionAnswer,
    StateWord,
)
from functions.storage import storage

# The page of a history that no query asks for.
NEWEST = PageQuery()


async def image_answer(project: Project, found: Found, now: datetime) -> ImageAnswer:
    status, known = found.status, await names_in(storage(), project)
    preview = thumbnail = None
    if found.is_shown:
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
        reviewed=status.reviewed is not None,
        rejected=status.is_returned,
        problem=found.image.problem,
        width=found.image.width,
        height=found.image.height,
        preview_url=preview,
        thumbnail_url=thumbnail,
    )


async def with_history(
    member: Membership, board: Board, found: Found, now: datetime, query: PageQuery = NEWEST
) -> ImageWithHistory:
    """The image with one page of its history, as the member may know it: a labeler is told neither where it lies nor
    what others did with it. A cursor is the number of the oldest record that was shown.
    """
    project, is_labeler = member.project, member.role < Role.REVIEWER
    answer, known = await image_answer(project, found, now), await names_in(storage(), project)
    if is_labeler:
        answer = answer.model_copy(update={"name": found.image.file_name, **_own(member, found, known)})

    def entry(event: Event) -> HistoryEntry:
        by = None if event.by == SERVICE else event.by
        return HistoryEntry(
            at=moment(event.at),
            by=by,
            by_name=known.get(by, by) if by else None,
            action=cast(ActionWord, event.action),
            labels=[project.label_name(label) for label in event.labels],
            reason=event.reason,
        )

    events = await history_of(board, found.pack, found.slot)
    if is_labeler:
        # Of merged labels it is told what was decided, which is none of a labeler's business.
        events = [one for one in events if one.by in (member.user_id, SERVICE) and one.action != "merged"]
    events = _before(events, read_cursor(query.cursor))
    shown = events[-query.limit :]
    return ImageWithHistory(
        **answer.model_dump(by_alias=False),
        opinions=[] if is_labeler else [_opinion(project, found, one, known) for one in found.opinions],
        likely=[] if is_labeler else await _likely(project, board, found, now),
        history=[entry(event) for event in shown],
        next_cursor=encode_cursor(str(shown[0].number)) if len(shown) < len(events) else None,
    )


def _own(member: Membership, found: Found, names: Mapping[str, str]) -> dict[str, Any]:
    """What a labeler is told in place of how an image stands at which several people look: what they said."""
    own = next((one for one in found.opinions if one.by == member.user_id), None)
    if own is None:
        return {}
    return {
        "state": "skipped" if own.said is None else "labeled",
        "labels": member.project.image_labels(own.said.labels if own.said else ()),
        "labeler": own.by,
        "labeler_name": names.get(own.by, own.by),
        "labeled_at": moment(own.at),
        "reviewed": False,
        "rejected": False,
    }


def _opinion(project: Project, found: Found, one: Heard, names: Mapping[str, str]) -> OpinionAnswer:
    is_decided = found.status.state in (LABELED, SKIPPED)
    return OpinionAnswer(
        user_id=one.by,
        name=names.get(one.by, one.by),
        labels=project.image_labels(one.said.labels if one.said else ()),
        skipped=one.said is None,
        at=moment(one.at),
        decided=project.is_same(one.said, found.status.annotation) if is_decided else None,
    )


async def _likely(project: Project, board: Board, found: Found, now: datetime) -> list[LikelyLabel]:
    if not found.opinions:
        return []
    adviser = await adviser_of(storage(), project, int(now.timestamp() * 1000))
    suggested = (await board.suggestions.shown(found.pack, project)).get(found.slot)
    likely = adviser.probabilities([(one.by, one.said) for one in found.opinions], suggested)
    return [
        LikelyLabel(label=project.label_name(label), probability=round(probability, 4))
        for label, probability in sorted(likely.items(), key=lambda item: -item[1])
    ]


def _before(events: list[Event], number: str) -> list[Event]:
    """What happened before the record of this number; all where none is named."""
    if not number:
        return events
    for place, event in enumerate(events):
        if str(event.number) == number:
            return events[:place]
    raise unknown_cursor()
