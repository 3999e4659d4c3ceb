"""The labeled images whose labels the model doubts, as they stand now: what was labeled otherwise since is no doubt."""

import asyncio
from collections.abc import Collection, Sequence

from functions.assist.results import Doubt
from functions.labeling.board import Board
from functions.labeling.head import has_label
from functions.labeling.suggestions import Suggestion
from functions.projects.model import Project
from functions.review.images import AT_ONCE, Filter, Found, find_image

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

    async def stands(doubt: Doubt) -> tuple[Found, Suggestion] | None:
        said, label = aliases.get(doubt.suggested, doubt.suggested), aliases.get(doubt.label, doubt.label)
        if said == label or said not in labels or (suggested is not None and doubt.suggested not in suggested):
            return None
        found = await find_image(board, doubt.pack, doubt.slot, now)
        if found is None or found.state != "labeled" or not wanted.matches(found):
            return None
        is_same = has_label(found.status, label, aliases)
        return (found, Suggestion(said, doubt.confidence, doubt.sure)) if is_same else None

    listed: list[tuple[Found, Suggestion]] = []
    end = min(len(doubts), start + MOST_LOOKED_AT)
    for first in range(start, end, AT_ONCE):
        some = await asyncio.gather(*map(stands, doubts[first : min(first + AT_ONCE, end)]))
        for place, one in enumerate(some, first):
            if one and len(listed) == limit:
                return listed, place
            if one:
                listed.append(one)
    return listed, end if end < len(doubts) else None
