"""Zip archives that strangers made, read in pieces: their directory goes by, and what an entry holds is unpacked while
it is read.

The standard library's zipfile holds all of a directory, nearly a kilobyte an entry, and unpacks whatever is there.
https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from io import SEEK_CUR, SEEK_END, BufferedReader, RawIOBase, UnsupportedOperation
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from functions.imports.spelling import told
from functions.longwork import Failed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_ENTRIES = 1_000_000
# Of one entry, and of all that are read, by what comes out; what an archive says of its sizes is not believed.
LARGEST_ENTRY = 2 * 1024 * 1024 * 1024
MOST_UNPACKED = 4 * 1024 * 1024 * 1024
# Of the files that may hold labels.
MOST_TEXTS = 1000
TEXTS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".xml", ".vott", "mltable")
BROKEN = "This archive is broken, or was cut off: it cannot be unpacked."

PIECE = 64 * 1024
END, END_64, WHERE_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
ENTRY, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
END_OF = struct.Struct("<4s4H2LH")
END_OF_64 = struct.Struct("<4sQ2H2L4Q")
# With what says where it is, which stands between.
BEFORE_64 = END_OF_64.size + struct.calcsize("<4sLQL")
ENTRY_OF = struct.Struct("<4s6H3L5H2L")
LOCAL_OF = struct.Struct("<4s5H3L2H")
LONGEST_COMMENT = 0xFFFF
# Of the extra fields: sizes and places that take more than four bytes.
ZIP64, IN_ZIP64 = 1, 0xFFFFFFFF
STORED, DEFLATED = 0, 8
# A password; strong encryption; a directory that is encrypted, too.
ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13
UTF_8 = 1 << 11
OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|\Z)|^/|^[A-Za-z]:|\0")
# What macOS and others leave beside the files.
HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/)")


class BadArchive(Failed):
    """Not a file in it, but the archive itself cannot be read."""


class Entry(NamedTuple):
    """A file of an archive. name: its path there; packed: how many bytes it takes, which begin behind `offset`."""

    name: str
    method: int
    sum: int
    packed: int
    offset: int


class Archive:
    """The files of a zip whose bytes `open_bytes` gives. All raise BadArchive for what is none, for one with entries
    that are encrypted or outside of its folder, and for more than is taken. sharing: so many archives are read
    together, and share what may come out.
    """

    def __init__(self, open_bytes: Callable[[], BinaryIO], sharing: int = 1) -> None:
        self._open_bytes = open_bytes
        self._most = MOST_UNPACKED // sharing
        self._unpacked: dict[Entry, int] = {}
        self._total = 0

    def entries(self) -> Iterator[Entry]:
        """Its files, as its directory lists them; without folders, and what is hidden."""
        start, size, shift = self._directory
        with self._open_bytes() as file:
            file.seek(start)
            count = 0
            while size > 0:
                name, entry, taken = _read_entry(file, shift)
                size, count = size - taken, count + 1
                if count > MOST_ENTRIES:
                    raise BadArchive(f"This archive has more than {MOST_ENTRIES:,} entries.")
                if entry.offset >= start:
                    raise BadArchive(BROKEN)
                if not (name.endswith("/") or HIDDEN.search(name)):
                    yield entry

    @property
    def texts(self) -> list[Entry]:
        """Those of its files that may hold labels, by their names; none if they are too many to be that."""
        return self._texts if self.text_count <= MOST_TEXTS else []

    @property
    def text_count(self) -> int:
        """How many they are, up to one more than are taken."""
        return len(self._texts)

    @cached_property
    def _texts(self) -> list[Entry]:
        found = (entry for entry in self.entries() if entry.name.lower().endswith(TEXTS))
        return [*dict.fromkeys(islice(found, MOST_TEXTS + 1))]

    def open(self, entry: Entry) -> BinaryIO:
        """What it holds; unpacked anew where somebody seeks back. Reading raises BadArchive, too."""
        if entry.method not in (STORED, DEFLATED):
            raise BadArchive(f"{told(entry.name)} is packed in a way that is not read here. Use plain zip (deflate).")
        file = self._open_bytes()
        file.seek(entry.offset)
        local = file.read(LOCAL_OF.size)
        if len(local) < LOCAL_OF.size or not local.startswith(LOCAL):
            raise BadArchive(BROKEN)
        *_, name, extra = LOCAL_OF.unpack(local)
        start = entry.offset + LOCAL_OF.size + name + extra
        return BufferedReader(_Unpacked(file, entry, start, self._count), PIECE)

    def _count(self, entry: Entry, size: int) -> None:
        """Notes that so many bytes have come out of an entry."""
        known = self._unpacked.get(entry, 0)
        if size <= known:
            return
        self._unpacked[entry] = size
        self._total += size - known
        if size > LARGEST_ENTRY or self._total > self._most:
            raise BadArchive(f"This archive unpacks to more than is taken: see {told(entry.name)}.")

    @cached_property
    def _directory(self) -> tuple[int, int, int]:
        """Where it begins, its size, and by how much all places are shifted: something may stand before the archive."""
        with self._open_bytes() as file:
            length = file.seek(0, SEEK_END)
            held = min(length, BEFORE_64 + END_OF.size + LONGEST_COMMENT)
            file.seek(length - held)
            tail = file.read(held)
            at = tail.rfind(END, 0, len(tail) - END_OF.size + len(END))
            if at < 0:
                raise BadArchive(BROKEN)
            *_, size, offset, _ = END_OF.unpack_from(tail, at)
            end = length - held + at
            before = at - BEFORE_64
            if before >= 0 and tail.startswith(WHERE_64, before + END_OF_64.size):
                size, offset = _read_end_64(tail[before:at])
                end -= BEFORE_64
        start = end - size
        if start < 0 or start < offset:
            raise BadArchive(BROKEN)
        return start, size, start - offset


def _read_end_64(raw: bytes) -> tuple[int, int]:
    """The size of the directory, and where it begins."""
    if not raw.startswith(END_64):
        raise BadArchive(BROKEN)
    *_, size, offset = END_OF_64.unpack_from(raw)
    return size, offset


def _read_entry(file: BinaryIO, shift: int) -> tuple[str, Entry, int]:
    """The name, the entry, and how many bytes of the directory it took."""
    raw = file.read(ENTRY_OF.size)
    if len(raw) < ENTRY_OF.size or not raw.startswith(ENTRY):
        raise BadArchive(BROKEN)
    fields = ENTRY_OF.unpack(raw)
    flags, method, sum_, packed, whole = fields[3], fields[4], fields[7], fields[8], fields[9]
    lengths, offset = fields[10:13], fields[16]
    more = file.read(sum(lengths))
    if len(more) < sum(lengths):
        raise BadArchive(BROKEN)
    name = _name(more[: lengths[0]], flags)
    if flags & ENCRYPTED:
        raise BadArchive(f"This archive is encrypted: {told(name)}. Pack the files without a password.")
    if OUTSIDE.search(name):
        raise BadArchive(f"This archive has an entry outside of its folder: {told(name)}. Pack the files anew.")
    if IN_ZIP64 in (whole, packed, offset):
        wide = _wide(more[lengths[0] : lengths[0] + lengths[1]])
        # Those that do not fit, in this order.
        _, packed, offset = (next(wide, one) if one == IN_ZIP64 else one for one in (whole, packed, offset))
    return name, Entry(name, method, sum_, packed, offset + shift), len(raw) + len(more)


def _name(raw: bytes, flags: int) -> str:
    """With slashes. Programs write UTF-8 without saying so; what is none is in the code page of the first PCs."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        if flags & UTF_8:
            raise BadArchive(BROKEN) from None
        name = raw.decode("cp437")
    return name.replace("\\", "/")


def _wide(extra: bytes) -> Iterator[int]:
    """The numbers of eight bytes in the extra fields."""
    while len(extra) >= struct.calcsize("<HH"):
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == ZIP64:
            yield from (one for (one,) in struct.iter_unpack("<Q", field[: len(field) // 8 * 8]))


class _Unpacked(RawIOBase):
    """An entry's bytes. count: is told how many have come out."""

    def __init__(self, file: BinaryIO, entry: Entry, start: int, count: Callable[[Entry, int], None]) -> None:
        self._file = file
        self._entry = entry
        self._start = start
        self._count = count
        self._begin()

    def _begin(self) -> None:
        self._file.seek(self._start)
        self._at = self._sum = 0
        self._left = self._entry.packed
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if self._entry.method == DEFLATED else None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Back, it is unpacked anew."""
        if whence == SEEK_END:
            raise UnsupportedOperation("Where an entry ends is not known.")
        at = offset + self._at if whence == SEEK_CUR else offset
        if at < self._at:
            self._begin()
        while self._at < at and self._next(min(PIECE, at - self._at)):
            pass
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        with memoryview(buffer) as view:
            piece = self._next(len(view))
            view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _next(self, most: int) -> bytes:
        piece = self._inflated(most) if self._inflate else self._packed(most)
        if piece:
            self._at += len(piece)
            self._sum = zlib.crc32(piece, self._sum)
            self._count(self._entry, self._at)
        elif self._sum != self._entry.sum:
            raise BadArchive(BROKEN)
        return piece

    def _packed(self, most: int) -> bytes:
        piece = self._file.read(min(most, self._left))
        if not piece and self._left and most:
            raise BadArchive(BROKEN)
        self._left -= len(piece)
        return piece

    def _inflated(self, most: int) -> bytes:
        """Nothing once all has come out."""
        inflate = self._inflate
        while inflate and not inflate.eof:
            packed = inflate.unconsumed_tail or self._packed(PIECE)
            try:
                piece = inflate.decompress(packed, most)
            except zlib.error:
                raise BadArchive(BROKEN) from None
            if piece:
                return piece
            if not packed and not inflate.eof:
                raise BadArchive(BROKEN)
        return b""
