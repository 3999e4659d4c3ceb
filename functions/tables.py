"""Rows of tables; docs/tables.md tells how they are used.

The labeling loop is bound by Python and not by storage, and most of that Python was the Tables SDK's. So what each page
needs - a point read, a write, a transaction - and the scan of a whole project are put together and read here, while
retries, signing in and the transport are those of the SDKs' common core. Queries, and the tables themselves, are the
SDK's.
Protocol: https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from azure.core import AsyncPipelineClient
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.core.pipeline.policies import AsyncBearerTokenCredentialPolicy, AsyncRetryPolicy
from azure.core.rest import AsyncHttpResponse, HttpRequest
from azure.data.tables import EntityProperty, TableEntity
from azure.data.tables.aio import TableClient, TableServiceClient

from functions.kept import Kept
from functions.odata import (
    BATCH_TYPE,
    JSON,
    Request,
    quoted,
    read_batch,
    read_types,
    to_batch,
    to_json,
)
from functions.shared_key import SharedKeyLite

if TYPE_CHECKING:
    from azure.core.pipeline.transport import AioHttpTransport

VERSION = "2019-02-02"
SCOPE = "https://storage.azure.com/.default"
HEADERS = {"Accept": JSON, "DataServiceVersion": "3.0", "x-ms-version": VERSION}
WRITING = {**HEADERS, "Content-Type": "application/json", "Prefer": "return-no-content"}

# One for each project that this process has lately served, and some of its own.
MOST_TABLES = 200

RETRIED = frozenset(("GET", "PUT", "POST", "PATCH", "DELETE"))

# In one answer, and in one transaction, which may also hold 4 MiB at most.
MOST_ROWS, MOST_OPERATIONS = 1000, 100

# Where a query goes on: https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination
MARKS = ("NextPartitionKey", "NextRowKey")

ERRORS: dict[int, type[HttpResponseError]] = {
    401: ClientAuthenticationError,
    403: ClientAuthenticationError,
    404: ResourceNotFoundError,
    409: ResourceExistsError,
    412: ResourceModifiedError,
}


class Row(dict[str, Any]):
    """A row's keys and properties; the ETag under which it was read, and when it was written."""

    def __init__(self, properties: Mapping[str, Any], etag: str, written_at: str = "") -> None:
        super().__init__(properties)
        self.etag = etag
        self._written_at = written_at

    @classmethod
    def of_entity(cls, found: TableEntity) -> "Row":
        """As the SDK reads it."""
        values = {name: one.value if isinstance(one, EntityProperty) else one for name, one in found.items()}
        return cls(values, found.metadata["etag"] or "", str(found.metadata["timestamp"] or ""))

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Row":
        """As storage sends it."""
        read_types(found)
        etag, written_at = found.pop("odata.etag", ""), found.pop("Timestamp", "")
        found.pop("odata.metadata", None)
        return cls(found, etag, written_at)

    @property
    def written_at(self) -> datetime:
        return datetime.fromisoformat(self._written_at).astimezone(UTC)


@dataclass(frozen=True)
class Insert:
    """A new row; fails with 409 where there is one of this key."""

    verb: ClassVar = "POST"
    etag: ClassVar = None
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Replace:
    """A row over the version of that ETag; fails with 412 where it has changed, and 404 where it is gone. Without an
    ETag: over whatever is there, or nothing.
    """

    verb: ClassVar = "PUT"
    row: Mapping[str, Any]
    etag: str | None


@dataclass(frozen=True)
class Merge:
    """Properties into a row that is there, whose others stay; fails as Replace does. Without any it changes only the
    row's ETag.
    """

    verb: ClassVar = "PATCH"
    row: Mapping[str, Any]
    etag: str = "*"


@dataclass(frozen=True)
class Delete:
    """The row of these keys goes; fails as Replace does."""

    verb: ClassVar = "DELETE"
    row: Mapping[str, Any]
    etag: str = "*"


Operation = Insert | Replace | Merge | Delete


Pipeline = AsyncPipelineClient[HttpRequest, AsyncHttpResponse]


class Tables:
    """The tables of one account. Owns the SDK's client of them."""

    def __init__(
        self, service: TableServiceClient, signing: Any, transport: "AioHttpTransport", **retries: Any
    ) -> None:
        self._service = service
        self.address = str(service.url).rstrip("/")
        self._pipeline: Pipeline = AsyncPipelineClient(
            self.address, policies=[AsyncRetryPolicy(**retries), signing], transport=transport
        )
        self._tables: Kept[str, Table] = Kept(MOST_TABLES)

    @classmethod
    def by_connection_string(cls, connection: str, transport: "AioHttpTransport", **retries: Any) -> "Tables":
        parts = dict(part.split("=", 1) for part in connection.split(";") if part)
        service = TableServiceClient.from_connection_string(connection, transport=transport, **retries)
        return cls(service, SharedKeyLite(parts["AccountName"], parts["AccountKey"]), transport, **retries)

    @classmethod
    def by_identity(
        cls, address: str, credential: AsyncTokenCredential, transport: "AioHttpTransport", **retries: Any
    ) -> "Tables":
        service = TableServiceClient(address, credential=credential, transport=transport, **retries)
        return cls(service, AsyncBearerTokenCredentialPolicy(credential, SCOPE), transport, **retries)

    def table(self, name: str) -> "Table":
        return self._tables.made(
            name, lambda: Table(self.address, name, self._pipeline, self._service.get_table_client(name))
        )

    async def aclose(self) -> None:
        await self._service.close()


class Table:
    """One table. Errors are azure.core's: HttpResponseError with its status_code, or what the transport raises."""

    def __init__(self, account: str, name: str, pipeline: Pipeline, client: TableClient) -> None:
        self._account = account
        self._client = client
        self._address = f"{account}/{name}"
        self._pipeline = pipeline

    async def create(self) -> None:
        """Makes the table, unless it is there."""
        with suppress(ResourceExistsError):
            await self._client.create_table()

    async def drop(self) -> None:
        """Deletes the table with all its rows, unless it is gone."""
        with suppress(ResourceNotFoundError):
            await self._client.delete_table()

    async def get(self, partition: str, row: str) -> Row:
        """Raises ResourceNotFoundError."""
        answer = await self._send(HttpRequest("GET", self._of(partition, row), headers=HEADERS))
        return Row.read(json.loads(answer.content))

    async def find(self, partition: str, row: str) -> Row | None:
        """The row; None where there is none."""
        try:
            return await self.get(partition, row)
        except ResourceNotFoundError:
            return None

    async def query(self, filter: str, **values: Any) -> AsyncIterator[Row]:  # noqa: A002
        """The rows that match a filter; values go in as @names, never into the text. Pages of 1,000 rows are asked for
        as they are needed.
        """
        async for found in self._client.query_entities(filter, parameters=values):
            yield Row.of_entity(found)

    def under(self, partition: str, key: str) -> AsyncIterator[Row]:
        """The rows of a partition whose keys begin with `<key>|`."""
        text = "PartitionKey eq @partition and RowKey ge @first and RowKey lt @last"
        return self.query(text, partition=partition, first=f"{key}|", last=f"{key}}}")

    async def first(self, most: int, filter: str, **values: Any) -> list[Row]:  # noqa: A002
        """The first rows that match a filter, at most so many."""
        found: list[Row] = []
        query = self._client.query_entities(filter, parameters=values, results_per_page=min(most, MOST_ROWS))
        async for page in query.by_page():
            found += [Row.of_entity(one) async for one in page]
            if len(found) >= most:
                break
        return found[:most]

    async def pages(self, filter: str) -> AsyncIterator[list[dict[str, Any]]]:  # noqa: A002
        """All rows that match a filter, without their ETags and types, page by page (1,000 rows at most); the next page
        is on its way while one is worked on.

        The text goes out as it is: nothing that a caller sent may be in it.
        """
        coming = asyncio.create_task(self._page({"$filter": filter}))
        try:
            while True:
                page, following = await coming
                if following is not None:
                    coming = asyncio.create_task(self._page({"$filter": filter, **following}))
                yield page
                if following is None:
                    return
        finally:
            coming.cancel()

    async def _page(self, asked: dict[str, str]) -> tuple[list[dict[str, Any]], dict[str, str] | None]:
        """Rows, and where the query goes on; None at its end."""
        headers = {**HEADERS, "Accept": "application/json;odata=nometadata"}
        answer = await self._send(HttpRequest("GET", f"{self._address}()", params=asked, headers=headers))
        marks = {name: answer.headers.get(f"x-ms-continuation-{name}") for name in MARKS}
        following = {name: mark for name, mark in marks.items() if mark}
        return json.loads(answer.content)["value"], following or None

    async def insert(self, row: Mapping[str, Any]) -> str:
        """Gives the row's ETag. Raises ResourceExistsError."""
        return await self._write(Insert(row))

    async def replace(self, row: Mapping[str, Any], etag: str) -> str:
        """Writes over the version of that ETag and gives the new one. Raises HttpResponseError (404, 412)."""
        return await self._write(Replace(row, etag))

    async def put(self, row: Mapping[str, Any]) -> str:
        """Writes over whatever is there, or nothing."""
        return await self._write(Replace(row, None))

    async def merge(self, row: Mapping[str, Any], etag: str = "*") -> str:
        """Writes properties into a row that is there. Raises HttpResponseError (404, 412)."""
        return await self._write(Merge(row, etag))

    async def delete(self, partition: str, row: str, etag: str = "*") -> None:
        """One that is gone already is no matter. Raises ResourceModifiedError."""
        with suppress(ResourceNotFoundError):
            await self._write(Delete({"PartitionKey": partition, "RowKey": row}, etag))

    async def _write(self, operation: Operation) -> str:
        verb, address, etag, content = self._request(operation)
        headers = WRITING if etag is None else {**WRITING, "If-Match": etag}
        answer = await self._send(HttpRequest(verb, address, headers=headers, content=content.encode() or None))
        return str(answer.headers.get("ETag", ""))

    async def transaction(self, operations: Sequence[Operation]) -> list[str]:
        """All of them or none, in one partition; gives the ETags of the rows that are there then. Raises
        HttpResponseError (404, 409, 412).
        """
        content = to_batch(map(self._request, operations))
        headers = {**HEADERS, "Content-Type": BATCH_TYPE}
        answer = await self._send(HttpRequest("POST", f"{self._account}/$batch", headers=headers, content=content))
        failed, etags = read_batch(answer.content)
        if failed:
            raise _error(failed)
        return etags

    def _request(self, operation: Operation) -> Request:
        row = operation.row
        address = self._address if isinstance(operation, Insert) else self._of(row["PartitionKey"], row["RowKey"])
        content = "" if isinstance(operation, Delete) else to_json(row)
        return Request(operation.verb, address, operation.etag, content)

    def _of(self, partition: str, row: str) -> str:
        return f"{self._address}(PartitionKey='{quoted(partition)}',RowKey='{quoted(row)}')"

    async def _send(self, request: HttpRequest) -> AsyncHttpResponse:
        # Inserts and transactions too: whoever writes looks after a failure whether the write is there.
        answer = await self._pipeline.send_request(request, retry_on_methods=RETRIED)
        if answer.status_code >= 400:
            raise _error(answer.status_code, answer)
        return answer


def _error(status: int, answer: AsyncHttpResponse | None = None) -> HttpResponseError:
    error = ERRORS.get(status, HttpResponseError)(f"storage answered {status}", response=answer)
    error.status_code = status
    return error
