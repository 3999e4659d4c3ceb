"""`python -m bench.refresh.container PORT`: a blob container of any number of images that are nowhere stored.

It speaks List Blobs, Get Blob and Get Blob Properties as Azure answers them. A name is made from its number, so that a
million names take no memory; only what was added, changed or removed since is kept. POST /control says what the
container holds, GET /control how often it was asked.
https://learn.microsoft.com/rest/api/storageservices/list-blobs
"""

import io
import random
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ACCOUNT, CONTAINER = "simulated", "pictures"
MOST_RESULTS = 5000
MOMENT = "Tue, 03 Mar 2026 09:26:53 GMT"
VERSION = "2021-12-02"
TYPE = "image/jpeg"


def name_of(number: int) -> str:
    """The name of a blob; the order of names is the order of numbers."""
    return f"cameras/{number // 10_000:04}/IMG_{number:08}.jpg"


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


class Names:
    """The names of the container, sorted, with the ETag of each.

    versions: how often a blob was changed, where it was.
    """

    def __init__(self, count: int = 0) -> None:
        self._numbers = range(count)
        self._added: list[str] = []
        self._removed: set[str] = set()
        self._versions: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._numbers) + len(self._added) - len(self._removed)

    def __contains__(self, name: str) -> bool:
        return next(self.starting_at(name), None) == name

    def starting_at(self, name: str) -> Iterator[str]:
        """All names from this one on, which need not be one of them."""
        first = bisect_left(self._numbers, name, key=name_of)
        numbered = map(name_of, islice(self._numbers, first, None))
        added = islice(self._added, bisect_left(self._added, name), None)
        names = merge(numbered, added) if self._added else numbered
        return (name for name in names if name not in self._removed) if self._removed else names

    def etag(self, name: str) -> str:
        number = crc32(f"{name}{self._versions.get(name, 0)}".encode())
        return f"0x8DE{number:012X}"

    def add(self, count: int) -> None:
        """New names all over the range, each right behind a name that is numbered."""
        wanted = len(self._added) + count
        while len(self._added) < wanted:
            number = random.randrange(len(self._numbers))  # noqa: S311
            name = f"{name_of(number).removesuffix('.jpg')}_{random.randrange(10**6):06}.jpg"  # noqa: S311
            if name not in self:
                insort(self._added, name)

    def change(self, count: int) -> None:
        self.alter(self.some(count))

    def remove(self, count: int) -> None:
        self.drop(self.some(count))

    def alter(self, names: Iterable[str]) -> None:
        self._versions.update(names)

    def drop(self, names: Iterable[str]) -> None:
        self._removed.update(names)

    def some(self, count: int) -> list[str]:
        numbered = map(name_of, random.sample(self._numbers, min(len(self._numbers), count + len(self._removed))))
        return list(islice((name for name in numbered if name not in self._removed), count))


class Container:
    """Answers requests, and counts them."""

    def __init__(self) -> None:
        self.names = Names()
        self.asked: Counter[str] = Counter()
        self._content = _jpeg()
        self._ahead: dict[tuple[str, str, int], bytes] = {}

    async def control(self, request: Request) -> Response:
        """names: start over with so many. add, change, remove: so many of them. Answers what was asked until then."""
        if request.method == "POST":
            wanted: dict[str, int] = await request.json()
            self._ahead.clear()
            if "names" in wanted:
                self.names = Names(wanted["names"])
            self.names.add(wanted.get("add", 0))
            self.names.change(wanted.get("change", 0))
            self.names.remove(wanted.get("remove", 0))
        return JSONResponse({"names": len(self.names), "lists": self.asked["list"], "gets": self.asked["get"]})

    async def list(self, request: Request) -> Response:
        asked = request.query_params
        if asked.get("comp") != "list":
            return _refused(400, "InvalidQueryParameterValue")
        self.asked["list"] += 1
        prefix, marker = asked.get("prefix", ""), asked.get("marker", "")
        size = min(int(asked.get("maxresults", MOST_RESULTS)), MOST_RESULTS)
        base_url = str(request.base_url)
        page = self._ahead.pop((prefix, marker, size), None) or self._page(base_url, prefix, marker, size)

        async def look_ahead() -> None:
            # While the client reads this page, so that it never waits for one to be put together.
            following = page[page.rindex(b"<NextMarker") :].partition(b"<NextMarker>")[2].partition(b"<")[0].decode()
            if following:
                self._ahead = {(prefix, following, size): self._page(base_url, prefix, following, size)}

        return Response(page, headers=_headers(), media_type="application/xml", background=BackgroundTask(look_ahead))

    def _page(self, base_url: str, prefix: str, marker: str, size: int) -> bytes:
        first = urlsafe_b64decode(marker.partition("!")[2]).decode() if marker else prefix
        names = list(islice(self.names.starting_at(first), size + 1))
        while names and not names[-1].startswith(prefix):
            names.pop()
        following = f"2!{urlsafe_b64encode(names.pop().encode()).decode()}" if len(names) > size else ""
        length = len(self._content)
        blobs = "".join(_blob(name, self.names.etag(name), length) for name in names)
        return (
            f'<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="{base_url}{ACCOUNT}/" '
            f'ContainerName="{CONTAINER}">{_element("Prefix", prefix)}{_element("Marker", marker)}'
            f"<MaxResults>{size}</MaxResults><Blobs>{blobs}</Blobs>{_element('NextMarker', following)}"
            "</EnumerationResults>"
        ).encode()

    async def blob(self, request: Request) -> Response:
        self.asked["get"] += 1
        name = request.path_params["name"]
        if name not in self.names:
            return _refused(404, "BlobNotFound")
        etag = f'"{self.names.etag(name)}"'
        if request.headers.get("if-match", etag) not in (etag, "*"):
            return _refused(412, "ConditionNotMet")
        headers = {
            **_headers(),
            "ETag": etag,
            "Last-Modified": MOMENT,
            "Accept-Ranges": "bytes",
            "x-ms-blob-type": "BlockBlob",
            "x-ms-creation-time": MOMENT,
            "x-ms-lease-state": "available",
            "x-ms-lease-status": "unlocked",
        }
        asked = request.headers.get("x-ms-range") or request.headers.get("range")
        if request.method == "HEAD" or not asked:
            return Response(self._content, headers=headers, media_type=TYPE)
        total = len(self._content)
        first, _, last = asked.removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last or total), total - 1)
        if start > end:
            return _refused(416, "InvalidRange")
        headers["Content-Range"] = f"bytes {start}-{end}/{total}"
        return Response(self._content[start : end + 1], 206, headers, TYPE)


def _blob(name: str, etag: str, length: int) -> str:
    digest = etag[-12:].rjust(22, "0")
    return (
        f"<Blob><Name>{escape(name)}</Name><Properties><Creation-Time>{MOMENT}</Creation-Time>"
        f"<Last-Modified>{MOMENT}</Last-Modified><Etag>{etag}</Etag><Content-Length>{length}</Content-Length>"
        f"<Content-Type>{TYPE}</Content-Type><Content-Encoding /><Content-Language /><Content-CRC64 />"
        f"<Content-MD5>{digest}==</Content-MD5><Cache-Control /><Content-Disposition />"
        "<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred>"
        "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted>"
        "</Properties><OrMetadata /></Blob>"
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else f"<{name} />"


def _headers() -> dict[str, str]:
    return {"x-ms-version": VERSION, "x-ms-request-id": "00000000-0000-4000-8000-000000000000"}


def _refused(status: int, code: str) -> Response:
    body = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{code}</Message></Error>'
    return Response(body, status, {**_headers(), "x-ms-error-code": code}, "application/xml")


def app() -> Starlette:
    container = Container()
    whole: Any = f"/{ACCOUNT}/{CONTAINER}"
    return Starlette(
        routes=[
            Route("/control", container.control, methods=["GET", "POST"]),
            Route(whole, container.list, methods=["GET"]),
            Route(whole + "/{name:path}", container.blob, methods=["GET", "HEAD"]),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
