"""Datastores in the service's table, and their secrets beside it. The built-in one is always there and has no row."""

import re
from typing import Any

from azure.core.exceptions import HttpResponseError, ResourceExistsError

from functions.conflicts import change, conditional, is_conflict, until_written
from functions.datastores.catalog import CATALOG, rows_of
from functions.datastores.datasets import datastore_key
from functions.datastores.model import BUILT_IN, NAME_PATTERN, AuthKind, Datastore, TokenWarning, is_built_in
from functions.datastores.secrets import Secrets, new_secret_name
from functions.http.conditions import require_match
from functions.problems import Conflict, NotFound
from functions.storage import WORKSPACE_CONTAINER, Storage

BUSY = "Somebody else is changing this datastore. Try again."


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
    row = await storage.service_table.find(CATALOG, datastore_key(name))
    if row is None:
        raise NotFound(f"There is no datastore named {name!r}.")
    return Datastore.model_validate_json(row["document"]), row.etag


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
    made = _naming(datastore, secret)
    await _keep(secrets, made, secret)
    try:
        await storage.service_table.insert(_row(made))
    except ResourceExistsError:
        # A write that was answered too late is tried again, and then finds what it wrote itself.
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

    def renew(current: Datastore) -> Datastore:
        require_match(if_match, current.etag)
        return _naming(current.model_copy(update={"auth": auth, "warnings": warnings}), secret)

    async def write(current: Datastore, renewed: Datastore, etag: str) -> None:
        await _keep(secrets, renewed, secret)
        try:
            await storage.service_table.replace(_row(renewed), etag)
        except HttpResponseError as error:
            if is_conflict(error) and await load_datastore(storage, name) != renewed:
                await _forget(secrets, renewed)
            raise
        await _forget(secrets, current)

    return await change(lambda: _load(storage, name), renew, write, BUSY)


async def delete_datastore(storage: Storage, secrets: Secrets, name: str) -> None:
    """Raises Conflict while a dataset or a project uses it."""

    async def attempt(_number: int) -> None:
        current, etag = await _load(storage, name)
        await _refuse_used(storage, current)
        with conditional():
            await storage.service_table.delete(CATALOG, datastore_key(name), etag)
        await _forget(secrets, current)

    await until_written(attempt, BUSY)


async def _refuse_used(storage: Storage, datastore: Datastore) -> None:
    for kind in ("project", "dataset"):
        used = {str(row["datastore"]).casefold() for row in await rows_of(storage, kind)}
        if datastore.name.casefold() in used:
            some = "A project uses" if kind == "project" else "A dataset lies in"
            raise Conflict(f"{some} the datastore {datastore.name!r}. Delete the {kind} first.")


def _naming(datastore: Datastore, secret: str | None) -> Datastore:
    """The datastore with the name under which its secret is to be kept, where it has one."""
    return datastore.model_copy(update={"secret_name": None if secret is None else new_secret_name(datastore.name)})


async def _keep(secrets: Secrets, datastore: Datastore, secret: str | None) -> None:
    if datastore.secret_name and secret is not None:
        await secrets.put(datastore.secret_name, secret)


async def _forget(secrets: Secrets, datastore: Datastore) -> None:
    if datastore.secret_name:
        await secrets.delete(datastore.secret_name)
