"""What the environment tells the service, read once and checked."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from functions.names import is_shortened
from functions.sign_in_names import read_administrators

# The name of the connection to the data account: queue triggers name it, and the SDK clients are made from it.
DATA_STORAGE = "DATA_STORAGE"

# The host's own account, for its locks, timers and what is deployed.
HOST_STORAGE = "AzureWebJobsStorage"

# The rounds of the timer come at least so often, in minutes.
MOST_ROUND_MINUTES = 10

# Set by the platform wherever the service really runs in Azure. (CONTAINER_NAME is set elsewhere, too.)
AZURE_MARKS = ("WEBSITE_SITE_NAME", "WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME")

# What localhost/ sets for one machine. In Azure they would vouch for whoever knows a word, or lead into the platform.
ON_ONE_MACHINE = ("LOCALHOST_SECRET", "LOOPBACK_DATASTORES")


class SettingsError(ValueError):
    """A setting is missing or cannot be understood."""


@dataclass(frozen=True)
class Settings:
    """The service's settings. Exactly one of `storage_connection_string` and the three service URIs is set.

    administrators: for each sign-in name, folded, the number of the binding that counts (administrators.py).
    refresh_minutes: how often folders are checked.
    export_days: how long the files of a finished export are kept; audit_days: entries of the audit log. host_storage:
    what the environment says of the host's own account: a connection string, an address of its blobs, or its name; None
    where there is none.
    token_maker_days: how long access tokens work after their maker was here last.
    containers_client_id: of the identity that goes to `identity_containers`, which is not the service's own.
    """

    storage_connection_string: str | None
    blob_service_uri: str | None
    table_service_uri: str | None
    queue_service_uri: str | None
    identity_client_id: str | None
    administrators: Mapping[str, int] = field(hash=False)
    identity_containers: frozenset[str]
    containers_client_id: str | None
    site_hosts: frozenset[str]
    key_vault_uri: str | None
    secrets_file: str | None
    platform_signs_in: bool
    localhost_secret: str | None
    developer: str | None
    loopback_datastores: bool
    refresh_minutes: int
    export_days: int
    audit_days: int
    token_maker_days: int
    host_storage: str | None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        def text(name: str) -> str | None:
            return environ.get(name, "").strip() or None

        def names(name: str) -> frozenset[str]:
            return frozenset(part.strip() for part in environ.get(name, "").split(",") if part.strip())

        connection = text(DATA_STORAGE)
        uris = [text(f"{DATA_STORAGE}__{kind}ServiceUri") for kind in ("blob", "table", "queue")]
        if connection is None and None in uris:
            raise SettingsError(
                f"set {DATA_STORAGE} to a connection string, or {DATA_STORAGE}__blobServiceUri, __tableServiceUri and "
                "__queueServiceUri to the addresses of a storage account"
            )
        if text("KEY_VAULT_URI") is None and text("SECRETS_FILE") is None:
            raise SettingsError("set KEY_VAULT_URI, or on one machine SECRETS_FILE: datastores' secrets are kept there")
        try:
            administrators = read_administrators(environ.get("ADMINISTRATORS", ""))
        except ValueError as error:
            raise SettingsError(f"ADMINISTRATORS: {error}") from None
        nameless = next((name for name in administrators if is_shortened(name)), None)
        if nameless is not None:
            raise SettingsError(f"ADMINISTRATORS names {nameless!r}; a sign-in name has no slash and is not only dots")
        is_in_azure = any(text(name) for name in AZURE_MARKS)
        if is_in_azure and (opened := next(filter(text, ON_ONE_MACHINE), None)):
            raise SettingsError(f"{opened} is for one machine only: remove it from the app's settings")
        developer = text("DEVELOPER")
        if developer and (text("AZURE_FUNCTIONS_ENVIRONMENT") != "Development" or is_in_azure):
            raise SettingsError("DEVELOPER stands in for a sign-in, on a developer's machine under `func start` only")
        return cls(
            storage_connection_string=connection,
            blob_service_uri=uris[0],
            table_service_uri=uris[1],
            queue_service_uri=uris[2],
            identity_client_id=text("AZURE_CLIENT_ID"),
            administrators=administrators,
            identity_containers=frozenset(url.rstrip("/") for url in names("IDENTITY_CONTAINERS")),
            containers_client_id=text("IDENTITY_CONTAINERS_CLIENT_ID") or text("AZURE_CLIENT_ID"),
            site_hosts=names("SITE_HOSTS"),
            key_vault_uri=text("KEY_VAULT_URI"),
            secrets_file=text("SECRETS_FILE"),
            platform_signs_in=environ.get("WEBSITE_AUTH_ENABLED", "").casefold() == "true",
            localhost_secret=text("LOCALHOST_SECRET"),
            developer=developer,
            loopback_datastores=text("LOOPBACK_DATASTORES") == "1",
            refresh_minutes=refresh_minutes(environ),
            export_days=_whole("EXPORT_DAYS", text("EXPORT_DAYS") or "30", 36_500),
            audit_days=_whole("AUDIT_DAYS", text("AUDIT_DAYS") or "400", 36_500),
            token_maker_days=_whole("TOKEN_MAKER_DAYS", text("TOKEN_MAKER_DAYS") or "30", 36_500),
            host_storage=text(HOST_STORAGE)
            or text(f"{HOST_STORAGE}__blobServiceUri")
            or text(f"{HOST_STORAGE}__accountName"),
        )


def refresh_minutes(environ: Mapping[str, str]) -> int:
    return _whole("REFRESH_MINUTES", environ.get("REFRESH_MINUTES", "").strip() or "10", 7 * 24 * 60)


def timer_schedule(environ: Mapping[str, str] = os.environ) -> str:
    """When the timer comes, in NCRONTAB. It is asked for before anything is called, so it reads nothing else."""
    return f"0 */{round_minutes(refresh_minutes(environ))} * * * *"


def round_minutes(every: int) -> int:
    """How often the timer has to come so that folders are checked every so many minutes: 10, 5, 2 or 1."""
    return math.gcd(every, MOST_ROUND_MINUTES)


def _whole(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise SettingsError(f"{name} must be a whole number from 1 to {most:,}, not {text!r}")
    return int(text)


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings.from_environment(os.environ)
