"""Datastores and datasets: connected, looked through, named, and forgotten."""

import pytest

from image_labeling import Labeling, LabelingError, datastores
from image_labeling.answers.datastores import BrowsedFile, BrowsedFolder
from tests.api.builders import LABELS, Folder, People, new_name, picture
from tests.datastores.customer import Customer
from tests.running import Service


@pytest.fixture(scope="module")
def deep(people: People) -> Folder:
    return Folder(people, {"a.png": picture(), "note.txt": b"text", "in/b.png": picture(size=(64, 48))})


def test_a_container_is_connected_changed_and_disconnected(labeling: Labeling, service: Service) -> None:
    customer, name = Customer(service.other_storage), new_name("store")
    container = customer.container({"a.png": picture()})
    auth = {"kind": "sas", "token": customer.sas(container)}
    made = labeling.datastores.create(name, customer.container_url(container), auth=auth)
    customer.close()
    assert (made.name, made.auth, made.folder, made.warnings) == (name, "sas", "", [])
    assert labeling.datastores.get(name) == made
    assert {"workspace", name} <= {one.name for one in labeling.datastores}
    assert labeling.datastores.change(name, auth=auth).auth == "sas"
    labeling.datastores.delete(name)
    with pytest.raises(LabelingError) as told:
        labeling.datastores.get(name)
    assert told.value.type == "not-found"


def test_what_cannot_be_read_is_refused_in_words(labeling: Labeling, service: Service) -> None:
    with pytest.raises(LabelingError) as told:
        labeling.datastores.create(new_name("store"), "https://nowhere.example.org/images", auth="anonymous")
    assert told.value.type == "invalid"
    assert "example.org" in str(told.value) or told.value.errors


def test_folders_are_looked_through_page_by_page(
    labeling: Labeling, deep: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datastores, "A_PAGE", 1)
    found = list(labeling.datastores.browse("workspace", deep.prefix))
    assert [(type(one), one.name) for one in found] == [
        (BrowsedFile, "a.png"),
        (BrowsedFolder, "in"),
        (BrowsedFile, "note.txt"),
    ]
    sample = labeling.datastores.sample("workspace", deep.prefix)
    assert [(image.width, image.height) for image in sample.images] == [(32, 24), (64, 48)]


def test_a_folder_gets_a_name_and_a_project_takes_it(labeling: Labeling, deep: Folder) -> None:
    name = new_name("dataset")
    made = labeling.datasets.create(name, "workspace", deep.prefix, description="Pets")
    assert (made.kind, made.prefix, made.description) == ("source", deep.prefix, "Pets")
    project = labeling.projects.create(new_name("by dataset"), labels=LABELS, dataset=name)
    assert project.answer.dataset is not None
    assert (project.answer.dataset.name, project.progress().total) == (name, 2)
    project.delete()
    labeling.datasets.delete(name)
    assert name not in {dataset.name for dataset in labeling.datasets}


def test_finished_exports_are_datasets_too(labeling: Labeling, deep: Folder) -> None:
    project = labeling.projects.create(new_name("exported"), labels=LABELS, images=deep.prefix)
    export = project.exports.start("csv", name=new_name("an export"))
    found = next(dataset for dataset in labeling.datasets if dataset.name == export.name)
    assert found.kind == "export"
    assert (found.project.id, found.export_id) == (project.id, export.id)  # type: ignore[union-attr]
