"""Directories of tags: a TIFF file is described by one, and EXIF is one. They are read here, and not by Pillow, because
a hostile one of a few kilobytes makes it take a gigabyte.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Self

NAMES = {
    "width": 256,
    "height": 257,
    "bits": 258,
    "compression": 259,
    "photometric": 262,
    "strips": 273,
    "orientation": 274,
    "samples": 277,
    "strip height": 278,
    "strip sizes": 279,
    "planes": 284,
    "predictor": 317,
    "tile width": 322,
    "tile height": 323,
    "tiles": 324,
    "tile sizes": 325,
    "further samples": 338,
    "sample format": 339,
    "profile": 34675,
}
# Where the pieces of the pixels are: only these may be many.
PLACES = ("strips", "strip sizes", "tiles", "tile sizes")
# Fill order, fax options, palette, JPEG's tables, YCbCr.
MORE_FOR_PIXELS = (266, 292, 293, 320, 347, 529, 530, 531, 532)
NODATA = 42113
TEXT, LONG = 2, 4
# All else is metadata: left out, it cannot do harm. So is the orientation, which would be applied to the whole image.
KEPT = frozenset((*NAMES.values(), *MORE_FOR_PIXELS)) - {NAMES["orientation"]}
MOST_ENTRIES = 4096
MOST_PLACES = 300_000
MOST_VALUES = 4096
BYTES = 7
# A palette has three times as many values as colors, JPEG's tables are bytes.
LARGE_TAGS = {320: 3 * 65536, 347: 65536}
UNITS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, BYTES: 1, 16: 8}
NUMBERS = {1: "B", 3: "H", 4: "I", 16: "Q"}


NOTHING: Mapping[str, "Entry | None"] = MappingProxyType({})


class Malformed(Exception):
    """The file makes no sense."""


@dataclass(frozen=True)
class Entry:
    """A tag in a directory. raw: as it is there; value: its bytes, wherever they are."""

    kind: int
    count: int
    raw: memoryview
    value: memoryview


@dataclass(frozen=True)
class Tags:
    """The first directory of a TIFF. order: of its bytes, as struct names it; big: is it a BigTIFF?"""

    data: memoryview
    order: str
    big: bool
    entries: dict[int, Entry]

    @classmethod
    def read(cls, data: memoryview) -> Self:
        """Raises Malformed."""
        order = "<" if bytes(data[:2]) == b"II" else ">"
        try:
            big = struct.unpack_from(order + "H", data, 2)[0] == 43
            (start,) = struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)
            (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, start)
            if count > MOST_ENTRIES:
                raise Malformed
            entries: dict[int, Entry] = {}
            for index in range(count):
                at = start + (8 + 20 * index if big else 2 + 12 * index)
                tag, entry = _entry(data, at, order, big=big)
                if entry is not None:
                    entries.setdefault(tag, entry)
        except (struct.error, OverflowError):
            raise Malformed from None
        return cls(data, order, big, entries)

    def numbers(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A tag's values. The default also where they are no whole numbers."""
        entry = self.entries.get(NAMES[name])
        if entry is None or entry.kind not in NUMBERS or entry.count > MOST_VALUES:
            return default
        values: tuple[int, ...] = struct.unpack_from(f"{self.order}{entry.count}{NUMBERS[entry.kind]}", entry.value)
        return values

    def number(self, name: str, default: int) -> int:
        return self.numbers(name, (default,))[0]

    @property
    def orientation(self) -> int:
        """How the image is turned, 1 (not at all) to 8."""
        found = self.number("orientation", 1)
        return found if 1 <= found <= 8 else 1

    def count(self, names: Iterable[str]) -> int:
        """How many values these tags have together."""
        return sum(self.entries[NAMES[name]].count for name in names if NAMES[name] in self.entries)

    @property
    def nodata(self) -> float | None:
        """The value that means nothing, as GDAL notes it."""
        entry = self.entries.get(NODATA)
        try:
            return float(bytes(entry.value).strip(b"\0 ")) if entry and entry.kind == TEXT else None
        except ValueError:
            return None

    def single(self, value: int) -> Entry:
        """A tag's value, as it would be in the file."""
        order = "HHQI4x" if self.big else "HHII"
        raw = memoryview(struct.pack(self.order + order, 0, LONG, 1, value))
        return Entry(LONG, 1, raw, raw[12:16] if self.big else raw[8:12])

    def part(self, name: str, which: int, parts: int) -> Entry:
        """Of a tag with many values those of one of some equal parts. Raises Malformed."""
        entry = self.entries[NAMES[name]]
        count, rest = divmod(entry.count, parts)
        if rest or not count:
            raise Malformed
        size = UNITS[entry.kind] * count
        value = entry.value[which * size :][:size]
        inline, place = (8, "Q") if self.big else (4, "I")
        # Where the values are few they are here, else their place is.
        behind = bytes(value).ljust(inline, b"\0")
        if size > inline:
            (start,) = struct.unpack_from(self.order + place, entry.raw, len(entry.raw) - inline)
            behind = struct.pack(self.order + place, start + which * size)
        head = struct.pack(self.order + ("HHQ" if self.big else "HHI"), 0, entry.kind, count)
        return Entry(entry.kind, count, memoryview(head + behind), value)

    def bare(self, most_profile: int, replaced: Mapping[str, Entry | None] = NOTHING) -> tuple[bytes | memoryview, ...]:
        """The file in pieces, with those tags only that the pixels need, and no other image; some of them replaced, or
        left out. Raises Malformed where they have too many values.
        """
        kept = {tag: entry for tag, entry in self.entries.items() if tag in KEPT}
        for name, entry in replaced.items():
            if entry is None:
                kept.pop(NAMES[name], None)
            else:
                raw = struct.pack(self.order + "H", NAMES[name]) + bytes(entry.raw[2:])
                kept[NAMES[name]] = replace(entry, raw=memoryview(raw))
        if NAMES["profile"] in kept and len(kept[NAMES["profile"]].value) > most_profile:
            del kept[NAMES["profile"]]
        many = {**LARGE_TAGS, **dict.fromkeys((NAMES[name] for name in PLACES), MOST_PLACES)}
        for tag, entry in kept.items():
            if entry.count > (most_profile if tag == NAMES["profile"] else many.get(tag, MOST_VALUES)):
                raise Malformed
        aligned = len(self.data) % 2
        place, count = ("Q", "Q") if self.big else ("I", "H")
        at = 8 if self.big else 4
        head = (self.data[:at], struct.pack(self.order + place, len(self.data) + aligned), self.data[2 * at :])
        directory = (raw for raw in (entry.raw for _, entry in sorted(kept.items(), key=lambda item: item[0])))
        return (*head, bytes(aligned), struct.pack(self.order + count, len(kept)), *directory, bytes(at))


def _entry(data: memoryview, at: int, order: str, *, big: bool) -> tuple[int, Entry | None]:
    """None for a tag of a kind that is not needed here, and for one whose value is not in the file."""
    tag, kind, count = struct.unpack_from(order + ("HHQ" if big else "HHI"), data, at)
    inline, place = (8, at + 12) if big else (4, at + 8)
    size = count * UNITS.get(kind, 0)
    if size > inline:
        (place,) = struct.unpack_from(order + ("Q" if big else "I"), data, place)
    if not size or place + size > len(data):
        return tag, None
    return tag, Entry(kind, count, data[at : at + (20 if big else 12)], data[place : place + size])


def orientation(exif: memoryview) -> int:
    """How EXIF says that an image is turned, 1 (not at all) to 8."""
    try:
        return Tags.read(exif).orientation
    except Malformed:
        return 1
