"""Who calls: somebody who is signed in, or whoever made the access token that comes with the call. Whoever sends a
token is nobody else, signed in or not.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import azure.functions as func

from functions.callers.administrators import administrators_of
from functions.callers.blocks import blocks_of
from functions.callers.people import note
from functions.hooks import token_maker, token_opened
from functions.http.calls import Route
from functions.http.overload import NOBODY
from functions.identity import TOKEN_HEADER, Caller, Role, TokenKind, caller_of
from functions.problems import Forbidden
from functions.settings import settings
from functions.storage import storage


class Credentials(Protocol):
    """What a call comes with. signed_in: the user id, where the platform vouches for it."""

    @property
    def signed_in(self) -> str | None: ...

    async def person(self) -> str:
        """The user id of who calls, as far as it is known without reading anything; else NOBODY."""
        ...

    async def caller(self, now: datetime) -> Caller:
        """Who calls. Raises Unauthenticated, and Forbidden for those who are blocked."""
        ...


@dataclass(frozen=True)
class SignIn:
    """Somebody who is signed in. What waits for their first sign-in is theirs from now on."""

    claimed: Caller

    @property
    def signed_in(self) -> str | None:
        return self.claimed.user_id

    async def person(self) -> str:
        return self.claimed.user_id

    async def caller(self, now: datetime) -> Caller:
        if block := (await blocks_of(storage()).known()).get(self.claimed.user_id):
            raise Forbidden(block.words)
        caller = await administrators_of(storage()).recognize(self.claimed)
        await note(storage(), caller, now)
        return caller


@dataclass(frozen=True)
class ByToken:
    """An access token, in a call about a project (None: about none)."""

    text: str
    project_id: str | None

    @property
    def signed_in(self) -> str | None:
        return None

    async def person(self) -> str:
        return await token_maker.ask(self.project_id, self.text) or NOBODY

    async def caller(self, now: datetime) -> Caller:
        return await token_opened.ask(storage(), self.project_id, self.text, now)


def credentials_of(declared: Route, req: func.HttpRequest) -> Credentials | None:
    """What the call comes with; None where anybody may call. Raises Unauthenticated, and Forbidden for a token that
    opens other routes.
    """
    if declared.role is Role.ANYONE:
        return None
    text: str | None = req.headers.get(TOKEN_HEADER)
    if text is None:
        return SignIn(caller_of(req.headers, settings()))
    kind = TokenKind.of(text)
    if not declared.tokens or (kind and kind not in declared.tokens):
        raise Forbidden("This access token cannot do this. Sign in instead.")
    return ByToken(text, req.route_params.get("project_id"))
