"""Suggestions for a project's images, as a training leaves them, and pages that come with them or without."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

import httpx

from functions.labeling.board import make_board
from functions.labeling.rows import parse_image_id
from functions.labeling.suggestions import Suggestion
from functions.projects import model
from functions.storage import transport
from functions.tables import Tables
from tests.api.builders import Project, good

# A label's name, the confidence, whether that is sure, and the name of the next likely label, where there is one.
Wanted = tuple[str, float, bool] | tuple[str, float, bool, str]


def suggest(connection: str, project: Project, wanted: Mapping[str, Wanted]) -> None:
    """Suggests labels for images, by the ends of their names. To be called before anybody labels."""
    labels = {label["name"]: label["id"] for label in project.get()["labels"]}
    packs: dict[int, dict[int, Suggestion]] = defaultdict(dict)
    for image in project.images():
        place = parse_image_id(image["id"])
        name = image["name"].rpartition("/")[2]
        if place and name in wanted:
            label, confidence, sure, *others = wanted[name]
            second = labels[others[0]] if others else None
            packs[place[0]][place[1]] = Suggestion(
                labels[label], confidence, sure, second, second_confidence=1 - confidence if others else None
            )
    # Playwright has an event loop in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _put(connection, project.id, packs)).result()


async def _put(connection: str, project: str, packs: Mapping[int, Mapping[int, Suggestion]]) -> None:
    table = model.Project.model_construct(task_type="multiClass", id=project).images_table
    async with aclosing(Tables.by_connection_string(connection, transport())) as tables:
        suggestions = make_board(tables.table(table)).suggestions
        for pack, slots in packs.items():
            await suggestions.put_learned(pack, slots, slots, "training")


def take(project: Project, who: httpx.Client, count: int, *, blind: bool = False) -> Any:
    """A lease that comes with suggestions, or without them on purpose, which is so of one in ten, at random. A page of
    so many images that is opened by the same person shows it.
    """
    while (lease := project.lease(who, count))["blind"] != blind:
        good(who.delete(f"{project.path}/leases/{lease['id']}"), 204)
    return lease
