"""The service's own storage account: one set of asynchronous clients for each process, reused across calls.

Tables hold state, blobs hold previews, exports and snapshots, queues hold what is to be done.

The SDKs of blobs, queues and identities are imported where they are first used, here and in what else starts with the
app: they are half of what a cold start would import, and most calls need one of them at most.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from pydantic import BaseModel

from functions import schema
from functions.problems import NewerData
from functions.settings import Settings, settings
from functions.tables import Tables

if TYPE_CHECKING:
    from azure.core.pipeline.transport import AioHttpTransport
    from azure.storage.blob import UserDelegationKey
    from azure.storage.blob.aio import BlobServiceClient, ContainerClient
    from azure.storage.queue.aio import QueueServiceClient

SERVICE_TABLE = "service"
AUDIT_TABLE = "audit"
EXPORTS_CONTAINER = "exports"
BACKUPS_CONTAINER = "backups"
SNAPSHOTS_CONTAINER = "snapshots"
WORKSPACE_CONTAINER = "workspace"
LABEL_FILES_CONTAINER = "label-files"
REFRESHES_QUEUE = "refreshes"
PREPARATIONS_QUEUE = "preparations"
EXPORTS_QUEUE = "exports"
IMPORTS_QUEUE = "imports"
BACKUPS_QUEUE = "backups"
RESTORES_QUEUE = "restores"
TRAININGS_QUEUE = "trainings"
FEATURES_QUEUE = "features"
OPINIONS_QUEUE = "opinions"
CONTAINERS = (BACKUPS_CONTAINER, EXPORTS_CONTAINER, LABEL_FILES_CONTAINER, SNAPSHOTS_CONTAINER, WORKSPACE_CONTAINER)
QUEUES = (
    REFRESHES_QUEUE,
    PREPARATIONS_QUEUE,
    EXPORTS_QUEUE,
    IMPORTS_QUEUE,
    BACKUPS_QUEUE,
    RESTORES_QUEUE,
    TRAININGS_QUEUE,
    FEATURES_QUEUE,
    OPINIONS_QUEUE,
)
# As host.json has it (maxDequeueCount): after so many deliveries a message is given up.
MOST_DELIVERIES = 5

# A row is small: what takes longer has been lost. All tries together must end before a browser's call does (45 s).
TABLE_SECONDS = 8

# The retries are quick and few: a call from the browser waits for them, and messages come again. (The blob and queue
# clients count in whole seconds, and wait 15 of them at first by default.)
TABLE_RETRIES: dict[str, Any] = {"retry_total": 3, "retry_backoff_factor": 0.2, "retry_backoff_max": 2}
RETRIES: dict[str, Any] = {"retry_total": 3, "initial_backoff": 1, "increment_base": 1, "random_jitter_range": 1}

# Clocks of storage and of this machine may differ by some minutes.
CLOCK_SKEW = timedelta(minutes=5)

log = logging.getLogger(__name__)


def transport(connection_timeout: float = 5, read_timeout: float = 30) -> "AioHttpTransport":
    """A transport that does not look for proxies and .netrc in a thread at every request.

    Times are seconds: until connected, and between two pieces of an answer. (The SDK's clients ignore theirs where they
    are given a transport, and its own are five minutes.)
    """
    from azure.core.pipeline.transport import AioHttpTransport

    return AioHttpTransport(use_env_settings=False, connection_timeout=connection_timeout, read_timeout=read_timeout)


class Storage:
    """Clients of one storage account, by connection string or by identity."""

    def __init__(self, config: Settings) -> None:
        self.config = config
        self.credential: AsyncTokenCredential | None = None
        if config.storage_connection_string:
            self.tables = Tables.by_connection_string(
                config.storage_connection_string, transport(read_timeout=TABLE_SECONDS), **TABLE_RETRIES
            )
        else:
            from azure.identity.aio import DefaultAzureCredential

            assert config.table_service_uri
            self.credential = DefaultAzureCredential(managed_identity_client_id=config.identity_client_id)
            self.tables = Tables.by_identity(
                config.table_service_uri, self.credential, transport(read_timeout=TABLE_SECONDS), **TABLE_RETRIES
            )
        self.service_table = self.tables.table(SERVICE_TABLE)
        self.audit_table = self.tables.table(AUDIT_TABLE)
        self._delegation: UserDelegationKey | None = None
        self._delegation_until = datetime.min.replace(tzinfo=UTC)
        self._prepared = False
        self._is_refused = False
        self._preparing: asyncio.Task[None] | None = None

    @cached_property
    def blobs(self) -> "BlobServiceClient":
        """The client of the account's blobs."""
        from azure.storage.blob.aio import BlobServiceClient

        connection = self.config.storage_connection_string
        if connection:
            return BlobServiceClient.from_connection_string(connection, transport=transport(), **RETRIES)
        assert self.config.blob_service_uri
        return BlobServiceClient(self.config.blob_service_uri, self.credential, transport=transport(), **RETRIES)

    @cached_property
    def queues(self) -> "QueueServiceClient":
        """The client of the account's queues."""
        from azure.storage.queue.aio import QueueServiceClient

        connection = self.config.storage_connection_string
        if connection:
            return QueueServiceClient.from_connection_string(connection, transport=transport(), **RETRIES)
        assert self.config.queue_service_uri
        return QueueServiceClient(self.config.queue_service_uri, self.credential, transport=transport(), **RETRIES)

    async def prepare(self) -> None:
        """To be called before anything else: makes the account's containers, queues and tables on one machine (in Azure
        the templates declare them), and raises NewerData where the data are not for this version of the service.
        """
        if self._prepared:
            return
        if self._preparing is None:
            self._preparing = asyncio.create_task(self._prepare())
        await asyncio.shield(self._preparing)

    async def _prepare(self) -> None:
        try:
            if self.config.storage_connection_string:
                await self._make_places()
            await schema.check_data(self.service_table)
            self._prepared = True
        except NewerData as newer:
            if not self._is_refused:
                log.error("%s", newer.detail)  # noqa: TRY400
            self._is_refused = True
            raise
        finally:
            self._preparing = None

    async def _make_places(self) -> None:
        await asyncio.gather(
            self.service_table.create(),
            self.audit_table.create(),
            *(unless_there(self.blobs.create_container, name) for name in CONTAINERS),
            *(unless_there(self.queues.create_queue, name) for name in QUEUES),
        )

    def container(self, name: str) -> "ContainerClient":
        return self.blobs.get_container_client(name)

    async def send(self, queue: str, message: BaseModel, *, delay: int = 0) -> None:
        """Puts a message into a queue, to be seen after `delay` seconds."""
        await self.send_text(queue, message.model_dump_json(by_alias=True), delay=delay)

    async def send_text(self, queue: str, text: str, *, delay: int = 0) -> None:
        """The same, for a message that is text already."""
        from azure.storage.queue import TextBase64EncodePolicy

        client = self.queues.get_queue_client(queue, message_encode_policy=TextBase64EncodePolicy())
        await client.send_message(text, visibility_timeout=delay)

    async def is_empty(self, queue: str) -> bool:
        """Nothing is in the queue: no message that waits, none that is worked on."""
        properties = await self.queues.get_queue_client(queue).get_queue_properties()
        return not properties.approximate_message_count

    async def sign(
        self,
        container: str,
        blob: str,
        *,
        now: datetime,
        hours: int = 1,
        create: bool = False,
        download_as: str | None = None,
    ) -> str:
        """The address of one blob with a short-lived signature: to read it, or only to create it.

        The signature ends on a full hour (signed_until), so that the address stays the same for a while and browsers
        may cache.
        """
        from azure.storage.blob import BlobSasPermissions, generate_blob_sas

        start = now.replace(minute=0, second=0, microsecond=0)
        expiry = signed_until(now, hours)
        key: dict[str, Any]
        if self.credential:
            key = {"user_delegation_key": await self._delegation_key(now, expiry)}
        else:
            key = {"account_key": self.blobs.credential.account_key}
        token = generate_blob_sas(
            account_name=str(self.blobs.account_name),
            container_name=container,
            blob_name=blob,
            permission=BlobSasPermissions(create=create, read=not create),
            start=start - CLOCK_SKEW,
            expiry=expiry,
            protocol="https" if self.blobs.url.startswith("https:") else None,
            content_disposition=f'attachment; filename="{download_as}"' if download_as else None,
            **key,
        )
        # Put together here: the SDK makes a whole client, with its policies, to tell a blob's address.
        return f"{self.blobs.url.rstrip('/')}/{container}/{quote(blob)}?{token}"

    async def _delegation_key(self, now: datetime, until: datetime) -> "UserDelegationKey":
        if self._delegation is None or self._delegation_until < until:
            self._delegation_until = until + timedelta(hours=12)
            self._delegation = await self.blobs.get_user_delegation_key(now - CLOCK_SKEW, self._delegation_until)
        return self._delegation

    async def close(self) -> None:
        await asyncio.gather(self.tables.aclose(), self.blobs.close(), self.queues.close())


def signed_until(now: datetime, hours: int) -> datetime:
    """When a signature ends that is good for so many hours, or a part of one more."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours + 1)


async def unless_there(make: Callable[..., Awaitable[Any]], *args: Any) -> None:
    """Makes something that may be there already."""
    with suppress(ResourceExistsError):
        await make(*args)


async def unless_gone(drop: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> None:
    """Drops something that may be gone already."""
    with suppress(ResourceNotFoundError):
        await drop(*args, **kwargs)


@cache
def storage() -> Storage:
    """The clients of this process."""
    return Storage(settings())
