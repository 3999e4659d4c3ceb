"""Labeling page by page, as labelers do."""

import pytest

from image_labeling import LabelingError, Project


def test_a_page_is_submitted_with_labels_and_skips(project: Project) -> None:
    with project.lease(3) as lease:
        assert [image.name[-6:] for image in lease.images] == ["00.png", "01.png", "02.png"]
        assert (lease.images[0].width, lease.images[0].height) == (32, 24)
        first, second, third = lease.images
        done = lease.submit({first.id: "Cat", second.name: None}, skipped={third.id: "too dark"})
    assert (done.labeled, done.skipped, lease.is_open) == (1, 2, False)
    assert project.progress().labeled == 1
    assert project.image(third.id).history[-1].reason == "too dark"


def test_sent_twice_a_page_counts_once(project: Project) -> None:
    lease = project.lease(1)
    labels = {lease.images[0].id: ["Dog"]}
    assert lease.submit(labels) == lease.submit(labels)
    assert project.progress().labeled == 2


def test_what_is_not_submitted_is_given_back(project: Project) -> None:
    with project.lease(1) as lease:
        assert project.progress().leased == 1
        assert lease.expires_at is not None
        assert lease.renew() >= lease.expires_at or lease.is_open
    assert (project.progress().leased, lease.is_open) == (0, False)


def test_every_image_of_a_page_has_to_be_named_and_no_other(project: Project) -> None:
    with project.lease(2) as lease:
        with pytest.raises(LabelingError) as told:
            lease.submit({lease.images[0].id: "Cat"})
        assert lease.images[1].id in told.value.image_ids or told.value.type == "invalid"
        with pytest.raises(LabelingError, match="no image of this page"):
            lease.submit({"99.png": "Cat"})
        assert lease.is_open


def test_a_page_that_fails_halfway_is_given_back(project: Project) -> None:
    with pytest.raises(ZeroDivisionError), project.lease(1):
        raise ZeroDivisionError
    assert project.progress().leased == 0


def test_nothing_left_is_told_plainly(project: Project) -> None:
    while lease := project.lease(99):
        lease.submit({image.id: "Cat" for image in lease.images})
    assert not lease
    assert (lease.images, lease.answer.leased_by_others, lease.is_open) == ([], 0, False)
    with pytest.raises(LabelingError, match="Nothing is left"):
        lease.submit({})
