"""Features of images: made along with previews, or later of what was stored; each prepared image has its own."""

import asyncio
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from functions.assist.asking import ALL_PACKS, FeaturesMessage, ask_for_features
from functions.assist.extractor import features_of
from functions.assist.features import Made, add_features, read_features
from functions.assist.lacking import MOST_PIECES, PACKS_AT_ONCE, make_lacking
from functions.assist.model import FEATURES
from functions.imaging.rendering import GROUND
from functions.labeling.head import LABELED, SKIPPED, Head
from functions.labeling.packs import Change
from functions.projects.lifecycle import delete_project
from functions.projects.store import change_project
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.storage import PREPARATIONS_QUEUE
from tests.assist.scene import asked_for, features, photo, photos, prepared, switch, taken_in, thumbnails, work_off
from tests.refresh.scene import Account, Process, now, raises_death

COUNT = 12


async def label_and_skip(one: Process, project: str) -> None:
    """One image of the first pack each."""

    def rule(head: Head) -> Change[None]:
        head, who = head.with_labeler("ann")
        label, skip = [index for index, slot in enumerate(head.slots) if slot.state == "w"][:2]
        done = {label: replace(head.slots[label], state=LABELED, labels=(1,), labeler=who, at=1)}
        return Change(
            head.with_slots({**done, skip: replace(head.slots[skip], state=SKIPPED, labeler=who, at=1)}), None
        )

    await (await one.board(project)).packs.change(0, rule, now=int(now().timestamp() * 1000))


async def test_features_made_with_previews_equal_those_made_later_whatever_became_of_the_image(
    account: Account,
) -> None:
    one = await account.process()
    files = {**photos(COUNT), "transparent.png": photo(77, "RGBA"), "broken.png": photo(5)[:90]}
    _, at_once = await taken_in(one, files, on=True)
    await one.prepare(at_once)
    _, later = await taken_in(one, files, on=False)
    await one.prepare(later)
    assert await features(one, later) == {}
    await label_and_skip(one, later)
    await ask_for_features(one.storage, await switch(one, later, on=True))
    await work_off(one, later)
    first, second = await features(one, at_once), await features(one, later)
    assert first.keys() == second.keys() == files.keys() - {"broken.png"}
    for name, made in first.items():
        assert (made.shape, made.dtype.name) == ((FEATURES,), "float16")
        assert np.array_equal(made, second[name])
    assert len({made.tobytes() for made in first.values()}) == len(first)


async def test_a_changed_image_gets_features_of_what_it_is_now_and_the_others_keep_theirs(account: Account) -> None:
    one = await account.process()
    folder, project = await taken_in(one, photos(COUNT), on=True)
    await one.prepare(project)
    before = await features(one, project)
    await folder.put({"003.png": photo(333)})
    await one.refresh(project)
    assert (await features(one, project)).keys() == before.keys() - {"003.png"}
    await one.prepare(project)
    after = await features(one, project)
    assert [name for name in before if not np.array_equal(before[name], after[name])] == ["003.png"]


async def test_what_was_changed_while_it_was_off_is_made_anew_and_nothing_else(account: Account) -> None:
    one = await account.process()
    folder, project = await taken_in(one, photos(COUNT), on=True)
    await one.prepare(project)
    await switch(one, project, on=False)
    await folder.put({"003.png": photo(333)})
    await one.refresh(project)
    await one.prepare(project)
    await ask_for_features(one.storage, await switch(one, project, on=True))
    one.line.asked.clear()
    await work_off(one, project)
    assert sum("/thumbnail/" in call for call in one.line.asked) == 1
    assert (await features(one, project)).keys() == photos(COUNT).keys()
    one.line.asked.clear()
    await make_lacking(one.storage, FeaturesMessage(project_id=project, first=0, count=1))
    assert not one.line.writes("features/")


async def test_a_process_killed_at_any_request_leaves_no_prepared_image_without_features(account: Account) -> None:
    survivor = await account.process()
    for request in range(100):
        _, project = await taken_in(survivor, photos(3), on=True)
        message = PreparationMessage(project_id=project, pack=0)
        mortal = await account.process()
        mortal.line.dies_at = request
        is_dead = await raises_death(lambda mortal=mortal, message=message: prepare_pack(mortal.storage, message, now))  # type: ignore[misc]
        assert await prepared(survivor, project) <= (await features(survivor, project)).keys()
        await prepare_pack((await account.process()).storage, message, now)
        assert (await features(survivor, project)).keys() == await prepared(survivor, project) == photos(3).keys()
        if not is_dead:
            assert request > 5
            return
    raise AssertionError("it never came to its end")


async def test_a_job_killed_at_any_request_is_ended_by_its_next_delivery(account: Account) -> None:
    survivor = await account.process()
    _, project = await taken_in(survivor, photos(3), on=False)
    await survivor.prepare(project)
    await switch(survivor, project, on=True)
    message = FeaturesMessage(project_id=project, first=0, count=1)
    for request in range(100):
        mortal = await account.process()
        mortal.line.dies_at = request
        if not await raises_death(lambda mortal=mortal: make_lacking(mortal.storage, message)):  # type: ignore[misc]
            break
        assert (await features(survivor, project)).keys() in (set(), photos(3).keys())
    assert (await features(survivor, project)).keys() == photos(3).keys()


async def test_two_that_write_features_of_a_pack_at_the_same_time_lose_none(account: Account) -> None:
    first, second = await account.process(), await account.process()
    _, project_id = await taken_in(first, {}, on=True)
    project = await first.project(project_id)

    def made(number: int) -> dict[int, Made]:
        return {number: Made(f"v{number}", np.full(FEATURES, number, np.float16))}

    each = [(first, second)[number % 2] for number in range(6)]
    await asyncio.gather(*(add_features(one.storage, project, 4, made(number)) for number, one in enumerate(each)))
    known = await read_features(first.storage, project, 4)
    assert known
    assert known.versions == {number: f"v{number}" for number in range(6)}
    assert known.of([5, 0, 3])[:, 0].tolist() == [5, 0, 3]
    assert (known.has(5), known.has(6)) == (True, False)
    assert await read_features(first.storage, project, 5) is None


@pytest.mark.parametrize("damage", ["cut off", "no archive", "another model's"])
async def test_features_that_cannot_be_read_count_as_absent_and_are_made_again(
    account: Account, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    _, project_id = await taken_in(one, photos(COUNT), on=True)
    await one.prepare(project_id)
    project, before = await one.project(project_id), await features(one, project_id)
    blob = one.storage.container(project.previews_container).get_blob_client("features/000000.npz")
    if damage == "another model's":
        monkeypatch.setattr("functions.assist.features.SHA256", "of another file")
    else:
        content = await (await blob.download_blob()).readall()
        await blob.upload_blob(content[:3000] if damage == "cut off" else b"no archive", overwrite=True)
    assert await read_features(one.storage, project, 0) is None
    await make_lacking(one.storage, FeaturesMessage(project_id=project_id, first=0, count=1))
    after = await features(one, project_id)
    assert after.keys() == before.keys()
    assert all(np.array_equal(before[name], after[name]) for name in before)


async def test_a_thumbnail_that_is_gone_or_damaged_leaves_out_its_own_image_only(account: Account) -> None:
    one = await account.process()
    _, project = await taken_in(one, photos(COUNT), on=False)
    await one.prepare(project)
    previews = one.storage.container((await switch(one, project, on=True)).previews_container)
    blobs = await thumbnails(one, project)
    await previews.delete_blob(blobs["002.png"])
    await previews.upload_blob(blobs["004.png"], b"no picture", overwrite=True)
    await make_lacking(one.storage, FeaturesMessage(project_id=project, first=0, count=1))
    assert (await features(one, project)).keys() == photos(COUNT).keys() - {"002.png", "004.png"}
    assert (await one.project(project)).assist_trouble is None


async def test_split_messages_cover_every_pack_once_in_portions_that_one_can_do(account: Account) -> None:
    one = await account.process()
    _, project = await taken_in(one, {}, on=True)
    packs = 2_600
    await (await one.board(project)).packs.register(dict.fromkeys(range(packs), 0), 0)
    covered: list[int] = []
    waiting = [FeaturesMessage(project_id=project, first=0, count=ALL_PACKS)]
    while waiting:
        message = waiting.pop()
        if message.count <= PACKS_AT_ONCE:
            covered += range(message.first, message.first + message.count)
            continue
        await make_lacking(one.storage, message)
        pieces = await asked_for(one, project)
        assert len(pieces) <= MOST_PIECES
        assert max(piece.count for piece in pieces) < message.count
        waiting += pieces
    assert sorted(covered) == list(range(packs))


async def test_a_message_about_what_is_off_being_restored_or_gone_does_nothing(account: Account) -> None:
    one = await account.process()
    _, project_id = await taken_in(one, photos(COUNT), on=False)
    await one.prepare(project_id)
    message = FeaturesMessage(project_id=project_id, first=0, count=1)
    await make_lacking(one.storage, message)
    project = await switch(one, project_id, on=True)
    await change_project(one.storage, project_id, lambda known: known.model_copy(update={"restoring": "some"}))
    await make_lacking(one.storage, message)
    await change_project(one.storage, project_id, lambda known: known.model_copy(update={"restoring": None}))
    assert await features(one, project_id) == {}
    # Packs that it does not have lack nothing.
    await make_lacking(one.storage, FeaturesMessage(project_id=project_id, first=ALL_PACKS - 1, count=2))
    await delete_project(one.storage, project)
    await make_lacking(one.storage, message)
    await make_lacking(one.storage, FeaturesMessage(project_id=project_id, first=0, count=ALL_PACKS))
    assert await asked_for(one, project_id) == []


async def test_a_project_deleted_while_its_features_are_made_ends_quietly(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    for prepared_before in (False, True):
        _, project_id = await taken_in(one, photos(2), on=not prepared_before)
        if prepared_before:
            await one.prepare(project_id)
        project = await switch(one, project_id, on=True)

        async def gone(*args: object, project: object = project) -> None:
            await delete_project(one.storage, project)  # type: ignore[arg-type]
            await add_features(*args)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr("functions.assist.making.add_features", gone)
            patch.setattr("functions.assist.lacking.add_features", gone)
            await one.prepare(project_id)
            await make_lacking(one.storage, FeaturesMessage(project_id=project_id, first=0, count=1))
        assert await one.messages(project_id, PREPARATIONS_QUEUE, PreparationMessage) == []


def test_what_is_transparent_shows_the_ground_that_people_see() -> None:
    def webp(image: Image.Image) -> bytes:
        out = io.BytesIO()
        image.save(out, "WEBP", lossless=True, exact=True)
        return out.getvalue()

    with Image.open(io.BytesIO(photo(77, "RGBA"))) as image:
        over = Image.new("RGBA", image.size, GROUND)
        over.alpha_composite(image)
        through, on_it = features_of([webp(image), webp(over.convert("RGB"))])
    assert np.array_equal(through, on_it)
    assert features_of([]).shape == (0, FEATURES)
