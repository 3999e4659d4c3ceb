"""Imports: texts, files of the folder, files of this machine, paths; tried, done and undone."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from image_labeling import LabelingError, Project, label_files
from image_labeling.answers.imports import Import


def test_a_text_is_imported_and_undone(project: Project) -> None:
    seen: list[Import] = []
    done = project.imports.start(content="image,label\n00.png,Cat\n09.png,Dog\n", name="old labels", told=seen.append)
    assert (done.status, done.as_, done.name, done.labeled) == ("completed", "labels", "old labels", 1)
    assert done.unmatched.first == ["09.png"]
    assert seen[-1] == done
    assert next(iter(project.imports)).id == done.id
    undone = project.imports.undo(done.id)
    assert undone.undone is not None
    assert (undone.undone.status, undone.undone.restored) == ("completed", 1)
    assert project.progress().labeled == 0


def test_what_an_import_would_do_is_told_before_it_is_done(project: Project) -> None:
    options = {"A": "Cat", "B": None}
    text = "photo;what\n00.png;A\n01.png;B\n"
    tried = project.imports.start(
        content=text, labels=options, columns={"image": "photo", "label": "what"}, dry_run=True, wait=True
    )
    assert (tried.dry_run, tried.labeled, tried.left_out) == (True, 1, 1)
    assert tried.id in {one.id for one in project.imports.where(dry_run=True)}
    assert tried.id not in {one.id for one in project.imports.where(dry_run=False)}
    assert project.progress().labeled == 0
    text = "image,label,score\n00.png,Cat,7\n"
    guessed = project.imports.start(content=text, as_="suggestions", dry_run=True)
    without = project.imports.start(content=text, as_="suggestions", columns={"confidence": None}, dry_run=True)
    assert (guessed.labeled, without.labeled) == (0, 1)


def test_the_paths_of_images_can_say_their_labels(project: Project) -> None:
    tried = project.imports.start(part=-2, dry_run=True)
    assert (tried.format, tried.part) == ("folders", -2)


def test_files_of_this_machine_are_uploaded_and_imported(project: Project, tmp_path: Path) -> None:
    one = tmp_path / "train" / "labels.csv"
    two = tmp_path / "test" / "labels.csv"
    for file, text in ((one, "image,label\n02.png,Cat\n"), (two, "image,label\n03.png,Dog\n")):
        file.parent.mkdir()
        file.write_text(text)
    alone = project.import_labels(one, dry_run=True)
    assert (alone.labeled, alone.upload is not None) == (1, True)
    both = project.import_labels([one, str(two)])
    assert (both.labeled, both.format) == (2, "csv")
    project.imports.undo(both.id)


def test_what_is_no_file_is_refused_at_once(project: Project, tmp_path: Path) -> None:
    with pytest.raises(LabelingError, match="is no file"):
        project.import_labels(tmp_path)
    with pytest.raises(LabelingError, match="Name a file"):
        project.import_labels([])


def test_a_file_goes_to_storage_again_where_the_network_fails_and_without_the_token(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("image,label\n00.png,Cat\n")
    sent: list[httpx.Request] = []
    send = httpx.Client.send

    def failing_once(client: httpx.Client, request: httpx.Request, **options: Any) -> httpx.Response:
        if request.method == "PUT":
            sent.append(request)
            if len(sent) == 1:
                raise httpx.WriteError("reset")
        return send(client, request, **options)

    monkeypatch.setattr(httpx.Client, "send", failing_once)
    monkeypatch.setattr(label_files, "pause", lambda *_: 0)
    assert project.import_labels(tmp_path / "a.csv", dry_run=True).labeled == 1
    assert len(sent) == 2
    assert not any("token" in name for request in sent for name in request.headers)


def test_an_import_that_fails_says_why(project: Project) -> None:
    with pytest.raises(LabelingError, match="The import failed: ") as told:
        project.imports.start(content="no table at all", format="coco")
    assert told.value.type == "failed"


def test_time_that_is_over_leaves_the_import_running(project: Project) -> None:
    with pytest.raises(LabelingError) as told:
        project.imports.start(file="no-such-file.csv", timeout=0)
    assert told.value.type in ("timeout", "failed", "not-found", "invalid")
