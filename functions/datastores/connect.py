"""Reading from datastores: a client for the container, and single blobs.

Whatever goes wrong comes in words.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from azure.core import MatchConditions
from azure.core.credentials import AzureSasCredential
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import HttpResponseError
from azure.identity.aio import DefaultAzureCredential
from azure.storage.blob.aio import ContainerClient

from functions.datastores.addresses import split_container_url
from functions.datastores.model import Datastore
from functions.datastores.secrets import secrets_of
from functions.datastores.troubles import (
    ARCHIVED,
    BLOB_CODES,
    READ,
    BlobArchived,
    BlobChanged,
    BlobGone,
    BlobTrouble,
    DatastoreTrouble,
    TooBig,
    code_of,
    told,
)
from functions.settings import Settings
from functions.storage import WORKSPACE_CONTAINER, Storage, transport

__all__ = [
    "BlobArchived",
    "BlobChanged",
    "BlobGone",
    "BlobTrouble",
    "BlobVersion",
    "DatastoreTrouble",
    "TooBig",
    "connect",
    "download",
    "download_part",
    "open_container",
    "read_first_byte",
    "version_of",
]

GZIP = b"\x1f\x8b"
GZIP_ENCODINGS = ("gzip", "x-gzip")
OTHER_ENCODINGS = ("br", "compress", "deflate", "zstd")
# What storage says of any range of an empty blob.
NO_BYTES = "InvalidRange"
FIRST_READ = 4 * 1024 * 1024
PATIENCE: dict[str, Any] = {
    "retry_total": 1,
    "initial_backoff": 1,
    "increment_base": 1,
    "random_jitter_range": 1,
    "permit_redirects": False,
    "max_single_get_size": FIRST_READ,
    "max_chunk_get_size": FIRST_READ,
}


@asynccontextmanager
async def connect(storage: Storage, datastore: Datastore) -> AsyncIterator[ContainerClient]:
    """A client for the datastore's container.

    Raises DatastoreTrouble when its secret is lost, or the service's identity is not allowed there.
    """
    secret = None
    if datastore.secret_name:
        secret = await secrets_of(storage.config).get(datastore.secret_name)
        if secret is None:
            raise DatastoreTrouble("The datastore's credentials are lost. Give it new ones.", is_auth=True)
    async with open_container(storage, datastore, secret) as client:
        yield client


@asynccontextmanager
async def open_container(storage: Storage, datastore: Datastore, secret: str | None) -> AsyncIterator[ContainerClient]:
    """A client for a datastore whose secret is at hand."""
    if datastore.auth == "builtIn":
        yield storage.container(WORKSPACE_CONTAINER)
        return
    account_url, account, container = split_container_url(datastore.container_url)
    credential = _credential(storage.config, datastore, account, secret)
    client = ContainerClient(
        account_url,
        container,
        credential=credential,
        transport=transport(connection_timeout=4, read_timeout=20),
        **PATIENCE,
    )
    async with client:
        yield client


def _credential(config: Settings, datastore: Datastore, account: str, secret: str | None) -> Any:
    match datastore.auth:
        case "sas":
            # Not as a part of the address, which turns up in messages.
            return AzureSasCredential(secret or "")
        case "accountKey":
            return {"account_name": account, "account_key": secret or ""}
        case "identity":
            return _identity(config, datastore)
        case _:
            return None


def _identity(config: Settings, datastore: Datastore) -> AsyncTokenCredential:
    # Asked again at every use: the setting may have been narrowed since the datastore was made.
    if datastore.container_url not in config.identity_containers:
        raise DatastoreTrouble(
            "The service's identity is not allowed for this container. "
            "Whoever runs the service can list it in IDENTITY_CONTAINERS.",
            is_auth=True,
        )
    if not datastore.container_url.startswith("https:"):
        raise DatastoreTrouble("The service uses its identity over https only.", is_auth=True)
    return _identity_for_containers(config.containers_client_id)


@cache
def _identity_for_containers(client_id: str | None) -> AsyncTokenCredential:
    """Not the one that reaches the service's own storage: what opens these containers opens nothing of the service."""
    return DefaultAzureCredential(managed_identity_client_id=client_id)


async def download(client: ContainerClient, name: str, etag: str | None, limit_bytes: int) -> bytes:
    """One blob, as it is stored. With an etag: only if it is still that one.

    Raises BlobGone, BlobChanged, TooBig or another BlobTrouble for what is wrong with this blob, and DatastoreTrouble.
    """
    _refuse_dots(name)
    async with _reading(client, name):
        # Unpacking what says that it is compressed would let a small blob fill the memory.
        stream = await client.download_blob(name, decompress=False, **_only_if(etag))
        _refuse_big(stream.size, limit_bytes)
        content = bytes(await stream.readall())
    _refuse_packed(stream.properties.content_settings.content_encoding or "", content)
    return content


@dataclass(frozen=True)
class BlobVersion:
    """A blob as it was at one moment, by its etag."""

    name: str
    etag: str
    bytes: int


async def version_of(client: ContainerClient, name: str, limit_bytes: int) -> BlobVersion:
    """The blob as it is now, to be read in parts (download_part). Raises as `download` does."""
    _refuse_dots(name)
    async with _reading(client, name):
        try:
            stream = await client.download_blob(name, offset=0, length=len(GZIP), decompress=False)
        except HttpResponseError as error:
            if code_of(error) != NO_BYTES:
                raise
            return BlobVersion(name, "", 0)
        begin = bytes(await stream.readall())
    size = int(str(stream.properties.content_range).rpartition("/")[2])
    _refuse_big(size, limit_bytes)
    _refuse_packed(stream.properties.content_settings.content_encoding or "", begin)
    return BlobVersion(name, str(stream.properties.etag), size)


async def download_part(client: ContainerClient, version: BlobVersion, offset: int, length: int) -> bytes:
    """So many bytes of the blob from the offset on, or those that there are. Raises as `download` does."""
    if offset >= version.bytes or length < 1:
        return b""
    async with _reading(client, version.name):
        stream = await client.download_blob(
            version.name, offset=offset, length=length, decompress=False, **_only_if(version.etag)
        )
        return bytes(await stream.readall())


async def read_first_byte(client: ContainerClient, name: str) -> None:
    """Raises as `download` does for what cannot be read."""
    async with _reading(client, name):
        await (await client.download_blob(name, offset=0, length=1, decompress=False)).readall()


def _only_if(etag: str | None) -> dict[str, Any]:
    if etag is None:
        return {}
    return {"etag": f'"{etag.strip(chr(34))}"', "match_condition": MatchConditions.IfNotModified}


def _refuse_dots(name: str) -> None:
    if any(segment in (".", "..") for segment in name.split("/")):
        # HTTP clients shorten such paths, and would read another blob.
        raise BlobTrouble("The file cannot be read: a part of its name is only dots.")


def _refuse_big(size: int, limit_bytes: int) -> None:
    if size > limit_bytes:
        raise TooBig(f"The file has {size} bytes; at most {limit_bytes} are read.")


def _refuse_packed(encoding: str, content: bytes) -> None:
    """Raises BlobTrouble. What is said to be gzip and is none is read as it is."""
    encoding = encoding.strip().lower()
    if (encoding in GZIP_ENCODINGS and content.startswith(GZIP)) or encoding in OTHER_ENCODINGS:
        raise BlobTrouble(
            f"The file is stored compressed (Content-Encoding: {encoding}), and is not unpacked. Store it uncompressed."
        )


@asynccontextmanager
async def _reading(client: ContainerClient, name: str) -> AsyncIterator[None]:
    """Turns what goes wrong while a blob is read into BlobTrouble and DatastoreTrouble."""
    with told(client, READ):
        try:
            yield
        except HttpResponseError as error:
            trouble = await _blob_trouble(client, name, code_of(error))
            if trouble is None:
                raise
            raise trouble from None


async def _blob_trouble(client: ContainerClient, name: str, code: str) -> BlobTrouble | None:
    if code == "BlobNotFound":
        return BlobGone()
    if code == "ConditionNotMet":
        # A blob that is gone fails the condition as well.
        return BlobChanged() if await client.get_blob_client(name).exists() else BlobGone()
    if code in ARCHIVED:
        return BlobArchived(ARCHIVED[code])
    return BlobTrouble(BLOB_CODES[code]) if code in BLOB_CODES else None
