"""A project's packs as rows of its table: heads, images, submissions and review actions.

Row keys are unique in the table (head|000123), so that a point read finds its row at once. Nothing here retries or
decides: every write of a head is conditional on its ETag.
"""

import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from json import dumps, loads
from typing import Any, NamedTuple

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError

from functions.kept import Kept
from functions.labeling.head import Head
from functions.labeling.head_rows import head_of, head_to_row
from functions.labeling.record import Record
from functions.tables import Insert, Replace, Table

# Some 50 KB each with its images. The open window of a hundred labelers is 200 packs.
MOST_PACKS = 512

# Storage takes 100 operations and 4 MiB in one transaction.
MOST_OPERATIONS = 100
MOST_CHARACTERS = 1_000_000


def pack_key(pack: int) -> str:
    return f"{pack:06}"


def image_id(pack: int, slot: int) -> str:
    return f"{pack:06}-{slot:02}"


def parse_image_id(text: str) -> tuple[int, int] | None:
    """The pack and slot of an image id, or None for what is none."""
    pack, dash, slot = text.partition("-")
    is_id = text.isascii() and len(pack) == 6 and dash and len(slot) == 2 and pack.isdigit() and slot.isdigit()
    return (int(pack), int(slot)) if is_id else None


@dataclass(frozen=True, slots=True)
class Image:
    """What is known of an image's blob. name: the blob's, whole. problem: why it cannot be read. Sizes are 0 until it
    was prepared.
    """

    name: str
    etag: str
    bytes: int
    width: int = 0
    height: int = 0
    problem: str | None = None

    @property
    def file_name(self) -> str:
        """All that labelers are told of where it lies."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True)
class Version:
    """A head as it was in storage: with its ETag, and not before `read_at` (of this process's monotonic clock)."""

    head: Head
    etag: str
    read_at: float


class Images(NamedTuple):
    """Those of a pack, with the revision of their row."""

    revision: int
    items: list[Image]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Images":
        return cls(row["revision"], _images_of(row))


class PackRows:
    """The rows of one project's packs, with what this process last saw of them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._heads: Kept[int, Version] = Kept(MOST_PACKS)
        self._images: Kept[int, Images] = Kept(MOST_PACKS)

    def cached_head(self, pack: int) -> Version | None:
        return self._heads.known(pack)

    def is_known(self, pack: int) -> bool:
        """This process has a copy of the whole pack, however old."""
        return self._heads.known(pack) is not None and self._images.known(pack) is not None

    def forget(self, pack: int) -> None:
        self._heads.forget(pack)

    async def read_head(self, pack: int) -> Version:
        """The head as it is in storage. Raises ResourceNotFoundError where there is no such pack."""
        read_at = time.monotonic()
        row = await self._table.get(pack_key(pack), f"head|{pack_key(pack)}")
        version = Version(head_of(row), row.etag, read_at)
        self._heads.put(pack, version)
        return version

    async def read_pack(self, pack: int) -> Version:
        """The head as `read_head` gives it; the images come with it where this process has none of them."""
        if self._images.known(pack):
            return await self.read_head(pack)
        read_at = time.monotonic()
        text = "PartitionKey eq @pack and RowKey ge 'head|' and RowKey lt 'images}'"
        found = self._table.query(text, pack=pack_key(pack))
        rows = {row["RowKey"].split("|")[0]: row async for row in found}
        if "head" not in rows:
            raise ResourceNotFoundError
        if "images" in rows:
            self._images.put(pack, Images.of(rows["images"]))
        version = Version(head_of(rows["head"]), rows["head"].etag, read_at)
        self._heads.put(pack, version)
        return version

    async def write_head(self, pack: int, head: Head, *, etag: str, rows: Sequence[Record] = ()) -> Version:
        """Writes a head over the version of that ETag, and its records in the same transaction. Raises
        HttpResponseError (409, 412).
        """
        return await self._write(pack, head, etag, rows)

    async def write_images(
        self, pack: int, head: Head, images: Sequence[Image], *, etag: str, rows: Sequence[Record] = ()
    ) -> Version:
        """Writes a pack's images, the head that goes with them, and records, in one transaction."""
        head = replace(head, revision=head.revision + 1)
        new = images_row(pack, images, head.revision)
        version = await self._write(pack, head, etag, rows, Replace(new, None))
        self._images.put(pack, Images(head.revision, list(images)))
        return version

    async def _write(self, pack: int, head: Head, etag: str, rows: Sequence[Record], *more: Replace) -> Version:
        numbered = [replace(record, number=head.records + index) for index, record in enumerate(rows)]
        head = replace(head, records=head.records + len(rows))
        inserts = [Insert(record_row(pack, record)) for record in numbered]
        read_at = time.monotonic()
        self.forget(pack)
        row = head_row(pack, head)
        if more or inserts:
            new_etag, *_ = await self._table.transaction([Replace(row, etag), *more, *inserts])
        else:
            new_etag = await self._table.replace(row, etag)
        version = Version(head, new_etag, read_at)
        self._heads.put(pack, version)
        return version

    async def insert(self, pack: int, head: Head, images: Sequence[Image]) -> None:
        """Writes a new pack. Raises ResourceExistsError (409) when a pack of this number is there already."""
        await self._table.transaction([Insert(head_row(pack, head)), Insert(images_row(pack, images, head.revision))])

    async def put_back(self, pack: int, head: Head, images: Sequence[Image], records: Sequence[Record]) -> None:
        """Writes a pack as it was, with its records and their numbers. What is there already is left as it is."""
        inserts = [Insert(head_row(pack, head)), Insert(images_row(pack, images, head.revision))]
        inserts += [Insert(record_row(pack, record)) for record in records]
        for some in _transactions(inserts):
            with suppress(ResourceExistsError):
                await self._table.transaction(some)

    async def images(self, pack: int, revision: int) -> list[Image]:
        """The images of a pack, at least as new as its head's revision; one request unless this process has them."""
        known = self._images.known(pack)
        if known is None or known.revision < revision:
            known = Images.of(await self._table.get(pack_key(pack), f"images|{pack_key(pack)}"))
            self._images.put(pack, known)
        return known.items

    async def heads(self, packs: Iterable[int]) -> dict[int, Head]:
        """The heads of many packs by one query over their range, as they are in storage."""
        wanted = set(packs)
        text = "PartitionKey ge @first and PartitionKey le @last and RowKey ge 'head|' and RowKey lt 'head}'"
        rows = self._table.query(text, first=pack_key(min(wanted)), last=pack_key(max(wanted)))
        found = {int(row["PartitionKey"]): row async for row in rows}
        return {pack: head_of(row) for pack, row in found.items() if pack in wanted}

    async def scan(self, first: int = 0) -> AsyncIterator[tuple[int, Head, list[Image]]]:
        """All packs from `first` on, in order, each with its head and images."""
        text = "PartitionKey ge @first and PartitionKey lt 'a' and RowKey ge 'head|' and RowKey lt 'images}'"
        head: dict[str, Any] = {}
        async for row in self._table.query(text, first=pack_key(first)):
            if row["RowKey"].startswith("head|"):
                head = row
            elif head and head["PartitionKey"] == row["PartitionKey"]:
                yield int(row["PartitionKey"]), head_of(head), _images_of(row)


def head_row(pack: int, head: Head) -> dict[str, Any]:
    return {"PartitionKey": pack_key(pack), "RowKey": f"head|{pack_key(pack)}", **head_to_row(head)}


def images_row(pack: int, images: Sequence[Image], revision: int) -> dict[str, Any]:
    slots = {
        f"i{slot:02}": dumps(
            [image.name, image.etag, image.bytes, image.width, image.height, image.problem], ensure_ascii=False
        )
        for slot, image in enumerate(images)
    }
    return {"PartitionKey": pack_key(pack), "RowKey": f"images|{pack_key(pack)}", "revision": revision, **slots}


def record_row(pack: int, record: Record) -> dict[str, Any]:
    return {"PartitionKey": pack_key(pack), "RowKey": record.key, **record.to_row()}


def _transactions(inserts: Sequence[Insert]) -> Iterator[list[Insert]]:
    """In the same portions each time, so that a portion is there as a whole or not at all."""
    some: list[Insert] = []
    size = 0
    for insert in inserts:
        own = sum(len(value) for value in insert.row.values() if isinstance(value, str))
        if some and (len(some) == MOST_OPERATIONS or size + own > MOST_CHARACTERS):
            yield some
            some, size = [], 0
        some.append(insert)
        size += own
    if some:
        yield some


def _images_of(row: Mapping[str, Any]) -> list[Image]:
    return [Image(*loads(row[name])) for name in sorted(row) if name[0] == "i" and name[1:].isdigit()]
