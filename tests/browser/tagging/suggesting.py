"""Suggestions for a project's images, as a training leaves them, and pages that come with them or without."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

import pytest

from functions.labeling import hiding
from functions.labeling.board import board_of, make_board
from functions.labeling.rows import parse_image_id
from functions.labeling.suggestions import Suggestion
from functions.projects import model
from functions.projects.store import load_project
from functions.settings import Settings
from functions.storage import Storage, transport
from functions.tables import Tables
from tests.api.builders import People, Project, user_id
from tests.running import Service

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


def take(people: People, project: Project, name: str, count: int, *, hides: bool = False) -> Any:
    """A lease that shows all suggestions, or none of them, where by the service's own rate some are hidden at random. A
    page of so many images that is opened by the same person shows it.
    """
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _lease(people.service, project.id, user_id(name), count, hides=hides)).result()
    return project.lease(people(name), count)


async def _lease(service: Service, project: str, user: str, count: int, *, hides: bool) -> None:
    """As another process of the service makes it."""
    environment = {"DATA_STORAGE": service.data_storage, "SECRETS_FILE": "unused"}
    storage = Storage(Settings.from_environment(environment))
    try:
        stored = await load_project(storage, project)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(hiding, "one_in", lambda *_: int(hides))
            await board_of(storage, stored).queue.lease(stored, user, count, (), now=int(time.time() * 1000))
    finally:
        await storage.close()
