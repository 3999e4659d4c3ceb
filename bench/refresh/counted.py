"""A transport that counts what is asked of the service's storage: rows, snapshots, locks and messages."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from azure.core.pipeline.transport import AioHttpTransport

from functions.refresh.store import PARTITION
from functions.settings import Settings
from functions.storage import SNAPSHOTS_CONTAINER

TABLES, BLOBS, QUEUES = "TableEndpoint", "BlobEndpoint", "QueueEndpoint"
PACKS, DIRECTORY, RECORD, OTHER = "packs", "directory", "record", "other"


@dataclass
class Calls:
    """table_requests: to Tables, retries too. writes: entity operations that write, by kind of row; reads: those that
    read, a query as many as it returns rows. snapshots: blob calls by GET and PUT. messages: sent, by queue.
    """

    table_requests: int = 0
    reads: int = 0
    writes: Counter[str] = field(default_factory=Counter)
    snapshots: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Calls":
        counters = {name: Counter(told[name]) for name in ("writes", "snapshots", "messages")}
        return cls(told["table_requests"], told["reads"], **counters)


class Counting(AioHttpTransport):  # type: ignore[misc] # the SDK imports it late, without its types
    """All clients of a process count together, in `calls`."""

    calls = Calls()
    services: Mapping[str, str] = {}

    async def send(self, request: Any, **options: Any) -> Any:
        answer = await super().send(request, **options)
        service = Counting.services.get(urlsplit(request.url).netloc)
        path = unquote(urlsplit(request.url).path)
        if service == TABLES:
            await _count_rows(request, path, answer)
        elif service == BLOBS:
            name = path.rpartition("/")[2]
            if f"/{SNAPSHOTS_CONTAINER}/" in path and not name.endswith(".lock"):
                Counting.calls.snapshots[request.method] += 1
        elif service == QUEUES and request.method == "POST":
            Counting.calls.messages[path.split("/")[-2]] += 1
        return answer


async def _count_rows(request: Any, path: str, answer: Any) -> None:
    calls = Counting.calls
    calls.table_requests += 1
    if request.method == "GET":
        await answer.read()
        calls.reads += len(json.loads(answer.content).get("value", [None])) if answer.content else 1
        return
    if path.endswith("/Tables"):
        return
    content = request.content if hasattr(request, "content") else request.data
    text = content.decode() if isinstance(content, bytes) else str(content or "")
    rows = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    for row in rows or [{"RowKey": path}]:
        calls.writes[_kind(row)] += 1


def _kind(row: Mapping[str, str]) -> str:
    kind = row["RowKey"].partition("|")[0]
    if kind in ("head", "images"):
        return PACKS
    if kind == "dir":
        return DIRECTORY
    return RECORD if row.get("PartitionKey") == PARTITION else OTHER


def count_for(config: Settings) -> None:
    """Begins to count, for storage that is on one machine."""
    parts = dict(part.split("=", 1) for part in (config.storage_connection_string or "").split(";"))
    Counting.services = {urlsplit(parts[service]).netloc: service for service in (TABLES, BLOBS, QUEUES)}
    Counting.calls = Calls()


def counting(connection_timeout: float = 5, read_timeout: float = 30) -> Counting:
    return Counting(use_env_settings=False, connection_timeout=connection_timeout, read_timeout=read_timeout)
