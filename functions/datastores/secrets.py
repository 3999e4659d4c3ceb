"""Where the secrets of datastores are kept: in Key Vault, or on one machine in a file that only its owner reads.

A secret is never changed, only replaced by one with a new name: Key Vault keeps deleted names for a while, and what a
reader has cached is right for as long as the name is in the datastore's row.
"""

import asyncio
import json
import os
import secrets
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from azure.core.exceptions import ResourceNotFoundError

from functions.kept import Kept
from functions.settings import Settings, SettingsError
from functions.storage import transport, unless_gone

if TYPE_CHECKING:
    from azure.keyvault.secrets.aio import SecretClient

MOST_KEPT = 1000


class Secrets(Protocol):
    async def put(self, name: str, value: str) -> None: ...

    async def get(self, name: str) -> str | None: ...

    async def delete(self, name: str) -> None: ...


def new_secret_name(datastore: str) -> str:
    """A name as Key Vault takes it (letters, digits, dashes), which nobody has used before."""
    return f"datastore-{datastore.replace('_', '-')}-{secrets.token_hex(8)}"


class FileSecrets:
    """A JSON file {name: value}."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()

    async def put(self, name: str, value: str) -> None:
        await asyncio.to_thread(self._change, name, value)

    async def get(self, name: str) -> str | None:
        return (await asyncio.to_thread(self._load)).get(name)

    async def delete(self, name: str) -> None:
        await asyncio.to_thread(self._change, name, None)

    def _load(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path.read_text("utf-8")))
        except FileNotFoundError:
            return {}

    def _change(self, name: str, value: str | None) -> None:
        with self._lock:
            kept = self._load()
            kept.pop(name, None)
            if value is not None:
                kept[name] = value
            self._replace(json.dumps(kept, indent=2))

    def _replace(self, text: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # mkstemp makes files that only their owner can read.
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
        except BaseException:
            os.unlink(temporary)
            raise


class VaultSecrets:
    """Key Vault. What was read is kept in the process: every pack of images needs its datastore's secret."""

    def __init__(self, client: "SecretClient") -> None:
        self._client = client
        self._read: Kept[str, str] = Kept(MOST_KEPT)

    async def put(self, name: str, value: str) -> None:
        await self._client.set_secret(name, value)

    async def get(self, name: str) -> str | None:
        async def read() -> str:
            return (await self._client.get_secret(name)).value or ""

        try:
            return await self._read.get(name, read)
        except ResourceNotFoundError:
            return None

    async def delete(self, name: str) -> None:
        self._read.forget(name)
        await unless_gone(self._client.delete_secret, name)


@cache
def secrets_of(config: Settings) -> Secrets:
    """Where this process keeps secrets."""
    if config.key_vault_uri:
        # Imported here: a start without Key Vault need not wait for it.
        from azure.identity.aio import DefaultAzureCredential
        from azure.keyvault.secrets.aio import SecretClient

        credential = DefaultAzureCredential(managed_identity_client_id=config.identity_client_id)
        return VaultSecrets(SecretClient(config.key_vault_uri, credential, transport=transport()))
    if config.secrets_file is None:
        raise SettingsError("set KEY_VAULT_URI or SECRETS_FILE")
    return FileSecrets(config.secrets_file)
