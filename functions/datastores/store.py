"""Datastores in the service's table, and their secrets beside it. The built-in one is always there and has no row."""

import re
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.data.tables import UpdateMode

from functions.datastores.catalog import CATALOG, rows_of
from functions.datastores.datasets import ATTEMPTS, datastore_key
from functions.datastores.model import BUILT_IN, NAME_PATTERN, AuthKind, Datastore, TokenWarning, is_built_in
from functions.datastores.secrets import Secrets, new_secret_name
from functions.http.conditions import require_match
from functions.problems import Busy, Conflict, NotFound
from functions.storage import WORKSPACE_CONTAINER, Storage, is_conflict


def built_in(storage: Storage) -> Datastore:
    return Datastore(
        name=BUILT_IN, container_url=str(storage.container(WORKSPACE_CONTAINER).url), auth="builtIn", created_at=None
    )


def _row(datastore: Datastore) -> dict[str, Any]:
    return {"PartitionKey": CATALOG, "RowKey": datastore_key(datastore.name), "document": datastore.model_dump_json()}


async def load_datastore(storage: Storage, name: str) -> Datastore:
    """Raises NotFound."""
    if is_built_in(name):
        return built_in(storage)
    datastore, _ = await _load(storage, name)
    return datastore


async def _load(storage: Storage, name: str) -> tuple[Datastore, str]:
    if not re.fullmatch(NAME_PATTERN, name):
        # A key has no room for just any text.
        raise NotFound("There is no such datastore.")
    try:
        row = await storage.service_table.get_entity(CATALOG, datastore_key(name))
    except ResourceNotFoundError:
        raise NotFound(f"There is no datastore named {name!r}.") from None
    return Datastore.model_validate_json(row["document"]), str(row.metadata["etag"])


async def has_other_credentials(storage: Storage, datastore: Datastore) -> bool:
    """Whether it was given new ones since it was loaded. Raises NotFound."""
    current = await load_datastore(storage, datastore.name)
    return (current.auth, current.secret_name) != (datastore.auth, datastore.secret_name)


async def list_datastores(storage: Storage) -> list[Datastore]:
    """All datastores: the built-in one, then the others by name."""
    rows = await rows_of(storage, "datastore")
    return [built_in(storage), *(Datastore.model_validate_json(row["document"]) for row in rows)]


async def refuse_taken(storage: Storage, name: str) -> None:
    """Raises Conflict when there is a datastore of this name."""
    if is_built_in(name):
        raise Conflict(f"`{BUILT_IN}` is the built-in datastore. Choose another name.")
    try:
        current = await load_datastore(storage, name)
    except NotFound:
        return
    raise Conflict(f"A datastore named {current.name!r} already exists.")


async def insert_datastore(storage: Storage, secrets: Secrets, datastore: Datastore, secret: str | None) -> Datastore:
    """Keeps the secret, then writes the row that names it. Raises Conflict when the name is taken."""
    await refuse_taken(storage, datastore.name)
    made = await _with_secret(secrets, datastore, secret)
    try:
        await storage.service_table.create_entity(_row(made))
    except ResourceExistsError:
        # A write that was answered too late is retried by the SDK, and then finds what it wrote itself.
        if await load_datastore(storage, made.name) != made:
            await _forget(secrets, made)
            raise Conflict(f"A datastore named {made.name!r} already exists.") from None
    return made


async def replace_credentials(
    storage: Storage,
    secrets: Secrets,
    name: str,
    auth: AuthKind,
    secret: str | None,
    if_match: str | None = None,
    warnings: tuple[TokenWarning, ...] = (),
) -> Datastore:
    """Gives the datastore new credentials. What is at work with the old ones goes on with these. Raises
    PreconditionFailed when if_match is not of the credentials that it has.
    """
    for _ in range(ATTEMPTS):
        current, etag = await _load(storage, name)
        require_match(if_match, current.etag)
        changed = await _with_secret(secrets, current.model_copy(update={"auth": auth, "warnings": warnings}), secret)
        try:
            await storage.service_table.update_entity(
                _row(changed), mode=UpdateMode.REPLACE, etag=etag, match_condition=MatchConditions.IfNotModified
            )
        except HttpResponseError as error:
            if not is_conflict(error):
                raise
            if await load_datastore(storage, name) == changed:
                return changed
            await _forget(secrets, changed)
            continue
        await _forget(secrets, current)
        return changed
    raise Busy("Somebody else is changing this datastore. Try again.", headers={"Retry-After": "2"})


async def delete_datastore(storage: Storage, secrets: Secrets, name: str) -> None:
    """Raises Conflict while a dataset or a project uses it."""
    for _ in range(ATTEMPTS):
        current, etag = await _load(storage, name)
        await _refuse_used(storage, current)
        try:
            await storage.service_table.delete_entity(
                CATALOG, datastore_key(name), etag=etag, match_condition=MatchConditions.IfNotModified
            )
        except HttpResponseError as error:
            if not is_conflict(error):
                raise
            continue
        await _forget(secrets, current)
        return
    raise Busy("Somebody else is changing this datastore. Try again.", headers={"Retry-After": "2"})


async def _refuse_used(storage: Storage, datastore: Datastore) -> None:
    for kind in ("project", "dataset"):
        used = {str(row["datastore"]).casefold() for row in await rows_of(storage, kind)}
        if datastore.name.casefold() in used:
            some = "A project uses" if kind == "project" else "A dataset lies in"
            raise Conflict(f"{some} the datastore {datastore.name!r}. Delete the {kind} first.")


async def _with_secret(secrets: Secrets, datastore: Datastore, secret: str | None) -> Datastore:
    if secret is None:
        return datastore.model_copy(update={"secret_name": None})
    name = new_secret_name(datastore.name)
    await secrets.put(name, secret)
    return datastore.model_copy(update={"secret_name": name})


async def _forget(secrets: Secrets, datastore: Datastore) -> None:
    if datastore.secret_name:
        await secrets.delete(datastore.secret_name)
