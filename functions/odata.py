"""How rows of a table go over the wire: as JSON, where a type stands beside each value that JSON has no type for; and
several writes as one transaction.

https://learn.microsoft.com/rest/api/storageservices/payload-format-for-table-service-operations
https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

JSON = "application/json;odata=minimalmetadata"
TYPE = "@odata.type"
# What JSON says by itself: texts, truths, broken numbers, and whole ones of 32 bits.
LARGEST_INT32 = 2**31 - 1

# A row is JSON without line breaks, so no row can hold a line that starts with one of these.
BATCH, CHANGES = "batch_6c0e2b7a-0000-4000-8000-000000000001", "changeset_6c0e2b7a-0000-4000-8000-000000000002"
BATCH_TYPE = f"multipart/mixed; boundary={BATCH}"
PART_STATUS = re.compile(rb"^HTTP/1\.1 (\d{3})", re.MULTILINE)
PART_ETAG = re.compile(rb"^etag: *(.+?)\s*$", re.MULTILINE | re.IGNORECASE)

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode

_READERS: dict[str, Callable[[Any], Any]] = {
    "Edm.DateTime": lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC),
    "Edm.Int64": int,
    "Edm.Double": float,
}


def to_json(row: Mapping[str, Any]) -> str:
    """A row to be sent. Storage keeps no nulls: a property without a value is not there."""
    sent: dict[str, Any] = {}
    for name, value in row.items():
        if type(value) is str:
            sent[name] = value
        elif isinstance(value, datetime):
            sent |= {f"{name}{TYPE}": "Edm.DateTime", name: _moment(value)}
        elif isinstance(value, int) and abs(value) > LARGEST_INT32:
            sent |= {f"{name}{TYPE}": "Edm.Int64", name: str(value)}
        elif value is not None:
            sent[name] = value
    return _encode(sent)


def read_types(found: dict[str, Any]) -> None:
    """Makes the values of a row that came what the types beside them say."""
    for mark in [name for name in found if name.endswith(TYPE)]:
        name, read = mark.removesuffix(TYPE), _READERS.get(found.pop(mark))
        if read and name in found:
            found[name] = read(found[name])


def quoted(key: str) -> str:
    """A key as it stands in an address."""
    return quote(key.replace("'", "''"), safe="'")


class Request(NamedTuple):
    """One write. content: "" for none."""

    verb: str
    address: str
    etag: str | None
    content: str


def to_batch(requests: Iterable[Request]) -> bytes:
    """The body of a transaction of these writes."""
    parts = "".join(f"--{CHANGES}\r\n{_part(request)}\r\n" for request in requests)
    return (
        f"--{BATCH}\r\nContent-Type: multipart/mixed; boundary={CHANGES}\r\n\r\n{parts}--{CHANGES}--\r\n--{BATCH}--\r\n"
    ).encode()


def read_batch(content: bytes) -> tuple[int | None, list[str]]:
    """The status of the write that failed a transaction, and the ETags of the rows that it wrote."""
    failed = next((status for status in map(int, PART_STATUS.findall(content)) if status >= 400), None)
    return failed, [etag.decode() for etag in PART_ETAG.findall(content)]


def _part(request: Request) -> str:
    head = f"{request.verb} {request.address} HTTP/1.1"
    if request.verb == "POST":
        head += "\r\nPrefer: return-no-content"
    if request.etag is not None:
        head += f"\r\nIf-Match: {request.etag}"
    # The storage emulator takes these for the end of a line.
    content = request.content.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return (
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        f"{head}\r\nContent-Type: application/json\r\nAccept: {JSON}\r\nDataServiceVersion: 3.0\r\n\r\n"
        f"{content}\r\n"
    )


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
