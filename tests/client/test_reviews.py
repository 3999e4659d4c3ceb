"""Reviewing: corrections, confirmations, rejections, opinions; taken back; and what somebody has changed meanwhile."""

import pytest

from image_labeling import LabelingError, Project, reviews


@pytest.fixture
def labeled(project: Project) -> Project:
    """00.png is a Cat, 01.png and 02.png are Dogs, whatever they were before."""
    project.label({"00.png": "Cat", "01.png": "Dog", "02.png": "Dog"}, replace=True)
    return project


def labels(project: Project, *names: str) -> list[list[str]]:
    return [project.image(name).labels for name in names]


def test_images_are_corrected_by_themselves_their_ids_or_their_paths(labeled: Project) -> None:
    first = labeled.image("00.png")
    review = labeled.correct([first, labeled.image("01.png").id, "02.png"], "Dog")
    assert (review.done, len(review.unchanged), review.stale) == ([first.id], 2, [])
    assert labels(labeled, "00.png", "01.png") == [["Dog"], ["Dog"]]
    undone = labeled.undo(review)
    assert (undone.restored, undone.stale) == ([first.id], [])
    assert labels(labeled, "00.png") == [["Cat"]]


def test_what_was_labeled_again_since_it_was_read_stays(labeled: Project) -> None:
    seen = labeled.image("00.png")
    labeled.correct(["00.png"], "Dog")
    late = labeled.correct([seen], "Uncertain")
    assert (late.done, late.stale) == ([], [seen.id])
    assert labels(labeled, "00.png") == [["Dog"]]


def test_images_are_skipped_with_a_reason(labeled: Project) -> None:
    assert len(labeled.correct(["00.png"], skipped=True, reason="blurred").done) == 1
    assert (labeled.image("00.png").state, labeled.image("00.png").history[-1].reason) == ("skipped", "blurred")


def test_labels_are_confirmed_and_rejected(labeled: Project) -> None:
    confirmed = labeled.confirm(labeled.images(label="Dog"))
    assert len(confirmed.done) == 2
    assert labeled.image("01.png").reviewed
    rejected = labeled.reject(["02.png"], reason="look again")
    assert labeled.image("02.png").rejected
    again = labeled.undo(rejected.steps[0].id, ["02.png"])
    assert (len(again.restored), labeled.image("02.png").labels) == (1, ["Dog"])
    with pytest.raises(LabelingError, match="Name the images"):
        labeled.undo(rejected.steps[0].id)


def test_one_more_person_is_asked(labeled: Project) -> None:
    assert len(labeled.ask_for_opinions(["00.png"]).done) == 1
    begun = labeled.ask_for_opinions(label="Dog")
    assert (begun.done, len(begun.steps)) == ([], 1)
    with pytest.raises(LabelingError, match="either images or filters"):
        labeled.ask_for_opinions()


def test_many_are_sent_in_as_many_calls_as_they_take(labeled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "MOST_AT_ONCE", 2)
    review = labeled.correct(["00.png", "01.png", "02.png"], "Uncertain")
    assert (len(review.steps), len(review.done)) == (2, 3)
    assert len(labeled.undo(review).restored) == 3


def test_where_a_later_call_fails_the_error_says_what_was_done(
    labeled: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviews, "MOST_AT_ONCE", 1)
    with pytest.raises(LabelingError, match="1 images were changed before"):
        labeled.correct(["00.png", "000099-99"], "Uncertain")


def test_one_image_is_no_list_of_its_letters(labeled: Project) -> None:
    one = labeled.image("00.png")
    assert labeled.confirm("00.png").done == [one.id]
    assert labeled.correct(one, "Uncertain").done == [one.id]


def test_nothing_is_done_where_one_is_no_image(labeled: Project) -> None:
    with pytest.raises(LabelingError, match=r"has no image nowhere\.png\.$"):
        labeled.correct(["00.png", "nowhere.png"], "Uncertain")
    assert labels(labeled, "00.png") == [["Cat"]]


def test_one_image_is_labeled_otherwise(labeled: Project) -> None:
    assert labeled.relabel("00.png", "Dog").labels == ["Dog"]
    assert labeled.relabel("00.png", skipped=True, reason="dark").state == "skipped"
