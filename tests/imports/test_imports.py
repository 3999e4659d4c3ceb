"""Imports: labels from elsewhere find their images, and are taken over through the rules and with records."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from functions.exports.formats import FORMATS
from functions.exports.options import ExportOptions
from functions.imports import packwise
from functions.imports.formats import FORMATS as READ
from functions.imports.reading import Reading
from functions.imports.run import ImportWork
from functions.imports.store import (
    LOCK,
    ImportFormat,
    ImportMessage,
)
from functions.labeling.head import WAITING
from functions.labeling.removing import change_labels
from functions.labeling.suggestions import Suggestion
from functions.labeling.work_queue import Page
from functions.locks import lock_of, locked
from functions.projects.labels import Wanted, relabel
from functions.projects.model import Label
from functions.storage import SNAPSHOTS_CONTAINER, WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name
from tests.exports.hostile import LABELS, NAMES, hostile_project
from tests.exports.scene import AT, CAT, DOG, Picture, board_of, exported, project_of
from tests.imports.importing import (
    MANY,
    MIXED,
    HostDied,
    ask,
    dying_at,
    go,
    imported,
    labels_of,
    prove,
    rows_of,
    suggestions_of,
    table,
)


async def test_labels_are_set_on_images_found_by_name(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    rows = [(picture.name, "Dog") for picture in MIXED]
    done = (await imported(storage, project, table(*rows, ("elsewhere.png", "Dog"), ("cat.png", "Bird")))).outcome
    assert await labels_of(storage, project) == {
        name: [DOG.id] for name in ("cat.png", "dog.png", "waiting.png", "skipped.png", "gone.png")
    }
    assert (done.lines, done.images, done.labeled, done.unchanged, done.kept) == (9, 8, 4, 1, 0)
    assert (done.not_ready.count, done.not_ready.first) == (2, ["preparing.png", "unreadable.png"])
    assert (done.unmatched.count, done.unmatched.first) == (1, ["elsewhere.png"])
    assert done.unknown_labels == {"Bird": 1}
    assert done.ambiguous.count == 0
    assert [(one.image, one.before, one.after) for one in done.first_labeled] == [
        ("cat.png", [CAT.id], DOG.id),
        ("waiting.png", [], DOG.id),
        ("skipped.png", [], DOG.id),
        ("gone.png", [], DOG.id),
    ]
    await prove(storage, project, MIXED)


async def test_a_dry_run_tells_the_same_and_changes_nothing(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    before = [head async for _, head, _ in board_of(storage, project).rows.scan()]
    content = table(*[(picture.name, "Dog") for picture in MIXED], ("elsewhere.png", "Dog"))
    dry = await imported(storage, project, content, dry_run=True)
    assert [head async for _, head, _ in board_of(storage, project).rows.scan()] == before
    assert (await imported(storage, project, content)).outcome == dry.outcome


async def test_suggestions_are_kept_beside_the_images_and_touch_no_label(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    before = [head async for _, head, _ in board_of(storage, project).rows.scan()]
    text = "image,label,label_confidence\n" + "".join(f"{picture.name},Dog,0.75\n" for picture in MIXED)
    dry = await imported(storage, project, text, use="suggestions", dry_run=True)
    assert await suggestions_of(storage, project) == {}
    done = await imported(storage, project, text, use="suggestions")
    assert done.outcome == dry.outcome
    suggested = dict.fromkeys(("waiting.png", "preparing.png", "gone.png"), Suggestion(DOG.id, 0.75))
    assert await suggestions_of(storage, project) == suggested
    outcome = done.outcome
    assert (outcome.labeled, outcome.unchanged, outcome.kept, outcome.not_ready.count) == (3, 1, 2, 1)
    assert [head async for _, head, _ in board_of(storage, project).rows.scan()] == before
    await prove(storage, project, MIXED)


@pytest.mark.parametrize("replaces", [True, False])
async def test_the_newest_suggestion_counts_whatever_becomes_of_labels(storage: Storage, replaces: bool) -> None:
    project = await project_of(storage, MIXED)
    await imported(storage, project, table(("waiting.png", "Dog"), ("gone.png", "Cat")), use="suggestions")
    again = table(("waiting.png", "Cat"), ("gone.png", "Cat"), ("dog.png", "Cat"))
    done = await imported(storage, project, again, use="suggestions", replace=replaces)
    assert (done.outcome.labeled, done.outcome.unchanged, done.outcome.kept) == (2, 0, 1)
    cat = Suggestion(CAT.id, 1.0)
    assert await suggestions_of(storage, project) == {"waiting.png": cat, "gone.png": cat}
    known = await board_of(storage, project).suggestions.of_pack(0)
    assert set(known.importers.values()) == {done.id}, "what both said is the older one's"
    await imported(storage, project, table(("cat.png", "Cat")), use="suggestions")
    assert await suggestions_of(storage, project) == {"waiting.png": cat, "gone.png": cat}


async def test_labels_that_are_there_stay_where_they_are_not_to_be_replaced(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    done = await imported(storage, project, table(*[(one.name, "Dog") for one in MIXED]), replace=False)
    assert (done.outcome.labeled, done.outcome.unchanged, done.outcome.kept) == (2, 1, 2)
    assert await labels_of(storage, project) == {
        "cat.png": [CAT.id],
        "dog.png": [DOG.id],
        "waiting.png": [DOG.id],
        "gone.png": [DOG.id],
    }
    await prove(storage, project, MIXED)


@pytest.mark.parametrize("form", ["coco", "csv", "azureml"])
async def test_what_was_exported_comes_back_whatever_it_is_called(storage: Storage, form: str) -> None:
    project, truth = await hostile_project(storage, folder=False)
    files = (await exported(storage, project, form))[1]
    text = next(
        content for name, content in files.items() if name in ("coco.json", "labels.csv", "labels.jsonl")
    ).decode()
    assert (await imported(storage, project, text, form)).outcome.unchanged == len(truth)
    empty = await project_of(storage, [Picture(name, None, WAITING) for name in NAMES], LABELS)
    done = (await imported(storage, empty, text, form)).outcome
    assert (done.labeled, done.unmatched.count) == (len(truth), 0)
    ids = {label.name: label.id for label in LABELS}
    assert await labels_of(storage, empty) == {name: [ids[label]] for name, label in truth.items()}


async def test_unlabeled_images_of_an_export_are_passed_over(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    _, files = await exported(storage, project, "csv", ExportOptions(states=("labeled", "skipped", "waiting")))
    done = await imported(storage, project, files["labels.csv"].decode())
    assert (done.outcome.lines, done.outcome.unchanged) == (2, 2)


@pytest.mark.parametrize(
    ("header", "named"),
    [
        (("image", "label"), "{name}"),
        (("\ufefffile_name", "label"), "{short}"),
        (("Path", "Label"), "/{short}"),
        (("url", "label"), "{url}?sig=secret"),
        (("url", "class"), "azureml://datastores/images/paths/{quoted}"),
        (("image", "label"), "https://example.org/{quoted}"),
    ],
)
async def test_an_image_is_meant_by_its_name_its_place_in_the_folder_or_its_address(
    storage: Storage, header: tuple[str, str], named: str
) -> None:
    folder = new_name("folder")
    project = await project_of(storage, [Picture(f"{folder}/a b.png", None, WAITING)], prefix=f"{folder}/")
    names = {
        "name": f"{folder}/a b.png",
        "short": "a b.png",
        "quoted": f"{folder}/a%20b.png",
        "url": f"{storage.container(WORKSPACE_CONTAINER).url}/{folder}/a%20b.png",
    }
    done = await imported(storage, project, table((named.format(**names), "Cat"), header=header))
    assert (done.outcome.labeled, done.outcome.unmatched.count) == (1, 0)


async def test_a_whole_path_comes_before_one_in_the_folder(storage: Storage) -> None:
    pictures = [Picture("a/b.png", None, WAITING), Picture("a/a/b.png", None, WAITING)]
    project = await project_of(storage, pictures, prefix="a/")
    await imported(storage, project, table(("a/b.png", "Cat")))
    assert await labels_of(storage, project) == {"a/b.png": [CAT.id]}


async def test_it_is_told_by_which_rules_images_were_found_and_what_was_not(storage: Storage) -> None:
    pictures = [Picture(f"p/{name}.png", None, WAITING) for name in ("a", "b c", "train/d", "e", "1/f", "2/f")]
    project = await project_of(storage, pictures, prefix="p/")
    named = ("a.png", "b%20c.png", "C:\\data\\train\\d.png", "e", "x/f.png", "g.png", "")
    done = (await imported(storage, project, table(*[(name, "Cat") for name in named]))).outcome
    assert done.matched_by == {"folder": 1, "spelling": 1, "end": 1, "no_ending": 1}
    assert (done.lines, done.images, done.labeled) == (6, 6, 4)
    assert (done.unclear.first, done.unmatched.first) == (["x/f.png"], ["g.png"])
    assert done.loose.first == ["Line 8 names no image."]


@pytest.mark.parametrize("form", ["csv", "azureml"])
async def test_a_signature_is_kept_nowhere_and_told_to_nobody(storage: Storage, form: str) -> None:
    project = await project_of(storage, MIXED)
    secret = "sig=Zm9yIG5vYm9keQ"
    address = f"https://account.blob.core.windows.net/c/not there.png?sv=2025&{secret}"
    rows = [("waiting.png", address), (address, "Cat"), (f"/c/x.png?{secret}", "Cat")]
    lines = [f'{{"image_url": "{image}", "label": "{label}"}}' for image, label in rows]
    for text in (table(*rows) if form == "csv" else "\n".join(lines), table((address, secret), header=(address, "b"))):
        asked = await ask(storage, project, text, form)
        done = await go(storage, asked)
        assert secret not in done.model_dump_json()
        assert (done.outcome.unmatched.count, done.outcome.labeled) in ((2, 0), (0, 0))
        if done.outcome.has_rows:
            assert secret not in await rows_of(storage, done)
    blobs = storage.container(SNAPSHOTS_CONTAINER).list_blob_names(name_starts_with=f"{project.id}.import.")
    assert [name async for name in blobs if not name.endswith(".rows.csv")] == []


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("csv", "name,tag\r\na.png,Cat\r\n"),
        ("csv", 'image,label\r\n"a.png,Cat'),
        ("coco", "image,label"),
        ("coco", "[]"),
        ("coco", '{"annotations":[],"categories":[]}'),
        ("azureml", "image,label"),
        ("labelstudio", "{}"),
    ],
)
async def test_what_cannot_be_read_fails_in_words_and_changes_nothing(
    storage: Storage, form: str, content: str
) -> None:
    project = await project_of(storage, MIXED)
    before = await labels_of(storage, project)
    done = await go(storage, await ask(storage, project, content, form))
    assert done.status == "failed"
    assert done.error
    assert await labels_of(storage, project) == before


async def test_an_import_that_is_cut_off_goes_on_and_tells_it_all(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, MANY, pack_size=2)
    content = table(*[(one.name, "Cat") for one in MANY])
    asked = await ask(storage, project, content)
    monkeypatch.setattr(packwise, "SAVE_EVERY_SECONDS", 0.0)
    for at in (1, 4, 6):
        with monkeypatch.context() as patch:
            dying_at(at, patch)
            with pytest.raises(HostDied):
                await go(storage, asked)
    done = await go(storage, asked)
    assert done.status == "completed"
    assert (done.outcome.labeled, done.outcome.unchanged, done.outcome.unmatched.count) == (60, 0, 0)
    assert len(await labels_of(storage, project)) == 60
    await prove(storage, project, MANY)


async def test_an_import_near_the_time_limit_leaves_the_rest_to_the_next_message(storage: Storage) -> None:
    project = await project_of(storage, MANY, pack_size=4)
    asked = await ask(storage, project, table(*[(one.name, "Cat") for one in MANY], ("not there.png", "Cat")))
    part = await go(storage, asked, time_limit=0)
    assert (part.status, part.outcome.labeled) == ("running", 8 * 4)
    await go(storage, asked, time_limit=0)
    done = await go(storage, asked)
    assert (done.status, done.outcome.labeled, done.outcome.unmatched.first) == ("completed", 60, ["not there.png"])


async def test_one_import_into_a_project_runs_at_a_time(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    asked = await ask(storage, project, table(("waiting.png", "Cat")))
    async with locked(lock_of(storage, project.id, LOCK)):
        assert (await go(storage, asked)).status == "queued"
    assert (await go(storage, asked)).status == "completed"


async def test_a_label_that_is_removed_while_an_import_runs_is_set_on_no_image(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, MIXED, labels=(CAT, DOG, Label(id=3, name="Bird")))
    whole = Reading.take_in

    async def remove_meanwhile(self: Reading) -> str:
        found = await whole(self)
        kept = [Wanted(label.id, label.name) for label in (CAT, DOG)]
        await change_labels(storage, project, lambda known, used: relabel(known, kept, used), AT)
        return found

    monkeypatch.setattr(Reading, "take_in", remove_meanwhile)
    done = (await imported(storage, project, table(("waiting.png", "Bird"), ("skipped.png", "Dog")))).outcome
    assert (await labels_of(storage, project)).get("waiting.png") is None
    assert (done.labeled, done.unknown_labels) == (1, {"Bird": 1})
    assert done.first_labeled[0].image == "skipped.png"
    await prove(storage, project, MIXED)


async def test_a_text_that_was_sent_is_kept_no_longer_than_its_import(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    await imported(storage, project, table(("waiting.png", "Cat")))
    container = storage.container(SNAPSHOTS_CONTAINER)
    left = [name async for name in container.list_blob_names(name_starts_with=f"{project.id}.import.")]
    assert left == []


async def test_an_import_that_is_given_up_says_so(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    asked = await ask(storage, project, table(("waiting.png", "Cat")))
    message = ImportMessage(project_id=project.id, import_id=asked.id)
    await ImportWork(storage, message, lambda: datetime.now(UTC)).give_up()
    given_up = await go(storage, asked)
    assert (given_up.status, given_up.error) == ("failed", ImportWork.given_up)


async def test_an_import_takes_from_leases_what_it_labels_and_nothing_else(storage: Storage) -> None:
    project = await project_of(storage, [Picture(f"{number}.png", None, WAITING) for number in range(6)], pack_size=3)
    board = board_of(storage, project)
    lasting = project.model_copy(update={"lease_minutes": 10**7})
    pages = [await board.queue.lease(lasting, who, 3, (), now=AT) for who in ("ann", "bob")]
    await imported(storage, project, table(("0.png", "Cat")))
    leases = {
        pack: [lease.open for lease in head.leases] async for pack, head, _ in board_of(storage, project).rows.scan()
    }
    assert all(isinstance(page, Page) for page in pages)
    assert (leases[0], leases[1]) == ([(1, 2)], [(0, 1, 2)])


def test_the_formats_that_are_exported_are_imported_too() -> None:
    assert FORMATS.keys() - READ.keys() == {"webdataset", "features"}
    assert set(get_args(ImportFormat)) == READ.keys()
