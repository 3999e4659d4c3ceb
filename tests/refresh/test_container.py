"""The bench's simulated container answers the SDK as Azure does."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError, ResourceNotFoundError
from azure.storage.blob.aio import ContainerClient

from bench.refresh.simulated import SimulatedContainer
from functions.datastores.connect import download
from functions.datastores.listing import ListedBlob, list_pages
from functions.imaging.rendering import render


@pytest.fixture
async def client(simulated: SimulatedContainer) -> AsyncIterator[ContainerClient]:
    async with ContainerClient.from_container_url(simulated.url) as client:
        yield client


async def listed(client: ContainerClient, prefix: str = "", size: int = 5000) -> list[ListedBlob]:
    return [blob async for blobs, _ in list_pages(client, prefix, size) for blob in blobs]


async def test_names_come_sorted_page_by_page(simulated: SimulatedContainer, client: ContainerClient) -> None:
    simulated.hold(12_345)
    before, _ = simulated.asked()
    pages = [blobs async for blobs, _ in list_pages(client, "", 5000)]
    names = [blob.name for blobs in pages for blob in blobs]
    assert [len(blobs) for blobs in pages] == [5000, 5000, 2345]
    assert names == sorted(set(names))
    assert simulated.asked()[0] - before == 3


async def test_a_listing_goes_on_behind_its_marker(simulated: SimulatedContainer, client: ContainerClient) -> None:
    simulated.hold(250)
    everything = await listed(client)
    async with aclosing(list_pages(client, "", 100)) as pages:
        blobs, marker = await anext(pages)
    assert marker is not None
    rest = [blob async for more, _ in list_pages(client, "", 100, marker) for blob in more]
    assert blobs + rest == everything


async def test_a_prefix_chooses_a_folder(simulated: SimulatedContainer, client: ContainerClient) -> None:
    simulated.hold(25_000)
    everything = await listed(client)
    folder = await listed(client, "cameras/0001/")
    assert folder == [blob for blob in everything if blob.name.startswith("cameras/0001/")]
    assert len(folder) == 10_000
    assert await listed(client, "cameras/0001/", 3_000) == folder
    assert await listed(client, "elsewhere/") == []


async def test_what_is_altered_lies_between_the_others(simulated: SimulatedContainer, client: ContainerClient) -> None:
    simulated.hold(1_000)
    before = {blob.name: blob.etag for blob in await listed(client)}
    simulated.alter(add=10, change=50)
    after = {blob.name: blob.etag for blob in await listed(client)}
    assert list(after) == sorted(after)
    assert len(after.keys() - before.keys()) == 10
    assert sum(after[name] != etag for name, etag in before.items()) == 50
    simulated.alter(remove=20)
    left = {blob.name: blob.etag for blob in await listed(client)}
    assert len(left) == 990
    assert left.items() <= after.items()


async def test_a_blob_is_an_image_of_its_listed_size(simulated: SimulatedContainer, client: ContainerClient) -> None:
    simulated.hold(100)
    blob = (await listed(client))[42]
    data = await download(client, blob.name, blob.etag, 1_000_000)
    assert len(data) == blob.bytes
    assert (render(data).width, render(data).height) == (64, 48)
    properties = await client.get_blob_client(blob.name).get_blob_properties()
    assert (properties.size, properties.etag.strip('"')) == (blob.bytes, blob.etag)


async def test_a_blob_comes_in_ranges(simulated: SimulatedContainer) -> None:
    simulated.hold(1)
    async with ContainerClient.from_container_url(
        simulated.url, max_single_get_size=100, max_chunk_get_size=100
    ) as client:
        blob = (await listed(client))[0]
        data = await (await client.download_blob(blob.name)).readall()
    assert len(data) == blob.bytes > 200
    assert render(data).width == 64


async def test_a_changed_blob_is_not_read_under_its_old_etag(
    simulated: SimulatedContainer, client: ContainerClient
) -> None:
    simulated.hold(1)
    blob = (await listed(client))[0]
    simulated.alter(change=1)
    with pytest.raises(ResourceModifiedError):
        await client.download_blob(blob.name, etag=f'"{blob.etag}"', match_condition=MatchConditions.IfNotModified)


async def test_a_removed_blob_is_not_found(simulated: SimulatedContainer, client: ContainerClient) -> None:
    simulated.hold(1)
    blob = (await listed(client))[0]
    simulated.alter(remove=1)
    with pytest.raises(ResourceNotFoundError):
        await client.download_blob(blob.name)
