"""Another team's storage account: what datastores point at."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from azure.storage.blob import (
    AccessPolicy,
    AccountSasPermissions,
    BlobSasPermissions,
    BlobServiceClient,
    ContainerSasPermissions,
    PublicAccess,
    ResourceTypes,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)

HOUR = timedelta(hours=1)


class Customer:
    def __init__(self, connection_string: str) -> None:
        parts = dict(part.split("=", 1) for part in connection_string.split(";") if part)
        self.account, self.key, self.url = parts["AccountName"], parts["AccountKey"], parts["BlobEndpoint"].rstrip("/")
        self._blobs = BlobServiceClient.from_connection_string(connection_string)

    def container(self, blobs: Mapping[str, bytes] | None = None, public: PublicAccess | None = None) -> str:
        """A new container with these blobs."""
        name = f"c{secrets.token_hex(6)}"
        container = self._blobs.create_container(name, public_access=public)
        for blob, content in (blobs or {}).items():
            container.upload_blob(blob, content)
        return name

    def put(self, container: str, blob: str, content: bytes, **options: Any) -> None:
        self._blobs.get_blob_client(container, blob).upload_blob(content, overwrite=True, **options)

    def drop(self, container: str, blob: str) -> None:
        self._blobs.get_blob_client(container, blob).delete_blob()

    def drop_container(self, container: str) -> None:
        self._blobs.delete_container(container)

    def container_url(self, container: str) -> str:
        return f"{self.url}/{container}"

    def sas(self, container: str, permission: str = "rl", expires: timedelta = HOUR, **options: Any) -> str:
        return generate_container_sas(
            self.account,
            container,
            account_key=self.key,
            permission=ContainerSasPermissions.from_string(permission),
            expiry=datetime.now(UTC) + expires,
            **options,
        )

    def policy_sas(self, container: str, permission: str) -> str:
        """A token that does not say itself what it permits: a stored access policy does."""
        policy = AccessPolicy(ContainerSasPermissions.from_string(permission), datetime.now(UTC) + HOUR)
        self._blobs.get_container_client(container).set_container_access_policy({"stored": policy})
        return generate_container_sas(self.account, container, account_key=self.key, policy_id="stored")

    def revoke(self, container: str) -> None:
        """Takes back what stored policies permit."""
        self._blobs.get_container_client(container).set_container_access_policy({})

    def blob_sas(self, container: str, blob: str) -> str:
        return generate_blob_sas(
            self.account,
            container,
            blob,
            account_key=self.key,
            permission=BlobSasPermissions(read=True),
            expiry=datetime.now(UTC) + HOUR,
        )

    def account_sas(self, types: str) -> str:
        return generate_account_sas(
            self.account,
            self.key,
            ResourceTypes(container="c" in types, object="o" in types),
            AccountSasPermissions(read=True, list=True),
            datetime.now(UTC) + HOUR,
        )

    def close(self) -> None:
        self._blobs.close()
