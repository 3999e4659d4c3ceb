"""The service's storage as a process of the service sees it, and projects over folders in it, without the host."""

import secrets
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import unquote

import pytest
from azure.core.pipeline.transport import AioHttpTransport

from bench.refresh.proof import prove
from bench.refresh.refreshing import make_project
from functions.assist.asking import FeaturesMessage
from functions.assist.store import TrainingMessage
from functions.labeling.board import Board, board_of
from functions.labeling.progress import read_progress
from functions.labeling.rows import Image
from functions.locks import break_lock, lock_of
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.refresh.run import RefreshWork
from functions.refresh.store import LOCK, Refresh, RefreshMessage, ask_for_refresh, newest
from functions.settings import Settings
from functions.storage import PREPARATIONS_QUEUE, REFRESHES_QUEUE, WORKSPACE_CONTAINER, Storage
from tests.labeling.wire import HostDied
from tests.running import Storage as Azurite

M = TypeVar("M", RefreshMessage, PreparationMessage, FeaturesMessage, TrainingMessage)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Line:
    """What one process asks of storage, and of datastores: "METHOD path" of each request. dies_at: how many requests
    that change something are carried out before the one at which the process is killed: a death between them leaves
    what the next one leaves. is_answered: storage carries out that one, too.
    """

    asked: list[str] = field(default_factory=list)
    dies_at: int | None = None
    is_answered: bool = False

    def is_dead(self) -> bool:
        return self.dies_at is not None and len(self.writes()) > self.dies_at

    def writes(self, where: str = "") -> list[str]:
        return [call for call in self.asked if where in call and not call.startswith(("GET", "HEAD"))]


class Wire(AioHttpTransport):  # type: ignore[misc] # the SDK imports it late, without its types
    def __init__(self, line: Line, **timeouts: float) -> None:
        super().__init__(use_env_settings=False, **timeouts)
        self._line = line

    async def send(self, request: Any, **options: Any) -> Any:
        line = self._line
        if line.is_dead():
            raise HostDied
        line.asked.append(f"{request.method} {unquote(request.url)}")
        if line.is_dead() and not line.is_answered:
            raise HostDied
        answer = await super().send(request, **options)
        if line.is_dead():
            raise HostDied
        return answer


@dataclass
class Process:
    """One process of the service."""

    storage: Storage
    line: Line

    async def ask(self, project_id: str) -> Refresh:
        return await ask_for_refresh(self.storage, project_id, now())

    async def run(self, project_id: str, refresh_id: str) -> None:
        message = RefreshMessage(project_id=project_id, refresh_id=refresh_id)
        await RefreshWork(self.storage, message, now).run()

    async def refresh(self, project_id: str) -> Refresh:
        """Asks for a refresh, and runs its messages until it is over."""
        asked = await self.ask(project_id)
        while True:
            for message in await self.messages(project_id, REFRESHES_QUEUE, RefreshMessage):
                await RefreshWork(self.storage, message, now).run()
            kept = await newest(self.storage, project_id)
            assert kept
            if kept.refresh.id == asked.id and kept.refresh.is_over:
                return kept.refresh

    async def messages(self, project_id: str, queue: str, kind: type[M]) -> list[M]:
        """Takes all messages out of a queue; gives those about a project."""
        client, found = self.storage.queues.get_queue_client(queue), []
        async for message in client.receive_messages(messages_per_page=32):
            await client.delete_message(message)
            found.append(kind.model_validate_json(b64decode(message.content)))
        return [message for message in found if message.project_id == project_id]

    async def prepare(self, project_id: str) -> list[int]:
        """Works off the messages that ask for this project's previews. Gives their packs."""
        packs = []
        while messages := await self.messages(project_id, PREPARATIONS_QUEUE, PreparationMessage):
            for message in messages:
                packs.append(message.pack)
                await prepare_pack(self.storage, message, now)
        return packs

    async def project(self, project_id: str) -> Project:
        return await load_project(self.storage, project_id)

    async def board(self, project_id: str) -> Board:
        return board_of(self.storage, await self.project(project_id))

    async def states(self, project_id: str) -> dict[str, int]:
        """The project's images by state."""
        progress = await read_progress(await self.board(project_id), int(now().timestamp() * 1000))
        return dict(progress.counts.states)

    async def images(self, project_id: str) -> dict[str, Image]:
        board = await self.board(project_id)
        return {image.name: image async for _, _, images in board.rows.scan() for image in images}

    async def prove(self, project_id: str) -> None:
        assert await prove(self.storage, project_id) == ()

    async def unlock(self, project_id: str) -> None:
        """As the expiry of a dead run's lock would."""
        await break_lock(lock_of(self.storage, project_id, LOCK))


class Account:
    """The service's storage account. Each process that works with it is closed at the end."""

    def __init__(self, azurite: Azurite, secrets_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.azurite = azurite
        self._secrets_file = secrets_file
        self._monkeypatch = monkeypatch
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def process(self) -> Process:
        line = Line()

        def transport(connection_timeout: float = 5, read_timeout: float = 30) -> Wire:
            return Wire(line, connection_timeout=connection_timeout, read_timeout=read_timeout)

        for module in ("functions.storage", "functions.datastores.connect", "functions.datastores.listing"):
            self._monkeypatch.setattr(f"{module}.transport", transport)
        environment = {
            "DATA_STORAGE": self.azurite.data_storage,
            "SECRETS_FILE": str(self._secrets_file),
            "LOOPBACK_DATASTORES": "1",
        }
        storage = Storage(Settings.from_environment(environment))
        self._stack.push_async_callback(storage.close)
        await self.azurite.prepare(storage)
        # Made here, with this process's line.
        _ = storage.blobs, storage.queues
        line.asked.clear()
        return Process(storage, line)

    async def over(self, container_url: str) -> str:
        """A new project over a public container; gives its id."""
        return await make_project((await self.process()).storage, container_url)


class Folder:
    """A folder of the built-in datastore, and a project over it once it is made."""

    def __init__(self, process: Process) -> None:
        self.prefix = f"folder-{secrets.token_hex(4)}/"
        self._container = process.storage.container(WORKSPACE_CONTAINER)
        self._storage = process.storage

    async def put(self, files: Mapping[str, bytes]) -> None:
        for name, content in files.items():
            await self._container.upload_blob(self.prefix + name, content, overwrite=True)

    async def put_directory(self, name: str) -> None:
        """As accounts with a hierarchical namespace list theirs."""
        await self._container.upload_blob(self.prefix + name, b"", metadata={"hdi_isfolder": "true"})

    async def drop(self, *names: str) -> None:
        for name in names:
            await self._container.delete_blob(self.prefix + name)

    async def archive(self, name: str) -> None:
        await self._container.get_blob_client(self.prefix + name).set_standard_blob_tier("Archive")

    async def project(self) -> str:
        return await make_project(self._storage, prefix=self.prefix)


async def raises_death(act: Callable[[], Any]) -> bool:
    """The process was killed meanwhile."""
    try:
        await act()
    except HostDied:
        return True
    return False
