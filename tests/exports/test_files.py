"""Two builds of one export at the same time, as when one was believed dead: the older spoils nothing."""

import pytest

from functions.exports.checkpoint import Checkpoint
from functions.exports.files import Files
from functions.exports.formats.base import Piece
from functions.exports.store import LOCK, Export
from functions.locks import LockedByOther, break_lock, lock_of
from functions.places import Place
from functions.storage import EXPORTS_CONTAINER, Storage
from tests.api.builders import new_name
from tests.exports.scene import Picture, ask, build, files_of, project_of


async def test_a_build_that_was_overtaken_can_save_no_checkpoint(storage: Storage) -> None:
    blob = storage.container(EXPORTS_CONTAINER).get_blob_client(new_name("checkpoint"))
    late, new = Place(blob, Checkpoint), Place(blob, Checkpoint)
    await late.save("{}")
    stream = await blob.download_blob()
    new._etag = stream.properties.etag
    await new.save("{}")
    with pytest.raises(LockedByOther):
        await late.save("{}")
    with pytest.raises(LockedByOther):
        await Place(blob, Checkpoint).save("{}")


async def test_a_build_that_was_overtaken_does_not_write_the_record(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, [Picture("a.png")])
    export = await ask(storage, project, "csv")
    whole, finished = Place.save, list[Export]()

    async def save(place: Place[Checkpoint], text: str) -> None:
        await whole(place, text)
        if not finished:
            await break_lock(lock_of(storage, project.id, LOCK))
            finished.append(await build(storage, export))

    monkeypatch.setattr(Place, "save", save)
    done = await build(storage, export)
    assert [done] == finished
    assert done.status == "completed"
    assert (await files_of(storage, done))["labels.csv"].count(b"\r\n") == 2


async def test_blocks_that_a_late_build_stages_are_not_taken_for_those_of_the_new_one(storage: Storage) -> None:
    container, folder = storage.container(EXPORTS_CONTAINER), f"{new_name('files')}/"
    first = Files(container, folder)
    first.write([Piece("a.csv", 1, "rest of "), Piece("a.csv", 0, "begun, ")])
    await first.stage(first.take())
    saved = first.state()
    late, new = first, Files(container, folder, saved)
    new.write([Piece("a.csv", 1, "the new")])
    await new.stage(new.take())
    late.write([Piece("a.csv", 1, "the late"), Piece("a.csv", 0, "late")])
    await late.stage(late.take())
    await new.commit("a.csv")
    assert await (await new.blob("a.csv").download_blob()).readall() == b"begun, rest of the new"
