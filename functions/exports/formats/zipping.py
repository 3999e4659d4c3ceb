"""Zip archives written as a stream, entry by entry, in bounded memory: the directory that ends an archive grows beside
it as a section of the same file.

Images are compressed already, so entries are stored as they are. Beyond 4 GiB or 65,535 entries the directory is that
of ZIP64. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import struct
from dataclasses import dataclass
from zlib import crc32

LIMIT_16, LIMIT_32 = 0xFFFF, 0xFFFFFFFF
# Names are UTF-8 (bit 11). 2.0 for plain entries, 4.5 for ZIP64. Made on Unix, so that permissions are told.
UTF_8 = 1 << 11
PLAIN, ZIP64 = 20, 45
UNIX = 3 << 8
FILE = 0o100644 << 16
# Its last bit says so to Windows as well.
FOLDER = 0o40755 << 16 | 0x10
# Of CRC-32.
POLYNOMIAL, ONE = 0xEDB88320, 1 << 31
# No clock in an archive: 1 January 1980, the first day that it can tell.
MIDNIGHT, FIRST_DAY = 0, (1 << 5) | 1


@dataclass
class Directory:
    """What the end of an archive must tell. offset: where the next entry begins; size: of the directory, in bytes."""

    offset: int = 0
    entries: int = 0
    size: int = 0

    def add_folder(self, name: str) -> tuple[bytes, bytes]:
        """Takes in a folder, which may stay empty."""
        return self.add(f"{name}/", 0, 0, FOLDER)

    def add(self, name: str, size: int, sum_: int, kind: int = FILE) -> tuple[bytes, bytes]:
        """Takes in an entry of so many bytes, whose CRC-32 is known; gives what stands before its content, and what it
        adds to the directory.
        """
        raw = name.encode()
        common = struct.pack("<HHHHIIIH", UTF_8, 0, MIDNIGHT, FIRST_DAY, sum_, size, size, len(raw))
        local = struct.pack("<4sH", b"PK\x03\x04", PLAIN) + common + struct.pack("<H", 0) + raw
        offset, extra, version = self.offset, b"", PLAIN
        if offset >= LIMIT_32:
            extra, offset, version = struct.pack("<HHQ", 1, 8, offset), LIMIT_32, ZIP64
        entry = (
            struct.pack("<4sHH", b"PK\x01\x02", UNIX | version, version)
            + common
            + struct.pack("<HHHHII", len(extra), 0, 0, 0, kind, offset)
            + raw
            + extra
        )
        self.offset += len(local) + size
        self.entries += 1
        self.size += len(entry)
        return local, entry

    def end(self) -> bytes:
        """What stands behind the directory."""
        entries, size, offset = self.entries, self.size, self.offset
        end64 = b""
        if entries >= LIMIT_16 or size >= LIMIT_32 or offset >= LIMIT_32:
            end64 = struct.pack(
                "<4sQHHIIQQQQ", b"PK\x06\x06", 44, UNIX | ZIP64, ZIP64, 0, 0, entries, entries, size, offset
            ) + struct.pack("<4sIQI", b"PK\x06\x07", 0, offset + size, 1)
        count = min(entries, LIMIT_16)
        end = struct.pack(
            "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, min(size, LIMIT_32), min(offset, LIMIT_32), 0
        )
        return end64 + end


def sum_of(data: bytes, before: int = 0) -> int:
    """The CRC-32 of data that follows what had the sum `before`."""
    return crc32(data, before)


def joined(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    """Size and CRC-32 of two texts, one behind the other, of which each has these: a sum is a polynomial, and what
    follows multiplies it by x for each of its bits. As zlib's crc32_combine, which Python does not have.
    """
    size, sum_ = second
    return first[0] + size, _times(first[1], _power(8 * size)) ^ sum_


def _power(bits: int) -> int:
    """x to the power of so many bits."""
    found, square = ONE, ONE >> 1
    while bits:
        if bits & 1:
            found = _times(found, square)
        square = _times(square, square)
        bits >>= 1
    return found


def _times(one: int, other: int) -> int:
    """The product of two polynomials, of which the highest bit is x to the power of 0."""
    found = 0
    while one:
        if one & ONE:
            found ^= other
        one = one << 1 & LIMIT_32
        other = other >> 1 ^ (POLYNOMIAL if other & 1 else 0)
    return found
