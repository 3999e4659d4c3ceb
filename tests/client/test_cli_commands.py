"""What holds for every command, and each noun in the running service."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from image_labeling import Project
from image_labeling.cli.app import app
from tests.api.builders import Folder, new_name
from tests.client.command_line import CommandLine

# What cannot be taken back.
FINAL = ("delete", "remove", "revoke", "erase", "undo")
# It can be said once more what it takes back.
WITHOUT_QUESTION = ("image undo",)


def commands(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    group = group or get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


ALL = dict(commands())


def options_of(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


@pytest.mark.parametrize("name", ALL)
def test_every_command_explains_itself_on_a_narrow_terminal(name: str, command: CommandLine) -> None:
    told = command(*name.split(), "--help").out
    assert max(map(len, told.splitlines())) <= 80
    assert ALL[name].help.partition("\n\n")[0].strip().endswith(".")
    for parameter in ALL[name].params:
        assert parameter.help, f"{parameter.name} is not explained"


@pytest.mark.parametrize("group", ["", *sorted({name.split()[0] for name in ALL if " " in name})])
def test_lists_of_commands_cut_nothing_off(group: str, command: CommandLine) -> None:
    told = command(*group.split(), "--help").out
    assert [line for line in told.splitlines() if line.endswith("...") and "Usage" not in line] == []


def test_what_shows_something_gives_it_to_programs_and_what_is_final_asks() -> None:
    for name, command in ALL.items():
        verb = name.split()[-1]
        if verb not in ("login", "logout", "delete", "remove", "revoke", "block", "unblock"):
            assert "--json" in options_of(command), name
        if verb in FINAL and name not in WITHOUT_QUESTION:
            assert "--yes" in options_of(command), name


def test_members_come_and_go(project: Project, shell: CommandLine) -> None:
    ann = new_name("ann")
    assert f"{ann} is labeler of" in shell("member", "set", project.id, ann, "labeler").err
    assert shell.json("member", "set", project.id, ann, "labeler")["signInName"] == ann
    listed = shell.json("member", "list", project.id)
    assert [(one["role"], one["userId"]) for one in listed if one["signInName"] == ann] == [("labeler", None)]
    assert "HAS SIGNED IN" in shell("member", "list", project.id).out
    shell("member", "set", project.id, ann, "king", code=2)
    shell("member", "remove", project.id, ann, code=2)
    shell("member", "remove", project.id, ann, "--yes")
    shell("member", "remove", project.id, ann, "--yes", code=3)


def test_datastores_and_datasets(folder: Folder, shell: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.search(r"^workspace +builtIn ", shell("datastore", "list").out, re.MULTILINE)
    assert shell.json("datastore", "show", "workspace")["auth"] == "builtIn"
    assert f"{folder.prefix} " in shell("datastore", "browse", "workspace").out
    assert "00.png" in [one["name"] for one in shell.json("datastore", "browse", "workspace", folder.prefix)]
    shell("datastore", "show", "nowhere", code=3)
    address = ("https://nowhere.example.org/pets", "--access", "sas")
    assert "No SAS token is given" in shell("datastore", "create", "pets", *address, code=2).err
    assert shell("datastore", "create", "pets", *address, "--secret", "-", stdin="sv=1&sig=2\n", code=1).err
    name = new_name("dataset")
    made = shell.json("dataset", "create", name, folder.prefix, "--description", "Six of them.")
    assert (made["prefix"], made["datastore"]) == (folder.prefix, "workspace")
    assert re.search(rf"^{name} +folder +workspace/{folder.prefix}", shell("dataset", "list").out, re.MULTILINE)
    shell("dataset", "delete", name, "--yes")
    assert name not in [one["name"] for one in shell.json("dataset", "list")]


def test_checks_are_drawn_and_judged(project: Project, shell: CommandLine) -> None:
    shell("label", project.id, *(f"0{n}.png" for n in range(6)), "--label", "Cat")
    check = shell.json("check", "start", project.id, "--size", 10)
    assert (check["size"], check["judged"]) == (6, 0)
    first, second = (image["id"] for image in shell.json("check", "images", project.id, check["id"], "--limit", 2))
    assert "saved             1" in shell("check", "judge", project.id, check["id"], first, "right").out
    shell("check", "judge", project.id, check["id"], second, "wrong", "--label", "Dog")
    assert shell.json("image", "show", project.id, second)["labels"] == ["Dog"]
    told = shell("check", "show", project.id, check["id"]).out
    assert re.search(r"^right +50% \(\d+% to \d+%\)$", told, re.MULTILINE)
    assert "2 of 6  50%" in shell("check", "list", project.id).out
    assert len(shell.json("check", "images", project.id, check["id"], "--verdict", "wrong")) == 1
    shell("check", "judge", project.id, check["id"], "nothing", "right", code=3)
    shell("check", "judge", project.id, check["id"], first, "right", "--label", "Dog", code=2)
    shell("check", "delete", project.id, check["id"], "--yes")
    shell("check", "show", project.id, check["id"], code=3)


def test_a_project_is_backed_up_and_told_what_restoring_would_do(project: Project, shell: CommandLine) -> None:
    made = shell.json("backup", "start", project.id)
    assert (made["status"], made["images"]) == ("completed", 6)
    assert made["id"] in shell("backup", "list", project.id).out
    folder = shell.json("backup", "show", project.id, made["id"])["folder"]
    assert re.search(r"^made here +yes$", shell("backup", "preview", folder).out, re.MULTILINE)
    assert "Error: " in shell("backup", "restore", folder, code=1).err
    shell("backup", "delete", project.id, made["id"], "--yes")
    shell("backup", "preview", folder, code=3)


def test_tokens_people_and_changes_are_listed(project: Project, shell: CommandLine) -> None:
    assert "the whole service" in shell("token", "list").out
    assert shell.json("token", "list", "--project", project.id) == []
    shell("token", "revoke", "none", code=2)
    shell("token", "revoke", "none", "--yes", code=3)
    assert re.search(r"^administrator +yes +-", shell("people", "list").out, re.MULTILINE)
    shell("project", "change", project.id, "--instructions", "Look twice.")
    shell("project", "change", project.id, "--instructions", "Look once.")
    (newest,) = shell.json("audit", "--project", project.id, "--limit", 1)
    assert (newest["action"], newest["outcome"]) == ("patchProject", "done")
    assert shell.json("audit", "--until", "2020-01-01") == []


def test_figures_of_a_project(project: Project, shell: CommandLine) -> None:
    assert "administrator" in shell("project", "labelers", project.id).out
    assert "agreement" in shell("project", "agreement", project.id).out
    assert "status           off\n" in shell("project", "suggestions", project.id).out
    assert "turned off" in shell("project", "train", project.id, code=1).err
    assert shell.json("project", "refresh", project.id)["found"] == 6
