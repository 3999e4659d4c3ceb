"""Labels and suggestions that a script gives for images by their paths."""

from collections.abc import Mapping
from typing import Any

import pytest

from image_labeling import Labeling, LabelingError, Project, labels
from tests.api.builders import LABELS, Folder, People, new_name, picture
from tests.client.conftest import wait_until_prepared

HOSTILE = ("a b.png", "50%.png", "what?.png", "#1.png", "50%25.png", "a,b.png", 'say "a".png', "=1+1.png", "ä/ö.png")


@pytest.fixture(scope="module")
def many(labeling: Labeling, people: People) -> Project:
    """In which images may have several labels, and are called all sorts of things."""
    folder = Folder(people, dict.fromkeys(HOSTILE, picture()))
    named = [*LABELS, "=SUM(1)", "a,b"]
    made = labeling.projects.create(new_name("many"), labels=named, images=folder.prefix, task_type="multiLabel")
    wait_until_prepared(made)
    return made


def said(project: Project) -> Mapping[str, list[str]]:
    prefix = project.answer.dataset.prefix if project.answer.dataset else ""
    return {image.name.removeprefix(prefix): image.labels for image in project.images(state="labeled")}


def test_every_image_gets_its_label_whatever_both_are_called(many: Project) -> None:
    wanted = dict(zip(HOSTILE, [["Cat"], ["Dog", "Cat"], [], ["=SUM(1)"], ["a,b"], *[["Dog"]] * 4], strict=True))
    done = many.label(wanted)
    assert (done.labeled, done.unmatched.count, done.matched_by.path + done.matched_by.folder) == (9, 0, 9)
    assert {name: sorted(each) for name, each in said(many).items()} == {
        name: sorted(each) for name, each in wanted.items()
    }


def test_labels_that_are_there_stay_unless_they_are_to_be_replaced(project: Project, folder: Folder) -> None:
    assert project.label({"00.png": "Cat", folder.prefix + "01.png": ["Dog"]}).labeled == 2
    kept = project.label({"00.png": "Dog", "nowhere.png": "Dog", "02.png": "Fox"})
    assert (kept.labeled, kept.kept, kept.unmatched.first) == (0, 1, ["nowhere.png"])
    assert [unknown.label for unknown in kept.unknown_labels] == ["Fox"]
    assert project.label({"00.png": "Dog"}, replace=True).labeled == 1
    assert project.image("00.png").labels == ["Dog"]


def test_suggestions_label_nothing_and_are_told_by_the_name_of_their_run(project: Project) -> None:
    done = project.suggest({"03.png": ("Cat", 0.93), "04.png": [("Cat", 0.2), ("Dog", 0.7)]}, name="first model")
    assert (done.as_, done.name, done.labeled) == ("suggestions", "first model", 2)
    assert next(iter(project.imports)).name == "first model"
    assert project.image("03.png").state == "waiting"
    assert [(one.image[-6:], one.after) for one in done.first_labeled] == [("03.png", "Cat"), ("04.png", "Dog")]


class Float32:
    """As numbers of other libraries are."""

    def __float__(self) -> float:
        return 0.5


def test_confidences_may_be_numbers_of_other_libraries(project: Project) -> None:
    unlike: Any = Float32()
    assert project.suggest({"05.png": ("Dog", unlike)}).labeled == 1


@pytest.mark.parametrize("said", ["Cat", ("Cat", "high"), (0.93, "Cat"), None, [("Cat",)]])
def test_what_is_no_suggestion_is_refused_in_words(project: Project, said: Any) -> None:
    with pytest.raises(LabelingError, match=r'^03\.png: what is suggested is like \("Cat", 0\.93\), not '):
        project.suggest({"03.png": said})


def test_what_is_no_label_is_refused_in_words(project: Project) -> None:
    labels: Any = {"03.png": None}
    with pytest.raises(LabelingError, match=r"^03\.png: a label is a name, or several, not None\.$"):
        project.label(labels)


@pytest.mark.parametrize("confidence", [1.1, -0.1, float("nan")])
def test_what_is_no_confidence_is_refused_before_anything_is_sent(project: Project, confidence: float) -> None:
    with pytest.raises(LabelingError, match="between 0 and 1"):
        project.suggest({"03.png": ("Cat", confidence)})


def test_the_place_of_a_class_in_a_model_is_not_taken_for_a_labels_id(project: Project) -> None:
    place: Any = 1
    with pytest.raises(LabelingError, match="labels are named here"):
        project.suggest({"03.png": (place, 0.9)})
    with pytest.raises(LabelingError, match="labels are named here"):
        project.label({"03.png": [place]})


def test_very_many_go_straight_to_storage(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "MOST_SENT", 10)
    done = project.suggest({"05.png": ("Dog", 0.5)})
    assert (done.labeled + done.unchanged, done.upload is not None) == (1, True)
