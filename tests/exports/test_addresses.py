"""The addresses of images in azureml exports."""

import pytest

from functions.exports.addresses import AzureMlDatastore, Workspace, container_address, read_datastore

SUBSCRIPTION = "12345678-1234-1234-1234-1234567890ab"
WORKSPACE = Workspace(subscription=SUBSCRIPTION, resource_group="group_(1).x", name="team-ws")
LONG = f"azureml://subscriptions/{SUBSCRIPTION}/resourcegroups/group_(1).x/workspaces/team-ws/datastores/images"


@pytest.mark.parametrize(
    "address",
    [
        LONG,
        f"  {LONG}/paths/a folder/ ",
        LONG.replace("resourcegroups", "resourceGroups"),
        LONG.replace("group_(1)", "group_%281%29"),
        LONG.replace("/workspaces", "/providers/Microsoft.MachineLearningServices/workspaces"),
        LONG.replace("azureml://", "azureml:/"),
    ],
)
def test_a_datastore_is_read_from_its_address(address: str) -> None:
    assert read_datastore(address) == AzureMlDatastore("images", WORKSPACE)


def test_the_short_address_names_no_workspace() -> None:
    assert read_datastore("azureml://datastores/images/paths/a/b.jpg") == AzureMlDatastore("images", None)


@pytest.mark.parametrize(
    "address",
    [
        "azureml://",
        "azureml:images:1",
        LONG.replace("/datastores/images", ""),
        LONG.replace(SUBSCRIPTION, "<id>"),
        LONG.replace("images", "im ages"),
        LONG.replace("team-ws", "team/ws"),
        LONG.replace("azureml:", "https:"),
    ],
)
def test_what_is_no_datastores_address_is_none(address: str) -> None:
    assert read_datastore(address) is None


@pytest.mark.parametrize(
    ("container", "address"),
    [
        ("https://team.blob.core.windows.net/photos", "wasbs://photos@team.blob.core.windows.net"),
        ("https://team.blob.core.chinacloudapi.cn/photos", "wasbs://photos@team.blob.core.chinacloudapi.cn"),
        ("https://team.blob.core.windows.net/$root", "wasbs://$root@team.blob.core.windows.net"),
        ("https://team.z12.blob.storage.azure.net/photos", "https://team.z12.blob.storage.azure.net/photos"),
        ("http://127.0.0.1:10000/devstoreaccount1/photos", "wasbs://photos@devstoreaccount1.blob.core.windows.net"),
        ("http://localhost/photos", "http://localhost/photos"),
    ],
)
def test_without_a_workspace_a_container_is_named_by_its_account(container: str, address: str) -> None:
    assert (
        container_address(container, None) == container_address(container, AzureMlDatastore("images", None)) == address
    )


def test_with_a_workspace_a_container_is_named_by_its_datastore() -> None:
    there = AzureMlDatastore("images", WORKSPACE)
    assert container_address("https://team.blob.core.windows.net/photos", there) == f"{LONG}/paths"
