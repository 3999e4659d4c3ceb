"""Calls of the service: one after the other or from several threads, each tried again where that can do no harm."""

import email.utils
import random
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from image_labeling.answers.base import Page
from image_labeling.errors import LabelingError, error_of
from image_labeling.route import Route
from image_labeling.version import __version__

A = TypeVar("A")

TOKEN_HEADER = "X-Access-Token"  # noqa: S105
TIMEOUT = httpx.Timeout(60, connect=10)
MOST_TRIES = 6
LONGEST_WAIT_SECONDS = 60.0
# Nothing was done yet when these come; the others may come in the middle of it.
NOTHING_DONE = (429,)
PASSING = (502, 503, 504)
# The service lets one person have 24 calls under way.
MOST_AT_ONCE = 16
PAGE = 200
PAGING = ("limit", "cursor")


class Connection:
    """The service at one address, with one access token. May be used by several threads.

    wait: sleeps so many seconds; tests hand in their own.
    """

    def __init__(
        self,
        url: str,
        token: str | None,
        *,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url.rstrip("/")
        headers = {"User-Agent": f"image-labeling-client/{__version__}"}
        if token:
            headers[TOKEN_HEADER] = token
        limits = httpx.Limits(max_connections=MOST_AT_ONCE, max_keepalive_connections=MOST_AT_ONCE)
        self._http = httpx.Client(headers=headers, timeout=TIMEOUT, limits=limits, transport=transport)
        # Who drops it without a word leaves nothing open.
        weakref.finalize(self, self._http.close)
        self._wait = wait

    def close(self) -> None:
        self._http.close()

    def call(
        self,
        route: Route[A],
        /,
        *,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        if_match: str | None = None,
        **names: Any,
    ) -> A:
        """What the route answers. names: what its path names. Raises LabelingError."""
        response = self._send(route, body, query, if_match, names)
        if route.answer is None:
            return None  # type: ignore[return-value]
        try:
            return TypeAdapter(route.answer).validate_json(response.content)
        except ValidationError as error:
            raise LabelingError(
                f"The service answers {route.method} {route.path} otherwise than this version of the client expects: "
                f"{error.errors()[0]['msg']} ({'.'.join(map(str, error.errors()[0]['loc']))}). Update it.",
                type="unreachable",
                status=response.status_code,
                request_id=response.headers.get("x-request-id"),
            ) from error

    def pages(self, route: Route[Page[A]], /, *, query: Mapping[str, Any] | None = None, **names: Any) -> Iterator[A]:
        """Everything that a route lists, asked for page by page while it is read."""
        given = {"limit": PAGE, **(query or {})}
        while True:
            page = self.call(route, query=given, **names)
            yield from page.items
            if page.next_cursor is None:
                return
            given["cursor"] = page.next_cursor

    def _send(
        self,
        route: Route[Any],
        body: Mapping[str, Any] | None,
        query: Mapping[str, Any] | None,
        if_match: str | None,
        names: Mapping[str, str | int],
    ) -> httpx.Response:
        path = route.path.format_map({name: _in_path(value) for name, value in names.items()})
        address = f"{self.url}/api/{path}"
        headers = {"If-Match": if_match} if if_match else {}
        wanted = {name: _said(value) for name, value in (query or {}).items() if value is not None}
        if unknown := wanted.keys() - {*route.query, *PAGING}:
            raise LabelingError(f"{route.method} {route.path} takes no {', '.join(sorted(unknown))}.", type="invalid")
        for left in reversed(range(MOST_TRIES)):
            try:
                response = self._http.request(route.method, address, json=body, params=wanted, headers=headers)
            except httpx.TransportError as error:
                # A call that was never sent can always be tried again.
                if not left or not (route.repeatable or isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout))):
                    raise LabelingError(
                        f"{self.url} does not answer: {str(error) or type(error).__name__}", type="unreachable"
                    ) from error
                self._wait(pause(MOST_TRIES - left, None))
                continue
            if response.is_success:
                return response
            passes = response.status_code in NOTHING_DONE or (route.repeatable and response.status_code in PASSING)
            if not left or not passes:
                raise error_of(response)
            self._wait(pause(MOST_TRIES - left, response.headers.get("retry-after")))
        raise AssertionError("the last try returns or raises")


def _in_path(value: object) -> str:
    """What the path names. Nothing is named by dots: those would make it the path of something else, as that of a
    project in place of its export.
    """
    if str(value) in ("", ".", ".."):
        raise LabelingError(f"There is nothing named '{value}'.", type="not-found")
    return quote(str(value), safe="")


def _said(value: object) -> str:
    """A value as the query has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def pause(tries: int, retry_after: str | None) -> float:
    """How many seconds to wait: as the service says, else longer each time; never all at the same moment."""
    asked = _seconds(retry_after)
    if asked is None:
        asked = 0.5 * 2 ** (tries - 1)
    return min(asked, LONGEST_WAIT_SECONDS) + random.uniform(0, 0.25)  # noqa: S311


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After: seconds, or a date (RFC 9110, 10.2.3)."""
    if retry_after is None:
        return None
    with suppress(ValueError):
        return max(0.0, float(retry_after))
    with suppress(ValueError, TypeError):
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    return None
