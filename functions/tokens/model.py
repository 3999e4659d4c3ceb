"""What an access token is: for scripts and training jobs, which no browser signs in. It opens one project, or whatever
its maker may do in the service.

Only a token's hash is kept. SHA-256 without salt or stretching is right here: those protect what people think up, and a
token is 256 random bits, which nobody guesses from a hash, however fast it is. The hash is the row's key, so looking a
token up compares no secret byte by byte, and tells by its time nothing of use.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from functions.identity import Role, TokenKind, token_refused
from functions.ids import is_project_id

FORM = re.compile(f"({'|'.join(kind.value for kind in TokenKind)})[A-Za-z0-9_-]{{43}}")
MOST_DAYS = 365
USUAL_DAYS = 90


class Place(NamedTuple):
    """Where a token is kept. project_id: None for one of the service. key: its hash."""

    project_id: str | None
    key: str


@dataclass(frozen=True)
class AccessToken:
    """A token as it is stored. project_id: None for one of the service, whose role is the service's administrators'.
    key: its hash. last_used_at: to the hour; None when it has not been used.
    """

    project_id: str | None
    key: str
    id: str
    name: str
    role: Role
    user_id: str
    sign_in_name: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    etag: str = ""

    @property
    def kind(self) -> TokenKind:
        return TokenKind.SERVICE if self.project_id is None else TokenKind.PROJECT

    @property
    def place(self) -> Place:
        return Place(self.project_id, self.key)

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at <= now


def new_token(kind: TokenKind) -> str:
    return kind.value + secrets.token_urlsafe(32)


def key_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def place_presented(project_id: str | None, text: str) -> Place:
    """Where to look for a token that comes with a call about a project (None: about none). Raises Unauthenticated for
    what has not a token's form.
    """
    if not FORM.fullmatch(text):
        raise token_refused()
    if TokenKind.of(text) is TokenKind.SERVICE:
        return Place(None, key_of_token(text))
    if project_id is None or not is_project_id(project_id):
        raise token_refused()
    return Place(project_id, key_of_token(text))
