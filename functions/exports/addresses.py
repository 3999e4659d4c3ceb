"""The addresses by which Azure ML opens images: how a datastore is given, and what is written for it.

The short form `azureml://datastores/<name>/paths/...` is not written: the mltable package reads None for it.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict

from functions.datastores.addresses import split_container_url

SUBSCRIPTION = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
RESOURCE_GROUP = r"[\w.()-]{0,89}[\w()-]"
WORKSPACE = r"[A-Za-z0-9][A-Za-z0-9_-]{1,32}"
DATASTORE = r"[A-Za-z0-9_-]{1,255}"
# As Azure ML shows it, or as Azure Resource Manager names it; what stands behind the datastore's name is a path in it.
ADDRESS = re.compile(
    rf"azureml:/*(subscriptions/(?P<subscription>{SUBSCRIPTION})/resourcegroups/(?P<group>{RESOURCE_GROUP})/"
    rf"(providers/Microsoft\.MachineLearningServices/)?workspaces/(?P<workspace>{WORKSPACE})/)?"
    rf"datastores/(?P<datastore>{DATASTORE})(/.*)?",
    re.IGNORECASE,
)
STORAGE_HOST = re.compile(r"[a-z0-9]+\.blob\.core\..+")
AZURE = "blob.core.windows.net"


class Workspace(BaseModel):
    """A workspace of Azure ML. subscription: its id."""

    model_config = ConfigDict(frozen=True)

    subscription: str
    resource_group: str
    name: str


class AzureMlDatastore(NamedTuple):
    """The name under which Azure ML knows a container, and in which workspace, where that is known."""

    name: str
    workspace: Workspace | None


def read_datastore(address: str) -> AzureMlDatastore | None:
    """The datastore of an address that begins with azureml:; None where it is none of a datastore."""
    found = ADDRESS.fullmatch(unquote(address.strip()))
    if not found:
        return None
    subscription, group, workspace = found.group("subscription", "group", "workspace")
    known = Workspace(subscription=subscription, resource_group=group, name=workspace) if workspace else None
    return AzureMlDatastore(found["datastore"], known)


def container_address(container_url: str, datastore: AzureMlDatastore | None) -> str:
    """What goes before a slash and the path of a blob.

    Without a workspace it is that of the storage account: wasbs, as mltable sends no credentials to https. It takes
    wasbs for `blob.core` hosts alone, so for others https is left. An emulator's account is named as if it were in
    Azure: what reads these files knows no emulators.
    """
    if datastore and datastore.workspace:
        place = datastore.workspace
        return (
            f"azureml://subscriptions/{place.subscription}/resourcegroups/{place.resource_group}"
            f"/workspaces/{place.name}/datastores/{datastore.name}/paths"
        )
    account_url, account, container = split_container_url(container_url)
    url = urlsplit(account_url)
    if url.scheme == "http" and url.path:
        return f"wasbs://{container}@{account}.{AZURE}"
    return f"wasbs://{container}@{url.hostname}" if STORAGE_HOST.fullmatch(url.hostname or "") else container_url
