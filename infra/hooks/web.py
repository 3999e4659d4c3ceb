"""Asking an address, as somebody who is not signed in unless the headers say otherwise."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urljoin, urlsplit

MOST_STOPS = 5


@dataclass(frozen=True)
class Answer:
    """status 0: none came."""

    status: int
    headers: Mapping[str, str]
    text: str


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def ask(url: str, **headers: str) -> Answer:
    """The answer to a GET; redirects are answers too."""
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=60) as reply:  # noqa: S310
            return _read(reply.status, reply.headers, reply.read())
    except urllib.error.HTTPError as error:
        return _read(error.code, error.headers, error.read())
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        return Answer(0, {}, str(error))


def last_stop(url: str) -> str:
    """The address at which a sign-in leaves the site and its platform, or where it ends without leaving them."""
    for _ in range(MOST_STOPS):
        onward = ask(url).headers.get("location")
        if onward is None:
            break
        before, url = url, urljoin(url, onward)
        host = urlsplit(url).netloc
        if host != urlsplit(before).netloc and not host.endswith(".azurestaticapps.net"):
            break
    return url.partition("?")[0]


def _read(status: int, headers: Message, body: bytes) -> Answer:
    return Answer(status, {name.lower(): value for name, value in headers.items()}, body.decode("utf-8", "replace"))
