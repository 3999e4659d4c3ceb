"""The labeled images whose labels the model doubts, as they stand now: what was labeled otherwise since is no doubt,
nor what a reviewer has confirmed or set.
"""

import asyncio
from collections.abc import Collection, Sequence

from functions.assist.results import Doubt
from functions.labeling.board import Board
from functions.labeling.head import Head
from functions.labeling.rows import Image
from functions.labeling.suggestions import Suggestion
from functions.projects.model import Project
from functions.review.images import AT_ONCE, Filter, Found, found_of, read_pack
from functions.tasks.annotation import Annotation

# Doubts that are looked at for one page: a filter that matches little gives a short page and a place to go on.
MOST_LOOKED_AT = 400


async def list_doubted(
    board: Board,
    project: Project,
    doubts: Sequence[Doubt],
    wanted: Filter,
    *,
    suggested: Collection[int] | None,
    start: int,
    limit: int,
    now: int,
) -> tuple[list[tuple[Found, Suggestion]], int | None]:
    """At most `limit` images from the doubt at place `start` on, each with what is said of it, and where to go on: None
    at the end. suggested: labels of which one must be said.
    """
    aliases, labels = project.aliases, {label.id for label in project.labels}
    packs: dict[int, tuple[Head, list[Image]] | None] = {}

    def is_meant(doubt: Doubt) -> bool:
        said, label = aliases.get(doubt.suggested, doubt.suggested), aliases.get(doubt.label, doubt.label)
        return said != label and said in labels and (suggested is None or doubt.suggested in suggested)

    def standing(doubt: Doubt) -> tuple[Found, Suggestion] | None:
        content = packs[doubt.pack]
        if content is None or doubt.slot >= len(content[1]):
            return None
        found = found_of(doubt.pack, doubt.slot, content[0], content[1][doubt.slot], now)
        is_same = project.is_same(found.status.annotation, Annotation((doubt.label,)))
        is_open = found.state == "labeled" and not found.status.reviewed
        if not is_open or not is_same or not wanted.matches(found):
            return None
        said = aliases.get(doubt.suggested, doubt.suggested)
        return found, Suggestion(said, doubt.confidence, doubt.sure)

    listed: list[tuple[Found, Suggestion]] = []
    end = min(len(doubts), start + MOST_LOOKED_AT)
    for first in range(start, end, AT_ONCE):
        some = doubts[first : min(first + AT_ONCE, end)]
        new = {doubt.pack for doubt in some if is_meant(doubt)} - packs.keys()
        packs.update(zip(new, await asyncio.gather(*(read_pack(board, pack) for pack in new)), strict=True))
        for place, doubt in enumerate(some, first):
            one = standing(doubt) if is_meant(doubt) else None
            if one and len(listed) == limit:
                return listed, place
            if one:
                listed.append(one)
    return listed, end if end < len(doubts) else None
