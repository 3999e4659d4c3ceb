"""Images that wait, with the labels suggested for them: in exports that ask for them, told from labels of people."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pytest

from functions.assist import results
from functions.assist.classifier import Classifier
from functions.assist.features import Made, add_features
from functions.assist.model import FEATURES
from functions.assist.offline import ModelGone
from functions.assist.results import MODELS, write_classifier
from functions.assist.store import TRAININGS, new_training
from functions.exports import building
from functions.exports.options import ExportOptions, Split
from functions.exports.store import Export
from functions.labeling.head import SKIPPED, WAITING, Head
from functions.labeling.packs import Change
from functions.labeling.previews import image_version
from functions.labeling.suggestions import Suggestion
from functions.places import Place
from functions.projects.model import Project
from functions.projects.store import change_project
from functions.storage import Storage
from tests.exports.scene import AT, CAT, DOG, NOW, Picture, ask, board_of, build, exported, head_of, project_of
from tests.exports.test_building import HostDied, dying, sums
from tests.imports.importing import imported, labels_of, suggestions_of

SUGGESTIONS = ExportOptions(suggestions=True)
SPLIT = ExportOptions(suggestions=True, split=Split(train=0.5, validation=0, test=0.5, seed=1))
FORMS = ("azureml", "csv")
# As pictures without content have it.
ETAG = "0x1"
SURE = 0.9526


class Look(NamedTuple):
    """What an image looks like to the model: it says a label by how far one number is above the other."""

    cat: float
    dog: float
    etag: str = ETAG


DOGLIKE, MAYBE_CAT = Look(0, 1), Look(0.8, 0.6)
PICTURES = [
    Picture("cat.png", CAT.id),
    Picture("skipped.png", None, SKIPPED),
    Picture("doglike.png", None, WAITING),
    Picture("told dog, maybe cat.png", None, WAITING),
    Picture("told cat, doglike.png", None, WAITING),
    Picture("certainly told.png", None, WAITING),
    Picture("nothing is known.png", None, WAITING),
    Picture("changed since.png", None, WAITING),
    Picture("gone.png", None, WAITING, missing=True),
]
LOOKS = {0: DOGLIKE, 2: DOGLIKE, 3: MAYBE_CAT, 4: DOGLIKE, 7: Look(0, 1, "0x0"), 8: DOGLIKE}
# Of the first one it was told before somebody labeled it.
TOLD = {0: Suggestion(DOG.id, 0.8), 3: Suggestion(DOG.id, 0.6), 4: Suggestion(CAT.id, 0.9), 5: Suggestion(CAT.id, 1.0)}


async def assisted(
    storage: Storage,
    pictures: list[Picture] = PICTURES,
    looks: Mapping[int, Look] = LOOKS,
    told: Mapping[int, Suggestion] = TOLD,
    packs: int = 1,
) -> Project:
    """A project that has learned which images look like dogs, and imported suggestions; each pack is like the first."""
    project = await project_of(storage, pictures * packs, pack_size=len(pictures))
    project = await change_project(storage, project.id, lambda known: known.model_copy(update={"ml_assist": True}))
    made = {slot: Made(image_version(look.etag), features_of(look)) for slot, look in looks.items()}
    for pack in range(packs):
        await add_features(storage, project, pack, made)
        await board_of(storage, project).suggestions.add_imported(pack, told, "some")
    await learn(storage, project)
    return project


def features_of(look: Look) -> np.ndarray[tuple[int], np.dtype[np.float16]]:
    features = np.zeros(FEATURES, np.float16)
    features[:2] = look.cat, look.dog
    return features


async def learn(storage: Storage, project: Project, says: float = 1.0) -> str:
    """A training that takes an image for a dog that looks like one, or for the opposite with -1; gives its id."""
    weights = np.zeros((FEATURES, 2), np.float32)
    weights[0, 0] = weights[1, 1] = 3 * says
    classifier = Classifier((CAT.id, DOG.id), weights, np.zeros(2, np.float32), sure_from=0.9)
    training = new_training(project.id, "completed", datetime.now(UTC))
    await TRAININGS.insert(storage, training)
    await write_classifier(storage, project, training.id, classifier)
    return training.id


async def rows(storage: Storage, project: Project, options: ExportOptions = SUGGESTIONS) -> list[dict[str, str]]:
    _, files = await exported(storage, project, "csv", options)
    return rows_of(files["labels.csv"])


def rows_of(table: bytes) -> list[dict[str, str]]:
    """Each has a cell for each column, and no other."""
    header, *found = csv.reader(io.StringIO(table.decode(), newline=""), strict=True)
    return [dict(zip(header, row, strict=True)) for row in found]


async def test_images_that_wait_are_held_with_the_label_suggested_for_them_and_marked(storage: Storage) -> None:
    project = await assisted(storage)
    export, files = await exported(storage, project, "csv", SUGGESTIONS)
    found = rows_of(files["labels.csv"])
    assert list(found[0])[-2:] == ["state", "label_confidence"]
    assert [(row["image"], row["state"], row["label"], row["label_confidence"], row["labeler"]) for row in found] == [
        ("cat.png", "labeled", "Cat", "1.0", "ann"),
        ("doglike.png", "waiting", "Dog", str(SURE), ""),
        ("told dog, maybe cat.png", "waiting", "Dog", "0.6", ""),
        ("told cat, doglike.png", "waiting", "Dog", str(SURE), ""),
        ("certainly told.png", "waiting", "Cat", "0.9999", ""),
    ]
    assert (export.images, export.suggested) == (5, 4)
    assert [(one.name, one.count, one.suggested) for one in export.labels] == [("Cat", 1, 1), ("Dog", 0, 3)]


async def test_azureml_lines_tell_how_sure_each_label_is(storage: Storage) -> None:
    project = await assisted(storage)
    options = SUGGESTIONS.model_copy(update={"states": ("labeled", "skipped")})
    _, files = await exported(storage, project, "azureml", options)
    lines = [json.loads(line) for line in files["labels.jsonl"].splitlines()]
    assert [(line["label"], line["label_confidence"]) for line in lines] == [
        ("Cat", 1.0),
        ("Dog", SURE),
        ("Dog", 0.6),
        ("Dog", SURE),
        ("Cat", 0.9999),
    ]


@pytest.mark.parametrize("form", FORMS)
async def test_exports_that_do_not_ask_for_suggestions_are_as_they_were(storage: Storage, form: str) -> None:
    project = await assisted(storage)
    wide = ExportOptions(states=("labeled", "skipped", "waiting"), split=SPLIT.split)
    _, files = await exported(storage, project, form, wide)
    _, plain = await exported(storage, await project_of(storage, PICTURES), form, wide)
    assert not any(b"label_confidence" in content for content in files.values())
    if form == "csv":
        assert list(rows_of(files["labels.csv"])[0])[-2:] == ["state", "split"]
    assert {name: content for name, content in files.items() if name != "export.json"} == {
        name: content for name, content in plain.items() if name != "export.json"
    }


async def test_each_side_of_a_split_has_its_suggested_images(storage: Storage) -> None:
    project = await assisted(storage)
    export, files = await exported(storage, project, "csv", SPLIT)
    found = rows_of(files["labels.csv"])
    assert list(found[0])[-2:] == ["label_confidence", "split"]
    assert {side: sum(row["split"] == side for row in found) for side in export.sides} == export.sides
    assert sum(label.sides[side] for label in export.labels for side in label.sides) == 1


async def test_the_wanted_labels_are_those_of_suggestions_too_and_the_time_is_not(storage: Storage) -> None:
    project = await assisted(storage)
    wide = ExportOptions(states=("labeled", "waiting"), labels=(DOG.id,), suggestions=True)
    dogs = await rows(storage, project, wide)
    assert [(row["image"], row["label"], row["label_confidence"]) for row in dogs] == [
        ("doglike.png", "Dog", str(SURE)),
        ("told dog, maybe cat.png", "Dog", "0.6"),
        ("told cat, doglike.png", "Dog", str(SURE)),
        ("nothing is known.png", "", ""),
        ("changed since.png", "", ""),
    ]
    later = await rows(storage, project, ExportOptions(since=NOW + timedelta(seconds=1), suggestions=True))
    assert {row["state"] for row in later} == {"waiting"}
    assert len(later) == 4


async def test_only_imported_suggestions_are_held_where_they_are_switched_off(storage: Storage) -> None:
    project = await assisted(storage)
    project = await change_project(storage, project.id, lambda known: known.model_copy(update={"ml_assist": False}))
    assert [(row["image"], row["label"]) for row in await rows(storage, project)][1:] == [
        ("told dog, maybe cat.png", "Dog"),
        ("told cat, doglike.png", "Cat"),
        ("certainly told.png", "Cat"),
    ]


async def test_a_suggested_label_that_people_set_or_that_becomes_another_is_a_change(storage: Storage) -> None:
    pictures = [Picture(f"{name}.png", None, WAITING) for name in ("stays", "labeled", "turns", "more sure")]
    looks, told = {0: DOGLIKE, 1: DOGLIKE}, {2: Suggestion(CAT.id, 0.5), 3: Suggestion(CAT.id, 0.5)}
    project = await assisted(storage, pictures, looks, told)
    await exported(storage, project, "csv", SUGGESTIONS)
    board = board_of(storage, project)

    def rule(_: Head) -> Change[None]:
        return Change(head_of([pictures[0], Picture("labeled.png", DOG.id), *pictures[2:]]), None)

    await board.packs.change(0, rule, now=AT)
    await board.suggestions.add_imported(0, {2: Suggestion(DOG.id, 0.5), 3: Suggestion(CAT.id, 0.8)}, "some")
    second, files = await exported(storage, project, "csv", SUGGESTIONS)
    assert second.changes is not None
    assert (second.changes.added, second.changes.changed, second.changes.removed) == (0, 2, 0)
    listed = list(csv.reader(io.StringIO(files["changes.csv"].decode(), newline="")))[1:]
    assert listed == [
        ["changed", "labeled.png", "Dog (suggested)", "Dog"],
        ["changed", "turns.png", "Cat (suggested)", "Dog (suggested)"],
    ]


@pytest.mark.parametrize("form", FORMS)
async def test_a_build_that_dies_goes_on_with_the_model_with_which_it_was_begun(
    storage: Storage, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await assisted(storage, packs=4)
    whole, _ = await exported(storage, project, form, SUGGESTIONS)
    export = await cut_off(storage, project, form, monkeypatch)
    await learn(storage, project, says=-1)
    done = await build(storage, export)
    assert {name: sums(done)[name] for name in sums(whole)} == sums(whole)
    assert (done.labels, done.suggested) == (whole.labels, 4 * 4)
    after, _ = await exported(storage, project, form, SUGGESTIONS)
    assert after.labels != whole.labels


async def test_a_build_whose_model_is_gone_begins_anew_with_the_newest(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await assisted(storage, packs=4)
    [old] = await TRAININGS.list(storage, project.id, limit=10)
    export = await cut_off(storage, project, "csv", monkeypatch)
    await learn(storage, project, says=-1)
    container = storage.container(project.previews_container)
    await container.delete_blob(f"{MODELS}{old.id}.npz")
    forget_classifiers()
    with pytest.raises(ModelGone):
        await build(storage, export)
    done = await build(storage, export)
    fresh, _ = await exported(storage, project, "csv", SUGGESTIONS)
    assert sums(done)["labels.csv"] == sums(fresh)["labels.csv"]


async def test_a_model_that_is_damaged_is_passed_over_for_the_one_before(storage: Storage) -> None:
    project = await assisted(storage)
    before = await rows(storage, project)
    newest = new_training(project.id, "completed", datetime.now(UTC))
    await TRAININGS.insert(storage, newest)
    await storage.container(project.previews_container).upload_blob(f"{MODELS}{newest.id}.npz", b"PK")
    assert await rows(storage, project) == before


async def test_an_export_with_suggestions_comes_back_as_labels_of_people_and_suggestions(storage: Storage) -> None:
    _, files = await exported(storage, await assisted(storage), "csv", SUGGESTIONS)
    table = files["labels.csv"].decode()
    other = await project_of(storage, [Picture(one.name, None, WAITING) for one in PICTURES])
    done = (await imported(storage, other, table)).outcome
    assert (done.lines, done.suggested, done.images, done.labeled) == (5, 4, 1, 1)
    assert await labels_of(storage, other) == {"cat.png": [CAT.id]}
    done = (await imported(storage, other, table, use="suggestions")).outcome
    assert (done.lines, done.suggested, done.labeled, done.unchanged) == (5, 0, 4, 1)
    assert await labels_of(storage, other) == {"cat.png": [CAT.id]}
    assert await suggestions_of(storage, other) == {
        "doglike.png": Suggestion(DOG.id, SURE),
        "told dog, maybe cat.png": Suggestion(DOG.id, 0.6),
        "told cat, doglike.png": Suggestion(DOG.id, SURE),
        "certainly told.png": Suggestion(CAT.id, 0.9999),
    }


async def cut_off(storage: Storage, project: Project, form: str, monkeypatch: pytest.MonkeyPatch) -> Export:
    """An export of which two packs are written."""
    monkeypatch.setattr(building, "STAGE_BYTES", 1)
    export = await ask(storage, project, form, SUGGESTIONS)
    with pytest.MonkeyPatch.context() as patch:
        dying(Place, "save", 2, patch)
        with pytest.raises(HostDied):
            await build(storage, export)
    return export


def forget_classifiers() -> None:
    """As in another process."""
    results._kept.clear()
