"""Projects, their images and labels from the shell, in the running service."""

import re
from pathlib import Path

import pytest

from image_labeling import Project
from tests.api.builders import Folder, new_name, picture
from tests.client.command_line import CommandLine


def test_a_project_is_made_changed_paused_and_deleted(folder: Folder, shell: CommandLine) -> None:
    name = new_name("shell")
    made = shell.json("project", "create", name, "--label", "Cat", "--label", "Dog", "--images", folder.prefix)
    assert (made["status"], made["dataset"]["prefix"]) == ("created", folder.prefix)
    assert [label["name"] for label in made["labels"]] == ["Cat", "Dog"]
    assert name in shell("project", "list").out
    changed = shell.json("project", "change", name, "--add-label", "Bird", "--suggestions", "--instructions", "Look.")
    assert [label["name"] for label in changed["labels"]] == ["Cat", "Dog", "Bird"]
    assert changed["labels"][0]["id"] == made["labels"][0]["id"]
    assert changed["mlAssist"] is True
    assert shell.json("project", "pause", name)["status"] == "paused"
    assert "status       paused" in shell("project", "show", name).out
    assert shell.json("project", "resume", name)["status"] == "created"
    shell("project", "delete", name, "--yes")
    assert "There is no" in shell("project", "show", name, code=3).err


@pytest.mark.parametrize(
    "given",
    [
        (),
        ("--label", "Cat"),
        ("--images", "a/"),
        ("--label", "Cat", "--images", "a/", "--dataset", "b"),
        ("--label", "Cat", "--images", "a/", "--task-type", "boxes"),
        ("--from-labels", "nowhere.csv", "--images", "a/"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_done(
    given: tuple[str, ...], command: CommandLine
) -> None:
    command.environment["LABELING_URL"] = "http://127.0.0.1:9"
    assert command("project", "create", "a", *given, code=2).err


def test_labels_are_imported_and_taken_back(project: Project, shell: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("image,label\n00.png,Cat\n01.png,Kitten\n02.png,Bird\nnowhere.png,Dog\n")
    tried = shell("import", project.id, file, "--dry-run").out
    assert "would be labeled    1\n" in tried
    assert "not in the project  1: nowhere.png\n" in tried
    assert "unknown labels      Kitten (1), Bird (1)\n" in tried
    done = shell.json("import", project.id, file, "--rename", "Kitten=Cat", "--rename", "Bird=")
    assert (done["as"], done["labeled"], done["leftOut"]) == ("labels", 2, 1)
    listed = shell.json("image", "list", project.id, "--label", "Cat")
    assert [image["name"].rpartition("/")[2] for image in listed] == ["00.png", "01.png"]
    assert "imported by administrator: Cat" in shell("image", "show", project.id, "00.png").out
    assert len(shell.json("image", "list", project.id, "--limit", 3)) == 3
    assert shell.json("progress", project.id)["labeled"] == 2
    assert shell("image", "list", project.id, "--state", "labeled").out.count("\n") == 3
    assert "add --yes" in shell("imports", "undo", project.id, done["id"], code=2).err
    assert "restored  2" in shell("imports", "undo", project.id, done["id"], "--yes").out
    assert [one["dryRun"] for one in shell.json("imports", "list", project.id)] == [False, True]
    assert "undone" in shell("imports", "list", project.id).out
    assert shell.json("progress", project.id)["labeled"] == 0


def test_columns_are_named_where_they_cannot_be_guessed(project: Project, shell: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("photo,animal\n05.png,Cat\n")
    told = shell("import", project.id, file, "--image-column", "photo", "--label-column", "animal", "--dry-run").out
    assert "would be labeled  1\n" in told
    assert shell("import", project.id, file, "--rename", "Cat", code=2).err == "Error: --rename is like Kitten=Cat.\n"


def test_folders_of_images_can_be_their_labels(project: Project, shell: CommandLine) -> None:
    assert shell("import", project.id, code=2).err == "Error: Give files, or --part instead.\n"
    by_folders = shell.json("import", project.id, "--part", "-2", "--dry-run")
    assert (by_folders["format"], by_folders["part"]) == ("folders", -2)


def test_predictions_become_suggestions(project: Project, shell: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "predictions.csv"
    file.write_text("image,label,confidence\n03.png,Cat,0.8\n04.png,Dog,0.6\n")
    told = shell("suggest", project.id, file, "--name", "model 7").out
    assert "suggested     2\n" in told
    assert shell.json("imports", "list", project.id)[0]["name"] == "model 7"


def test_what_is_not_there_has_its_own_code(project: Project, shell: CommandLine) -> None:
    for words in (
        ("project", "show", "nothing like it"),
        ("image", "show", project.id, "nowhere.png"),
        ("imports", "show", project.id, "8203948198877982340"),
        ("exports", "show", project.id, "8203948198877982340"),
    ):
        told = shell(*words, code=3)
        assert told.err.startswith("Error: ")


def test_a_token_that_was_revoked_or_never_was_has_its_own_code(shell: CommandLine) -> None:
    shell.environment["LABELING_TOKEN"] = "lbs_" + "a" * 43
    assert "access token" in shell("project", "list", code=4).err


def test_labels_are_given_corrected_rejected_and_confirmed(project: Project, shell: CommandLine) -> None:
    assert "labeled       2\n" in shell("label", project.id, "00.png", "01.png", "--label", "Cat").out
    assert shell.json("label", project.id, "00.png", "--label", "Dog")["kept"] == 1
    assert shell.json("label", project.id, "00.png", "--label", "Dog", "--replace")["labeled"] == 1
    assert "confirmed       1\n" in shell("image", "confirm", project.id, "00.png").out
    (step,) = shell.json("image", "correct", project.id, "00.png", "01.png", "--label", "Dog")["steps"]
    assert (len(step["corrected"]), len(step["unchanged"])) == (1, 1)
    assert shell.json("image", "undo", project.id, step["id"], "01.png")["restored"] == step["corrected"]
    shell("image", "reject", project.id, "00.png", "--reason", "Blurred.")
    assert "rejected by administrator: Dog; Blurred." in shell("image", "show", project.id, "00.png").out
    assert len(shell.json("image", "list", project.id, "--rejected")) == 1
    assert "1: nowhere.png\n" in shell("label", project.id, "02.png", "nowhere.png", "--label", "Cat", code=3).out
    assert "Bird (1)\n" in shell("label", project.id, "02.png", "--label", "Bird", code=3).out
    assert shell("label", project.id, "00.png", code=2).err == "Error: Give the images a --label.\n"
    assert shell("image", "correct", project.id, "00.png", code=2).err.startswith("Error: Give the images a --label")
    shell("image", "confirm", project.id, "nowhere.png", code=3)


def test_a_folder_is_uploaded_once(shell: CommandLine, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures" / "cats"
    pictures.mkdir(parents=True)
    for number in range(3):
        (pictures / f"{number}.png").write_bytes(picture())
    (pictures / "notes.txt").write_text("Mine.")
    prefix = f"{new_name('upload')}/"
    told = shell("upload", pictures.parent, "--to", prefix)
    assert told.out == ("uploaded       3\nthere already  0\nnot images     1 .txt\n")
    (pictures / "1.png").write_bytes(picture(size=(64, 64)))
    again = shell.json("upload", pictures.parent, "--to", prefix)
    assert (again["existing"], again["conflicting"]) == (["cats/0.png", "cats/2.png"], ["cats/1.png"])
    assert again["leftOut"]["kinds"] == {".txt": 1}
    assert "Say where to" in shell("upload", pictures.parent, code=2).err
    assert "does not exist" in shell("upload", tmp_path / "nowhere", "--to", prefix, code=2).err


def test_labels_are_exported_into_files(project: Project, shell: CommandLine, tmp_path: Path) -> None:
    shell("label", project.id, *(f"0{number}.png" for number in range(4)), "--label", "Cat")
    to = tmp_path / "labels"
    asked = shell.json("export", project.id, "csv", "--to", to, "--no-wait")
    assert asked["paths"] == []
    assert shell.json("export", project.id, "csv", "--to", to)["export"]["id"] == asked["export"]["id"]
    done = shell.json("export", project.id, "csv", "--to", to, "--wide", "--split", "0.5,0.25,0.25", "--seed", 7)
    assert done["export"]["options"]["split"] == {"train": 0.5, "validation": 0.25, "test": 0.25, "seed": 7}
    assert sorted(done["paths"]) == [str(to / "export.json"), str(to / "labels.csv")]
    assert (to / "labels.csv").read_text().startswith("image,")
    told = shell("export", project.id, "coco", "--to", to, "--name", "for training").out
    assert f"file    {to / 'coco.json'}\n" in told
    assert re.search(r"completed +4 .* for training$", shell("exports", "list", project.id).out, re.MULTILINE)
    export = done["export"]["id"]
    again = tmp_path / "again"
    shell("exports", "download", project.id, export, "--to", again)
    assert (again / "labels.csv").read_bytes() == (to / "labels.csv").read_bytes()
    assert re.search(r"^labels\.csv +[\d,]+ bytes$", shell("exports", "show", project.id, export).out, re.MULTILINE)
    shell("exports", "delete", project.id, export, "--yes")
    shell("exports", "show", project.id, export, code=3)
    for wrong in (
        ("csv",),
        ("nothing", "--to", to),
        ("csv", "--to", to, "--split", "a"),
        ("csv", "--to", to, "--seed", 1),
    ):
        assert shell("export", project.id, *wrong, code=2).err


def test_a_project_comes_from_a_dataset_or_from_labels(folder: Folder, shell: CommandLine, tmp_path: Path) -> None:
    dataset, name = new_name("dataset"), new_name("shell")
    shell("dataset", "create", dataset, folder.prefix)
    labels = ("--label", "Cat", "--label", "Dog")
    assert shell.json("project", "create", name, "--dataset", dataset, *labels)["dataset"]["name"] == dataset
    shell("project", "delete", name, "--yes")
    file = tmp_path / "labels.csv"
    file.write_text("image,label\n00.png,Cat\n00.png,Striped\n01.png,Dog\n")
    made = shell.json("project", "create", name, "--from-labels", file, "--images", folder.prefix)
    assert (made["taskType"], sorted(label["name"] for label in made["labels"])) == (
        "multiLabel",
        ["Cat", "Dog", "Striped"],
    )
    merged = shell.json("project", "merge", name, "Striped", "Dog", "--yes")
    assert sorted(label["name"] for label in merged["labels"]) == ["Cat", "Dog"]
    assert "Striped" in shell("project", "unmerge", name, "Striped").out
    assert [day["labeled"] for day in shell.json("project", "activity", name) if day["date"]] == [2]
    shell("project", "delete", name, "--yes")
