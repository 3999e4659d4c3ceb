"""Where features cannot be made, the project says why, and everything else goes on; afterwards they are made up for."""

import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from azure.core.exceptions import HttpResponseError

from functions.assist import extractor, model
from functions.assist.asking import FeaturesMessage, ask_for_features
from functions.assist.lacking import give_up, make_lacking
from functions.assist.troubles import NOT_STORED, note_made, note_trouble
from functions.datastores.catalog import CATALOG
from functions.imaging.headers.header import DAMAGED, Unreadable
from functions.projects.lifecycle import delete_project
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.refresh.schedule import look_around
from functions.storage import PREPARATIONS_QUEUE
from tests.assist.scene import asked_for, features, photos, prepared, taken_in, work_off
from tests.backups.scene import backed_up, restored
from tests.refresh.scene import Account, Process, now

# Two packs.
COUNT = 101


async def version_of(one: Process, project_id: str) -> str:
    """Another one after each write of the project's row."""
    row = await one.storage.service_table.get(CATALOG, f"project|{project_id}")
    return row.etag


def spoil(how: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = model.FILE.read_bytes()
    contents = {
        "cut off": content[:-1000],
        "altered": content[:3_000_000] + b"!" + content[3_000_001:],
        "no model": b"no model" * 1000,
    }
    spoiled = folder / "model.onnx"
    if how != "missing":
        spoiled.write_bytes(contents[how])
    if how == "no model":
        # It has come whole.
        monkeypatch.setattr(model, "SHA256", hashlib.sha256(spoiled.read_bytes()).hexdigest())
    monkeypatch.setattr(model, "FILE", spoiled)
    monkeypatch.setattr(extractor, "_session", None)


async def test_while_the_model_is_unreadable_images_are_prepared_all_the_same_and_it_is_told_once(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    _, project = await taken_in(one, photos(COUNT), on=True)
    with monkeypatch.context() as patch:
        spoil("missing", tmp_path, patch)
        versions = [await version_of(one, project)]
        for message in await one.messages(project, PREPARATIONS_QUEUE, PreparationMessage):
            await prepare_pack(one.storage, message, now)
            versions.append(await version_of(one, project))
        assert len(set(versions)) == 2
        assert await one.states(project) == {"waiting": COUNT}
        told = await one.project(project)
        assert told.assist_trouble is not None
        assert told.trouble is None
        # What is asked for meanwhile changes nothing, and is not split into messages that could do nothing.
        await ask_for_features(one.storage, told)
        assert len(await work_off(one, project)) == 2
        assert await version_of(one, project) == versions[-1]
    monkeypatch.setattr(extractor, "_session", None)
    await look_around(one.storage, now())
    await work_off(one, project)
    assert (await one.project(project)).assist_trouble is None
    assert (await features(one, project)).keys() == photos(COUNT).keys()
    await look_around(one.storage, now())
    assert await asked_for(one, project) == []


@pytest.mark.parametrize("how", ["missing", "cut off", "altered", "no model"])
async def test_an_unreadable_model_is_told_in_words(
    account: Account, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    _, project = await taken_in(one, photos(1), on=True)
    spoil(how, tmp_path, monkeypatch)
    await one.prepare(project)
    told = (await one.project(project)).assist_trouble
    assert told is not None
    assert told.startswith("The service's model file cannot be read: ")
    assert told.endswith("Deploy the service again. Labeling goes on without suggestions.")


async def test_features_that_storage_does_not_take_hold_up_no_image_and_are_made_up_for(account: Account) -> None:
    one = await account.process()
    _, project_id = await taken_in(one, photos(9), on=True)
    project = await one.project(project_id)
    blob = one.storage.container(project.previews_container).get_blob_client("features/000000.npz")
    await blob.upload_blob(b"")
    # Whoever writes a leased blob without its lease is refused.
    lease = await blob.acquire_lease()
    await one.prepare(project_id)
    assert await one.states(project_id) == {"waiting": 9}
    assert (await one.project(project_id)).assist_trouble == NOT_STORED
    message = FeaturesMessage(project_id=project_id, first=0, count=1)
    with pytest.raises(HttpResponseError):
        await make_lacking(one.storage, message)
    await note_made(one.storage, await one.project(project_id))
    await asked_for(one, project_id)
    # As the last delivery of that message does.
    await give_up(one.storage, message)
    assert (await one.project(project_id)).assist_trouble == NOT_STORED
    await lease.release()
    await look_around(one.storage, now())
    await work_off(one, project_id)
    assert (await one.project(project_id)).assist_trouble is None
    assert (await features(one, project_id)).keys() == await prepared(one, project_id)


async def test_the_first_pack_whose_features_are_made_again_asks_for_all_that_are_lacking(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    folder, project = await taken_in(one, photos(9), on=True)
    with monkeypatch.context() as patch:
        spoil("missing", tmp_path, patch)
        await one.prepare(project)
    monkeypatch.setattr(extractor, "_session", None)
    await folder.put(photos(100, first=9))
    await one.refresh(project)
    for message in await one.messages(project, PREPARATIONS_QUEUE, PreparationMessage):
        await prepare_pack(one.storage, message, now)
    assert (await one.project(project)).assist_trouble is None
    assert await features(one, project) != {}
    asked = await asked_for(one, project)
    assert asked == [FeaturesMessage(project_id=project, first=0, count=1_000_000)] * 2
    await make_lacking(one.storage, asked[0])
    await work_off(one, project)
    assert (await features(one, project)).keys() == photos(109).keys()


class Failing:
    """A model that takes more memory than there is."""

    def run(self, *_: Any) -> Any:
        raise MemoryError


@pytest.mark.parametrize("what", ["the model", "the runtime"])
async def test_what_fails_when_it_runs_or_is_not_installed_is_told_in_words(
    account: Account, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    _, project = await taken_in(one, photos(3), on=True)
    if what == "the model":
        monkeypatch.setattr(extractor, "_session", Failing())
    else:
        monkeypatch.setitem(sys.modules, "functions.assist.extractor", None)
    await one.prepare(project)
    assert await one.states(project) == {"waiting": 3}
    told = (await one.project(project)).assist_trouble
    assert told is not None
    assert ("MemoryError" if what == "the model" else "not installed") in told


async def test_a_thumbnail_that_is_no_picture_is_prepared_without_features(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    _, project = await taken_in(one, photos(3), on=True)

    def unreadable(_: object) -> None:
        raise Unreadable(DAMAGED)

    monkeypatch.setattr(extractor, "_pixels", unreadable)
    await one.prepare(project)
    assert await one.states(project) == {"waiting": 3}
    assert (await one.project(project)).assist_trouble is None


async def test_a_restored_project_has_its_features_made_again_and_no_former_trouble(account: Account) -> None:
    one = await account.process()
    _, project_id = await taken_in(one, photos(9), on=True)
    await one.prepare(project_id)
    before = await features(one, project_id)
    await note_trouble(one.storage, project_id, NOT_STORED)
    project = await one.project(project_id)
    backup = await backed_up(one.storage, project)
    await delete_project(one.storage, project)
    done = await restored(one.storage, backup.folder)
    assert done.status == "completed", done.error
    back = await one.project(project_id)
    assert (back.ml_assist, back.assist_trouble) == (True, None)
    assert await features(one, project_id) == {}
    await look_around(one.storage, now())
    await one.prepare(project_id)
    after = await features(one, project_id)
    assert after.keys() == before.keys() == await prepared(one, project_id)
    assert all(np.array_equal(before[name], after[name]) for name in before)
