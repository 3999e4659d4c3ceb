"""Workers and storage as processes of their own."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.running import ROOT, Storage


@contextmanager
def azurite() -> Iterator[Storage]:
    """An Azurite with nothing in it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        storage = Storage(Path(folder) / "data")
        storage.start()
        try:
            yield storage
        finally:
            storage.stop()


def command(task: str, **arguments: Any) -> list[str]:
    return [sys.executable, "-m", "bench.refresh.worker", task, json.dumps(arguments)]


def environment(storage: Storage) -> dict[str, str]:
    """What the service's settings are read from."""
    return {
        **os.environ,
        "DATA_STORAGE": storage.data_storage,
        "SECRETS_FILE": os.devnull,
        "LOOPBACK_DATASTORES": "1",
    }


async def work(storage: Storage, task: str, **arguments: Any) -> Any:
    """Runs one task of the worker; gives its answer."""
    process = await asyncio.create_subprocess_exec(
        *command(task, **arguments), cwd=ROOT, env=environment(storage), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the worker of {task} ended with {process.returncode}")
    return json.loads(out.splitlines()[-1])
