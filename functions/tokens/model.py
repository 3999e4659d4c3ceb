"""What an access token is: for scripts and training jobs, which no browser signs in.

Only a token's hash is kept. SHA-256 without salt or stretching is right here: those protect what people think up, and a
token is 256 random bits, which nobody guesses from a hash, however fast it is. The hash is the row's key, so looking a
token up compares no secret byte by byte, and tells by its time nothing of use.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from functions.identity import Role
from functions.problems import Unauthenticated

# By this, those who look for secrets in code and logs find one.
PREFIX = "lbl_"
FORM = re.compile(PREFIX + "[A-Za-z0-9_-]{43}")
MOST_DAYS = 365
USUAL_DAYS = 90


@dataclass(frozen=True)
class AccessToken:
    """A token as it is stored. key: its hash. last_used_at: to the hour; None when it has not been used."""

    project_id: str
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

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at <= now


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def key_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def key_presented(text: str) -> str:
    """The key of a token that comes with a call. Raises Unauthenticated for what has not a token's form."""
    if not FORM.fullmatch(text):
        raise refused()
    return key_of_token(text)


def refused() -> Unauthenticated:
    """The same for every token that does not open the project, so that nobody learns why."""
    return Unauthenticated(
        "The access token does not open this project. It may be mistyped, expired or revoked, or belong to another "
        "project or to somebody who is not a member any more."
    )
