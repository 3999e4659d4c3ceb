"""What a call with an access token may do: at most the token's role, at most what its maker may at this moment; nothing
while the maker is blocked, or has not been here for TOKEN_MAKER_DAYS.

A token that was good is believed for MOST_AGE_SECONDS without being read again, as members are; revoking one is felt
at once by the process that did it, and that much later by others.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from functions.callers.administrators import administrators_of
from functions.callers.blocks import blocks_of
from functions.callers.people import was_here
from functions.hooks import member_removed, token_maker, token_opened
from functions.identity import Caller
from functions.ids import is_project_id
from functions.kept import Kept
from functions.problems import NotFound
from functions.projects.access import MOST_AGE_SECONDS, Membership, what_is_left
from functions.projects.model import Project
from functions.storage import Storage
from functions.tokens.model import AccessToken, key_presented, refused
from functions.tokens.store import drop_tokens, find_token, note_use

# Last use is for people who tidy up; one write a call would be dear.
NOTED_EVERY = timedelta(hours=1)
MOST_KEPT = 10_000

_read: Kept[tuple[str, str], AccessToken] = Kept(MOST_KEPT, MOST_AGE_SECONDS)


def forget_tokens() -> None:
    """To be called after tokens were dropped."""
    _read.clear()


async def maker_of(project_id: str, token: str) -> str | None:
    """The user id of who made this token, where this process has read it; whether it is still good does not matter.
    Raises Unauthenticated for what has not a token's form.
    """
    kept = _read.known((project_id, key_presented(token)), at_any_age=True)
    return kept.user_id if kept else None


token_maker.answered_by(maker_of)


async def membership_by_token(
    storage: Storage, project_id: str, presented: str, now: datetime
) -> tuple[Caller, Membership]:
    """Whose token it is, and what it may do in the project. Raises Unauthenticated."""
    key = key_presented(presented)
    if not is_project_id(project_id):
        raise refused()
    token = await _find(storage, project_id, key)
    if token.is_expired(now) or await is_orphaned(storage, token, now):
        raise refused()
    # By the id alone: a name is bound to who signs in by it, and by nothing that they once made.
    is_administrator = await administrators_of(storage).knows(token.user_id)
    try:
        left = await what_is_left(
            storage, project_id, Caller(token.user_id, token.sign_in_name, is_administrator), token.role
        )
    except NotFound:
        left = None
    if left is None:
        raise refused()
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        _read.amend((project_id, key), lambda kept: replace(kept, last_used_at=now))
        await note_use(storage, token, now)
    # No administrator of the service, whoever made it: a token opens one project.
    return Caller(token.user_id, token.sign_in_name, is_administrator=False, token=token.id), left


token_opened.answered_by(membership_by_token)


async def is_orphaned(storage: Storage, token: AccessToken, now: datetime) -> bool:
    """Nobody stands behind the token: its maker is blocked, or has not signed in for so long."""
    if token.user_id in await blocks_of(storage).known():
        return True
    since = now - timedelta(days=storage.config.token_maker_days)
    # Whoever makes a token is here.
    return token.created_at < since and not await was_here(storage, token.user_id, since.date())


async def _find(storage: Storage, project_id: str, key: str) -> AccessToken:
    """Raises Unauthenticated, so that what is no token leaves nothing here."""

    async def read() -> AccessToken:
        token = await find_token(storage, project_id, key)
        if token is None:
            raise refused()
        return token

    return await _read.get((project_id, key), read)


async def _drop_tokens(storage: Storage, project: Project, user_id: str, _now: int) -> None:
    await drop_tokens(storage, project.id, user_id)
    forget_tokens()


member_removed.then(_drop_tokens)
