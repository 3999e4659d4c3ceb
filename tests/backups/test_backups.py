"""Backups over the API: while labelers work, on the same deployment, and with images that were copied too."""

import threading
from typing import Any

import httpx
import pytest
from azure.storage.blob import ContainerClient

from tests.api.builders import Folder, People, Project, assert_problem, good, new_name, new_project, pictures
from tests.backups.moving import BACKUPS, backed_up, blobs_in, copy_folder, finished, restored, whole, without
from tests.running import until


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(12)))


def test_a_project_that_is_there_is_not_replaced(project: Project) -> None:
    backup = backed_up(project)
    answer = project.boss.post("/api/restores", json={"folder": backup["folder"]})
    problem = assert_problem(answer, 409, "conflict")
    assert project.get()["name"] in problem["detail"]
    assert project.progress()["total"] == 12


def test_names_that_are_taken_get_a_number_and_it_is_said(people: People, project: Project) -> None:
    project.label(project.boss, 3)
    before, backup = whole(project), backed_up(project)
    good(project.boss.delete(project.path), 204)
    known = before["project"]
    good(project.boss.delete(f"/api/datasets/{known['dataset']['name']}"), 204)
    # Its dataset takes the name of the other.
    new_project(people, Folder(people, pictures(1)), name=known["name"])
    again, done = restored(people, backup["folder"])
    after = whole(again)
    assert after["project"]["name"] == f"{known['name']} (2)"
    assert after["project"]["dataset"]["name"] == f"{known['dataset']['name']} (2)"
    assert len(done["notes"]) == 2
    assert {name: told for name, told in after.items() if name != "project"} == {
        name: told for name, told in before.items() if name != "project"
    }


def test_leases_end_and_what_they_hold_is_handed_out_again(people: People, project: Project) -> None:
    lease = project.lease(project.boss, 5)
    backup = backed_up(project)
    good(project.boss.delete(project.path), 204)
    again, _ = restored(people, backup["folder"])
    until(lambda: all(image["previewUrl"] for image in again.images()), "previews are lacking")
    assert (again.progress()["leased"], again.progress()["waiting"]) == (0, 12)
    assert len(again.lease(again.boss, 12)["images"]) == 12
    assert_problem(again.boss.post(f"{again.path}/leases/{lease['id']}/renewal"), 404, "not-found")


def test_a_backup_is_kept_until_it_is_deleted_itself(people: People, project: Project) -> None:
    backup, path = backed_up(project), f"{project.path}/backups"
    assert blobs_in(people.service, BACKUPS, backup["folder"]).keys() >= {"/manifest.json"}
    good(project.boss.delete(project.path), 204)
    assert good(project.boss.get(path))["items"] == [backup]
    assert good(project.boss.get(f"{path}/{backup['id']}")) == backup
    good(project.boss.delete(f"{path}/{backup['id']}"), 204)
    assert blobs_in(people.service, BACKUPS, backup["folder"]) == {}
    assert_problem(project.boss.get(f"{path}/{backup['id']}"), 404, "not-found")
    assert_problem(project.boss.delete(f"{path}/{backup['id']}"), 404, "not-found")
    answer = project.boss.post("/api/restores", json={"folder": backup["folder"]})
    assert_problem(answer, 404, "not-found")


@pytest.mark.parametrize("folder", ["", "..", "a/b", "abcdefghijkm/../x", "abcdefghijkm/" + "0" * 20, "x" * 5000])
def test_what_is_no_folder_of_a_backup_is_refused(people: People, folder: str) -> None:
    assert_problem(people().post("/api/restores", json={"folder": folder}), 422, "invalid", "folder")


def test_a_backup_that_is_made_while_labelers_work_fits_together(people: People) -> None:
    project = new_project(people, Folder(people, pictures(200)))
    names = [new_name("labeler") for _ in range(3)]
    labelers = [project.invite("labeler", name) for name in names]
    stop = threading.Event()

    def work(who: httpx.Client) -> None:
        while not stop.is_set():
            answer = who.post(f"{project.path}/leases", json={"count": 2, "holding": []})
            if answer.status_code != 201:
                return
            ids = [image["id"] for image in answer.json()["images"]]
            good(project.submit(who, answer.json(), {image: ["Cat"] for image in ids}))

    threads = [threading.Thread(target=work, args=(who,)) for who in labelers]
    for thread in threads:
        thread.start()
    try:
        backups = [backed_up(project) for _ in range(2)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    good(project.boss.delete(project.path), 204)
    for backup in backups:
        again, _ = restored(people, backup["folder"])
        figures, images = again.progress(), again.images(limit=200)
        assert figures["total"] == 200
        labeled = [image for image in images if image["state"] == "labeled"]
        assert figures["labeled"] == len(labeled) == sum(one["labeled"] for one in figures["byLabeler"])
        for image in labeled[:: max(1, len(labeled) // 10)]:
            history = good(again.boss.get(f"{again.path}/images/{image['id']}"))["history"]
            assert [(entry["action"], entry["by"], entry["at"]) for entry in history] == [
                ("labeled", image["labeler"], image["labeledAt"])
            ]
        good(again.boss.delete(again.path), 204)


def test_images_that_were_copied_with_their_project_are_the_same_images(people: People, elsewhere: People) -> None:
    folder = Folder(people, pictures(8))
    project = new_project(people, folder)
    project.label(project.boss, 4)
    before, backup = whole(project), backed_up(project)
    copy_folder(people.service, elsewhere.service, BACKUPS, backup["folder"])
    copy_folder(people.service, elsewhere.service, "workspace", folder.prefix)
    there, _ = restored(elsewhere, backup["folder"])

    def shown() -> list[Any]:
        return [image for image in there.images() if image["previewUrl"]]

    until(lambda: len(shown()) == 8, "previews are lacking")
    found = there.refresh()
    assert (found["added"], found["missing"]) == (0, 0)
    after = whole(there)
    assert after["images"] == before["images"]
    assert without(after["progress"], "byLabeler") == without(before["progress"], "byLabeler")


def test_nobody_but_the_services_administrators_sees_what_is_yet_to_be_restored(people: People) -> None:
    project = new_project(people, Folder(people, pictures(2)))
    labeler = project.invite("labeler")
    good(labeler.get(project.path))
    backup = backed_up(project)
    with_fault = {"folder": backup["folder"]}
    good(project.boss.delete(project.path), 204)
    drop_part(people, backup["folder"])
    done = finished(people(), people().post("/api/restores", json=with_fault))
    assert done["status"] == "failed"
    assert_problem(labeler.get(project.path), 404, "not-found")
    assert good(labeler.get("/api/projects"))["items"] == []
    seen = good(project.boss.get(project.path))
    assert (seen["status"], seen["statusDetail"], seen["inTrouble"]) == ("failed", done["error"], True)
    for method, path, body in (
        ("PATCH", "", {"name": "other"}),
        ("POST", "/leases", {"count": 1}),
        ("POST", "/refreshes", None),
        ("PUT", "/members/guest", {"role": "labeler"}),
    ):
        assert_problem(project.boss.request(method, project.path + path, json=body), 409, "conflict")
    assert_problem(project.boss.post(f"{project.path}/backups"), 409, "conflict")
    good(project.boss.delete(project.path), 204)
    assert_problem(project.boss.get(project.path), 404, "not-found")


def drop_part(people: People, folder: str) -> None:
    with ContainerClient.from_connection_string(people.service.data_storage, BACKUPS) as container:
        for name in container.list_blob_names(name_starts_with=f"{folder}/images"):
            container.delete_blob(name)
