"""The service under load, as a process, with its calls of storage counted."""

import json
import signal
from pathlib import Path

from tests.running import Service, until


class CountedService(Service):
    program = "bench.labeling.counted"

    def __init__(self, data_dir: Path) -> None:
        self._calls = data_dir.with_name("calls.json")
        super().__init__(data_dir, settings={"STORAGE_CALLS": str(self._calls)})

    def calls(self) -> tuple[int, int]:
        """Requests to Tables and entity operations since the start."""
        if self.process is None:
            raise RuntimeError("the service does not run")
        self._calls.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        until(self._calls.exists, "the service does not tell its calls")
        told = json.loads(self._calls.read_text(encoding="ascii"))
        return told["requests"], told["operations"]
