"""Checks: drawn, judged, and what they say."""

import pytest

from image_labeling import Labeling, LabelingError, Project, checks
from tests.api.builders import LABELS, Folder, People, new_name, pictures
from tests.client.conftest import wait_until_prepared


@pytest.fixture(scope="module")
def labeled(labeling: Labeling, people: People) -> Project:
    """Twelve Cats."""
    folder = Folder(people, pictures(12))
    project = labeling.projects.create(new_name("checked"), labels=LABELS, images=folder.prefix)
    wait_until_prepared(project)
    project.label({f"{number:02}.png": "Cat" for number in range(12)})
    return project


def test_a_sample_is_drawn_and_judged(labeled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_AT_ONCE", 4)
    check = labeled.checks.start(10)
    assert (check.status, check.size, check.judged) == ("open", 10, 0)
    images = list(labeled.checks.images(check.id, "none"))
    assert [image.labels for image in images] == [["Cat"]] * 10
    first, second, third, *rest = images
    judged = labeled.checks.judge(
        check.id, [(first, "wrong", "Dog"), (second, "unclear"), (third, "wrong"), *[(one, "right") for one in rest]]
    )
    assert (len(judged.saved), judged.stale) == (10, [])
    done = labeled.checks.get(check.id)
    assert (done.status, done.right, done.wrong, done.unclear) == ("done", 7, 2, 1)
    assert done.share == pytest.approx(7 / 9)
    assert labeled.image(first.id).labels == ["Dog"]
    assert labeled.reload().answer.checked is not None
    assert [image.id for image in labeled.checks.images(check.id, "unclear")] == [second.id]
    labeled.checks.judge(check.id, [(second, None)])
    assert labeled.checks.get(check.id).judged == 9
    assert [one.id for one in labeled.checks] == [check.id]
    labeled.checks.delete(check.id)
    assert list(labeled.checks) == []


def test_a_check_may_be_of_one_label_or_one_labeler(labeled: Project) -> None:
    of_label = labeled.checks.start(10, label="Cat")
    assert of_label.label == "Cat"
    labeled.checks.delete(of_label.id)
    with pytest.raises(LabelingError) as told:
        labeled.checks.start(10, labeler="administrator", label="Cat")
    assert told.value.type == "invalid"
