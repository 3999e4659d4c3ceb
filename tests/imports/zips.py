"""Zips for tests, as programs write them and as they should not."""

import io
import zipfile
from collections.abc import Mapping

from functions.imports.content import Content
from functions.imports.formats import FORMATS, format_of
from functions.imports.lines import InFile, Line, Loose, Said


def zipped(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def said_in(raw: bytes) -> tuple[str, list[Said]]:
    """The format that is found, and what is read as that; without the rows, and in which file they stand."""
    content = Content.of(raw)
    form = format_of(content)
    found = FORMATS[form].read(content)
    said = [one for one in found if not isinstance(one, InFile)]
    return form, [one._replace(row=0) if isinstance(one, Line | Loose) else one for one in said]
