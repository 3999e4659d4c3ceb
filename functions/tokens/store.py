"""Access tokens in the service's table: one partition, each with the row key <project>|<hash of the token>, or
service|<hash of the token>.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from azure.core.exceptions import AzureError

from functions.hooks import project_dropped
from functions.identity import Role
from functions.storage import Storage
from functions.tables import Row
from functions.tokens.model import AccessToken, Place

PARTITION = "token"
# Where a project's id stands; no id is so short.
OF_THE_SERVICE = "service"
# Long enough to see which one it was that has stopped working.
KEPT_WHEN_EXPIRED = timedelta(days=30)


async def insert_token(storage: Storage, token: AccessToken) -> None:
    await storage.service_table.insert(
        {
            "PartitionKey": PARTITION,
            "RowKey": _row_key(token.place),
            "id": token.id,
            "name": token.name,
            "role": token.role.word,
            "user": token.user_id,
            "signInName": token.sign_in_name,
            "createdAt": token.created_at,
            "expiresAt": token.expires_at,
        }
    )


async def find_token(storage: Storage, place: Place) -> AccessToken | None:
    """The project's or the service's token with this hash."""
    row = await storage.service_table.find(PARTITION, _row_key(place))
    return _read(row) if row else None


async def list_tokens(storage: Storage, project_id: str | None) -> list[AccessToken]:
    """All tokens of a project (None: of the service), in no order."""
    return [_read(row) async for row in storage.service_table.under(PARTITION, project_id or OF_THE_SERVICE)]


async def list_all_tokens(storage: Storage) -> list[AccessToken]:
    """All tokens of the service and of all projects, in no order."""
    return [_read(row) async for row in storage.service_table.query("PartitionKey eq @token", token=PARTITION)]


async def note_use(storage: Storage, token: AccessToken, now: datetime) -> None:
    """Keeps when a token was last used. It is only told: whatever stands in its way is no matter."""
    used = {"PartitionKey": PARTITION, "RowKey": _row_key(token.place), "lastUsedAt": now}
    with suppress(AzureError):
        await storage.service_table.merge(used, token.etag)


async def drop_token(storage: Storage, token: AccessToken) -> None:
    await storage.service_table.delete(PARTITION, _row_key(token.place))


async def drop_tokens(storage: Storage, project_id: str, user_id: str | None = None) -> None:
    """Drops all tokens of a project, or one person's."""
    for token in await list_tokens(storage, project_id):
        if user_id is None or token.user_id == user_id:
            await drop_token(storage, token)


project_dropped.then(drop_tokens)


async def drop_tokens_of(storage: Storage, user_id: str) -> None:
    """Drops a person's tokens, of the service and of all projects."""
    for token in await list_all_tokens(storage):
        if token.user_id == user_id:
            await drop_token(storage, token)


def _row_key(place: Place) -> str:
    return f"{place.project_id or OF_THE_SERVICE}|{place.key}"


def _read(row: Row) -> AccessToken:
    scope, _, key = str(row["RowKey"]).partition("|")
    return AccessToken(
        project_id=None if scope == OF_THE_SERVICE else scope,
        key=key,
        id=row["id"],
        name=row["name"],
        role=Role[row["role"].upper()],
        user_id=row["user"],
        sign_in_name=row["signInName"],
        created_at=row["createdAt"],
        expires_at=row["expiresAt"],
        last_used_at=row.get("lastUsedAt"),
        etag=row.etag,
    )
