"""The records of long work, each a document in the service's table: newest first in a partition, by their ids."""

from collections.abc import Mapping
from typing import Any, TypeVar

from azure.core.exceptions import ResourceModifiedError
from pydantic import BaseModel

from functions.ids import is_id
from functions.locks import LockedByOther
from functions.problems import NotFound
from functions.storage import Storage

R = TypeVar("R", bound=BaseModel)

DOCUMENT = "document"
# A text property holds 32 K UTF-16 units; a character has two of them at most.
PIECE = 15_000


def record_row(partition: str, identity: str, record: BaseModel) -> dict[str, Any]:
    return {"PartitionKey": partition, "RowKey": identity, **to_properties(DOCUMENT, record.model_dump_json())}


def read_record(model: type[R], row: Mapping[str, Any]) -> R:
    return model.model_validate_json(from_properties(DOCUMENT, dict(row)))


async def save_record(storage: Storage, row: dict[str, Any], etag: str | None = None) -> str:
    """Writes a record's row, over the version of that ETag where one is given, and gives the new one.

    Raises ResourceNotFoundError when it was deleted meanwhile, LockedByOther when somebody else has written it.
    """
    try:
        return await storage.service_table.replace(row, etag or "*")
    except ResourceModifiedError:
        raise LockedByOther from None


async def load_record(storage: Storage, model: type[R], partition: str, identity: str, what: str) -> R:
    """what: as it is called where there is none. Raises NotFound."""
    row = await storage.service_table.find(partition, identity) if is_id(identity) else None
    if row is None:
        raise NotFound(f"There is no such {what}.")
    return read_record(model, row)


async def list_records(storage: Storage, model: type[R], partition: str, *, limit: int, after: str = "") -> list[R]:
    """At most `limit` records of a partition that come after the given id, newest first."""
    text = "PartitionKey eq @partition and RowKey gt @after"
    rows = await storage.service_table.first(limit, text, partition=partition, after=after)
    return [read_record(model, row) for row in rows]


def to_properties(name: str, text: str) -> dict[str, Any]:
    """A long text as properties of a row: name0, name1, ..."""
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    return {f"{name}{index}": piece for index, piece in enumerate(pieces)}


def from_properties(name: str, row: dict[str, Any]) -> str:
    index, pieces = 0, []
    while (piece := row.get(f"{name}{index}")) is not None:
        pieces.append(piece)
        index += 1
    return "".join(pieces)
