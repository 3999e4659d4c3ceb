"""Projects: made, found, changed and deleted."""

from pathlib import Path

import pytest

from image_labeling import Labeling, LabelingError, Project
from tests.api.builders import LABELS, Folder, People, new_name, pictures
from tests.client.conftest import wait_until_prepared
from tests.datastores.customer import Customer
from tests.running import Service


def test_a_project_is_there_when_it_was_created(labeling: Labeling, project: Project, folder: Folder) -> None:
    assert project.answer.status == "created"
    assert [label.name for label in project.labels] == list(LABELS)
    assert project.answer.dataset is not None
    assert project.answer.dataset.prefix == folder.prefix
    assert project.url == f"{labeling.url}/projects/{project.id}"
    assert project.id in {one.id for one in labeling.projects}
    assert project.progress().waiting == 6


def test_it_is_found_by_its_name_and_by_its_id(labeling: Labeling, project: Project) -> None:
    assert labeling.project(project.name).id == project.id
    assert labeling.project(project.id).name == project.name
    with pytest.raises(LabelingError) as told:
        labeling.project("No such project")
    assert told.value.type == "not-found"


def test_a_name_that_is_taken_is_refused_in_the_services_words(
    labeling: Labeling, project: Project, folder: Folder
) -> None:
    with pytest.raises(LabelingError, match="already exists") as told:
        labeling.projects.create(project.name, labels=LABELS, images=folder.prefix)
    assert (told.value.type, told.value.request_id is None) == ("conflict", False)


def test_a_deleted_project_is_gone(labeling: Labeling, folder: Folder) -> None:
    made = labeling.projects.create(new_name("gone"), labels=LABELS, images=folder.prefix)
    made.delete()
    with pytest.raises(LabelingError) as told:
        labeling.project(made.id)
    assert told.value.type == "not-found"


def test_settings_are_those_that_were_asked_for(labeling: Labeling, folder: Folder) -> None:
    made = labeling.projects.create(
        new_name("settings"),
        labels=[{"name": "Cat", "group": "Animal"}, "Dog", "Night"],
        images=folder.prefix,
        task_type="multiLabel",
        groups=["Animal"],
        instructions="Look twice.",
        opinions=2,
        lease_minutes=5,
        wait=False,
    ).answer
    assert (made.task_type, made.labels[0].group, made.groups[0].exclusive) == ("multiLabel", "Animal", True)
    assert (made.instructions.text, made.lease_minutes) == ("Look twice.", 5)
    assert (made.opinions.least, made.opinions.most, made.opinions.share) == (2, 2, 1.0)


def test_labels_are_added_renamed_and_removed_and_the_others_stay(labeling: Labeling, folder: Folder) -> None:
    project = labeling.projects.create(new_name("labels"), labels=LABELS, images=folder.prefix)
    ids = {label.name: label.id for label in project.labels}
    project.change(labels=["Cat", {"id": ids["Dog"], "name": "Hound"}, "Fox"], ml_assist=True)
    assert [label.name for label in project.labels] == ["Cat", "Hound", "Fox"]
    assert [label.id for label in project.labels][:2] == [ids["Cat"], ids["Dog"]]
    assert project.answer.ml_assist
    project.change(labels=["Cat", "Hound"])
    assert [label.name for label in project.reload().labels] == ["Cat", "Hound"]


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(labeling: Labeling, project: Project) -> None:
    other = labeling.project(project.id)
    other.change(lease_minutes=20)
    with pytest.raises(LabelingError) as told:
        project.change(lease_minutes=30)
    assert told.value.type == "precondition-failed"
    assert project.reload().change(lease_minutes=30).answer.lease_minutes == 30


def test_it_is_paused_and_resumed(project: Project) -> None:
    assert project.reload().pause().answer.status == "paused"
    assert project.resume().answer.status == "created"


def test_one_label_is_no_list_of_its_letters(labeling: Labeling) -> None:
    with pytest.raises(LabelingError, match="labels is a list of names, not 'Cat'"):
        labeling.projects.create("a", labels="Cat", images="nowhere/")


def test_a_source_is_needed_and_one_alone(labeling: Labeling) -> None:
    with pytest.raises(LabelingError, match="either the folder"):
        labeling.projects.create("a", labels=LABELS)
    with pytest.raises(LabelingError, match="either the folder"):
        labeling.projects.create("a", labels=LABELS, images="a/", dataset="b")


def test_a_file_of_labels_and_its_images_make_a_project(labeling: Labeling, people: People, tmp_path: Path) -> None:
    folder = Folder(people, pictures(3))
    file = tmp_path / "labels.csv"
    file.write_text("image,label,group\n00.png,Cat,Animal\n00.png,Night,\n01.png,Dog,Animal\n")
    made = labeling.projects.create_from_labels(new_name("from labels"), file, images=folder.prefix, order="name")
    assert (made.task_type, sorted(label.name for label in made.labels)) == ("multiLabel", ["Cat", "Dog", "Night"])
    wait_until_prepared(made)
    assert [sorted(image.labels) for image in made.images(state="labeled")] == [["Cat", "Night"], ["Dog"]]


def test_waiting_for_labels_ends_when_they_are_there_or_the_time_is_over(project: Project) -> None:
    seen: list[int] = []
    assert project.wait_until(labeled=0, told=lambda now: seen.append(now.total)).total == 6
    assert seen == [6]
    with pytest.raises(LabelingError) as told:
        project.wait_until(labeled=1, timeout=0)
    assert told.value.type == "timeout"
    with pytest.raises(LabelingError, match="between 0 and 1"):
        project.wait_until(labeled=90)


def test_a_project_that_cannot_be_created_says_why(
    labeling: Labeling, service: Service, people: People, tmp_path: Path
) -> None:
    customer = Customer(service.other_storage)
    container, store = customer.container({"00.png": b""}), new_name("store")
    auth = {"kind": "sas", "token": customer.sas(container)}
    labeling.datastores.create(store, customer.container_url(container), auth=auth)
    customer._blobs.delete_container(container)
    customer.close()
    with pytest.raises(LabelingError, match=r"Creating .* failed: ") as told:
        labeling.projects.create(new_name("failed"), labels=LABELS, images="", datastore=store, timeout=30)
    assert told.value.type == "failed"
