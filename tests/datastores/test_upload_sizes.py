"""What is there already is found by one page of the listing, and asked for one by one only where that does not tell."""

from datetime import UTC, datetime

import pytest
from azure.storage.blob.aio import BlobClient

from functions.datastores import sizes, uploads
from functions.datastores.wire import ProjectUploadRequest, UploadFile, UploadsAnswer
from functions.storage import WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name

THERE, ASKED = 30, 40


@pytest.fixture
async def folder(storage: Storage) -> str:
    """A folder with some of the files that are asked for; every third has another size."""
    folder = f"{new_name('folder')}/"
    container = storage.container(WORKSPACE_CONTAINER)
    for number in range(THERE):
        await container.upload_blob(f"{folder}cat-{number:02}.png", b"12" if number % 3 else b"1")
    await container.upload_blob(f"{folder}dog.png", b"12")
    return folder


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were asked for one by one."""
    names: list[str] = []
    ask = BlobClient.get_blob_properties

    async def counted(self: BlobClient) -> object:
        names.append(self.blob_name)
        return await ask(self)

    monkeypatch.setattr(BlobClient, "get_blob_properties", counted)
    return names


async def offered(storage: Storage, folder: str, count: int = ASKED) -> UploadsAnswer:
    files = [UploadFile(name=f"cat-{number:02}.png", bytes=2) for number in range(count)]
    return await uploads.offer_uploads(
        storage, folder, ProjectUploadRequest.model_validate({"files": files, "skipExisting": True}), datetime.now(UTC)
    )


def assert_right(answer: UploadsAnswer) -> None:
    assert [upload.name for upload in answer.uploads] == [f"cat-{number:02}.png" for number in range(THERE, ASKED)]
    assert len(answer.existing) == THERE * 2 // 3
    assert list(answer.conflicting) == [f"cat-{number:02}.png" for number in range(0, THERE, 3)]


async def test_one_page_of_the_listing_tells_of_many(storage: Storage, folder: str, asked_for: list[str]) -> None:
    assert_right(await offered(storage, folder))
    assert asked_for == []


async def test_what_one_page_does_not_tell_is_asked_for(
    storage: Storage, folder: str, asked_for: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "PAGE_SIZE", 10)
    assert_right(await offered(storage, folder))
    assert len(asked_for) == ASKED - 10


async def test_of_a_few_each_is_asked_for(storage: Storage, folder: str, asked_for: list[str]) -> None:
    assert len((await offered(storage, folder, 3)).existing) == 2
    assert len(asked_for) == 3
