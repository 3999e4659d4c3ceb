"""What the audit log says of one change: who made it, to what, and what came of it.

An entry is two rows that are only ever inserted: one before anything is changed, one with the outcome before the call
is answered. So there is no change without an entry: where the first cannot be written, the call is refused. Where a
process ends in between, or the second cannot be written, the entry stays without an outcome.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from functions.ids import moment_of

Outcome = Literal["done", "refused", "failed", "unknown"]
Detail = str | int | float | bool | Sequence[str]

# All of it must find room in one property, in ASCII.
LONGEST_DETAIL = 300
MOST_LISTED = 10


@dataclass
class Entry:
    """action: the operationId of the call in the API's document. name: the sign-in name of who made it; token: the id
    of the access token that they used. target: what of the project, or of the service, it was made to. Whoever makes
    the change adds the details.
    """

    id: str
    action: str
    user_id: str
    name: str
    token: str | None = None
    project_id: str = ""
    project_name: str = ""
    target: str = ""
    request_id: str = ""
    outcome: Outcome = "unknown"
    details: dict[str, Detail] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return moment_of(self.id)

    def __post_init__(self) -> None:
        self.target = _cut(self.target)

    def about(self, project_id: str, name: str) -> None:
        """Says which project it is about, where the address does not."""
        self.project_id, self.project_name = project_id, name

    def note(self, **details: Detail | None) -> None:
        """Adds what is worth telling; no secrets, and nothing of None or empty."""
        self.details.update({name: _short(value) for name, value in details.items() if value not in (None, "", [])})


def _short(value: Detail) -> Detail:
    if isinstance(value, str):
        return _cut(value)
    if isinstance(value, Sequence):
        more = [f"… ({len(value) - MOST_LISTED} more)"] if len(value) > MOST_LISTED else []
        return [*map(_cut, value[:MOST_LISTED]), *more]
    return value


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DETAIL else f"{text[:LONGEST_DETAIL]}…"
