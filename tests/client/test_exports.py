"""Exports: asked for, waited for, listed and deleted."""

import pytest

from image_labeling import LabelingError, Project
from image_labeling.answers.exports import Export


@pytest.fixture(scope="module")
def labeled(project: Project) -> Project:
    project.imports.start(content="image,label\n00.png,Cat\n01.png,Dog\n02.png,Cat\n")
    return project


def test_an_export_is_waited_for_and_has_its_files(labeled: Project) -> None:
    seen: list[Export] = []
    done = labeled.exports.start("csv", name="first", told=seen.append, wide=True, guard_formulas=False)
    assert (done.status, done.name, done.images, done.options.wide) == ("completed", "first", 3, True)
    assert all(file.bytes > 0 and len(file.sha256 or "") == 64 for file in done.files)
    assert len(done.files) > 0
    assert seen[-1].is_over
    assert labeled.exports.get(done.id).files[0].sha256 == done.files[0].sha256
    assert next(iter(labeled.exports)).id == done.id


def test_options_are_those_that_were_asked_for(labeled: Project) -> None:
    asked = labeled.exports.start(
        "azureml",
        states=["labeled", "waiting"],
        labels=["Cat", 2],
        split=(0.6, 0.2, 0.2),
        datastore_name="images",
        workspace={"subscription": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "resource_group": "ml", "name": "vision"},
    )
    options = asked.options
    assert (options.states, options.labels) == (["labeled", "waiting"], ["Cat", "Dog"])
    assert options.split is not None
    assert (options.split.train, options.split.validation, options.split.test) == (0.6, 0.2, 0.2)
    assert options.workspace is not None
    assert options.workspace.resource_group == "ml"
    seeded = labeled.exports.start("coco", split={"train": 0.5, "test": 0.5, "seed": 7}, wait=False)
    assert seeded.options.split is not None
    assert (seeded.options.split.seed, seeded.options.split.validation) == (7, 0)


def test_what_cannot_be_exported_is_refused_in_words(labeled: Project) -> None:
    with pytest.raises(LabelingError) as told:
        labeled.exports.start("coco", wide=True)
    assert (told.value.type, told.value.errors[0][0]) == ("invalid", "wide")


def test_a_deleted_export_is_gone(labeled: Project) -> None:
    done = labeled.exports.start("csv")
    labeled.exports.delete(done.id)
    with pytest.raises(LabelingError) as told:
        labeled.exports.get(done.id)
    assert told.value.type == "not-found"
