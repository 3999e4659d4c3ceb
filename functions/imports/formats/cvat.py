"""CVAT for images 1.1: annotations.xml, alone or in a zip, with the tags of images as their labels.

https://docs.cvat.ai/docs/dataset_management/formats/format-cvat/: in `annotations` an `image` for each, with its `tag`s
and its shapes; a task of video has `track`s there.
"""

import re
from collections.abc import Iterator
from xml.parsers import expat

from functions.imports.content import CHUNK, Content
from functions.imports.formats.base import Format
from functions.imports.lines import Line, Loose, Region, Said, Unreadable

IS_CVAT = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<annotations[\s>]", re.DOTALL)
ANNOTATIONS, IMAGE, TAG, TRACK = "annotations", "image", "tag", "track"
SHAPES = frozenset(("box", "polygon", "polyline", "points", "ellipse", "cuboid", "mask", "skeleton"))
# Where nobody has seen the tag: models set it.
AUTOMATIC = "auto"
DEEPEST = 100
# Of one tag in angle brackets; masks are long.
LONGEST = 16 * CHUNK


def fits(content: Content) -> bool:
    return IS_CVAT.match(content.start) is not None


def read(content: Content) -> Iterator[Said]:
    """A line for each tag of an image. Rows are those of the text."""
    reader = _Reader()
    with content.open_text() as text:
        while chunk := text.read(CHUNK):
            yield from reader.take_in(chunk)
    yield from reader.end()


class _Reader:
    def __init__(self) -> None:
        # It is given text, whatever encoding the file says it is in.
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._finish
        parser.StartDoctypeDeclHandler = self._refuse
        self._fed = 0
        self._depth = 0
        self._image: str | None = None
        self._said: list[Said] = []

    def take_in(self, chunk: str) -> list[Said]:
        """What a piece of the text says. Raises Unreadable."""
        raw = chunk.encode()
        self._parse(raw, is_last=False)
        self._fed += len(raw)
        if self._fed - self._parser.CurrentByteIndex > LONGEST:
            raise Unreadable(f"A tag of this XML has more than {LONGEST:,} characters.")
        said, self._said = self._said, []
        return said

    def end(self) -> list[Said]:
        self._parse(b"", is_last=True)
        return self._said

    def _parse(self, raw: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(raw, is_last)
        except expat.ExpatError as error:
            raise Unreadable(f"This is not XML: see line {error.lineno:,}, column {error.offset + 1:,}.") from None

    def _begin(self, name: str, has: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != ANNOTATIONS:
            raise Unreadable("This is not CVAT for images: its XML must begin with annotations.")
        if self._depth > DEEPEST:
            raise Unreadable(f"This XML is nested more than {DEEPEST} deep.")
        row = self._parser.CurrentLineNumber
        if self._depth == 2:
            self._image = has.get("name", "") if name == IMAGE else None
            if name == TRACK:
                self._said.append(Region(row))
        elif self._depth == 3 and self._image is not None:
            if name == TAG:
                self._said.append(self._tag(self._image, has, row))
            elif name in SHAPES:
                self._said.append(Region(row))

    def _tag(self, image: str, has: dict[str, str], row: int) -> Said:
        label = has.get("label", "")
        if not image:
            return Loose(f"The tag in line {row:,} is of an image without a name.", row)
        if not label:
            return Loose(f"The tag in line {row:,} has no label.", row)
        return Line((image,), label, suggested=has.get("source") == AUTOMATIC, row=row)

    def _finish(self, _: str) -> None:
        self._depth -= 1

    def _refuse(self, *_: object) -> None:
        """Entities could make much of little, and name files."""
        raise Unreadable("This XML declares a document type, which is not read here. CVAT writes none.")


CVAT = Format(fits, read)
