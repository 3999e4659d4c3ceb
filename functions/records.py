"""The records of long work, and of checks, each a document in the service's table: newest first in a partition, by
their ids.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Generic, TypeVar

from azure.core.exceptions import ResourceModifiedError, ResourceNotFoundError
from pydantic import BaseModel, ConfigDict

from functions.conflicts import conditional
from functions.identity import ByWhom
from functions.ids import is_id
from functions.locks import LockedByOther
from functions.problems import NotFound
from functions.storage import Storage, unless_there
from functions.tables import Row

DOCUMENT = "document"
# A text property holds 32 K UTF-16 units; a character has two of them at most.
PIECE = 15_000

# In place of a project's id, for records that lie in one partition for all projects.
ALL = ""

OVER = ("completed", "waiting", "failed")


class Asked(ByWhom, BaseModel):
    """What somebody asked for, as its record tells it."""

    model_config = ConfigDict(frozen=True)

    id: str
    project_id: str
    asked_at: datetime


class Work(Asked, BaseModel):
    """Long work."""

    status: str
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.status in OVER


A = TypeVar("A", bound=Asked)


class Records(Generic[A]):
    """The records of one kind. kind: names their partitions, one for each project, or with of_all one for all
    of them. word: what people call one. columns: what queries go by, in columns of their own.
    """

    def __init__(
        self, model: type[A], kind: str, word: str, *, of_all: bool = False, columns: tuple[str, ...] = ()
    ) -> None:
        self._model = model
        self._kind = kind
        self._word = word
        self._of_all = of_all
        self._columns = columns

    def partition(self, project_id: str) -> str:
        return self._kind if self._of_all else f"{self._kind}|{project_id}"

    def read(self, row: Mapping[str, Any]) -> A:
        return self._model.model_validate_json(from_properties(DOCUMENT, row))

    def _row(self, record: A) -> dict[str, Any]:
        columns = {name: getattr(record, name) for name in self._columns}
        document = to_properties(DOCUMENT, record.model_dump_json())
        return {"PartitionKey": self.partition(record.project_id), "RowKey": record.id, **document, **columns}

    async def insert(self, storage: Storage, record: A) -> None:
        await storage.service_table.insert(self._row(record))

    async def put_back(self, storage: Storage, record: A) -> None:
        """One that is there stays."""
        await unless_there(storage.service_table.insert, self._row(record))

    async def save(self, storage: Storage, record: A, etag: str | None = None) -> str:
        """Writes a record over the version of that ETag, where one is given, and gives the new one.

        Raises ResourceNotFoundError when it was deleted meanwhile, LockedByOther when somebody else has written it.
        """
        try:
            return await storage.service_table.replace(self._row(record), etag or "*")
        except ResourceModifiedError:
            raise LockedByOther from None

    async def load(self, storage: Storage, project_id: str, identity: str) -> A:
        """Raises NotFound."""
        return (await self.load_with_etag(storage, project_id, identity))[0]

    async def load_with_etag(self, storage: Storage, project_id: str, identity: str) -> tuple[A, str]:
        """A record, with what `save` takes. Raises NotFound."""
        row = await storage.service_table.find(self.partition(project_id), identity) if is_id(identity) else None
        if row is None:
            raise NotFound(f"There is no such {self._word}.")
        return self.read(row), row.etag

    async def list(self, storage: Storage, project_id: str, *, limit: int, after: str = "") -> list[A]:
        """At most `limit` records that come after the given id, newest first."""
        text, partition = "PartitionKey eq @partition and RowKey gt @after", self.partition(project_id)
        rows = await storage.service_table.first(limit, text, partition=partition, after=after)
        return [self.read(row) for row in rows]

    async def of_all_projects(self, storage: Storage) -> AsyncIterator[A]:
        text, between = "PartitionKey ge @first and PartitionKey lt @last", (f"{self._kind}|", f"{self._kind}}}")
        async for row in storage.service_table.query(text, first=between[0], last=between[1]):
            yield self.read(row)

    async def drop(self, storage: Storage, record: A) -> None:
        await storage.service_table.delete(self.partition(record.project_id), record.id)

    async def drop_all(self, storage: Storage, project_id: str) -> None:
        partition = self.partition(project_id)
        async for row in storage.service_table.query("PartitionKey eq @partition", partition=partition):
            await storage.service_table.delete(partition, row["RowKey"])


async def documents(storage: Storage) -> AsyncIterator[tuple[Row, dict[str, Any]]]:
    """Whatever the service's table keeps as a document: records of long work, and what is in the catalog."""
    # One that cannot be long is in one property.
    async for row in storage.service_table.query(f"{DOCUMENT} gt '' or {DOCUMENT}0 gt ''"):
        yield row, json.loads(row.get(DOCUMENT) or from_properties(DOCUMENT, row))


async def rewrite(storage: Storage, row: Row, document: Mapping[str, Any]) -> None:
    """Puts a document into a row that was read, unless it is gone. Raises Lost where somebody else has written it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    kept = {name: value for name, value in row.items() if not name.startswith(DOCUMENT)}
    said = {DOCUMENT: text} if DOCUMENT in row else to_properties(DOCUMENT, text)
    with conditional(), suppress(ResourceNotFoundError):
        await storage.service_table.replace({**kept, **said}, row.etag)


def to_properties(name: str, text: str) -> dict[str, Any]:
    """A long text as properties of a row: name0, name1, ..."""
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    return {f"{name}{index}": piece for index, piece in enumerate(pieces)}


def from_properties(name: str, row: Mapping[str, Any]) -> str:
    index, pieces = 0, []
    while (piece := row.get(f"{name}{index}")) is not None:
        pieces.append(piece)
        index += 1
    return "".join(pieces)
