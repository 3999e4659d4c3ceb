"""What a text says, read as one of the formats."""

from functions.imports.content import Content
from functions.imports.formats import FORMATS, format_of
from functions.imports.lines import Line, Loose, Said


def read_as(form: str, text: str | bytes) -> list[Said]:
    """Without the rows, which few tests are about."""
    found = FORMATS[form].read(Content.of(text))
    return [one._replace(row=0) if isinstance(one, Line | Loose) else one for one in found]


def found_in(raw: str | bytes) -> str:
    return format_of(Content.of(raw))
