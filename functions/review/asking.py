"""Asking for one more opinion on all images that match a filter, from a queue: there may be thousands."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress

from pydantic import BaseModel, ConfigDict, Field

from functions.assist.results import read_doubts
from functions.labeling.board import board_of
from functions.labeling.selection import in_each
from functions.locks import LockedByOther
from functions.places import Place
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


class Chosen(BaseModel):
    """What a message asks about: the slots of each pack, each with the time at which it was labeled, in milliseconds
    since the epoch. Nothing is left of it once that is done.
    """

    packs: dict[int, dict[int, int]] = {}


async def ask_for_matching(storage: Storage, project: Project, message: AskingMessage) -> None:
    """May be called again for the same message: about which images it asks is written down before it does, in a blob
    beside the previews, since other images match once some were asked about.
    """
    board, action = board_of(storage, project), Action(message.by, message.at, message.action_id)
    blob = storage.container(project.previews_container).get_blob_client(f"askings/{message.action_id}.json")
    place = Place(blob, Chosen)
    chosen = await place.load()
    if chosen is None:
        chosen = await _choose(storage, project, message)
        await place.save(chosen.model_dump_json())
    packs = chosen.packs
    await in_each(packs, lambda pack: ask(board, pack, packs[pack], action))
    with suppress(LockedByOther):
        # If it was delivered twice at a time, the other one has done the same.
        await place.save(Chosen().model_dump_json())


async def _choose(storage: Storage, project: Project, message: AskingMessage) -> Chosen:
    packs: defaultdict[int, dict[int, int]] = defaultdict(dict)
    left = MOST_ASKED
    async for found in _matching(storage, project, message):
        if not left:
            break
        if found.state in ASKABLE:
            packs[found.pack][found.slot] = found.status.at
            left -= 1
    return Chosen(packs=packs)


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
