"""Previews whose making was given up, as while a datastore could not be read: the next refresh asks for them again."""

from base64 import b64decode
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio

from functions.datastores.datasets import Dataset
from functions.labeling.board import board_of
from functions.labeling.progress import read_progress
from functions.projects.lifecycle import make_places
from functions.projects.model import Label, Project, new_project_id
from functions.projects.store import insert_project
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.refresh.run import run_refresh
from functions.refresh.store import RefreshMessage, ask_for_refresh
from functions.settings import Settings
from functions.storage import PREPARATIONS_QUEUE, WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name, pictures
from tests.running import Storage as Azurite

COUNT = 80


@pytest_asyncio.fixture
async def storage(azurite: Azurite, tmp_path: Path) -> AsyncIterator[Storage]:
    environment = {"DATA_STORAGE": azurite.data_storage, "SECRETS_FILE": str(tmp_path / "secrets.json")}
    own = Storage(Settings.from_environment(environment))
    await own.prepare()
    yield own
    await own.close()


def now() -> datetime:
    return datetime.now(UTC)


async def project_over(storage: Storage, prefix: str) -> Project:
    dataset = Dataset(name=new_name("dataset"), description="", datastore="workspace", prefix=prefix, created_at=now())
    project = Project(
        id=new_project_id(),
        name=new_name("project"),
        task_type="multiClass",
        dataset=dataset.name,
        datastore=dataset.datastore,
        prefix=prefix,
        incremental_refresh=False,
        order="name",
        labels=(Label(id=1, name="Cat"), Label(id=2, name="Dog")),
        next_label=3,
        instructions_text="",
        instructions_url="",
        ml_assist=False,
        lease_minutes=15,
        status="creating",
        created_at=now(),
    )
    await insert_project(storage, project, dataset)
    await make_places(storage, project)
    return project


async def refresh(storage: Storage, project: Project) -> list[PreparationMessage]:
    """Runs a refresh, and takes the messages that it put into the queue of the preparations out of it."""
    asked = await ask_for_refresh(storage, project.id, now())
    await run_refresh(storage, RefreshMessage(project_id=project.id, refresh_id=asked.id), now)
    queue = storage.queues.get_queue_client(PREPARATIONS_QUEUE)
    messages = []
    async for message in queue.receive_messages(messages_per_page=32):
        await queue.delete_message(message)
        messages.append(PreparationMessage.model_validate_json(b64decode(message.content)))
    return messages


async def test_a_refresh_asks_again_for_previews_that_were_given_up_and_only_for_those(storage: Storage) -> None:
    prefix = f"{new_name('folder')}/"
    for name, content in pictures(COUNT).items():
        await storage.container(WORKSPACE_CONTAINER).upload_blob(prefix + name, content)
    project = await project_over(storage, prefix)
    first, second = sorted(await refresh(storage, project), key=lambda message: message.pack)
    await prepare_pack(storage, first, now)
    assert await refresh(storage, project) == [second]
    await prepare_pack(storage, second, now)
    assert await refresh(storage, project) == []
    progress = await read_progress(board_of(storage, project), int(now().timestamp() * 1000))
    assert progress.counts.states["waiting"] == COUNT
