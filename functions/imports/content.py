"""What a label file holds: text from bytes, whatever program wrote them, or an archive; or several files together.

The text is read anew for each pass, and never held whole. Its encoding is found by a rule, not by a guess at the
language: short tables of names are too little for statistics, and the same file is to be read the same each time.
"""

import codecs
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import BinaryIO, TextIO

from functions.imports.archive import Archive, Entry
from functions.imports.lines import GUESSED, Chosen, Unreadable

# UTF-32 before UTF-16: its mark begins with the other's.
MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
PACKED = (b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
CHUNK = 1024 * 1024
# By so much of it people and programs know a file.
START = 256 * 1024
FIRST = 8
# Of a zip. Each is known by its start, which is held.
MOST_TEXTS = 100


class Content:
    """The bytes of a file, which `open_bytes` gives from their start, in a file that can be sought in. name: of the
    file, "" where it has none. chosen: what people say of its columns. sharing: so many files share what zips may
    unpack to. parts: of several files, which have no bytes of their own; none where it is one.
    """

    def __init__(
        self,
        open_bytes: Callable[[], BinaryIO],
        name: str = "",
        chosen: Chosen = GUESSED,
        *,
        sharing: int = 1,
        parts: "Sequence[Content]" = (),
    ) -> None:
        self.open_bytes = open_bytes
        self.name = name
        self.chosen = chosen
        self.parts = parts
        self._sharing = sharing

    @classmethod
    def of(cls, raw: bytes | str, name: str = "", chosen: Chosen = GUESSED) -> "Content":
        held = raw.encode() if isinstance(raw, str) else raw
        return cls(lambda: io.BytesIO(held), name, chosen)

    @classmethod
    def of_all(cls, files: Mapping[str, Callable[[], BinaryIO]], chosen: Chosen = GUESSED) -> "Content":
        """One file, or several that are read one after the other. files: what gives their bytes, by their names."""
        parts = [cls(open_bytes, name, chosen, sharing=len(files)) for name, open_bytes in files.items()]
        return parts[0] if len(parts) == 1 else cls(io.BytesIO, chosen=chosen, parts=parts)

    @cached_property
    def is_zipped(self) -> bool:
        return self._first.startswith(ZIPPED)

    @cached_property
    def archive(self) -> Archive:
        """What a zip holds."""
        return Archive(self.open_bytes, self._sharing)

    @cached_property
    def texts(self) -> "list[Content]":
        """Those of a zip's files that may hold labels, if they are few enough to look into each. Raises Unreadable."""
        return [*map(self.file, self.archive.texts)] if self.is_zipped and not self.has_too_many_texts else []

    @property
    def has_too_many_texts(self) -> bool:
        """Of a zip: there are more of them."""
        return self.archive.text_count > MOST_TEXTS

    def file(self, entry: Entry) -> "Content":
        """One of a zip's files."""
        return Content(lambda: self.archive.open(entry), entry.name, self.chosen)

    @cached_property
    def start(self) -> str:
        """The first of the text. Raises Unreadable."""
        with self.open_text() as text:
            return text.read(START)

    @property
    def has_long_lines(self) -> bool:
        """Some line is longer than CHUNK bytes. Raises Unreadable."""
        return self._text.has_long_lines

    def open_text(self, newline: str = "") -> TextIO:
        """The text without the byte order mark at its start, its line ends as they are. newline: at which lines end, ""
        at any. Raises Unreadable.
        """
        mark, encoding = self._text.mark, self._text.encoding
        file = self.open_bytes()
        file.seek(len(mark))
        return io.TextIOWrapper(file, encoding, newline=newline)

    @cached_property
    def _first(self) -> bytes:
        """As much as tells whether it is text, and in which encoding."""
        with self.open_bytes() as file:
            return file.read(FIRST)

    @cached_property
    def _text(self) -> "_Text":
        if self._first.startswith((*ZIPPED, *PACKED)):
            raise Unreadable(
                "This is an Excel workbook or a compressed file. Save the sheet as CSV, or unpack the file first."
            )
        marked = next(((mark, encoding) for mark, encoding in MARKS if self._first.startswith(mark)), None)
        mark, encoding = marked or (b"", _unmarked(self._first))
        found = self._read_as(mark, encoding)
        if found is None and encoding == "utf-8" and not mark:
            found = self._read_as(mark, "cp1252")
        if found is None:
            raise Unreadable("This is not text in UTF-8, UTF-16 or Windows-1252.")
        return found

    def _read_as(self, mark: bytes, encoding: str) -> "_Text | None":
        """None where it is not text of this encoding. Raises Unreadable for what is no text of any, or breaks off."""
        decoder, has_long_lines, is_plain = codecs.getincrementaldecoder(encoding)(), False, True
        with self.open_bytes() as file:
            file.seek(len(mark))
            while True:
                chunk = file.read(CHUNK)
                try:
                    text = decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError:
                    # Of plain letters alone, the last one may be of a code page.
                    if chunk or is_plain:
                        return None
                    raise Unreadable("This text breaks off within a character: it was cut off.") from None
                is_plain = is_plain and encoding == "utf-8" and text.isascii()
                if "\0" in text:
                    raise Unreadable("This is not a text file.")
                if not chunk:
                    return _Text(mark, encoding, has_long_lines=has_long_lines)
                has_long_lines |= len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk


class _Text:
    def __init__(self, mark: bytes, encoding: str, *, has_long_lines: bool) -> None:
        self.mark = mark
        self.encoding = encoding
        self.has_long_lines = has_long_lines


def _unmarked(start: bytes) -> str:
    if len(start) > 1 and (start[0] == 0) != (start[1] == 0):
        # UTF-16 without a mark: what is read here begins with a plain letter.
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    return "utf-8"
