"""VoTT's JSON export (https://github.com/microsoft/VoTT): a project with its `assets`, which have tagged regions.

All tags there are those of regions. One that is all of its image says what the image is, as in COCO.
"""

import re
from collections.abc import Iterator
from typing import Any

from functions.imports.content import Content
from functions.imports.formats.base import Format, labels_in, places_of
from functions.imports.json_stream import JsonStream
from functions.imports.lines import Line, Loose, Region, Said, Unreadable
from functions.imports.spelling import BLANKS

ASSETS = "assets"
HAS_ASSETS = re.compile(rf'[{BLANKS}]*\{{.*?"{ASSETS}"\s*:\s*\{{', re.DOTALL)
# By so many pixels a region that is all of an image may miss its borders: VoTT draws them with fractions.
NEARLY = 1.0


def fits(content: Content) -> bool:
    return HAS_ASSETS.match(content.start) is not None


def read(content: Content) -> Iterator[Said]:
    """For each tag of a region that it is one, or a line where the region is all of the image. The row is the asset's
    number.
    """
    with content.open_text() as text:
        project = JsonStream(text)
        if project.peek() != "{":
            raise Unreadable("This is not VoTT's JSON: it must be an object with assets.")
        has_assets = False
        for key in project.entries():
            if key != ASSETS or project.peek() != "{":
                project.value()
                continue
            has_assets = True
            for row, _ in enumerate(project.entries(), 1):
                yield from _said(project.value(), row)
        project.end()
    if not has_assets:
        raise Unreadable("This is not VoTT's JSON: it has no assets.")


def _said(of: Any, row: int) -> Iterator[Said]:
    known = of if isinstance(of, dict) else {}
    asset, regions = known.get("asset"), known.get("regions")
    places, size = (
        (places_of([asset.get("path"), asset.get("name")]), asset.get("size"))
        if isinstance(asset, dict)
        else ((), None)
    )
    for region in regions if isinstance(regions, list) else []:
        tags = labels_in(region.get("tags")) if isinstance(region, dict) else []
        is_whole = bool(tags) and _is_whole(region.get("boundingBox"), size)
        for tag in tags:
            if not is_whole:
                yield Region(row)
            elif places:
                yield Line(places, tag, row=row)
            else:
                yield Loose(f"Asset no. {row:,} names no image.", row)


def _is_whole(box: Any, size: Any) -> bool:
    if not isinstance(box, dict) or not isinstance(size, dict):
        return False
    wanted = (0, 0, size.get("width"), size.get("height"))
    pairs = zip((box.get("left"), box.get("top"), box.get("width"), box.get("height")), wanted, strict=True)
    return all(isinstance(a, int | float) and isinstance(b, int | float) and abs(a - b) <= NEARLY for a, b in pairs)


VOTT = Format(fits, read)
