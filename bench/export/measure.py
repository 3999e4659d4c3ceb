"""Exports of labeled projects, asked for over the API, and bare scans of the same rows with the Tables SDK."""

import asyncio
import os
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from azure.data.tables.aio import TableServiceClient

from bench.labeling.seeding import Seeded, seed
from bench.measures import ExportMeasure
from functions.storage import transport
from tests.running import Service

PATIENCE_SECONDS = 600.0
LABELER = "bench-labeler"


async def measure(service: Service, labels: int, formats: Sequence[str], rounds: int) -> list[ExportMeasure]:
    """Every format so many times in one project, each time right after a bare scan."""
    with service.client() as boss:
        seeded = await seed(boss, service.data_storage, labels, [], labeled_by=LABELER)
        found = [ExportMeasure(format_, labels) for format_ in formats]
        idle = _held(service)
        for _ in range(rounds):
            for one in found:
                one.scan_seconds.append(await _scan(service.data_storage, seeded.table))
                await asyncio.to_thread(_export, service, boss, seeded, idle, one)
        boss.delete(f"/api/projects/{seeded.id}").raise_for_status()
    return found


async def _scan(connection: str, table: str) -> float:
    """Reads the rows of all packs as the SDK gives them, and does nothing with them."""
    service = TableServiceClient.from_connection_string(connection, transport=transport())
    async with service, service.get_table_client(table) as client:
        begun = time.monotonic()
        rows = client.query_entities("PartitionKey lt 'a' and RowKey ge 'head|' and RowKey lt 'images}'")
        count = sum([1 async for _ in rows])
        seconds = time.monotonic() - begun
    if not count:
        raise RuntimeError("the project has no packs")
    return seconds


def _export(service: Service, boss: httpx.Client, seeded: Seeded, idle: int, into: ExportMeasure) -> None:
    _forget_peak(service)
    asked = boss.post(f"/api/projects/{seeded.id}/exports", json={"format": into.format}).raise_for_status()
    done = _finished(boss, asked.headers["location"])
    into.seconds.append(_moment(done["finishedAt"]) - _moment(done["startedAt"]))
    into.memory_bytes.append(_peak(service) - idle)
    if done["images"] != into.labels:
        raise RuntimeError(f"{done['images']} of {into.labels} images were exported")
    into.file_bytes = sum(file["bytes"] for file in done["files"])
    # No export is compared with one before it: the first of its kind is what most are.
    boss.delete(asked.headers["location"]).raise_for_status()


def _finished(boss: httpx.Client, address: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found: dict[str, Any] = boss.get(address).raise_for_status().json()
        if found["status"] == "completed":
            return found
        if found["status"] == "failed":
            raise RuntimeError(found["error"])
        time.sleep(0.25)
    raise TimeoutError("the export does not end")


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _held(service: Service) -> int:
    """What the service's process holds, in bytes."""
    assert service.process is not None
    pages = Path(f"/proc/{service.process.pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _forget_peak(service: Service) -> None:
    """The most that the process held is counted from now on (proc(5), clear_refs)."""
    assert service.process is not None
    Path(f"/proc/{service.process.pid}/clear_refs").write_text("5", encoding="ascii")


def _peak(service: Service) -> int:
    assert service.process is not None
    status = Path(f"/proc/{service.process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
