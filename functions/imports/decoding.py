"""Text from bytes, whatever program wrote them.

By a rule, not by a guess at the language: short tables of names are too little for statistics, and the same file is
to be read the same each time.
"""

from functions.imports.formats.base import Unreadable

# UTF-32 before UTF-16: its mark begins with the other's.
MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")


def text_of(raw: bytes) -> str:
    """The text, without byte order marks at its start. Raises Unreadable."""
    if raw.startswith(PACKED):
        raise Unreadable(
            "This is an Excel workbook or a compressed file. Save the sheet as CSV, or unpack the file first."
        )
    text = _decoded(raw).lstrip("\ufeff")
    if "\0" in text:
        raise Unreadable("This is not a text file.")
    return text


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode(_marked(raw) or "utf-8")
    except UnicodeDecodeError:
        pass
    if _marked(raw) is None:
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            pass
    raise Unreadable("This is not text in UTF-8, UTF-16 or Windows-1252.")


def _marked(raw: bytes) -> str | None:
    marked = next((encoding for mark, encoding in MARKS if raw.startswith(mark)), None)
    if marked is None and len(raw) > 1 and (raw[0] == 0) != (raw[1] == 0):
        # UTF-16 without a mark: what is read here begins with a plain letter.
        return "utf-16-be" if raw[0] == 0 else "utf-16-le"
    return marked
