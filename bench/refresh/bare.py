"""The bare limits: what storage's SDK alone takes for the same listing and the same transactions."""

import asyncio
import time
from typing import Any

from azure.data.tables.aio import TableServiceClient
from azure.storage.blob.aio import ContainerClient

from functions.refresh.packing import WRITES_AT_ONCE
from functions.refresh.run import PAGE_SIZE

KEYS = ("PartitionKey", "RowKey")


async def list_all(container_url: str) -> dict[str, Any]:
    """Lists a container and reads of each blob what a refresh needs."""
    count, size = 0, 0
    async with ContainerClient.from_container_url(container_url) as client:
        started, worked = time.perf_counter(), time.process_time()
        async for blob in client.list_blobs(results_per_page=PAGE_SIZE):
            if blob.name and blob.etag:
                count += 1
                size += blob.size
        took = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - worked}
    return {**took, "blobs": count, "bytes": size}


async def transact(source: str, images_table: str, connection: str, packs: int) -> dict[str, Any]:
    """Inserts packs into a fresh table: a head and its images, in one transaction each, so many at once as a refresh.

    The rows are those of the first pack of a project's table, which the connection string `source` leads to.
    """
    head, images = await _rows_of(source, images_table)
    async with TableServiceClient.from_connection_string(connection) as service:
        table = await service.create_table_if_not_exists("bare")
        await table.list_entities(results_per_page=1).by_page().__anext__()
        waiting = iter(range(packs))

        async def insert() -> None:
            for pack in waiting:
                key = f"{pack:06}"
                await table.submit_transaction(
                    [
                        ("create", {**head, "PartitionKey": key, "RowKey": f"head|{key}"}),
                        ("create", {**images, "PartitionKey": key, "RowKey": f"images|{key}"}),
                    ]
                )

        started, worked = time.perf_counter(), time.process_time()
        async with asyncio.TaskGroup() as group:
            for _ in range(WRITES_AT_ONCE):
                group.create_task(insert())
        return {"seconds": time.perf_counter() - started, "cpu": time.process_time() - worked}


async def _rows_of(source: str, images_table: str) -> tuple[dict[str, Any], dict[str, Any]]:
    async with TableServiceClient.from_connection_string(source) as service:
        table = service.get_table_client(images_table)
        return dict(await table.get_entity("000000", "head|000000")), dict(
            await table.get_entity("000000", "images|000000")
        )
