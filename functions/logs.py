"""The log: one line for each call, message and run of a timer, with an id that all lines of it share.

Nothing personal is in a line but the user id: no query and no address (a sign-in name may be part of one), no name, no
token, no signature. In Azure lines are JSON, which Application Insights takes apart; elsewhere people read them, and
LOG=json makes them JSON there too.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from functions.identity import TokenKind

# Set by the platform on every plan.
IN_AZURE = "WEBSITE_SITE_NAME"
REQUEST_ID_HEADER = "x-request-id"
# An access token that somebody sends in the wrong header has this form as well, and must not get into a line.
REQUEST_ID = re.compile(f"(?!{'|'.join(kind.value for kind in TokenKind)})[A-Za-z0-9._-]{{8,64}}")

# What the line of a call is about, and how many of the calls by nobody get one: a minute and process.
REQUEST = "request"
MOST_BY_NOBODY = 60

correlation: ContextVar[str] = ContextVar("correlation", default="")

log = logging.getLogger("functions.log")


class FewByNobody(logging.Filter):
    """Lets through some of the lines of calls by nobody, who may make as many as they like: all of them would fill the
    day's log, and nothing else would be in it. The next one says how many are not there (`unwritten`).
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._minute = self._written = self._unwritten = 0

    def filter(self, record: logging.LogRecord) -> bool:
        facts = getattr(record, "facts", {})
        if record.getMessage() != REQUEST or "user" in facts or facts.get("status", 500) >= 500:
            return True
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute, self._written = minute, 0
        if self._written >= MOST_BY_NOBODY:
            self._unwritten += 1
            return False
        self._written += 1
        if self._unwritten:
            facts["unwritten"], self._unwritten = self._unwritten, 0
        return True


log.addFilter(FewByNobody())


@dataclass
class Told:
    """What the line of one call or run will say; filled in while it is under way."""

    facts: dict[str, Any] = field(default_factory=dict)

    def note(self, **facts: Any) -> None:
        self.facts.update(facts)


def new_id() -> str:
    return uuid.uuid4().hex


def request_id(given: str | None) -> str:
    """The id that the caller gave the call, if it is one, else a new one."""
    return given if given and REQUEST_ID.fullmatch(given) else new_id()


@contextmanager
def line(about: str, identity: str, **facts: Any) -> Iterator[Told]:
    """Writes one line when what is inside is over. Lines that are written meanwhile, and what the host says of a
    failure afterwards, have the same id.
    """
    correlation.set(identity)
    told, begun = Told(facts), time.monotonic()
    try:
        yield told
    finally:
        told.note(ms=round((time.monotonic() - begun) * 1000))
        log.info(about, extra={"facts": {name: value for name, value in told.facts.items() if value is not None}})


class Lines(logging.Formatter):
    """A record as one line of JSON, or as a line for people; with the id of the call or run that it belongs to."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        identity, facts = correlation.get(), getattr(record, "facts", {})
        if not self._as_json:
            words = [super().format(record), *(f"{name}={value}" for name, value in facts.items())]
            return " ".join([*words, f"[{identity}]"] if identity else words)
        written = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **facts,
        }
        if identity:
            written["correlation"] = identity
        if record.exc_info:
            written["exception"] = self.formatException(record.exc_info)
        return json.dumps(written, default=str)


def set_up(environment: Mapping[str, str]) -> None:
    """Makes what handles this process's records, the platform's worker or localhost, write lines as above."""
    lines = Lines(as_json=bool(environment.get(IN_AZURE)) or environment.get("LOG", "").lower() == "json")
    for handler in logging.getLogger().handlers:
        handler.setFormatter(lines)
    # The SDK's own log of requests has their signatures in it.
    logging.getLogger("azure").setLevel(logging.WARNING)
