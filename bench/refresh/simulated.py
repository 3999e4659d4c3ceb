"""The simulated container as a process of its own."""

import subprocess
import sys
from types import TracebackType
from typing import Self

import httpx

from bench.refresh.container import ACCOUNT, CONTAINER
from localhost.settings import LOOPBACK
from tests.running import NO_CERTIFICATES, PATIENCE, ROOT, free_port, until


class SimulatedContainer:
    """Starts with no names. What it holds is told by `hold` and the others; what it was asked, by `asked`."""

    def __init__(self) -> None:
        self._address = f"http://{LOOPBACK}:{free_port()}"
        # One for all calls: to read the certificates takes longer than a call.
        self._client = httpx.Client(base_url=self._address, timeout=PATIENCE, trust_env=False, verify=NO_CERTIFICATES)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As a datastore has it."""
        return f"{self._address}/{ACCOUNT}/{CONTAINER}"

    def __enter__(self) -> Self:
        port = self._address.rpartition(":")[2]
        self._process = subprocess.Popen([sys.executable, "-m", "bench.refresh.container", port], cwd=ROOT)  # noqa: S603
        until(self._answers, "the simulated container does not answer")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)

    def hold(self, names: int) -> None:
        """Starts over with so many names."""
        self._control(names=names)

    def alter(self, *, add: int = 0, change: int = 0, remove: int = 0) -> None:
        """Adds, changes and removes so many blobs, all over the range."""
        self._control(add=add, change=change, remove=remove)

    def asked(self) -> tuple[int, int]:
        """How often it was listed (pages), and how often blobs were read, since the start."""
        told = self._client.get("/control").raise_for_status().json()
        return told["lists"], told["gets"]

    def _control(self, **wanted: int) -> None:
        self._client.post("/control", json=wanted).raise_for_status()

    def _answers(self) -> bool:
        try:
            self.asked()
        except httpx.TransportError:
            return False
        return True
