"""Listing a container, page by page.

The listing is what a refresh takes its time for, and most of that time was the SDK's, which makes objects of all that
it is told of each blob: it takes six times the processor time for a page that this takes. So the request is put
together and read here; signing, retries and the transport are the SDK's.
Protocol: https://learn.microsoft.com/rest/api/storageservices/list-blobs
"""

from collections.abc import AsyncGenerator
from email.utils import formatdate
from typing import Any, NamedTuple
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

from azure.core import AsyncPipelineClient
from azure.core.credentials import AzureSasCredential
from azure.core.exceptions import DeserializationError, HttpResponseError
from azure.core.pipeline.policies import (
    AsyncBearerTokenCredentialPolicy,
    AsyncRetryPolicy,
    AzureSasCredentialPolicy,
    SansIOHTTPPolicy,
)
from azure.core.pipeline.transport import HttpRequest
from azure.storage.blob.aio import ContainerClient

from functions.datastores.troubles import LIST, told
from functions.storage import transport

PAGE_SIZE = 5000
VERSION = "2021-12-02"
# Accounts with a hierarchical namespace list directories as blobs, and say so by this.
FOLDER = "hdi_isfolder"
SCOPE = "https://storage.azure.com/.default"
SECONDS: dict[str, float] = {"connection_timeout": 4, "read_timeout": 20}
RETRIES: dict[str, Any] = {"retry_total": 1, "retry_backoff_factor": 1}


class ListedBlob(NamedTuple):
    name: str
    etag: str
    bytes: int


async def list_pages(
    client: ContainerClient, prefix: str, page_size: int = PAGE_SIZE, marker: str | None = None
) -> AsyncGenerator[tuple[list[ListedBlob], str | None], None]:
    """The files whose names begin with `prefix`, page by page, each page with the marker of the next.

    A page may be empty though others follow. Who does not read to the end closes it (contextlib.aclosing). Raises
    DatastoreTrouble.
    """
    policies = [AsyncRetryPolicy(**RETRIES), *_signing(client)]
    pipeline: AsyncPipelineClient[Any, Any]
    async with AsyncPipelineClient(client.url, policies=policies, transport=transport(**SECONDS)) as pipeline:
        while True:
            with told(client, LIST):
                blobs, marker = _read(await _page(pipeline, client.url, prefix, page_size, marker))
            yield blobs, marker
            if marker is None:
                return


def _signing(client: ContainerClient) -> list[Any]:
    """What signs requests as the client does."""
    credential = client.credential
    if credential is None or isinstance(credential, SansIOHTTPPolicy):
        # An account's key is given as a policy already.
        return [credential] if credential else []
    if isinstance(credential, AzureSasCredential):
        return [AzureSasCredentialPolicy(credential)]
    return [AsyncBearerTokenCredentialPolicy(credential, SCOPE)]


async def _page(
    pipeline: AsyncPipelineClient[Any, Any], url: str, prefix: str, page_size: int, marker: str | None
) -> bytes:
    request = HttpRequest("GET", url, headers={"x-ms-version": VERSION, "x-ms-date": formatdate(usegmt=True)})
    asked = {"restype": "container", "comp": "list", "include": "metadata"}
    asked |= {"prefix": prefix, "marker": marker or "", "maxresults": str(page_size)}
    request.format_parameters({name: quote(value, safe="") for name, value in asked.items() if value})
    answer = await pipeline.send_request(request)
    await answer.load_body()
    body: bytes = answer.body()
    if answer.status_code >= 400:
        raise _error(answer, body)
    return body


def _error(answer: Any, body: bytes) -> HttpResponseError:
    """What storage says is wrong, as the SDK's clients give it."""
    error = HttpResponseError(response=answer)
    try:
        root = ET.fromstring(body)  # noqa: S314 - expat bounds what entities may grow to
    except ET.ParseError:
        root = ET.Element("Error")
    said = {part.tag.lower(): part.text or "" for part in root}
    error.message = said.get("message", error.message)
    vars(error)["additional_info"] = said
    return error


def _read(body: bytes) -> tuple[list[ListedBlob], str | None]:
    try:
        root = ET.fromstring(body)  # noqa: S314
    except ET.ParseError:
        raise DeserializationError("a listing that is no XML") from None
    if root.tag != "EnumerationResults":
        raise DeserializationError("an answer that is no listing")
    files = [_blob(found) for found in root.iterfind("Blobs/Blob") if not _is_directory(found)]
    return files, root.findtext("NextMarker") or None


def _is_directory(found: ET.Element) -> bool:
    metadata = found.find("Metadata")
    said = {part.tag.lower(): part.text for part in metadata} if metadata is not None else {}
    return said.get(FOLDER) == "true" or found.findtext("Properties/ResourceType") == "directory"


def _blob(found: ET.Element) -> ListedBlob:
    name, properties = found.find("Name"), found.find("Properties")
    if name is None or properties is None:
        raise DeserializationError("a blob without a name, or without properties")
    text = name.text or ""
    # Names with characters that XML cannot hold.
    text = unquote(text) if name.get("Encoded") == "true" else text
    return ListedBlob(text, properties.findtext("Etag") or "", int(properties.findtext("Content-Length") or 0))
