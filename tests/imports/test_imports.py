"""Imports: labels from elsewhere find their images, and are taken over through the rules and with records."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from functions.exports.formats import FORMATS
from functions.exports.options import ExportOptions
from functions.identity import ByWhom
from functions.imports import run
from functions.imports.formats import FORMATS as READ
from functions.imports.reading import Reading
from functions.imports.run import ImportWork
from functions.imports.store import (
    IMPORTS,
    LOCK,
    ChosenColumns,
    Import,
    ImportFormat,
    ImportMessage,
    TableColumns,
    ask_for_import,
    rows_blob,
)
from functions.imports.wire import import_answer
from functions.labeling.board import make_board
from functions.labeling.head import PREPARING, SKIPPED, UNREADABLE, WAITING
from functions.labeling.packs import Packs
from functions.labeling.removing import change_labels
from functions.labeling.suggestions import Suggestion
from functions.labeling.work_queue import Page
from functions.locks import lock_of, locked
from functions.projects.labels import Wanted, relabel
from functions.projects.model import Label, Project
from functions.storage import SNAPSHOTS_CONTAINER, WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name
from tests.exports.hostile import LABELS, NAMES, hostile_project
from tests.exports.scene import AT, CAT, DOG, Picture, board_of, exported, project_of
from tests.labeling.ledger import Ledger

BOSS = "the boss"

MIXED = [
    Picture("cat.png", CAT.id),
    Picture("dog.png", DOG.id),
    Picture("waiting.png", None, WAITING),
    Picture("skipped.png", None, SKIPPED),
    Picture("preparing.png", None, PREPARING),
    Picture("unreadable.png", None, UNREADABLE),
    Picture("gone.png", None, WAITING, missing=True),
]


def table(*rows: tuple[str, str], header: tuple[str, str] = ("image", "label")) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


async def ask(
    storage: Storage,
    project: Project,
    content: str | None,
    form: Any = "csv",
    file: str | None = None,
    who: str = BOSS,
    **options: Any,
) -> Import:
    wanted: dict[str, Any] = {"dry_run": False, "replace": True, **options}
    now = datetime.now(UTC)
    return await ask_for_import(storage, project.id, form, content, file, by=ByWhom(by=who), now=now, **wanted)


async def go(storage: Storage, asked: Import, **more: Any) -> Import:
    message = ImportMessage(project_id=asked.project_id, import_id=asked.id)
    await ImportWork(storage, message, lambda: datetime.now(UTC), **more).run()
    return await IMPORTS.load(storage, asked.project_id, asked.id)


async def imported(
    storage: Storage, project: Project, content: str | None, form: str = "csv", **options: Any
) -> Import:
    done = await go(storage, await ask(storage, project, content, form, **options))
    assert done.status == "completed", done.error
    return done


async def labels_of(storage: Storage, project: Project) -> dict[str, list[int]]:
    """The label ids of each image that has some."""
    return {
        image.name: list(slot.labels)
        async for _, head, images in board_of(storage, project).rows.scan()
        for slot, image in zip(head.slots, images, strict=True)
        if slot.labels
    }


async def prove(storage: Storage, project: Project, pictures: Sequence[Picture]) -> None:
    """Each head is the fold of its pack's records, over how the pack began; the directory has its counts."""
    board, names = board_of(storage, project), {picture.name: picture for picture in pictures}
    async for pack, head, images in board.rows.scan():
        records = await board.records.of_pack(pack)
        assert [record.number for record in records] == list(range(head.records))
        ledger = Ledger.of(len(images), records)
        for slot, image in enumerate(images):
            work, began = ledger.entries[slot].work, names[image.name]
            if work:
                expected: tuple[tuple[int, ...], str | None] = (work[0].labels if work[0] else (), work[1])
            else:
                is_labeled = began.state not in (WAITING, PREPARING, UNREADABLE)
                labels = (began.label,) if began.label and is_labeled else ()
                expected = (labels, "ann" if is_labeled else None)
            assert (head.slots[slot].labels, head.labeler_of(head.slots[slot])) == expected
        for known in await board.directory.ranges(fresh=True):
            assert (known.letter(pack) in "wd") == head.frozen


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


async def suggestions_of(storage: Storage, project: Project) -> dict[str, Suggestion]:
    board = make_board(storage.tables.table(project.images_table))
    return {
        images[slot].name: suggestion
        async for pack, _, images in board.rows.scan()
        for slot, suggestion in (await board.suggestions.of_pack(pack)).imported.items()
    }


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


async def test_an_image_with_several_labels_gets_none_and_is_named(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    rows = [("waiting.png", "Cat"), ("waiting.png", "Dog"), ("skipped.png", "Cat"), ("skipped.png", "Cat")]
    done = (await imported(storage, project, table(*rows))).outcome
    assert (done.lines, done.images, done.labeled, done.ambiguous.first) == (4, 2, 1, ["waiting.png"])
    assert "waiting.png" not in await labels_of(storage, project)


async def test_semicolons_are_taken_where_spreadsheets_put_them(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    assert (await imported(storage, project, "image;label\r\nwaiting.png;Cat\r\n")).outcome.labeled == 1


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


async def rows_of(storage: Storage, done: Import) -> str:
    """The table of the rows that could not be used."""
    return (await (await rows_blob(storage, done).download_blob()).readall()).decode()


async def test_each_row_that_could_not_be_used_is_listed_with_the_reason(storage: Storage) -> None:
    project = await project_of(storage, [Picture(f"{name}.png", None, WAITING) for name in ("a", "b", "1/c", "2/c")])
    rows = [("a.png", "Cat"), ("=x.png", "Cat"), ("c.png", "Cat"), ("b.png", "Bird"), ("", "Cat"), ("b.png", "Dog")]
    done = await imported(storage, project, table(*rows, ("b.png", "Cat")))
    assert (await rows_of(storage, done)).splitlines() == [
        "row,image,label,reason",
        "3,'=x.png,Cat,The project has no such image.",
        "4,c.png,Cat,Several images of the project end like this.",
        "5,b.png,Bird,The project has no such label.",
        "6,,,Line 6 names no image.",
        "7,b.png,Dog,Other rows give this image another label.",
        "8,b.png,Cat,Other rows give this image another label.",
    ]
    assert not (await imported(storage, project, table(rows[0]))).outcome.has_rows


@pytest.mark.parametrize(("duplicates", "label"), [("leave", None), ("first", CAT.id), ("last", DOG.id)])
async def test_rows_that_disagree_change_nothing_unless_it_is_said_which_counts(
    storage: Storage, duplicates: str, label: int | None
) -> None:
    project = await project_of(storage, MIXED)
    rows = [("waiting.png", "Cat"), ("./waiting.png", "Dog"), ("waiting.png", "Cat"), ("waiting.png", "Dog")]
    done = (await imported(storage, project, table(*rows), duplicates=duplicates)).outcome
    assert (await labels_of(storage, project)).get("waiting.png") == (label and [label])
    assert done.ambiguous.count == (label is None)


async def test_labels_mean_those_that_people_say_they_mean(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    rows = [("waiting.png", "kitty"), ("skipped.png", "Dog"), ("cat.png", "blurred"), ("dog.png", "Bird")]
    mapped = {"kitty": "Cat", "blurred": None, "Dog": "Cat"}
    done = await imported(storage, project, table(*rows), labels=mapped)
    assert await labels_of(storage, project) == {
        "waiting.png": [CAT.id],
        "skipped.png": [CAT.id],
        "cat.png": [CAT.id],
        "dog.png": [DOG.id],
    }
    assert (done.outcome.left_out, done.outcome.unknown_labels) == (1, {"Bird": 1})
    told = {one.name: one.known for one in import_answer(done, project).labels}
    assert told == {"kitty": "Cat", "Dog": "Cat", "blurred": None, "Bird": None}


async def test_a_label_that_differs_by_case_is_asked_about(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    done = await imported(storage, project, table(("waiting.png", "CAT "), ("skipped.png", "Dog ")), dry_run=True)
    told = {one.name: (one.known, one.alike) for one in import_answer(done, project).labels}
    assert told == {"CAT ": (None, "Cat"), "Dog ": ("Dog", None)}


async def test_columns_are_guessed_and_told_and_can_be_chosen(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    text = "photo,filename,label,verdict,how sure\nwaiting.png,x.png,1,Cat,0.5\n"
    guessed = (await imported(storage, project, text, dry_run=True)).outcome
    names = ["photo", "filename", "label", "verdict", "how sure"]
    assert guessed.columns == TableColumns(names=names, image="filename", label="label")
    chosen = ChosenColumns(image="photo", label="verdict", confidence="how sure")
    done = (await imported(storage, project, text, "auto", columns=chosen)).outcome
    assert done.columns == TableColumns(names=names, **chosen.model_dump())
    assert (await labels_of(storage, project))["waiting.png"] == [CAT.id]
    lines = '{"photo": "skipped.png", "verdict": "Dog"}\n'
    keys = ChosenColumns(image="photo", label="verdict")
    assert (await imported(storage, project, lines, "auto", columns=keys)).outcome.labeled == 1
    wrong = await go(storage, await ask(storage, project, text, columns=ChosenColumns(label="tag")))
    assert wrong.error
    assert wrong.error.startswith("The table has no column tag. It names, read with commas between them: photo, ")


async def test_a_table_whose_columns_are_unknown_says_which_it_has(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    text = 'url,"verdict, in words",score\nwaiting.png,Cat,1\n'
    done = await go(storage, await ask(storage, project, text, "auto"))
    assert done.error
    assert done.error.endswith("It names, read with commas between them: url, verdict, in words, score.")
    names = ["url", "verdict, in words", "score"]
    assert done.outcome.columns == TableColumns(names=names, image="url", confidence="score")


async def test_a_table_that_cannot_be_read_by_its_columns_says_which_were_taken(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    done = await go(storage, await ask(storage, project, 'image,label,class\n0.png,"Cat', "auto"))
    assert done.status == "failed"
    assert done.outcome.columns == TableColumns(names=["image", "label", "class"], image="image", label="label")


async def test_more_labels_than_anybody_means_are_refused(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    rows = [("waiting.png", f"note {number}") for number in range(10_001)]
    done = await go(storage, await ask(storage, project, table(*rows)))
    assert (done.status, done.error) == ("failed", "This has more than 10,000 labels. Is it the right column?")


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


MANY = [Picture(f"{number:03}.png", None, WAITING) for number in range(60)]


async def test_an_import_that_is_cut_off_goes_on_and_tells_it_all(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, MANY, pack_size=2)
    content = table(*[(one.name, "Cat") for one in MANY])
    asked = await ask(storage, project, content)
    monkeypatch.setattr(run, "SAVE_EVERY_SECONDS", 0.0)
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


class HostDied(BaseException):
    """No handler of errors may catch it."""


def dying_at(at: int, patch: pytest.MonkeyPatch) -> None:
    """The host dies right after its change of that many packs."""
    whole, changed = Packs.change, 0

    async def change(packs: Packs, *args: Any, **more: Any) -> Any:
        nonlocal changed
        outcome = await whole(packs, *args, **more)
        changed += 1
        if changed == at:
            raise HostDied
        return outcome

    patch.setattr(Packs, "change", change)


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
