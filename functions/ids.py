"""Ids: of projects, and of what is listed newest first, whose ids are in that order."""

import secrets
from datetime import UTC, datetime

LATEST_MS = 9_999_999_999_999
LONGEST_ID = 64
ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
ID_LENGTH = 12


def newest_first_id(now: datetime) -> str:
    """An id that comes before all that were given earlier."""
    return f"{newest_first(now)}{secrets.token_hex(3)}"


def newest_first(moment: datetime) -> str:
    """What the ids of this moment begin with."""
    return f"{LATEST_MS - int(moment.timestamp() * 1000):013}"


def moment_of(identity: str) -> datetime:
    """When an id was given."""
    return datetime.fromtimestamp((LATEST_MS - int(identity[:13])) / 1000, UTC)


def is_id(text: str) -> bool:
    """Whether this may be an id of what is listed by ids, and the key of a row."""
    return len(text) <= LONGEST_ID and text.isascii() and text.isalnum()


def new_project_id() -> str:
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def is_project_id(text: str) -> bool:
    return len(text) == ID_LENGTH and all(letter in ID_ALPHABET for letter in text)
