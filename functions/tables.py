"""Rows of a table, read and written by requests that are put together here.

The labeling loop is bound by Python and not by storage, and most of that Python was the Tables SDK's. So what each page
needs - a point read, an insert, a conditional replace, a transaction - is made and read here, while retries and the
transport are those of the SDK's pipeline. So is the scan of a whole project. Other queries are few and stay with the
SDK.
Protocol: https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
"""

import asyncio
import base64
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from azure.core import AsyncPipelineClient
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import AsyncBearerTokenCredentialPolicy, AsyncRetryPolicy, SansIOHTTPPolicy
from azure.core.rest import AsyncHttpResponse, HttpRequest
from azure.data.tables.aio import TableClient, TableServiceClient
from cachetools import LRUCache

if TYPE_CHECKING:
    from azure.core.pipeline.transport import AioHttpTransport

VERSION = "2019-02-02"
SCOPE = "https://storage.azure.com/.default"
JSON = "application/json;odata=minimalmetadata"
HEADERS = {"Accept": JSON, "DataServiceVersion": "3.0", "x-ms-version": VERSION}
WRITING = {**HEADERS, "Content-Type": "application/json", "Prefer": "return-no-content"}

# One for each project that this process has lately served, and some of its own.
MOST_TABLES = 200

RETRIED = frozenset(("GET", "PUT", "POST"))

# Where a query goes on: https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination
MARKS = ("NextPartitionKey", "NextRowKey")

# A row is JSON without line breaks, so no row can hold a line that starts with one of these.
BATCH, CHANGES = "batch_6c0e2b7a-0000-4000-8000-000000000001", "changeset_6c0e2b7a-0000-4000-8000-000000000002"
PART_STATUS = re.compile(rb"^HTTP/1\.1 (\d{3})", re.MULTILINE)
PART_ETAG = re.compile(rb"^etag: *(.+?)\s*$", re.MULTILINE | re.IGNORECASE)

ERRORS: dict[int, type[HttpResponseError]] = {
    401: ClientAuthenticationError,
    403: ClientAuthenticationError,
    404: ResourceNotFoundError,
    409: ResourceExistsError,
    412: ResourceModifiedError,
}

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class Row(dict[str, Any]):
    """A row's properties, and the ETag under which it was read."""

    def __init__(self, properties: Any, etag: str) -> None:
        super().__init__(properties)
        self.etag = etag


@dataclass(frozen=True)
class Insert:
    """A new row; fails with 409 where there is one of this key."""

    row: dict[str, Any]


@dataclass(frozen=True)
class Replace:
    """A row over the version of that ETag; fails with 412 where it has changed, and 404 where it is gone. Without an
    ETag: over whatever is there, or nothing.
    """

    row: dict[str, Any]
    etag: str | None


class SharedKeyLite(SansIOHTTPPolicy[Any, Any]):
    """Signs with the account's key, on one machine; in Azure the service's identity is asked for a token instead.

    https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
    """

    def __init__(self, account: str, key: str) -> None:
        self._account = account
        self._key = base64.b64decode(key)

    def on_request(self, request: PipelineRequest[Any]) -> None:
        sent, date = request.http_request, formatdate(usegmt=True)
        text = f"{date}\n/{self._account}{urlsplit(sent.url).path}"
        signature = base64.b64encode(hmac.digest(self._key, text.encode(), hashlib.sha256)).decode()
        sent.headers["x-ms-date"] = date
        sent.headers["Authorization"] = f"SharedKeyLite {self._account}:{signature}"


class Tables:
    """The tables of one account. Owns the SDK's client of them."""

    def __init__(
        self, service: TableServiceClient, signing: Any, transport: "AioHttpTransport", **retries: Any
    ) -> None:
        self.service = service
        self._address = str(service.url).rstrip("/")
        self._pipeline: AsyncPipelineClient[HttpRequest, AsyncHttpResponse] = AsyncPipelineClient(
            self._address, policies=[AsyncRetryPolicy(**retries), signing], transport=transport
        )
        self._tables: LRUCache[str, Table] = LRUCache(MOST_TABLES)

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
        found = self._tables.get(name)
        if found is None:
            client = self.service.get_table_client(name)
            found = self._tables[name] = Table(f"{self._address}/{name}", self._pipeline, client)
        return found

    async def aclose(self) -> None:
        await self.service.close()


class Table:
    """One table. Errors are azure.core's: HttpResponseError with its status_code, or what the transport raises."""

    def __init__(
        self, address: str, pipeline: AsyncPipelineClient[HttpRequest, AsyncHttpResponse], client: TableClient
    ) -> None:
        self._address = address
        self._pipeline = pipeline
        self._client = client

    async def get(self, partition: str, row: str) -> Row:
        """Raises ResourceNotFoundError."""
        answer = await self._send(HttpRequest("GET", self._of(partition, row), headers=HEADERS))
        found = json.loads(answer.content)
        return Row(found, found.pop("odata.etag"))

    async def query(self, filter: str, **parameters: Any) -> AsyncIterator[Row]:  # noqa: A002
        """The rows that match a filter; values go in as @parameters, never into the text."""
        async for found in self._client.query_entities(filter, parameters=parameters):
            yield Row(found, found.metadata["etag"] or "")

    async def pages(self, filter: str) -> AsyncIterator[list[dict[str, Any]]]:  # noqa: A002
        """All rows that match a filter, without their ETags, page by page (1,000 rows at most); the next page is on
        its way while one is worked on.

        The text goes out as it is: nothing that a caller sent may be in it.
        """
        coming = asyncio.create_task(self._page({"$filter": filter}))
        try:
            while True:
                answer = await coming
                marks = {name: answer.headers.get(f"x-ms-continuation-{name}") for name in MARKS}
                following = {name: mark for name, mark in marks.items() if mark}
                if following:
                    coming = asyncio.create_task(self._page({"$filter": filter, **following}))
                yield json.loads(answer.content)["value"]
                if not following:
                    return
        finally:
            coming.cancel()

    async def _page(self, asked: dict[str, str]) -> AsyncHttpResponse:
        headers = {**HEADERS, "Accept": "application/json;odata=nometadata"}
        return await self._send(HttpRequest("GET", f"{self._address}()", params=asked, headers=headers))

    async def insert(self, row: dict[str, Any]) -> str:
        """Gives the row's ETag. Raises ResourceExistsError."""
        answer = await self._send(HttpRequest("POST", self._address, headers=WRITING, content=_body(row)))
        return str(answer.headers["ETag"])

    async def replace(self, row: dict[str, Any], etag: str) -> str:
        """Writes over the version of that ETag and gives the new one. Raises HttpResponseError (404, 412)."""
        headers = {**WRITING, "If-Match": etag}
        address = self._of(row["PartitionKey"], row["RowKey"])
        answer = await self._send(HttpRequest("PUT", address, headers=headers, content=_body(row)))
        return str(answer.headers["ETag"])

    async def transaction(self, operations: Sequence[Insert | Replace]) -> list[str]:
        """All of them or none, in one partition; gives the rows' ETags. Raises HttpResponseError (404, 409, 412)."""
        parts = "".join(f"--{CHANGES}\r\n{self._part(operation)}\r\n" for operation in operations)
        content = (
            f"--{BATCH}\r\nContent-Type: multipart/mixed; boundary={CHANGES}\r\n\r\n"
            f"{parts}--{CHANGES}--\r\n--{BATCH}--\r\n"
        ).encode()
        headers = {**HEADERS, "Content-Type": f"multipart/mixed; boundary={BATCH}"}
        address = self._address.rpartition("/")[0] + "/$batch"
        answer = await self._send(HttpRequest("POST", address, headers=headers, content=content))
        for status in map(int, PART_STATUS.findall(answer.content)):
            if status >= 400:
                raise _error(status)
        return [etag.decode() for etag in PART_ETAG.findall(answer.content)]

    def _part(self, operation: Insert | Replace) -> str:
        row = operation.row
        if isinstance(operation, Insert):
            request = f"POST {self._address} HTTP/1.1\r\nPrefer: return-no-content"
        else:
            request = f"PUT {self._of(row['PartitionKey'], row['RowKey'])} HTTP/1.1"
            if operation.etag is not None:
                request += f"\r\nIf-Match: {operation.etag}"
        return (
            "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            f"{request}\r\nContent-Type: application/json\r\nAccept: {JSON}\r\nDataServiceVersion: 3.0\r\n\r\n"
            f"{_in_one_line(_encode(_without_nulls(row)))}\r\n"
        )

    def _of(self, partition: str, row: str) -> str:
        return f"{self._address}(PartitionKey='{_quoted(partition)}',RowKey='{_quoted(row)}')"

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


def _body(row: dict[str, Any]) -> bytes:
    return _encode(_without_nulls(row)).encode()


def _in_one_line(text: str) -> str:
    """JSON without the characters that the storage emulator takes for the end of a line."""
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _without_nulls(row: dict[str, Any]) -> dict[str, Any]:
    """Storage keeps no nulls: a property without a value is not there."""
    return {name: value for name, value in row.items() if value is not None}


def _quoted(key: str) -> str:
    return quote(key.replace("'", "''"), safe="'")
