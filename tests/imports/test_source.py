"""What an import reads is one version of a blob, in pieces, and what goes wrong comes in words."""

import asyncio
import io
import random
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, BinaryIO, TypeVar

import pytest
from azure.storage.blob import ContentSettings

from functions.datastores import connect
from functions.datastores.connect import DatastoreTrouble
from functions.datastores.store import built_in
from functions.imports import source as sources
from functions.imports.source import OwnStorageTrouble, Source, sources_of
from functions.imports.store import Import
from functions.labeling.head import WAITING
from functions.longwork import Failed
from functions.projects.model import Project
from functions.storage import WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name
from tests.exports.scene import Picture, project_of
from tests.imports.importing import ask, go, imported, table

R = TypeVar("R")
NOW = datetime(2026, 11, 30, tzinfo=UTC)
BYTES = random.Random(21).randbytes(10_000)


def project_in(folder: str) -> Project:
    return Project.model_construct(id=folder, prefix=f"{folder}/")


async def asked_for(storage: Storage, project: Project, content: str | None, file: str | None) -> Import:
    return await ask(storage, project, content, file=file, dry_run=True, now=NOW)


async def put(storage: Storage, name: str, content: bytes, **more: Any) -> None:
    await storage.container(WORKSPACE_CONTAINER).upload_blob(name, content, overwrite=True, **more)


@asynccontextmanager
async def a_file(storage: Storage, content: bytes, **more: Any) -> AsyncIterator[tuple[Source, str]]:
    """The source, and the blob's whole name."""
    project = project_in(new_name("folder"))
    blob = f"{project.prefix}old/labels.csv"
    await put(storage, blob, content, **more)
    asked = await asked_for(storage, project, None, "old/labels.csv")
    async with sources_of(storage, project, asked, built_in(storage)) as [source]:
        yield source, blob


async def read(source: Source, work: Callable[[BinaryIO], R]) -> R:
    return await asyncio.to_thread(lambda: work(source.open()))


async def test_a_text_that_was_sent_is_read_as_it_was_sent(storage: Storage) -> None:
    project = project_in(new_name("folder"))
    asked = await asked_for(storage, project, "image,label\nä.png,Cat\n", None)
    async with sources_of(storage, project, asked, built_in(storage)) as [source]:
        assert (await read(source, lambda file: file.read())).decode() == "image,label\nä.png,Cat\n"
        assert source.size == 23


@pytest.mark.parametrize("content", [BYTES, b"x", b""])
async def test_a_file_is_read_in_pieces_from_anywhere_and_twice(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(sources, "BUFFER_BYTES", 1000)
    pieces: list[int] = []
    whole = connect.download_part

    async def counted(client: Any, version: Any, offset: int, length: int) -> bytes:
        if offset < version.bytes:
            pieces.append(length)
        return await whole(client, version, offset, length)

    def walk(file: BinaryIO) -> None:
        size = len(content)
        for at, whence, length in [
            (0, 0, 3),
            (2990, 0, 20),
            (0, 0, 5000),
            (-min(7, size), 2, 100),
            (0, 0, -1),
            (5, 1, 9),
        ]:
            file.seek(at, whence)
            start = file.tell()
            assert start == {0: at, 1: size + at, 2: size + at}[whence]
            assert file.read(length) == (content[start:] if length < 0 else content[start : start + length])

    async with a_file(storage, content) as (source, _):
        assert (source.name, source.size) == ("labels.csv", len(content))
        monkeypatch.setattr(sources, "download_part", counted)
        assert await read(source, lambda file: b"".join(file)) == content
        assert len(pieces) == -(-len(content) // 1000)
        await read(source, walk)
    assert max(pieces, default=0) <= 1000


async def test_a_zip_is_read_as_one(storage: Storage) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", b"first")
        archive.writestr("b.txt", b"second")
    async with a_file(storage, packed.getvalue()) as (source, _):
        assert await read(source, lambda file: zipfile.ZipFile(file).read("b.txt")) == b"second"
    async with a_file(storage, b"no zip") as (source, _):
        assert not await read(source, zipfile.is_zipfile)


async def test_what_changes_while_it_is_read_fails_in_words(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BUFFER_BYTES", 1000)
    async with a_file(storage, BYTES) as (source, blob):
        await put(storage, blob, BYTES[::-1])
        with pytest.raises(Failed, match="has changed meanwhile"):
            await read(source, lambda file: file.read(10))
        await storage.container(WORKSPACE_CONTAINER).delete_blob(blob)
        with pytest.raises(Failed, match="no longer there"):
            await read(source, lambda file: file.read(10))


async def test_what_is_packed_too_big_or_not_there_fails_in_words(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_in(new_name("folder"))
    asked = await asked_for(storage, project, None, "not there.csv")
    with pytest.raises(Failed, match="no longer there"):
        async with sources_of(storage, project, asked, built_in(storage)):
            pass
    with pytest.raises(Failed, match="stored compressed"):
        async with a_file(storage, b"\x1f\x8bx", content_settings=ContentSettings(content_encoding="gzip")):
            pass
    monkeypatch.setattr(sources, "LARGEST_FILE", 9)
    with pytest.raises(Failed, match="has 10 bytes"):
        async with a_file(storage, b"x" * 10):
            pass


async def test_trouble_of_the_services_own_storage_is_not_the_imports_end(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: Any) -> bytes:
        raise DatastoreTrouble("The storage account is busy.", may_pass=True)

    monkeypatch.setattr(sources, "download_part", busy)
    project = project_in(new_name("folder"))
    asked = await asked_for(storage, project, "image,label", None)
    async with sources_of(storage, project, asked, built_in(storage)) as [source]:
        with pytest.raises(OwnStorageTrouble):
            await read(source, lambda file: file.read())
    async with a_file(storage, b"image,label") as (source, _):
        with pytest.raises(DatastoreTrouble):
            await read(source, lambda file: file.read())


async def test_nothing_is_read_once_the_import_is_over(storage: Storage) -> None:
    async with a_file(storage, BYTES) as (source, _):
        file = source.open()
    with pytest.raises(ValueError, match="closed"):
        await asyncio.to_thread(file.read, 1)


async def test_a_file_in_the_projects_folder_is_read(storage: Storage) -> None:
    folder = new_name("folder")
    project = await project_of(storage, [Picture(f"{folder}/a.png", None, WAITING)], prefix=f"{folder}/")
    container = storage.container(WORKSPACE_CONTAINER)
    await container.upload_blob(f"{folder}/old labels.csv", table(("a.png", "Cat")).encode())
    await container.upload_blob(f"{folder}/labels.txt", table(("a.png", "Dog")).replace(",", "\t").encode("utf-16"))
    for file in ("old labels.csv", "labels.txt"):
        assert (await imported(storage, project, None, file=file)).outcome.labeled == 1
    gone = await go(storage, await ask(storage, project, None, file="new labels.csv"))
    assert gone.status == "failed"
    assert gone.error
