"""What people choose of an import: what labels mean, which columns say what, which of several rows counts."""

import pytest

from functions.imports.store import TableColumns
from functions.imports.wire import import_answer
from functions.labeling.head import WAITING
from functions.labeling.suggestions import Suggestion
from functions.storage import Storage
from tests.exports.scene import CAT, DOG, Picture, project_of
from tests.imports.importing import MIXED, ask, go, imported, labels_of, rows_of, suggestions_of, table


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


async def test_an_image_with_several_labels_gets_none_and_is_named(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    rows = [("waiting.png", "Cat"), ("waiting.png", "Dog"), ("skipped.png", "Cat"), ("skipped.png", "Cat")]
    done = (await imported(storage, project, table(*rows))).outcome
    assert (done.lines, done.images, done.labeled, done.ambiguous.first) == (4, 2, 1, ["waiting.png"])
    assert "waiting.png" not in await labels_of(storage, project)


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
    chosen = {"image": "photo", "label": "verdict", "confidence": "how sure"}
    done = (await imported(storage, project, text, "auto", columns=chosen)).outcome
    assert done.columns == TableColumns(names=names, **chosen)
    assert (await labels_of(storage, project))["waiting.png"] == [CAT.id]
    lines = '{"photo": "skipped.png", "verdict": "Dog"}\n'
    keys = {"image": "photo", "label": "verdict"}
    assert (await imported(storage, project, lines, "auto", columns=keys)).outcome.labeled == 1
    wrong = await go(storage, await ask(storage, project, text, columns={"label": "tag"}))
    assert wrong.error
    assert wrong.error.startswith("The table has no column tag. It names, read with commas between them: photo, ")


@pytest.mark.parametrize(
    "text",
    ["image,label,score\nwaiting.png,Cat,0.5\n", '{"image": "waiting.png", "label": "Cat", "score": 0.5}\n'],
)
async def test_no_column_says_the_confidence_where_people_say_so(storage: Storage, text: str) -> None:
    project = await project_of(storage, MIXED)
    guessed = (await imported(storage, project, text, "auto", use="suggestions", dry_run=True)).outcome
    assert guessed.columns
    assert guessed.columns.confidence == "score"
    done = (await imported(storage, project, text, "auto", use="suggestions", columns={"confidence": None})).outcome
    assert done.columns == TableColumns(names=["image", "label", "score"], image="image", label="label")
    assert await suggestions_of(storage, project) == {"waiting.png": Suggestion(CAT.id, 1.0)}
    lacking = await go(storage, await ask(storage, project, "a,b\n", columns={"confidence": None}))
    assert lacking.error
    assert lacking.error.startswith("The first line must name a column for the image")


async def test_a_table_whose_columns_are_unknown_says_which_it_has(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    text = 'url,"verdict, in words",score\nwaiting.png,Cat,1\n'
    done = await go(storage, await ask(storage, project, text, "auto"))
    assert done.error
    assert done.error.endswith("It names, read with commas between them: url, verdict, in words, score.")
    names = ["url", "verdict, in words", "score"]
    assert done.outcome.columns == TableColumns(names=names, image="url", confidence="score")


@pytest.mark.parametrize("form", ["azureml", "labelstudio"])
async def test_json_whose_keys_are_unknown_says_which_it_has(storage: Storage, form: str) -> None:
    project = await project_of(storage, MIXED)
    one = '{"photo": "waiting.png", "verdict": "Cat"}'
    text = f"[{one}]" if form == "labelstudio" else one
    for columns in ({}, {"image": "photo"}, {"image": "photo", "label": "tag"}):
        done = await go(storage, await ask(storage, project, text, "auto", columns=columns))
        assert done.error
        assert done.error.startswith(
            "Nothing in it names an image and its label. There must be a key for the image (image, "
        )
        assert done.error.endswith("The first entry has: photo, verdict.")
        known = TableColumns(names=["photo", "verdict"], image=columns.get("image"))
        assert done.outcome.columns == known
    chosen = {"image": "photo", "label": "verdict"}
    done = await imported(storage, project, text, "auto", columns=chosen)
    assert (done.format, done.outcome.labeled) == (form, 1)
    empty = '{"image": "waiting.png", "label": null}\n'
    assert (await imported(storage, project, empty, "auto")).outcome.lines == 0


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


async def test_semicolons_are_taken_where_spreadsheets_put_them(storage: Storage) -> None:
    project = await project_of(storage, MIXED)
    assert (await imported(storage, project, "image;label\r\nwaiting.png;Cat\r\n")).outcome.labeled == 1


async def test_all_lines_with_labels_that_the_project_has_not_are_counted_and_some_labels_named(
    storage: Storage,
) -> None:
    project = await project_of(storage, MIXED)
    rows = [("waiting.png", f"Bird {number:02}") for number in range(30) for _ in range(2)]
    done = await imported(storage, project, table(*rows, ("cat.png", "Cat")))
    answer = import_answer(done, project)
    assert (answer.lines, answer.unknown_lines, len(answer.unknown_labels)) == (61, 60, 20)
    of_before = done.model_copy(update={"outcome": done.outcome.model_copy(update={"unknown_lines": 0})})
    assert import_answer(of_before, project).unknown_lines == 40
