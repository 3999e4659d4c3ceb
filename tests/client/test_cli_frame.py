"""How the command line tells what goes wrong, asks, and shows lists: on a terminal, in a pipe, and as JSON."""

import json
import os
import re
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from image_labeling.cli.exits import MEANINGS, Code
from tests.client.canned import PROGRESS, PROJECT, Canned
from tests.client.command_line import CommandLine
from tests.running import until

PROJECTS = "/api/projects"
ANSI = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, "unauthenticated", 4),
        (403, "forbidden", 4),
        (403, "no-longer-member", 4),
        (409, "conflict", 1),
        (422, "invalid", 1),
        (500, "internal", 1),
        (503, "busy", 5),
        (429, "too-many", 5),
    ],
)
def test_each_problem_of_the_service_has_its_exit_code(
    status: int, kind: str, code: int, canned_service: Canned, command: CommandLine
) -> None:
    canned_service.problem(f"GET {PROJECTS}", status, kind, "It is so.")
    told = command("project", "list", code=code)
    assert told.err == "Error: It is so. (request r1)\n"
    assert told.out == ""


def test_what_is_not_there_is_said_so(canned_service: Canned, command: CommandLine) -> None:
    canned_service.list(PROJECTS)
    assert command("project", "show", "Birds", code=3).err == "Error: There is no such thing. (request r1)\n"


def test_without_a_login_it_says_what_to_do(command: CommandLine) -> None:
    command.environment.update(LABELING_URL="", LABELING_TOKEN="")
    assert "image-labeling login" in command("project", "list", code=4).err


def test_a_service_that_is_not_there_is_another_code_than_one_that_refuses(command: CommandLine) -> None:
    command.environment["LABELING_URL"] = "http://127.0.0.1:9"
    assert "does not answer" in command("project", "list", code=5).err


@pytest.mark.parametrize("args", [["nothing"], ["project"], ["project", "show"], ["progress", "p", "--until", "2"]])
def test_wrong_use_is_told_on_stderr(args: list[str], command: CommandLine) -> None:
    told = command(*args, code=2)
    assert "Usage: image-labeling" in told.err
    assert told.out == ""


def test_help_lists_the_exit_codes(command: CommandLine) -> None:
    told = command("--help").out
    for code, meaning in MEANINGS.items():
        assert re.search(rf"^ +{code:d}  {re.escape(meaning)}$", told, re.MULTILINE)


def test_a_fault_of_the_program_is_told_in_a_line(
    canned_service: Canned, command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    canned_service.list(PROJECTS, PROJECT)
    monkeypatch.setattr("image_labeling.cli.projects.COLUMNS", None)
    told = command("project", "list", code=1)
    assert told.err.startswith("Error: This is a fault of image-labeling: TypeError:")
    assert "Traceback" not in told.err
    command.environment["LABELING_TRACEBACK"] = "1"
    assert "Traceback" in command("project", "list", code=1).err


def test_ctrl_c_ends_with_its_own_code_and_no_traceback(canned_service: Canned, command: CommandLine) -> None:
    canned_service.answers[f"GET {PROJECTS}/p1"] = PROJECT
    canned_service.answers[f"GET {PROJECTS}/p1/progress"] = {**PROGRESS, "waiting": 5}
    # Tests that run in the background ignore Ctrl-C, and so would what they start.
    takes_signals = partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    process = command.start("progress", "p1", "--watch", preexec_fn=takes_signals)
    until(lambda: len(canned_service.calls) > 1, "it does not ask for the progress")
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (Code.INTERRUPTED, "", "Interrupted.\n")


def test_whoever_has_read_enough_may_close_the_pipe(canned_service: Canned, command: CommandLine) -> None:
    canned_service.list(PROJECTS, *({**PROJECT, "name": "n" * 100, "id": f"p{i}"} for i in range(2000)))
    with command.start("project", "list") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("NAME")
        process.stdout.close()
        assert (process.stderr.read(), process.wait(30)) == ("", 0)


def test_what_is_closed_gets_nothing_and_the_other_stream_not_its_part(
    canned_service: Canned, command: CommandLine
) -> None:
    canned_service.list(PROJECTS)
    told = command.start("project", "list", preexec_fn=lambda: os.close(2)).communicate(timeout=30)
    assert told == ("", "")
    process = command.start("project", "list", preexec_fn=lambda: os.close(1))
    assert (process.communicate(timeout=30), process.returncode) == (("", "There are no projects.\n"), 0)


def test_a_list_in_a_pipe_is_columns_in_line(canned_service: Canned, command: CommandLine) -> None:
    wide = {**PROJECT, "id": "p2", "name": "猫", "status": "paused"}
    canned_service.list(PROJECTS, PROJECT, wide)
    lines = command("project", "list").out.splitlines()
    assert lines == [
        "NAME           STATUS   YOUR ROLE      LABELS  CREATED           ID",
        "Cats and dogs  created  administrator       2  2026-11-30 12:00  p1",
        "猫             paused   administrator       2  2026-11-30 12:00  p2",
    ]


def test_names_cannot_write_on_the_terminal(canned_service: Canned, command: CommandLine) -> None:
    canned_service.list(PROJECTS, {**PROJECT, "name": "a\x1b[2Jb\n\u202ec"})
    assert "a\ufffd[2Jb\ufffd\ufffdc" in command("project", "list").out
    assert "\x1b[2J" not in command.on_terminal("project", "list").out


def test_json_is_one_document_with_the_names_of_the_api(canned_service: Canned, command: CommandLine) -> None:
    canned_service.list(PROJECTS, PROJECT, {**PROJECT, "id": "p2", "name": "猫\x1b"})
    listed = command.json("project", "list")
    assert [(one["id"], one["taskType"], one["createdAt"]) for one in listed] == [
        ("p1", "multiClass", "2026-11-30T12:00:00Z"),
        ("p2", "multiClass", "2026-11-30T12:00:00Z"),
    ]
    assert listed[1]["name"] == "猫\x1b"
    canned_service.list(PROJECTS)
    assert command.json("project", "list") == []


def test_an_empty_list_is_said_to_be_empty_beside_the_output(canned_service: Canned, command: CommandLine) -> None:
    canned_service.list(PROJECTS)
    told = command("project", "list")
    assert (told.out, told.err) == ("", "There are no projects.\n")


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_fits_the_terminal_and_ids_are_whole(
    columns: int, canned_service: Canned, command: CommandLine
) -> None:
    identity = "abcdefgh2345"
    canned_service.list(PROJECTS, {**PROJECT, "id": identity, "name": "A project with a name that is long " * 3})
    told = command.on_terminal("project", "list", columns=columns).out
    lines = ANSI.sub("", told).splitlines()
    assert max(map(len, lines)) <= columns
    assert identity in lines[1]
    assert lines[0].split() == [
        "NAME",
        "STATUS",
        "YOUR",
        "ROLE",
        "LABELS",
        *(["CREATED"] if columns > 80 else []),
        "ID",
    ]
    assert all(line == line.rstrip() for line in lines[1:])
    assert "\x1b[1m" in told  # the header is bold
    assert "\x1b[3" not in told  # nothing has a color


def test_nothing_is_deleted_without_a_terminal_to_ask_at_or_yes(canned_service: Canned, command: CommandLine) -> None:
    canned_service.answers[f"GET {PROJECTS}/p1"] = PROJECT
    canned_service.answers[f"DELETE {PROJECTS}/p1"] = (204, None)
    told = command("project", "delete", "p1", stdin="y\n", code=2)
    assert "add --yes" in told.err
    assert [call for call, _ in canned_service.calls if call.startswith("DELETE")] == []
    assert command("project", "delete", "p1", "--yes").err == "Deleted the project Cats and dogs.\n"
    assert canned_service.calls[-1][0] == f"DELETE {PROJECTS}/p1"


@pytest.mark.parametrize(
    ("typed", "code", "deleted"),
    [("n\n", 1, False), ("y\n", 0, True), ("\n", 1, False), ("\x04", Code.INTERRUPTED, False)],
)
def test_on_a_terminal_it_asks(
    typed: str, code: int, deleted: bool, canned_service: Canned, command: CommandLine
) -> None:
    canned_service.answers[f"GET {PROJECTS}/p1"] = PROJECT
    canned_service.answers[f"DELETE {PROJECTS}/p1"] = (204, None)
    told = command.on_terminal("project", "delete", "p1", typed=typed)
    assert "Delete the project Cats and dogs and all its labels? [y/N]:" in told.out
    assert told.code == code
    assert (f"DELETE {PROJECTS}/p1" in [call for call, _ in canned_service.calls]) == deleted


def test_progress_waits_for_a_share_and_tells_the_last_reading(canned_service: Canned, command: CommandLine) -> None:
    canned_service.answers[f"GET {PROJECTS}/p1"] = PROJECT
    canned_service.answers[f"GET {PROJECTS}/p1/progress"] = PROGRESS
    assert command.json("progress", "p1", "--until", "0.75")["labeled"] == 45
    told = command("progress", "p1", "--until", "0.8", "--timeout", "0", code=6)
    assert told.err == "Error: 75% of Cats and dogs is labeled after 0 s.\n"
    assert "--timeout" in command("progress", "p1", "--timeout", "3", code=2).err


def test_watching_ends_when_nothing_is_left(canned_service: Canned, command: CommandLine) -> None:
    canned_service.answers[f"GET {PROJECTS}/p1"] = PROJECT
    canned_service.answers[f"GET {PROJECTS}/p1/progress"] = [{**PROGRESS, "labeled": 40, "waiting": 5}, PROGRESS]
    told = command.on_terminal("progress", "p1", "--watch", columns=100)
    assert "45 of 60 images" in ANSI.sub("", told.out) or "40 of 60 images" in ANSI.sub("", told.out)
    assert "labeled        45 (75%), 12 of them in the last hour\n" in ANSI.sub("", told.out)
    assert len([call for call, _ in canned_service.calls if call.endswith("/progress")]) == 2


def test_a_login_is_kept_for_its_owner_and_forgotten(
    canned_service: Canned, command: CommandLine, tmp_path: Path
) -> None:
    url = canned_service.url
    command.environment.update(LABELING_URL="", LABELING_TOKEN="")
    canned_service.answers["GET /api/me"] = {"userId": "u", "name": "ann", "isAdministrator": True, "refreshMinutes": 9}
    assert "as ann" in command("login", url, "--token", "-", stdin="lbs_typed\n").err
    kept = Path(command.environment["LABELING_LOGIN_FILE"])
    assert json.loads(kept.read_text()) == {"url": url, "token": "lbs_typed"}
    assert os.stat(kept).st_mode & 0o777 == 0o600
    assert command.json("whoami")["name"] == "ann"
    assert command("logout").err == "Logged out.\n"
    assert command("logout").err == "Nobody was logged in.\n"


def test_a_login_that_is_refused_is_not_kept(canned_service: Canned, command: CommandLine) -> None:
    canned_service.problem("GET /api/me", 401, "unauthenticated")
    command("login", canned_service.url, "--token", "lbs_wrong", code=4)
    assert not Path(command.environment["LABELING_LOGIN_FILE"]).exists()
    command.environment["LABELING_TOKEN"] = ""
    assert "No access token is given" in command("login", canned_service.url, code=2).err


def test_a_projects_token_is_kept_though_it_tells_no_name(canned_service: Canned, command: CommandLine) -> None:
    told = command("login", canned_service.url, "--token", "lbl_of_a_project").err
    assert "name the project by its id" in told
    assert canned_service.calls == []
