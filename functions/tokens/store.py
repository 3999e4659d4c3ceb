"""Access tokens in the service's table: one partition, each with the row key <project>|<hash of the token>."""

from datetime import UTC, datetime, timedelta
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import AzureError, ResourceNotFoundError
from azure.data.tables import UpdateMode

from functions.hooks import project_dropped
from functions.identity import Role
from functions.storage import Storage, etag_of, unless_gone
from functions.tokens.model import AccessToken

PARTITION = "token"
# Long enough to see which one it was that has stopped working.
KEPT_WHEN_EXPIRED = timedelta(days=30)


async def insert_token(storage: Storage, token: AccessToken) -> None:
    await storage.service_table.create_entity(
        {
            "PartitionKey": PARTITION,
            "RowKey": _row_key(token.project_id, token.key),
            "id": token.id,
            "name": token.name,
            "role": token.role.word,
            "user": token.user_id,
            "signInName": token.sign_in_name,
            "createdAt": token.created_at,
            "expiresAt": token.expires_at,
        }
    )


async def find_token(storage: Storage, project_id: str, key: str) -> AccessToken | None:
    """The project's token with this hash."""
    try:
        return _read(await storage.service_table.get_entity(PARTITION, _row_key(project_id, key)))
    except ResourceNotFoundError:
        return None


async def list_tokens(storage: Storage, project_id: str) -> list[AccessToken]:
    """All tokens of a project, in no order."""
    text = "PartitionKey eq @token and RowKey ge @first and RowKey lt @last"
    among = {"token": PARTITION, "first": f"{project_id}|", "last": f"{project_id}}}"}
    return [_read(row) async for row in storage.service_table.query_entities(text, parameters=among)]


async def list_all_tokens(storage: Storage) -> list[AccessToken]:
    """All tokens of all projects, in no order."""
    rows = storage.service_table.query_entities("PartitionKey eq @token", parameters={"token": PARTITION})
    return [_read(row) async for row in rows]


async def note_use(storage: Storage, token: AccessToken, now: datetime) -> None:
    """Keeps when a token was last used. It is only told: whatever stands in its way is no matter."""
    try:
        await storage.service_table.update_entity(
            {"PartitionKey": PARTITION, "RowKey": _row_key(token.project_id, token.key), "lastUsedAt": now},
            mode=UpdateMode.MERGE,
            etag=token.etag,
            match_condition=MatchConditions.IfNotModified,
        )
    except AzureError:
        return


async def drop_token(storage: Storage, token: AccessToken) -> None:
    await unless_gone(storage.service_table.delete_entity, PARTITION, _row_key(token.project_id, token.key))


async def drop_tokens(storage: Storage, project_id: str, user_id: str | None = None) -> None:
    """Drops all tokens of a project, or one person's."""
    for token in await list_tokens(storage, project_id):
        if user_id is None or token.user_id == user_id:
            await drop_token(storage, token)


project_dropped.then(drop_tokens)


async def drop_tokens_of(storage: Storage, user_id: str) -> None:
    """Drops a person's tokens of all projects."""
    for token in await list_all_tokens(storage):
        if token.user_id == user_id:
            await drop_token(storage, token)


def _row_key(project_id: str, key: str) -> str:
    return f"{project_id}|{key}"


def _read(row: Any) -> AccessToken:
    project_id, _, key = str(row["RowKey"]).partition("|")
    used = row.get("lastUsedAt")
    return AccessToken(
        project_id=project_id,
        key=key,
        id=row["id"],
        name=row["name"],
        role=Role[row["role"].upper()],
        user_id=row["user"],
        sign_in_name=row["signInName"],
        created_at=_moment(row["createdAt"]),
        expires_at=_moment(row["expiresAt"]),
        last_used_at=_moment(used) if used else None,
        etag=etag_of(row),
    )


def _moment(value: datetime) -> datetime:
    """The SDK's own kind of datetime, as a plain one."""
    return datetime.fromtimestamp(value.timestamp(), UTC)
