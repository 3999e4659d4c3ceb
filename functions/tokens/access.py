"""Who calls by an access token: its maker, who may by it at most what its role may, and what they may themselves at
this moment; nothing while they are blocked, or have not been here for TOKEN_MAKER_DAYS.

A token that was good is believed for MOST_AGE_SECONDS without being read again, as members are; revoking one is felt
at once by the process that did it, and that much later by others.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from functions.callers.administrators import administrators_of
from functions.callers.blocks import blocks_of
from functions.callers.people import was_here
from functions.hooks import member_removed, token_maker, token_opened
from functions.identity import Caller, TokenUsed, token_refused
from functions.kept import Kept
from functions.projects.access import MOST_AGE_SECONDS
from functions.projects.model import Project
from functions.storage import Storage
from functions.tokens.model import AccessToken, Place, place_presented
from functions.tokens.store import drop_tokens, find_token, note_use

# Last use is for people who tidy up; one write a call would be dear.
NOTED_EVERY = timedelta(hours=1)
MOST_KEPT = 10_000

_read: Kept[Place, AccessToken] = Kept(MOST_KEPT, MOST_AGE_SECONDS)


def forget_tokens() -> None:
    """To be called after tokens were dropped."""
    _read.clear()


async def maker_of(project_id: str | None, presented: str) -> str | None:
    """The user id of who made this token, where this process has read it; whether it is still good does not matter.
    Raises Unauthenticated for what has not a token's form.
    """
    kept = _read.known(place_presented(project_id, presented), at_any_age=True)
    return kept.user_id if kept else None


token_maker.answered_by(maker_of)


async def caller_by_token(storage: Storage, project_id: str | None, presented: str, now: datetime) -> Caller:
    """Whose token it is that comes with a call about a project (None: about none). Raises Unauthenticated."""
    place = place_presented(project_id, presented)
    token = await _find(storage, place)
    if token.is_expired(now) or await is_orphaned(storage, token, now):
        raise token_refused()
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        _read.amend(place, lambda kept: replace(kept, last_used_at=now))
        await note_use(storage, token, now)
    # By the id alone: a name is bound to who signs in by it, and by nothing that they once made.
    is_administrator = await administrators_of(storage).knows(token.user_id)
    used = TokenUsed(token.id, token.kind, token.role)
    return Caller(token.user_id, token.sign_in_name, is_administrator, used)


token_opened.answered_by(caller_by_token)


async def is_orphaned(storage: Storage, token: AccessToken, now: datetime) -> bool:
    """Nobody stands behind the token: its maker is blocked, or has not signed in for so long."""
    if token.user_id in await blocks_of(storage).known():
        return True
    since = now - timedelta(days=storage.config.token_maker_days)
    # Whoever makes a token is here.
    return token.created_at < since and not await was_here(storage, token.user_id, since.date())


async def _find(storage: Storage, place: Place) -> AccessToken:
    """Raises Unauthenticated, so that what is no token leaves nothing here."""

    async def read() -> AccessToken:
        token = await find_token(storage, place)
        if token is None:
            raise token_refused()
        return token

    return await _read.get(place, read)


async def _drop_tokens(storage: Storage, project: Project, user_id: str, _now: int) -> None:
    await drop_tokens(storage, project.id, user_id)
    forget_tokens()


member_removed.then(_drop_tokens)
