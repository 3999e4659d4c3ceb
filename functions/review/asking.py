"""Asking for one more opinion on all images that match a filter, from a queue: there may be thousands."""

from collections import defaultdict
from collections.abc import AsyncIterator

from pydantic import BaseModel, ConfigDict, Field

from functions.assist.results import read_doubts
from functions.labeling.board import Board, board_of
from functions.labeling.record import Record
from functions.labeling.selection import in_each
from functions.projects.model import Project
from functions.review.actions import Action, ask
from functions.review.doubted import list_doubted
from functions.review.filters import filter_of, label_filter
from functions.review.images import Found, list_images
from functions.review.wire import ImagesFilter
from functions.storage import Storage

# Images that one call asks about.
MOST_ASKED = 10_000
ASKABLE = ("labeled", "skipped", "disputed")
AT_ONCE = 200


class AskingMessage(BaseModel):
    """Asks for opinions on what matches. by: a user id; at: milliseconds since the epoch."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    action_id: str = Field(pattern="^[0-9a-f]{16}$")
    by: str
    at: int
    filter: ImagesFilter


async def ask_for_matching(storage: Storage, project: Project, message: AskingMessage, *, again: bool) -> None:
    """again: the message was delivered before, so some may have been asked for."""
    board, action = board_of(storage, project), Action(message.by, message.at, message.action_id)
    left = MOST_ASKED - (await _asked_before(board, action) if again else 0)
    packs: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    async for found in _matching(storage, project, message):
        if not left:
            break
        if found.state in ASKABLE:
            packs[found.pack][found.slot] = found.status.at
            left -= 1
    await in_each(packs, lambda pack: ask(board, pack, packs[pack], action))


async def _asked_before(board: Board, action: Action) -> int:
    """How many it has asked for by now. No index leads there, so all rows are looked through."""
    rows = board.table.query("RowKey eq @key", key=f"r|{action.id}")
    return sum([len(Record.from_row(row).given) async for row in rows])


async def _matching(storage: Storage, project: Project, message: AskingMessage) -> AsyncIterator[Found]:
    board, asked = board_of(storage, project), message.filter
    wanted = await filter_of(project, asked)
    if not asked.doubted:
        place: tuple[int, int] | None = (0, 0)
        while place:
            some, place = await list_images(board, wanted, place, AT_ONCE, message.at)
            for found in some:
                yield found
        return
    doubts, suggested = await read_doubts(storage, project), None
    if asked.suggested:
        suggested = label_filter(project, asked.suggested, "suggested")
    start: int | None = 0
    while start is not None:
        listed, start = await list_doubted(
            board, project, doubts, wanted, suggested=suggested, start=start, limit=AT_ONCE, now=message.at
        )
        for found, _ in listed:
            yield found
