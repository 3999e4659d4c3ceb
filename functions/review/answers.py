"""How images and their history are told to callers."""

from datetime import datetime
from typing import cast

from functions.http.paging import encode_cursor, read_cursor, unknown_cursor
from functions.http.wire import PageQuery
from functions.identity import Role
from functions.labeling.board import Board
from functions.labeling.head import moment
from functions.labeling.previews import preview_urls
from functions.labeling.rows import image_id
from functions.projects.access import Membership
from functions.projects.model import Project
from functions.projects.persons import names_in
from functions.review.images import Event, Found, history_of
from functions.review.wire import ActionWord, HistoryEntry, ImageAnswer, ImageWithHistory, StateWord
from functions.storage import storage

REFRESH = "refresh"
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
        answer = answer.model_copy(update={"name": found.image.file_name})

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
    if is_labeler:
        events = [event for event in events if event.by in (member.user_id, REFRESH)]
    events = _before(events, read_cursor(query.cursor))
    shown = events[-query.limit :]
    return ImageWithHistory(
        **answer.model_dump(by_alias=False),
        history=[entry(event) for event in shown],
        next_cursor=encode_cursor(str(shown[0].number)) if len(shown) < len(events) else None,
    )


def _before(events: list[Event], number: str) -> list[Event]:
    """What happened before the record of this number; all where none is named."""
    if not number:
        return events
    for place, event in enumerate(events):
        if str(event.number) == number:
            return events[:place]
    raise unknown_cursor()
