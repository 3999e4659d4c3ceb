"""Long work beside imports and exports: refreshes, trainings, backups, and restoring them; and how it is waited for."""

import time

import pytest

from image_labeling import Labeling, LabelingError, Project, waiting
from tests.api.builders import LABELS, Folder, new_name, picture


def test_new_images_are_found_by_a_refresh(project: Project, folder: Folder) -> None:
    folder.put({"new.png": picture()})
    done = project.refresh()
    assert (done.status, done.found, done.added) == ("completed", 7, 1)
    assert next(iter(project.refreshes)) == done
    assert project.refreshes.get(done.id) == done
    asked = project.refresh(wait=False)
    assert project.refreshes.wait(asked.id).added == 0
    with pytest.raises(LabelingError) as told:
        project.refreshes.get("none")
    assert told.value.type == "not-found"


def test_suggestions_are_learned_when_asked_for(labeling: Labeling, folder: Folder) -> None:
    project = labeling.projects.create(new_name("learning"), labels=LABELS, images=folder.prefix, ml_assist=True)
    seen: list[str] = []
    training = project.trainings.start(timeout=60, told=lambda now: seen.append(now.status))
    assert training.status == "waiting"
    assert training.detail
    assert seen[-1] == "waiting"
    assert next(iter(project.trainings)).id == training.id


def test_a_project_is_backed_up_and_restored(labeling: Labeling, folder: Folder) -> None:
    project = labeling.projects.create(new_name("kept"), labels=LABELS, images=folder.prefix)
    reviewer = new_name("kim")
    project.members.set(reviewer, "reviewer")
    backup = project.backups.start()
    assert (backup.status, backup.project_id, backup.progress) == ("completed", project.id, 1)
    assert [one.id for one in project.backups] == [backup.id]
    preview = labeling.restores.preview(backup.folder)
    assert (preview.made_here, preview.address.known) == (True, True)
    assert preview.original is not None
    project.delete()
    assert reviewer in {member.sign_in_name for member in preview.members}
    restore = labeling.restores.start(backup.folder, manifest=preview.manifest, people=[reviewer])
    assert (restore.status, restore.images) == ("completed", backup.images)
    again = labeling.project(restore.project_id)
    assert again.name == project.name
    assert reviewer in {member.sign_in_name for member in again.members}
    assert restore.id in {one.id for one in labeling.restores}
    project.backups.delete(backup.id)
    with pytest.raises(LabelingError):
        project.backups.get(backup.id)


def test_labels_are_merged_and_taken_apart(labeling: Labeling, folder: Folder) -> None:
    project = labeling.projects.create(new_name("merged"), labels=LABELS, images=folder.prefix)
    project.merge_label("Dog", into="Cat")
    assert [label.name for label in project.labels] == ["Cat", "Uncertain"]
    project.unmerge_label("Dog")
    assert {label.name for label in project.labels} == set(LABELS)
    with pytest.raises(LabelingError, match="merged no label"):
        project.unmerge_label("Dog")


def test_waiting_looks_often_at_first_and_less_so_later(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(waiting, "FIRST_SECONDS", 0.5)
    seen: list[int] = []
    readings = iter(range(20))
    assert waiting.wait_for(lambda: next(readings), lambda now: now == 15, "It", told=seen.append) == 15
    assert seen == list(range(16))
    assert slept[:2] == [0.5, 0.625]
    assert slept == sorted(slept)
    assert slept[-1] == waiting.MOST_SECONDS


def test_waiting_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    with pytest.raises(LabelingError, match="The export is not done after 3 s") as told:
        waiting.wait_for(lambda: 0, lambda _: False, "The export", timeout=3)
    assert (told.value.type, clock[0]) == ("timeout", 3)
