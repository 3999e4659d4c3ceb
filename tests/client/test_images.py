"""The images of a project: found by what is said of them, and by their ids and paths."""

import pytest

from image_labeling import LabelingError, Project, images
from tests.api.builders import Folder


@pytest.fixture(scope="module")
def labeled(project: Project) -> Project:
    """00.png is a Cat, 01.png a Dog."""
    project.imports.start(content="image,label\n00.png,Cat\n01.png,Dog\n")
    return project


def names(project: Project, **filters: object) -> list[str]:
    return [image.name[-6:] for image in project.images(**filters)]  # type: ignore[arg-type]


def test_images_are_found_by_what_is_said_of_them(labeled: Project) -> None:
    assert len(names(labeled)) == 6
    assert names(labeled, state="waiting") == ["02.png", "03.png", "04.png", "05.png"]
    assert names(labeled, label="Cat") == ["00.png"]
    assert names(labeled, labels=["Cat", labeled.labels[1].id]) == ["00.png", "01.png"]
    assert names(labeled, labels=["Cat"], match="none") == ["01.png"]
    assert names(labeled, labeler="administrator", name="01") == ["01.png"]
    assert names(labeled, state="labeled", reviewed=False, changed_since_labeled=False) == ["00.png", "01.png"]
    assert names(labeled, state="waiting", rejected=True) == []
    assert names(labeled, doubted=True, suggested="Dog") == []
    assert names(labeled, state="disputed", order="unsure") == []
    with pytest.raises(LabelingError, match="no label 'Fox'"):
        names(labeled, labels=["Fox"])
    with pytest.raises(LabelingError, match="takes no colour"):
        names(labeled, colour="red")


def test_one_is_found_by_its_id_and_its_path_in_the_folder_or_the_container(labeled: Project, folder: Folder) -> None:
    by_path = labeled.image("00.png")
    assert by_path.labels == ["Cat"]
    assert [entry.action for entry in by_path.history] == ["imported"]
    assert labeled.image(folder.prefix + "00.png") == labeled.image(by_path.id)
    assert labeled.image(next(iter(labeled.images(label="Cat")))).id == by_path.id
    detail = labeled.detail("00.png")
    assert (detail.width, detail.height) == (32, 24)
    with pytest.raises(LabelingError, match=r"no image 0\.png"):
        labeled.image("0.png")


def test_all_of_a_long_history_is_told_in_order(labeled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "HISTORY", 3)
    labels = [["Cat", "Dog"][turn % 2] for turn in range(1, 9)]
    for label in labels:
        labeled.label({"05.png": label}, replace=True)
    whole = labeled.image("05.png")
    assert [entry.labels for entry in whole.history] == [[label] for label in labels]
    assert whole.next_cursor is None


def test_examples_show_what_a_label_means(labeled: Project) -> None:
    image = labeled.image("00.png")
    assert labeled.examples("Cat") == []
    labeled.reload().change(labels=[{"id": 1, "name": "Cat", "examples": [image.id]}, "Dog", "Uncertain"])
    assert [example.id for example in labeled.examples("Cat")] == [image.id]
