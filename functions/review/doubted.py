"""The labeled images whose labels the model doubts, as they stand now: what was labeled otherwise since is no doubt,
nor what a reviewer has confirmed or set.
"""

import asyncio
from collections.abc import Sequence

from functions.assist.results import Doubt
from functions.labeling.board import Board
from functions.labeling.head import Head
from functions.labeling.rows import Image
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import Project
from functions.review.images import AT_ONCE, Filter, Found, found_of, read_pack

# Doubts that are looked at for one page: a filter that matches little gives a short page and a place to go on.
MOST_LOOKED_AT = 400


async def list_doubted(
    board: Board,
    project: Project,
    doubts: Sequence[Doubt],
    wanted: Filter,
    *,
    suggested: frozenset[int] | None,
    start: int,
    limit: int,
    now: int,
) -> tuple[list[tuple[Found, AnySuggestion]], int | None]:
    """At most `limit` images from the doubt at place `start` on, each with what is said of it, and where to go on: None
    at the end. suggested: labels of which one must be said.
    """
    aliases, labels = project.aliases, {label.id for label in project.labels}
    packs: dict[int, tuple[Head, list[Image]] | None] = {}

    def said_of(doubt: Doubt) -> AnySuggestion | None:
        """What is said instead, by what labels count as now; None where that is no contradiction, or none of those that
        are wanted.
        """
        said, had = doubt.said.counted(labels, aliases), doubt.had.counted(aliases)
        if said is None:
            return None
        against = said.against(had).intersection(aliases.get(label, label) for label in doubt.against)
        if not against or (suggested is not None and suggested.isdisjoint(against.difference(had.labels))):
            return None
        return said

    def standing(doubt: Doubt) -> Found | None:
        content = packs[doubt.pack]
        if content is None or doubt.slot >= len(content[1]):
            return None
        found = found_of(doubt.pack, doubt.slot, content[0], content[1][doubt.slot], now)
        is_same = project.is_same(found.status.annotation, doubt.had)
        is_open = found.state == "labeled" and not found.status.reviewed
        return found if is_open and is_same and wanted.matches(found) else None

    listed: list[tuple[Found, AnySuggestion]] = []
    end = min(len(doubts), start + MOST_LOOKED_AT)
    for first in range(start, end, AT_ONCE):
        some = {place: (doubts[place], said_of(doubts[place])) for place in range(first, min(first + AT_ONCE, end))}
        new = {doubt.pack for doubt, said in some.values() if said} - packs.keys()
        packs.update(zip(new, await asyncio.gather(*(read_pack(board, pack) for pack in new)), strict=True))
        for place, (doubt, said) in some.items():
            found = standing(doubt) if said else None
            if said is None or found is None:
                continue
            if len(listed) == limit:
                return listed, place
            listed.append((found, said))
    return listed, end if end < len(doubts) else None
