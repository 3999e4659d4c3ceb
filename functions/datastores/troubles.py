"""What can go wrong with a datastore, in words that a person can act on.

They never repeat what the SDK or the other side said: that may hold a token, and is no help to who reads it.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from azure.core.credentials import AzureSasCredential
from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    DeserializationError,
    HttpResponseError,
    ServiceRequestError,
    ServiceResponseError,
)
from azure.storage.blob.aio import ContainerClient

from functions.datastores.model import AuthKind, Datastore
from functions.datastores.sas import expired, is_for_directory, is_valid_at, not_yet
from functions.problems import Conflict

LIST = "List"
READ = "Read"


class DatastoreTrouble(Exception):
    """The datastore cannot be used. reason: why, in words. is_auth: whether other credentials would help. may_pass:
    whether the same may work when it is tried again.
    """

    def __init__(self, reason: str, *, is_auth: bool = False, may_pass: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_auth = is_auth
        self.may_pass = may_pass


class BlobTrouble(Exception):
    """One blob cannot be had; the others may. reason: why, in words. may_pass: whether the same blob may be had later;
    otherwise only another in its place would help.
    """

    may_pass = False

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BlobGone(BlobTrouble):
    may_pass = True

    def __init__(self) -> None:
        super().__init__("The file is no longer there.")


class BlobChanged(BlobTrouble):
    """The blob is not the one with the given etag any more."""

    may_pass = True

    def __init__(self) -> None:
        super().__init__("The file has changed meanwhile.")


class BlobArchived(BlobTrouble):
    """Its etag stays when it comes back."""

    may_pass = True


class TooBig(BlobTrouble):
    pass


REJECTED = {
    "sas": (
        "The SAS token is not valid for this container. Was it cut off, made for another account or container, or "
        "signed with a key that was changed since?"
    ),
    "accountKey": "The account key is wrong for this storage account. Was it cut off, or changed?",
    "identity": "The storage account does not accept the service's identity.",
    "anonymous": "The container is not open to the public. Give a SAS token or an account key.",
    "builtIn": "The service's own storage does not accept the service.",
}
LACKS = {
    "sas": "The SAS token lacks the permission {permission}. Make one with Read and List.",
    "accountKey": "The account key does not allow this.",
    "identity": "The service's identity may not read this container. Give it the role Storage Blob Data Reader.",
    "anonymous": "The container is not open to the public. Give a SAS token or an account key.",
    "builtIn": "The service may not read its own storage.",
}
NOT_THIS_DIRECTORY = (
    "The SAS token is not valid for this folder. Is it for this directory of this container, and has the storage "
    "account a hierarchical namespace? Only such accounts know tokens for directories."
)
NOT_THERE = "The container does not exist in this storage account."
NOT_PUBLIC = (
    "The container does not exist, or its list is not open to the public. Set its public access level to Container, "
    "or give a SAS token."
)
OVER_IN_TIME = "The SAS token has expired, or is not valid yet. Make a new one."
NO_PUBLIC = "The storage account does not permit public access. Give a SAS token or an account key."
NO_KEYS = "The storage account does not permit access by key. Use the service's identity."
FIREWALL = (
    "The storage account refuses this service. Look at its firewall and network rules, and at what the credentials "
    "allow."
)
TYPES = (
    "The SAS token is not for containers and blobs. Make it for the Blob service with the resource types Container and "
    "Object."
)
PROTOCOL = "The SAS token is for https only."
ADDRESS = "The SAS token is for other IP addresses than this service's."
DISABLED = "The storage account is disabled."
NO_STORAGE = "What answers at this address is not Azure Blob storage."
NOT_UNDERSTOOD = "The storage account does not accept what it was asked."
NO_HOST = (
    "The storage account's address does not resolve: there is no account of this name, or this service has no "
    "connection to the network at the moment."
)
NO_ANSWER = "The storage account does not answer."
BUSY = "The storage account is busy or has trouble at the moment."
NO_SIGN_IN = "The service could not sign in with its identity."

# Start [Thu, 05 Mar 2026 03:00:00 GMT] - Expiry [...] - Current [...]
TIMES = re.compile(r"(Start|Expiry|Current) \[([^\]]{1,40})\]")

ELSEWHERE = {"AccountIsDisabled": DISABLED}
REFUSED = {
    "AuthorizationProtocolMismatch": PROTOCOL,
    "AuthorizationResourceTypeMismatch": TYPES,
    "AuthorizationServiceMismatch": TYPES,
    "AuthorizationSourceIPMismatch": ADDRESS,
    "KeyBasedAuthenticationNotPermitted": NO_KEYS,
    "PublicAccessNotPermitted": NO_PUBLIC,
}
NOT_FOUND = ("ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled", "ResourceNotFound")
LACKING = ("AuthorizationPermissionMismatch", "InsufficientAccountPermissions", "UnauthorizedBlobOverwrite")
ALL_ARCHIVED = "The files are in the archive tier. Move them to a tier from which they can be read."
ARCHIVED = {
    "BlobArchived": "The file is in the archive tier. Move it to a tier from which it can be read.",
    "BlobBeingRehydrated": "The file is still being brought back from the archive tier.",
}
BLOB_CODES = {
    "BlobUsesCustomerSpecifiedEncryption": "The file is encrypted with a key that the service does not have.",
}


def auth_of(client: ContainerClient) -> AuthKind:
    credential = client.credential
    if credential is None:
        return "anonymous"
    if isinstance(credential, AzureSasCredential):
        return "sas"
    return "identity" if hasattr(credential, "get_token") else "accountKey"


def explain(error: Exception, client: ContainerClient, permission: str) -> DatastoreTrouble:
    """What failed, as a person would say it. permission: what the failed call needs."""
    if isinstance(error, TimeoutError):
        return DatastoreTrouble(NO_ANSWER, may_pass=True)
    if isinstance(error, ServiceRequestError | ServiceResponseError):
        if _does_not_resolve(error.inner_exception):
            return DatastoreTrouble(NO_HOST)
        return DatastoreTrouble(NO_ANSWER, may_pass=True)
    if isinstance(error, ClientAuthenticationError) and error.response is None:
        # Raised by the identity's library, before anything was sent to the datastore.
        return DatastoreTrouble(NO_SIGN_IN, is_auth=True)
    if not isinstance(error, HttpResponseError):
        return DatastoreTrouble(NO_STORAGE)
    status, code = error.status_code or 0, code_of(error)
    if status >= 500 or status in (408, 429):
        return DatastoreTrouble(BUSY, may_pass=True)
    if code in ELSEWHERE:
        return DatastoreTrouble(ELSEWHERE[code])
    if code in NOT_FOUND:
        return DatastoreTrouble(NOT_PUBLIC if auth_of(client) == "anonymous" else NOT_THERE)
    if code and (status in (401, 403) or code in REFUSED):
        return DatastoreTrouble(_refusal(error, code, client, permission), is_auth=True)
    return DatastoreTrouble(NOT_UNDERSTOOD if code else NO_STORAGE)


def _refusal(error: HttpResponseError, code: str, client: ContainerClient, permission: str) -> str:
    auth = auth_of(client)
    if code in REFUSED:
        return REFUSED[code]
    if code in LACKING:
        return LACKS[auth].format(permission=permission)
    if code == "AuthorizationFailure" and "failed to authenticate" not in str(error.message):
        return FIREWALL
    if "time frame" in _detail(error) or _is_over(client):
        return _told_times(_detail(error))
    return NOT_THIS_DIRECTORY if _is_for_directory(client) else REJECTED[auth]


def code_of(error: HttpResponseError) -> str:
    """Storage's word for what is wrong; answers to HEAD have it in a header only."""
    response: Any = error.response
    code: Any = getattr(error, "error_code", None)
    if code is None and response is not None:
        code = response.headers.get("x-ms-error-code")
    return str(getattr(code, "value", code) or "")


def _detail(error: HttpResponseError) -> str:
    more: dict[str, Any] = getattr(error, "additional_info", None) or {}
    return str(more.get("authenticationerrordetail", ""))


def _told_times(detail: str) -> str:
    """By the times in storage's answer, as of a stored access policy, which the token does not tell itself."""
    told: dict[str, datetime] = {}
    for name, text in TIMES.findall(detail):
        with suppress(ValueError):
            told[name] = parsedate_to_datetime(text).astimezone(UTC)
    start, expiry, current = told.get("Start"), told.get("Expiry"), told.get("Current")
    if start and current and current < start:
        return not_yet(start)
    return expired(expiry) if expiry and current and current >= expiry else OVER_IN_TIME


def _is_for_directory(client: ContainerClient) -> bool:
    credential: Any = client.credential
    return isinstance(credential, AzureSasCredential) and is_for_directory(credential.signature)


def _is_over(client: ContainerClient) -> bool:
    """Emulators do not say that a signature is refused for its time."""
    credential: Any = client.credential
    return isinstance(credential, AzureSasCredential) and not is_valid_at(credential.signature, datetime.now(UTC))


def _does_not_resolve(error: BaseException | None) -> bool:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return True
    return isinstance(getattr(error, "os_error", None), socket.gaierror)


# The SDK raises the two before the last for an answer that is not what it expects.
FAILURES = (AzureError, TimeoutError, aiohttp.ClientError, DeserializationError, AttributeError, OSError)


@contextmanager
def told(client: ContainerClient, permission: str) -> Iterator[None]:
    """Turns what the SDK raises into DatastoreTrouble. The cause is cut off: it knows the address with its token."""
    try:
        yield
    except FAILURES as error:
        raise explain(error, client, permission) from None


@contextmanager
def as_conflict(datastore: Datastore) -> Iterator[None]:
    """A trouble with a datastore becomes an answer for who asked."""
    try:
        yield
    except DatastoreTrouble as trouble:
        raise Conflict(f"The datastore {datastore.name!r} cannot be read. {trouble.reason}") from None
