"""Who is calling, and what they may do.

In Azure the platform signs people in and hands over `x-ms-client-principal`. Whoever can reach the functions can also
send that header, so it is believed only where the platform says that it set it (WEBSITE_AUTH_ENABLED), elsewhere only
beside the secret that localhost/ makes at each start. In every other case the call is nobody's.

The functions are a static site's linked backend and take calls from nowhere else, so the header has the site's form:
`userId`, `userDetails` and `userRoles`, and no claims. People are known by `userId`, the one id in it. It is the site's
own: it stays as long as the account and the site do, and is another one where either is made anew. (With a registration
like ours it has been seen to be Entra ID's object id; nothing promises that.) `userDetails` is the name that they sign
in with, their user principal name. The tenant may change it, or give it to somebody else; so all that it does is to
find what waits for a first sign-in.

https://learn.microsoft.com/azure/static-web-apps/user-information
https://github.com/Azure/static-web-apps/issues/897
https://github.com/MicrosoftDocs/azure-docs/issues/122039
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any, Literal, TypeGuard

from pydantic import BaseModel, ConfigDict, Field

from functions.outside import Bounds, read_json
from functions.problems import Unauthenticated
from functions.settings import Settings
from functions.sign_in_names import folded

PRINCIPAL_HEADER = "x-ms-client-principal"
# Not Authorization: the site writes its own into that one.
TOKEN_HEADER = "x-access-token"  # noqa: S105 - the header's name
SECRET_HEADER = "x-localhost-secret"  # noqa: S105 - the header's name

LONGEST_NAME = 320
LONGEST_ID = 128
# Entra ID puts a claim in for each group of a person, and web servers take headers of some 64 KB.
MOST_PRINCIPAL = Bounds(128 * 1024, values=20_000, depth=8)


class Role(IntEnum):
    """What a caller may do; each role may do what those before it may."""

    ANYONE = 0
    SIGNED_IN = 1
    LABELER = 2
    REVIEWER = 3
    ADMINISTRATOR = 4
    SERVICE_ADMINISTRATOR = 5

    @property
    def word(self) -> str:
        return self.name.lower()


# Who vouches for callers: the platform, the secret of one machine's start, or a developer's own setting.
SignIn = Literal["platform", "secret", "developer", "none"]


def sign_in(config: Settings) -> SignIn:
    """Whose word this process takes for who is calling."""
    if config.developer:
        return "developer"
    if config.platform_signs_in:
        return "platform"
    return "secret" if config.localhost_secret else "none"


class TokenKind(Enum):
    """What an access token opens: one project, or the service. The value is what its text begins with, by which those
    who look for secrets in code and logs find it.
    """

    PROJECT = "lbl_"
    SERVICE = "lbs_"

    @staticmethod
    def of(text: str) -> "TokenKind | None":
        """None of what is no token."""
        return next((kind for kind in TokenKind if text.startswith(kind.value)), None)


@dataclass(frozen=True)
class TokenUsed:
    """The access token that a call came with. most: the role that it has at most."""

    id: str
    kind: TokenKind
    most: Role


@dataclass(frozen=True)
class Caller:
    """A person: the platform's lasting id, and the name they sign in with. is_administrator: of the service, as
    administrators.py knows them. token: the access token of theirs that the call came with; None where they are signed
    in themselves.
    """

    user_id: str
    name: str
    is_administrator: bool = False
    token: TokenUsed | None = None

    @property
    def most(self) -> Role:
        """What they may do by this call at most, whatever they are."""
        return self.token.most if self.token else Role.SERVICE_ADMINISTRATOR


class ByWhom(BaseModel):
    """Who asked for long work: the user id by which its project's rows name them, and their sign-in name. None: the
    service did so by itself, or did not write it down yet.
    """

    model_config = ConfigDict(frozen=True)

    by: str | None = Field(default=None, max_length=LONGEST_ID)
    by_name: str | None = Field(default=None, max_length=LONGEST_NAME)


ITSELF = ByWhom()


def sign_in_key(name: str) -> str:
    """The row key for a sign-in name: a hash, because names may hold anything; one for all its spellings."""
    return key_of(folded(name))


def key_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def caller_of(headers: Mapping[str, str], config: Settings) -> Caller:
    """The caller that the platform vouches for. Raises Unauthenticated for everybody else."""
    alone = developer(config)
    if alone:
        return alone
    if not _is_vouched_for(headers, config):
        raise Unauthenticated("Sign in to use this service.")
    try:
        principal = read_json(base64.b64decode(headers.get(PRINCIPAL_HEADER, ""), validate=True), MOST_PRINCIPAL)
    except ValueError:
        raise Unauthenticated("The sign-in could not be read. Sign in again.") from None
    if not isinstance(principal, dict):
        raise Unauthenticated("The sign-in could not be read. Sign in again.")
    roles, user_id, name = (principal.get(key) for key in ("userRoles", "userId", "userDetails"))
    is_signed_in = isinstance(roles, list) and "authenticated" in roles
    if not (is_signed_in and _is_word(user_id, LONGEST_ID) and _is_word(name, LONGEST_NAME)):
        raise Unauthenticated("The sign-in names nobody. Sign in again.")
    return Caller(user_id, name)


def token_refused() -> Unauthenticated:
    """The same for every access token that opens nothing here, so that nobody learns why."""
    return Unauthenticated(
        "The access token does not work here. It may be mistyped, expired or revoked, or belong to another project or "
        "to somebody who is let in no more."
    )


def developer(config: Settings) -> Caller | None:
    """Who calls where DEVELOPER stands in for a sign-in."""
    return Caller(f"developer-{key_of(config.developer)[:12]}", config.developer) if config.developer else None


def _is_word(value: Any, longest: int) -> TypeGuard[str]:
    """Whether this is a text that can be shown, in a line of a log as well."""
    return isinstance(value, str) and 0 < len(value) <= longest and value.isprintable() and not value.isspace()


def _is_vouched_for(headers: Mapping[str, str], config: Settings) -> bool:
    if config.platform_signs_in:
        return True
    given = headers.get(SECRET_HEADER, "")
    return config.localhost_secret is not None and hmac.compare_digest(given.encode(), config.localhost_secret.encode())
