"""Files of labels are kept until they are taken over, a day at most, and read only as they were announced."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from functions.hooks import project_dropped
from functions.imports import uploads
from functions.imports.source import sources_of_upload
from functions.imports.store import Import
from functions.imports.uploads import (
    BEFORE_PROJECT,
    KEPT,
    AnnouncedFile,
    Offer,
    Uploaded,
    announce,
    expire_uploads,
    take,
)
from functions.labeling.head import WAITING
from functions.longwork import Failed
from functions.problems import Invalid, NotFound
from functions.projects.model import Project
from functions.storage import LABEL_FILES_CONTAINER, Storage
from tests.exports.scene import CAT, DOG, Picture, project_of
from tests.imports.importing import ask, go, labels_of, table
from tests.running import NO_CERTIFICATES

ANN, BOB = "ann", "bob"
HERE, ELSEWHERE = "abcdefghijkm", "mkjihgfedcba"
WAITS = [Picture("waiting.png", None, WAITING)]
TWO_WAIT = [Picture("a.png", None, WAITING), Picture("b.png", None, WAITING)]
CATS = table(("waiting.png", "Cat")).encode()


def put(url: str, content: bytes) -> None:
    answer = httpx.put(url, content=content, headers={"x-ms-blob-type": "BlockBlob"}, verify=NO_CERTIFICATES)
    assert answer.status_code == 201


async def uploaded(
    storage: Storage,
    files: Mapping[str, bytes],
    scope: str = HERE,
    *,
    announced: Mapping[str, int] | None = None,
    now: datetime | None = None,
) -> Offer:
    """Files that came, and those that were announced with them."""
    sizes = {name: len(content) for name, content in files.items()} | dict(announced or {})
    wanted = [AnnouncedFile(name=name, bytes=size) for name, size in sizes.items()]
    offer, urls = await announce(storage, scope, wanted, by=ANN, now=now or datetime.now(UTC))
    for name, content in files.items():
        put(urls[name], content)
    return offer


async def kept(storage: Storage, offer: Offer) -> list[str]:
    """What is left of it."""
    names = storage.container(LABEL_FILES_CONTAINER).list_blob_names(name_starts_with=offer.place)
    return [name.removeprefix(offer.place) async for name in names]


async def asked_for(storage: Storage, project: Project, uploaded: Uploaded, **more: Any) -> Import:
    return await ask(storage, project, None, uploaded=uploaded, who=ANN, **{"replace": False, **more})


async def test_an_upload_is_tried_then_taken_over_and_gone(storage: Storage) -> None:
    project = await project_of(storage, WAITS)
    offer = await uploaded(storage, {"labels.csv": CATS}, project.id)
    file = await take(storage, project.id, offer.id, None, BOB)
    dry = await go(storage, await asked_for(storage, project, file, dry_run=True))
    assert (dry.status, dry.outcome.labeled) == ("completed", 1)
    assert await kept(storage, offer) == [".json", "/labels.csv"]
    done = await go(storage, await asked_for(storage, project, file))
    assert (done.status, done.outcome.labeled) == ("completed", 1)
    assert await labels_of(storage, project) == {"waiting.png": [CAT.id]}
    assert await kept(storage, offer) == [".json"]
    again = await go(storage, await asked_for(storage, project, file))
    assert (again.status, again.error) == (
        "failed",
        "The file 'labels.csv' was not uploaded, or is not kept any more. Upload it again.",
    )


async def test_what_is_taken_over_takes_no_other_file_of_its_upload_with_it(storage: Storage) -> None:
    project = await project_of(storage, WAITS)
    offer = await uploaded(storage, {"a.csv": CATS, "b.csv": CATS}, project.id)
    await go(storage, await asked_for(storage, project, await take(storage, project.id, offer.id, "a.csv", ANN)))
    assert await kept(storage, offer) == [".json", "/b.csv"]


async def test_a_file_that_cannot_be_read_stays_to_be_tried_as_another_format(storage: Storage) -> None:
    project = await project_of(storage, WAITS)
    offer = await uploaded(storage, {"labels.csv": b"name,tag\n"}, project.id)
    file = await take(storage, project.id, offer.id, None, ANN)
    assert (await go(storage, await asked_for(storage, project, file))).status == "failed"
    assert await kept(storage, offer) == [".json", "/labels.csv"]


@pytest.mark.parametrize("announced", [len(CATS) - 1, len(CATS) + 1, 0])
async def test_what_did_not_come_as_announced_is_not_read(storage: Storage, announced: int) -> None:
    project = await project_of(storage, WAITS)
    offer = await uploaded(
        storage, {"labels.csv": CATS}, project.id, announced={"labels.csv": announced, "late.csv": 7}
    )
    file = await take(storage, project.id, offer.id, "labels.csv", ANN)
    failed = await go(storage, await asked_for(storage, project, file))
    words = f"{announced} bytes of the file 'labels.csv' were announced, and {len(CATS)} came. Upload it again."
    assert (failed.status, failed.error) == ("failed", words)
    late = await take(storage, project.id, offer.id, "late.csv", ANN)
    error = (await go(storage, await asked_for(storage, project, late))).error
    assert error
    assert error.startswith("The file 'late.csv' was not uploaded")
    assert await labels_of(storage, project) == {}


async def test_an_upload_is_found_by_its_project_and_before_there_is_one_by_who_made_it(storage: Storage) -> None:
    of_project, of_ann = await uploaded(storage, {"a.csv": b"a"}), await uploaded(storage, {"a.csv": b"a"}, "new")
    assert of_ann.scope == BEFORE_PROJECT
    for who in (ANN, BOB):
        assert (await take(storage, HERE, of_project.id, None, who)).scope == HERE
    for project in (HERE, ELSEWHERE):
        assert (await take(storage, project, of_ann.id, None, ANN)).scope == BEFORE_PROJECT
    refused = [(ELSEWHERE, of_project.id, ANN), (HERE, of_ann.id, BOB), (HERE, "0123456789abcdef", ANN)]
    # What clients shorten to another upload's address.
    refused += [(ELSEWHERE, f"x/../{HERE}.upload.{of_project.id}", ANN), (HERE, f"x/../new.upload.{of_ann.id}", BOB)]
    for project, identity, who in refused:
        with pytest.raises(NotFound):
            await take(storage, project, identity, None, who)


async def test_of_several_files_one_may_be_named(storage: Storage) -> None:
    offer = await uploaded(storage, {}, announced={"a.csv": 1, "b.csv": 2})
    assert (await take(storage, HERE, offer.id, "b.csv", ANN)).files == [AnnouncedFile(name="b.csv", bytes=2)]
    assert (await take(storage, HERE, offer.id, None, ANN)).names == ["a.csv", "b.csv"]
    for name in ("c.csv", "A.csv"):
        with pytest.raises(Invalid) as caught:
            await take(storage, HERE, offer.id, name, ANN)
        assert [error.field for error in caught.value.errors] == ["uploadFile"]


async def test_uploads_go_after_a_day_and_no_sooner(storage: Storage) -> None:
    offer, other = [await uploaded(storage, {"a.csv": b"a", "b.csv": b"b"}, scope) for scope in (HERE, "new")]
    at = datetime.now(UTC)
    await expire_uploads(storage, at + KEPT - timedelta(minutes=1))
    assert await kept(storage, offer) == await kept(storage, other) == [".json", "/a.csv", "/b.csv"]
    await expire_uploads(storage, at + KEPT + timedelta(minutes=1))
    assert await kept(storage, offer) == await kept(storage, other) == []


async def test_an_upload_that_an_import_asks_for_stays_another_day(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = await uploaded(storage, {"a.csv": b"a"})
    drops = uploads._is_dropped

    async def asked_meanwhile(storage: Storage, place: str, etag: str) -> bool:
        if place == offer.place:
            await take(storage, HERE, offer.id, None, ANN)
        return await drops(storage, place, etag)

    monkeypatch.setattr(uploads, "_is_dropped", asked_meanwhile)
    await expire_uploads(storage, datetime.now(UTC) + KEPT + timedelta(minutes=1))
    assert await kept(storage, offer) == [".json", "/a.csv"]


async def test_what_comes_after_its_upload_was_over_goes_too(storage: Storage) -> None:
    offer, urls = await announce(storage, HERE, [AnnouncedFile(name="a", bytes=1)], by=ANN, now=datetime.now(UTC))
    await expire_uploads(storage, datetime.now(UTC) + KEPT + timedelta(minutes=1))
    put(urls["a"], b"a")
    assert await kept(storage, offer) == ["/a"]
    await expire_uploads(storage, datetime.now(UTC))
    assert await kept(storage, offer) == ["/a"]
    await expire_uploads(storage, datetime.now(UTC) + KEPT + timedelta(minutes=1))
    assert await kept(storage, offer) == []


async def test_a_projects_uploads_go_with_it(storage: Storage) -> None:
    mine, theirs = [await uploaded(storage, {"a.csv": b"a"}, scope) for scope in (HERE, ELSEWHERE)]
    await project_dropped.happened(storage, HERE)
    assert await kept(storage, mine) == []
    assert await kept(storage, theirs) == [".json", "/a.csv"]


async def test_an_uploaded_file_is_a_source_by_itself(storage: Storage) -> None:
    offer = await uploaded(storage, {"labels.csv": CATS})
    async with sources_of_upload(storage, await take(storage, HERE, offer.id, None, ANN)) as [source]:
        assert (source.name, source.size) == ("labels.csv", len(CATS))
    missing = Uploaded(upload=offer.id, scope=HERE, files=[AnnouncedFile(name="b.csv", bytes=1)])
    with pytest.raises(Failed, match="not uploaded"):
        async with sources_of_upload(storage, missing):
            pass


def test_an_import_of_before_that_had_one_file_has_it_still() -> None:
    of_before = {"upload": "u", "scope": HERE, "name": "a.csv", "bytes": 7}
    known = Uploaded.model_validate(of_before)
    assert (known.names, known.files[0].bytes) == (["a.csv"], 7)
    assert Uploaded.model_validate_json(known.model_dump_json()) == known


async def test_all_files_of_an_upload_are_imported_together_and_gone(storage: Storage) -> None:
    project = await project_of(storage, TWO_WAIT)
    files = {"a.csv": table(("a.png", "Cat")), "b.csv": table(("b.png", "Dog"))}
    offer = await uploaded(storage, {name: text.encode() for name, text in files.items()}, project.id)
    done = await go(storage, await asked_for(storage, project, await take(storage, project.id, offer.id, None, ANN)))
    assert (done.status, done.outcome.labeled, done.outcome.lines) == ("completed", 2, 2)
    assert await labels_of(storage, project) == {"a.png": [CAT.id], "b.png": [DOG.id]}
    assert await kept(storage, offer) == [".json"]


async def test_of_several_files_all_must_have_come(storage: Storage) -> None:
    project = await project_of(storage, WAITS)
    offer = await uploaded(storage, {"a.csv": CATS}, project.id, announced={"late.csv": 7})
    failed = await go(storage, await asked_for(storage, project, await take(storage, project.id, offer.id, None, ANN)))
    assert (failed.status, failed.outcome.labeled) == ("failed", 0)
    assert failed.error
    assert failed.error.startswith("The file 'late.csv' was not uploaded")
