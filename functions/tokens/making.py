"""Making an access token."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.identity import Caller, Role, TokenKind
from functions.ids import new_project_id
from functions.problems import Conflict
from functions.storage import Storage
from functions.tokens.model import AccessToken, key_of_token, new_token
from functions.tokens.store import KEPT_WHEN_EXPIRED, drop_token, insert_token, list_tokens

MOST_OF_ONE = 50


@dataclass(frozen=True)
class Wanted:
    """project_id: None for a token of the service. days: how long it works."""

    project_id: str | None
    role: Role
    name: str
    days: int


async def make_token(storage: Storage, maker: Caller, wanted: Wanted, now: datetime) -> tuple[AccessToken, str]:
    """The new token, and its text, which is nowhere kept. Raises Conflict when the person has too many."""
    await _make_room(storage, wanted.project_id, maker.user_id, now)
    text = new_token(TokenKind.SERVICE if wanted.project_id is None else TokenKind.PROJECT)
    token = AccessToken(
        project_id=wanted.project_id,
        key=key_of_token(text),
        id=new_project_id(),
        name=wanted.name,
        role=wanted.role,
        user_id=maker.user_id,
        sign_in_name=maker.name,
        created_at=now,
        expires_at=now + timedelta(days=wanted.days),
    )
    await insert_token(storage, token)
    return token, text


async def _make_room(storage: Storage, project_id: str | None, user_id: str, now: datetime) -> None:
    """Drops tokens that expired long ago. Raises Conflict when the person has too many."""
    tokens = await list_tokens(storage, project_id)
    for token in tokens:
        if token.is_expired(now - KEPT_WHEN_EXPIRED):
            await drop_token(storage, token)
    if sum(token.user_id == user_id and not token.is_expired(now) for token in tokens) >= MOST_OF_ONE:
        place = "of the service" if project_id is None else "in this project"
        raise Conflict(f"You have {MOST_OF_ONE} access tokens {place}. Revoke some that you no longer need.")
