"""The service and its storage, run for the tests as a user would run them: as processes, on ports of their own."""

import os
import random
import signal
import socket
import ssl
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import httpx

from localhost import azurite, sign_in
from localhost.settings import LOOPBACK, Settings
from localhost.settings import read as read_settings
from tests import in_memory

if TYPE_CHECKING:
    from functions.storage import Storage as Clients

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
# Nothing is encrypted here, and reading the certificates takes a client most of its time.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
get = partial(httpx.get, timeout=PATIENCE, verify=NO_CERTIFICATES)
# A second account in the same Azurite: another team's storage, for datastores that are not the service's own.
OTHER_ACCOUNT = "otherteam"
OTHER_KEY = b64encode(b"a key for tests only".ljust(64, b".")).decode()


def free_port() -> int:
    """The first of four neighbouring free ports. Below the range from which the system takes ports for clients."""
    while True:
        first = random.randrange(18000, 32000, 4)
        sockets = [socket.socket() for _ in range(4)]
        try:
            for offset, each in enumerate(sockets):
                each.bind((LOOPBACK, first + offset))
        except OSError:
            continue
        finally:
            for each in sockets:
                each.close()
        return first


class Program:
    """What runs in a `with` block, from its beginning to its end."""

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Storage(Program):
    """Azurite alone, with its data in memory."""

    def __init__(self, data_dir: Path) -> None:
        self._settings = read_settings({"PORT": str(free_port()), "DATA_DIR": str(data_dir)}, ROOT)
        self._process: subprocess.Popen[bytes] | None = None
        self._has_places = False

    @property
    def data_storage(self) -> str:
        """The connection string of the service's own account."""
        return self._settings.data_storage

    @property
    def other_storage(self) -> str:
        """The connection string of an account that is not the service's."""
        return self._settings.connection_string(OTHER_ACCOUNT, OTHER_KEY)

    def start(self) -> None:
        environment = azurite.environment(self._settings)
        environment["AZURITE_ACCOUNTS"] += f";{OTHER_ACCOUNT}:{OTHER_KEY}"
        command = in_memory.command(self._settings)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment)
        for port in (self._settings.blob_port, self._settings.queue_port, self._settings.table_port):
            until(partial(_listens, port), f"Azurite does not answer at {port}")

    async def prepare(self, clients: "Clients") -> None:
        """Prepares the clients of one process more. What they would make is made once: it takes as long as a test."""
        clients._prepared = self._has_places
        await clients.prepare()
        self._has_places = True

    def stop(self) -> None:
        if self._process is not None:
            self._process.communicate(timeout=PATIENCE)


class Service(Program):
    """`python -m localhost`, as a process."""

    program = "localhost"

    def __init__(self, data_dir: Path, app_dir: Path = ROOT, settings: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.log_file = data_dir.with_name(data_dir.name + ".log")
        self.app_dir = app_dir
        self._more = settings or {}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def settings(self) -> Settings:
        return read_settings({"PORT": str(self.port), "DATA_DIR": str(self.data_dir)}, self.app_dir)

    @property
    def data_storage(self) -> str:
        """The connection string of the service's own account."""
        return self.settings.data_storage

    @property
    def other_storage(self) -> str:
        """The connection string of an account that is not the service's."""
        return self.settings.connection_string(OTHER_ACCOUNT, OTHER_KEY)

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def spawn(self) -> subprocess.Popen[bytes]:
        """The process, which may not answer yet."""
        environment = {
            **os.environ,
            # Developers' containers have it, too; it is no sign of Azure on one machine.
            "CONTAINER_NAME": "a-developers",
            "PORT": str(self.port),
            "DATA_DIR": str(self.data_dir),
            "AZURITE_ACCOUNTS": f"{OTHER_ACCOUNT}:{OTHER_KEY}",
            **self._more,
        }
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.program, str(self.app_dir)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self.process

    def start(self) -> None:
        process = self.spawn()

        def answers() -> bool:
            assert process.poll() is None, f"the service ended at its start:\n{self.log}"
            try:
                return get(self.url + "/.auth/me").status_code == 200
            except httpx.TransportError:
                return False

        until(answers, "the service does not answer")

    def stop(self) -> None:
        """As Ctrl-C does it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As the out-of-memory killer does it."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def client(self, name: str | None = "administrator") -> httpx.Client:
        """A client signed in by this name, or by none."""
        cookies = {} if name is None else {sign_in.COOKIE: sign_in.encoded(sign_in.principal(name))}
        return httpx.Client(base_url=self.url, cookies=cookies, timeout=PATIENCE, verify=NO_CERTIFICATES)

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(PATIENCE)
            self.process = None


class ServiceInMemory(Service):
    """The whole service, too; what it stores is gone when it ends."""

    program = "tests.in_memory"


def until(condition: Callable[[], bool], otherwise: str, patience: float = PATIENCE) -> None:
    """Wait until this holds. It is asked less often the longer it takes, for each question is work for what is asked;
    only a failure takes all the patience.
    """
    begun = time.monotonic()
    while not condition():
        waited = time.monotonic() - begun
        if waited > patience:
            raise AssertionError(f"{otherwise}, after {patience:.0f} s")
        time.sleep(min(max(0.1, waited / 3), 0.5))


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
