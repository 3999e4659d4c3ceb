"""Imports where images may have several labels, or none: all lines of an image together say which it has."""

import json
from collections.abc import Sequence

import pytest

from functions.exports.formats import FORMATS
from functions.exports.options import ExportOptions
from functions.imports.lines import Grouped, Line, Loose, Said
from functions.imports.matching import Matching
from functions.imports.saying import said_of
from functions.imports.wire import import_answer
from functions.labeling.head import LABELED, SKIPPED, WAITING
from functions.labeling.suggestions import Suggestion
from functions.projects.model import Label, Project
from functions.projects.store import change_project
from functions.storage import Storage
from functions.tasks.annotation import Annotation
from tests.exports.scene import CAT, DOG, Picture, board_of, exported, project_of
from tests.exports.several import LABELED as TRUTH
from tests.exports.several import STATES, images, written
from tests.imports.importing import imported, prove, suggestions_of, table
from tests.imports.reading import read_as
from tests.projects.test_label_keys import project_with

BOTH = Picture("both.png", CAT.id, others=(DOG.id,))
PICTURES = [
    Picture("cat.png", CAT.id),
    BOTH,
    Picture("none.png", None),
    Picture("skipped.png", None, SKIPPED),
    Picture("waiting.png", None, WAITING),
]
FILES = {"coco": "coco.json", "csv": "labels.csv", "azureml": "labels.jsonl"}


def lines(form: str, text: str) -> list[Said]:
    return read_as(form, text)


def said(form: str, text: str) -> dict[str, set[str | None]]:
    """The labels of each image by its file; None: it has none."""
    found: dict[str, set[str | None]] = {}
    for line in lines(form, text):
        if isinstance(line, Grouped):
            continue
        assert isinstance(line, Line)
        found.setdefault(line.places[0].rpartition("/")[2].replace("%20", " "), set()).add(line.label)
    return found


@pytest.mark.parametrize(
    ("form", "options"),
    [(form, STATES) for form in FILES] + [("csv", STATES.model_copy(update={"wide": True}))],
    ids=[*FILES, "wide csv"],
)
def test_what_this_service_writes_is_read_as_it_was_said(form: str, options: ExportOptions) -> None:
    text = written(form, options)[FILES[form]].decode()
    truth: dict[str, set[str | None]] = {name: {*labels} or {None} for name, labels in TRUTH.items()}
    assert said(form, text) == truth


def test_suggested_labels_of_the_wide_form_are_read_with_how_sure_they_are() -> None:
    some = images([(Label(id=1, name="Cat"), 0.75)])
    text = written("csv", STATES.model_copy(update={"wide": True, "suggestions": True}), some)["labels.csv"].decode()
    suggested = [line for line in lines("csv", text) if isinstance(line, Line) and line.suggested]
    assert [(line.places[0], line.label, line.confidence) for line in suggested] == [("waiting.png", "Cat", 0.75)]


def test_a_wide_table_is_read_as_other_programs_write_it_again() -> None:
    text = "Image;Label: Cat;label:Dog;LABEL: Night\na;1,0;0.0;\nb;TRUE;False;1\nc;;;\nd;0;0;0\ne;2;1;0\nf;x;;\n"
    found = lines("csv", text)
    assert [(one.places[0], one.label) for one in found if isinstance(one, Line)] == [
        ("a", "Cat"),
        ("b", "Cat"),
        ("b", "Night"),
        ("d", None),
    ]
    assert [one.reason for one in found if isinstance(one, Loose)] == [
        "Line 6 has neither 1 nor 0 in the column of Cat.",
        "Line 7 has neither 1 nor 0 in the column of Cat.",
    ]
    assert isinstance(lines("csv", "image,label: Cat\n,1\n")[0], Loose)


def test_several_choices_of_label_studio_are_several_labels() -> None:
    result = [{"type": "choices", "value": {"choices": ["Cat", "Night"]}}]
    tasks = [{"data": {"image": "a.png"}, "annotations": [{"result": result}]}]
    assert said("labelstudio", json.dumps(tasks)) == {"a.png": {"Cat", "Night"}}


def test_a_row_without_a_label_says_none_only_where_it_is_labeled() -> None:
    text = "image,label,state\na,,labeled\nb,,skipped\nc,,\nd,Cat,labeled\n"
    assert said("csv", text) == {"a": {None}, "d": {"Cat"}}
    assert said("azureml", '{"image_url":"a","label":[]}\n{"image_url":"b","label":""}\n{"image_url":"c"}\n') == {
        "a": {None}
    }
    coco = {"images": [{"id": 1, "file_name": "a", "state": "labeled"}, {"id": 2, "file_name": "b"}]}
    assert said("coco", json.dumps(coco)) == {"a": {None}}


def meant(*some: Line, one_label: bool) -> Sequence[Suggestion] | None:
    """What lines of one image make of it."""
    matching = Matching("https://account/images", "", {"Cat": 1, "Dog": 2}, one_label=one_label, takes_suggested=True)
    matching.take_in(some)
    for look in matching.looks():
        look("a.png")
    return matching.meant["a.png"]


def test_all_lines_of_an_image_together_say_what_labels_it_has() -> None:
    cat, dog, none = (Line(("a.png",), label) for label in ("Cat", "Dog", None))
    again = Line((".\\a.png",), "Cat", 0.5)
    assert meant(none, one_label=False) == ()
    assert meant(cat, none, dog, one_label=False) == (Suggestion(1, 1.0), Suggestion(2, 1.0))
    assert meant(cat, dog, again, one_label=False) == (Suggestion(2, 1.0), Suggestion(1, 0.5))
    assert meant(cat, again, one_label=True) == (Suggestion(1, 0.5),)
    assert meant(cat, dog, one_label=True) is None
    assert meant(cat, Line((".\\a.png",), "Dog"), one_label=True) is None


def several(project: Project, *exclusive: str) -> Project:
    return project.model_copy(update={"task_type": "multiLabel", "exclusive_groups": exclusive})


def test_what_an_image_may_not_have_together_is_refused_with_the_reason() -> None:
    many = [Label(id=number, name=f"Label {number}") for number in range(3, 60)]
    project = several(
        project_with(
            CAT.model_copy(update={"group": "Animal"}), DOG.model_copy(update={"group": "Animal/Large"}), *many
        ),
        "Animal",
    )
    wanted = {1: (1, 2), 2: range(3, 54), 3: (2, 3), 4: (), 5: (99,), 6: (3, 99)}
    found = said_of(project, {slot: [Suggestion(label, 1.0) for label in labels] for slot, labels in wanted.items()})
    assert found.given == {3: Annotation((2, 3)), 4: Annotation(()), 6: Annotation((3,))}
    assert list(found.refused) == [1, 2]
    assert "'Animal'" in found.refused[1]
    assert "50 labels" in found.refused[2]
    assert found.gone == {99: 2}
    assert list(said_of(project_with(CAT, DOG), {0: ()}).refused) == [0]


async def standing(storage: Storage, project: Project) -> dict[str, tuple[int, ...] | None]:
    """The labels of each image that is labeled; None of one that is not."""
    return {
        image.name: slot.labels if slot.state == LABELED else None
        async for _, head, images in board_of(storage, project).rows.scan()
        for slot, image in zip(head.slots, images, strict=True)
    }


@pytest.mark.parametrize(
    ("form", "wide"), [*((form, False) for form in FILES), ("csv", True)], ids=[*FILES, "wide csv"]
)
async def test_an_export_comes_back_unchanged(storage: Storage, form: str, wide: bool) -> None:
    project = await project_of(storage, PICTURES, task_type="multiLabel")
    assert FORMATS[form].takes(project.task)
    _, files = await exported(storage, project, form, STATES.model_copy(update={"wide": wide}))
    text = files[FILES[form]].decode()
    again = (await imported(storage, project, text, form)).outcome
    assert (again.labeled, again.unchanged, again.refused.count) == (0, 3, 0)
    untouched = [Picture(one.name, None, WAITING) for one in PICTURES]
    empty = await project_of(storage, untouched, task_type="multiLabel")
    done = (await imported(storage, empty, text, form)).outcome
    assert (done.labeled, done.images) == (3, 3)
    assert await standing(storage, empty) == await standing(storage, project)
    await prove(storage, empty, untouched)


async def test_a_dry_run_tells_all_labels_before_and_after_and_what_is_refused(storage: Storage) -> None:
    project = await project_of(storage, PICTURES, task_type="multiLabel")
    grouped = tuple(label.model_copy(update={"group": "Animal"}) for label in project.labels)
    rows = [
        ("cat.png", "Dog"),
        ("waiting.png", "Cat"),
        ("waiting.png", "Dog"),
        ("both.png", "Cat"),
        ("both.png", "Dog"),
    ]
    text = table(*rows)
    done = await imported(storage, project, text, dry_run=True)
    answer = import_answer(done, project)
    assert [(one.image, one.before, one.after) for one in answer.first_labeled] == [
        ("cat.png", ["Cat"], ["Dog"]),
        ("waiting.png", [], ["Cat", "Dog"]),
    ]
    assert (answer.matched, answer.labeled, answer.unchanged, answer.ambiguous.count) == (3, 2, 1, 0)
    assert await standing(storage, project) == {
        one.name: one.labels if one.state == LABELED else None for one in PICTURES
    }
    project = await change_project(
        storage, project.id, lambda known: known.model_copy(update={"labels": grouped, "exclusive_groups": ("Animal",)})
    )
    refused = import_answer(await imported(storage, project, text), project)
    assert (refused.matched, refused.labeled, refused.refused.count) == (3, 1, 2)
    assert refused.refused.first[0].startswith("both.png: ")
    assert (await standing(storage, project))["both.png"] == (CAT.id, DOG.id)
    assert (await standing(storage, project))["waiting.png"] is None


async def test_one_label_an_image_is_told_as_before_and_none_is_refused(storage: Storage) -> None:
    project = await project_of(storage, [Picture("cat.png", CAT.id), Picture("dog.png", DOG.id)])
    text = "image,label,state\ncat.png,Dog,labeled\ndog.png,,labeled\n"
    answer = import_answer(await imported(storage, project, text), project)
    assert [(one.before, one.after) for one in answer.first_labeled] == [(["Cat"], "Dog")]
    assert (answer.matched, answer.refused.count) == (2, 1)
    assert answer.refused.first == ["dog.png: An image gets exactly one label in this project."]


async def test_of_several_suggested_labels_the_surest_is_and_where_there_is_none_that_is_told(storage: Storage) -> None:
    project = await project_of(storage, PICTURES, task_type="multiLabel")
    text = "image,label,state,confidence\nwaiting.png,Cat,,0.5\nwaiting.png,Dog,,0.75\ncat.png,,labeled,\n"
    answer = import_answer(await imported(storage, project, text, use="suggestions"), project)
    assert [(one.image, one.after) for one in answer.first_labeled] == [("waiting.png", ["Dog"])]
    assert (answer.matched, answer.refused.first) == (2, ["cat.png: There is no label to suggest."])
    assert await suggestions_of(storage, project) == {"waiting.png": Suggestion(DOG.id, 0.75)}
