"""`python -m bench.labeling.counted`: the service as `make run` starts it, with its calls of Tables counted.

SIGUSR1 makes it write {"requests": n, "operations": n}, since its start, into the file that STORAGE_CALLS names. A
point read or a write is one operation, a transaction as many as it holds, a query as many as it returns rows.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from azure.core.pipeline.transport import AioHttpTransport

from functions import storage
from localhost.__main__ import main
from localhost.settings import read


class Counting(AioHttpTransport):  # type: ignore[misc] # the SDK imports it late, without its types
    """Counts what goes to Tables, retries too; queues and blobs are nothing that a page needs."""

    tables = ""
    requests = 0
    operations = 0

    async def send(self, request: Any, **options: Any) -> Any:
        answer = await super().send(request, **options)
        if request.url.startswith(Counting.tables):
            Counting.requests += 1
            Counting.operations += await _operations(request, answer)
        return answer


async def _operations(request: Any, answer: Any) -> int:
    if request.url.endswith("$batch"):
        return sum(line.startswith(b"{") for line in request.content.splitlines())
    if request.method == "GET" and "RowKey='" not in request.url:
        await answer.read()
        return len(json.loads(answer.content).get("value", [None]))
    return 1


def counting(connection_timeout: float = 5, read_timeout: float = 30) -> Counting:
    return Counting(use_env_settings=False, connection_timeout=connection_timeout, read_timeout=read_timeout)


def _write() -> None:
    file = Path(os.environ["STORAGE_CALLS"])
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"requests": Counting.requests, "operations": Counting.operations}), encoding="ascii")
    part.replace(file)


if __name__ == "__main__":
    Counting.tables = f"http://127.0.0.1:{read(os.environ, Path.cwd()).table_port}/"
    storage.transport = counting
    signal.signal(signal.SIGUSR1, lambda *_: _write())
    sys.exit(main())
