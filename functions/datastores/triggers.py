"""The routes of datastores and datasets."""

import base64
import binascii
from datetime import datetime

import azure.functions as func

from functions.datastores import datasets, store
from functions.datastores.addresses import check_container_url
from functions.datastores.model import BUILT_IN, Datastore, TokenWarning, is_built_in
from functions.datastores.sas import check_sas, warnings_of
from functions.datastores.secrets import secrets_of
from functions.datastores.uploads import offer_uploads
from functions.datastores.wire import (
    AccountKeyAuth,
    Auth,
    BrowseAnswer,
    BrowseQuery,
    ChangedDatastore,
    DatastoreAnswer,
    NewDataset,
    NewDatastore,
    SasAuth,
    SourceDataset,
    UploadRequest,
    UploadsAnswer,
)
from functions.hooks import credentials_changed
from functions.http.calls import Answer, Call
from functions.http.conditions import require_match
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role
from functions.problems import Conflict, Invalid, NotFound
from functions.storage import storage

blueprint = func.Blueprint()

ROLE = Role.SERVICE_ADMINISTRATOR


@route(blueprint, "POST", "datastores", role=ROLE, body=NewDatastore, answers={201: DatastoreAnswer})
async def create_datastore(call: Call[NewDatastore, None]) -> Answer:
    """Creates a datastore, after trying the connection."""
    from functions.datastores.trial import try_connection

    call.entry.note(name=call.body.name, auth=call.body.auth.kind)
    await store.refuse_taken(storage(), call.body.name)
    config = storage().config
    url = check_container_url(call.body.container_url, config, str(storage().blobs.url))
    call.entry.note(containerUrl=url, folder=call.body.folder)
    secret = _secret_of(call.body.auth, url, call.body.folder, call.now)
    datastore = Datastore(
        name=call.body.name,
        container_url=url,
        folder=call.body.folder,
        auth=call.body.auth.kind,
        created_at=call.now,
        warnings=_warnings_of(call.body.auth, secret, call.now),
    )
    await try_connection(storage(), datastore, secret)
    made = await store.insert_datastore(storage(), secrets_of(config), datastore, secret)
    return Answer(201, DatastoreAnswer.of(made), {"Location": f"/api/datastores/{made.name}"})


@route(blueprint, "GET", "datastores", role=ROLE, query=PageQuery, answers={200: Page[DatastoreAnswer]})
async def list_datastores(call: Call[None, PageQuery]) -> Page[DatastoreAnswer]:
    """The datastores, the built-in one first."""
    found = [DatastoreAnswer.of(datastore) for datastore in await store.list_datastores(storage())]
    return page_of(found, lambda item: f"{not is_built_in(item.name):d}{item.name.casefold()}", call.query)


@route(blueprint, "GET", "datastores/{name}", role=ROLE, answers={200: DatastoreAnswer})
async def get_datastore(call: Call[None, None]) -> DatastoreAnswer:
    """One datastore, without its secret."""
    return DatastoreAnswer.of(await store.load_datastore(storage(), call.params["name"]))


@route(
    blueprint,
    "PATCH",
    "datastores/{name}",
    role=ROLE,
    body=ChangedDatastore,
    answers={200: DatastoreAnswer},
    conditional=True,
)
async def change_datastore(call: Call[ChangedDatastore, None]) -> DatastoreAnswer:
    """Gives a datastore new credentials, after trying them. Projects that waited for them are checked again."""
    from functions.datastores.trial import try_connection

    call.entry.note(auth=call.body.auth.kind)
    current = await store.load_datastore(storage(), call.params["name"])
    _refuse_built_in(current, "changed")
    require_match(call.if_match, current.etag)
    secret = _secret_of(call.body.auth, current.container_url, current.folder, call.now)
    await try_connection(storage(), current.model_copy(update={"auth": call.body.auth.kind}), secret)
    secrets, warnings = secrets_of(storage().config), _warnings_of(call.body.auth, secret, call.now)
    changed = await store.replace_credentials(
        storage(), secrets, current.name, call.body.auth.kind, secret, call.if_match, warnings
    )
    await credentials_changed.happened(storage(), changed.name, call.now, call.asker)
    return DatastoreAnswer.of(changed)


@route(blueprint, "DELETE", "datastores/{name}", role=ROLE, answers={204: None})
async def delete_datastore(call: Call[None, None]) -> None:
    """Deletes a datastore that nothing uses. Its container stays."""
    current = await store.load_datastore(storage(), call.params["name"])
    _refuse_built_in(current, "deleted")
    await store.delete_datastore(storage(), secrets_of(storage().config), current.name)


@route(blueprint, "GET", "datastores/{name}/browse", role=ROLE, query=BrowseQuery, answers={200: BrowseAnswer})
async def browse_datastore(call: Call[None, BrowseQuery]) -> BrowseAnswer:
    """The folders and files in one folder."""
    from functions.datastores.browsing import browse
    from functions.datastores.troubles import as_conflict

    datastore = await store.load_datastore(storage(), call.params["name"])
    with as_conflict(datastore):
        return await browse(storage(), datastore, call.query.prefix, call.query.cursor, call.query.limit)


@route(blueprint, "POST", "datastores/{name}/uploads", role=ROLE, body=UploadRequest, answers={200: UploadsAnswer})
async def create_uploads(call: Call[UploadRequest, None]) -> UploadsAnswer:
    """Addresses to which the browser uploads files; for the built-in datastore only."""
    datastore = await store.load_datastore(storage(), call.params["name"])
    if datastore.auth != "builtIn":
        raise Conflict(f"Files can only be uploaded to the datastore `{BUILT_IN}`.")
    call.entry.note(folder=call.body.prefix, files=len(call.body.files))
    return await offer_uploads(storage(), call.body.prefix, call.body, call.now)


@route(blueprint, "POST", "datasets", role=ROLE, body=NewDataset, answers={201: SourceDataset})
async def create_dataset(call: Call[NewDataset, None]) -> Answer:
    """Creates a dataset: a named folder of a datastore."""
    call.entry.note(name=call.body.name, datastore=call.body.datastore, folder=call.body.prefix)
    try:
        datastore = await store.load_datastore(storage(), call.body.datastore)
    except NotFound as missing:
        raise Invalid.field("datastore", missing.detail) from None
    datasets.refuse_outside(datastore, call.body.prefix, "prefix")
    made = datasets.Dataset(
        name=call.body.name,
        description=call.body.description,
        datastore=datastore.name,
        prefix=call.body.prefix,
        created_at=call.now,
    )
    await datasets.insert_dataset(storage(), made)
    return Answer(201, SourceDataset.of(made))


@route(blueprint, "DELETE", "datasets/{name}", role=ROLE, answers={204: None})
async def delete_dataset(call: Call[None, None]) -> None:
    """Deletes a dataset that no project uses. The files in its folder stay."""
    await datasets.delete_dataset(storage(), call.params["name"])


def _secret_of(auth: Auth, container_url: str, folder: str, now: datetime) -> str | None:
    """The secret in its normal form, or None where there is none. Raises Invalid."""
    if isinstance(auth, SasAuth):
        return check_sas(auth.token.get_secret_value(), container_url, folder, now)
    if isinstance(auth, AccountKeyAuth):
        return _check_key(auth.key.get_secret_value())
    return None


def _warnings_of(auth: Auth, secret: str | None, now: datetime) -> tuple[TokenWarning, ...]:
    return warnings_of(secret, now) if isinstance(auth, SasAuth) and secret else ()


def _check_key(text: str) -> str:
    key = text.strip()
    try:
        base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid.field("auth.key", "This is not an account key. Copy the whole key again.") from None
    return key


def _refuse_built_in(datastore: Datastore, done: str) -> None:
    if is_built_in(datastore.name):
        raise Conflict(f"The built-in datastore cannot be {done}.")
