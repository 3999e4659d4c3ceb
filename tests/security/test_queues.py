"""Messages are input like any other: garbage in a queue ends in its poison queue, a message about what is not there
ends quietly, and the host goes on. Each queue that a function listens to.
"""

import base64
import importlib.util
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from azure.storage.queue import QueueClient

from tests.api.builders import Folder, People, Project, good, new_project, pictures, waiting_messages
from tests.running import ROOT, Service, ServiceInMemory, until

# Every message is tried five times, some seconds apart.
PATIENCE = 240.0
HUGE = 40_000


def listened() -> list[str]:
    """The queues of the app that Azure loads."""
    spec = importlib.util.spec_from_file_location("function_app_of_queues", ROOT / "function_app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    triggers = [function.get_trigger().get_dict_repr() for function in module.app.get_functions()]
    return sorted(trigger["queueName"] for trigger in triggers if trigger["type"] == "queueTrigger")


QUEUES = listened()
# A message as each queue has it; {project} is a project's id. What it names is never there.
ABOUT: dict[str, dict[str, Any]] = {
    "refreshes": {"project_id": "{project}", "refresh_id": "{id}"},
    "preparations": {"project_id": "{project}", "pack": 99_999},
    "exports": {"project_id": "{project}", "export_id": "{id}"},
    "imports": {"project_id": "{project}", "import_id": "{id}", "undo": True},
    "backups": {"project_id": "{project}", "backup_id": "{id}"},
    "restores": {"restore_id": "{id}"},
    "features": {"project_id": "{project}", "first": 99_999, "count": 1},
    "trainings": {"project_id": "{project}", "pack": 99_999},
    "opinions": {
        "project_id": "{project}",
        "action_id": "0" * 16,
        "by": "{id}",
        "at": 1,
        "filter": {"name": "nothing", "labeler": "{id}"},
    },
}
# What is in base64, as the host wants it.
NO_MESSAGES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"no JSON",
    "half of JSON": b'{"project_id": "abc',
    "half of UTF-8": b"\xff\xfe\x00",
    "a null byte": b"\x00",
    "null": b"null",
    "a list": b"[]",
    "a number": b"1e400",
    "an empty object": b"{}",
    "deep": b"[" * 20_000,
    "wrong types": b'{"project_id": 5, "refresh_id": 5, "export_id": 5, "import_id": 5, "pack": "x"}',
    "numbers without end": b'{"project_id": "abcdefghijkm", "pack": ' + b"9" * 60 + b', "first": 0, "count": 9e400}',
    "nulls": b'{"project_id": null, "refresh_id": null, "export_id": null, "import_id": null, "pack": null}',
    "half a character": b'{"project_id": "\\ud800", "refresh_id": "\\ud800", "pack": []}',
    "unknown fields": b'{"project": "abcdefghijkm", "unknown": 1}',
    "huge": b'{"project_id": "' + b"x" * HUGE + b'", "unknown": 1}',
    "lines of a log": b"\n2026-01-01 00:00:00,000 INFO root: all is well\r\n",
    "a pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x02os\x94\x8c\x06system\x94\x93\x94.",
    "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
}
NO_BASE64 = ["*not base64*", "{}", '{"project_id": "abcdefghijkm"}', "YQ", "YQ==YQ==", "é"]
# Each message is read by the same lines: all of the garbage goes into one queue, and of these kinds some into each.
EVERYWHERE = ("nothing", "no JSON", "null", "a list", "an empty object", "deep", "wrong types", "half a character")
# What is no id of anything.
IDS = ["", "../..", "a'b", "a' or 1 eq 1 or 'a", "x" * 2000, "a/b?c#d", "a|b", "\x01", "😀", "a\nb"]


def raw_queue(service: Service, name: str) -> QueueClient:
    return QueueClient.from_connection_string(service.data_storage, name)


def put(service: Service, name: str, contents: list[str]) -> None:
    with raw_queue(service, name) as queue:
        for content in contents:
            queue.send_message(content)


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def poisoned(service: Service, name: str) -> list[str]:
    """What is in a queue's poison queue, as it came."""
    if waiting_messages(service, f"{name}-poison") == 0:
        return []
    with raw_queue(service, f"{name}-poison") as queue:
        return [message.content for message in queue.receive_messages(messages_per_page=32, visibility_timeout=60)]


def is_empty(service: Service, queue: str) -> bool:
    return waiting_messages(service, queue) == 0


@pytest.fixture(scope="module")
def own_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose poison queues are these tests' own."""
    with ServiceInMemory(tmp_path_factory.mktemp("queues") / "data") as own:
        yield own


@pytest.fixture(scope="module")
def own_people(own_service: Service) -> Iterator[People]:
    everybody = People(own_service)
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def project(own_people: People) -> Project:
    made = new_project(own_people, Folder(own_people, pictures(4)))
    made.label(made.boss, 2)
    return made


def test_each_queue_that_is_listened_to_has_a_message_here() -> None:
    assert sorted(ABOUT) == QUEUES


def assert_works(project: Project) -> None:
    """The host still takes in, exports and answers."""
    figures = project.progress()
    assert (figures["total"], figures["labeled"]) == (4, 2)
    assert project.refresh()["found"] == 4
    assert project.export("csv")["images"] == 2


def test_garbage_in_every_queue_ends_in_poison_as_it_came_and_the_host_goes_on(
    own_service: Service, project: Project
) -> None:
    some = [*(encoded(NO_MESSAGES[kind]) for kind in EVERYWHERE), *NO_BASE64[:2]]
    garbage = dict.fromkeys(QUEUES, some) | {"preparations": [*map(encoded, NO_MESSAGES.values()), *NO_BASE64]}
    assert {queue: poisoned(own_service, queue) for queue in QUEUES} == {queue: [] for queue in QUEUES}
    for queue in QUEUES:
        put(own_service, queue, garbage[queue])
    assert_works(project)
    for queue in QUEUES:
        until(partial(is_empty, own_service, queue), f"{queue} is not emptied", PATIENCE)
    found = {queue: sorted(poisoned(own_service, queue)) for queue in QUEUES}
    assert found == {queue: sorted(put_in) for queue, put_in in garbage.items()}
    assert_works(project)


def filled(queue: str, project_id: str, identity: str) -> str:
    values = {"{project}": project_id, "{id}": identity}

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: fill(one) for name, one in value.items()}
        return values.get(value, value)

    return encoded(json.dumps(fill(ABOUT[queue])).encode())


def test_messages_about_what_is_not_there_end_quietly_and_change_nothing(
    own_service: Service, own_people: People, project: Project
) -> None:
    """Unknown projects, deleted ones, and another project's things."""
    gone, other = (new_project(own_people, Folder(own_people, pictures(2))) for _ in range(2))
    csv = {"format": "csv", "content": "image,label\n"}
    theirs = {
        "refreshes": next(other.pages("refreshes"))["id"],
        "exports": other.export("csv")["id"],
        "imports": good(other.boss.post(f"{other.path}/imports", json=csv), 202)["id"],
        "backups": good(other.boss.post(f"{other.path}/backups"), 202)["id"],
        "restores": "x",
        "preparations": "",
        "features": "",
        "trainings": "",
        "opinions": "x",
    }
    good(gone.boss.delete(gone.path), 204)
    for queue in ("imports", "backups"):
        until(partial(is_empty, own_service, queue), f"what {queue} asks for does not end", PATIENCE)
    before = state(project), state(other), waiting_in_poison(own_service)
    for queue in QUEUES:
        about = [("abcdefghijkm", "x"), (gone.id, "x"), (gone.id, theirs[queue]), (project.id, "x")]
        put(own_service, queue, [filled(queue, *named) for named in (*about, (project.id, theirs[queue]))])
    for queue in QUEUES:
        until(partial(is_empty, own_service, queue), f"{queue} is not emptied", PATIENCE)
    assert (state(project), state(other), waiting_in_poison(own_service)) == before
    assert gone.boss.get(gone.path).status_code == 404
    assert_works(project)


def test_messages_with_ids_that_go_wrong_in_a_filter_or_an_address_change_nothing(
    own_service: Service, project: Project
) -> None:
    before, poison = state(project), waiting_in_poison(own_service)
    for queue in QUEUES:
        messages = [filled(queue, project_id, "x") for project_id in IDS]
        put(own_service, queue, messages + [filled(queue, project.id, identity) for identity in IDS])
    for queue in QUEUES:
        until(partial(is_empty, own_service, queue), f"{queue} is not emptied", PATIENCE)
    for queue, count in waiting_in_poison(own_service).items():
        assert poison[queue] <= count <= poison[queue] + 2 * len(IDS)
    assert state(project) == before
    assert_works(project)


def waiting_in_poison(service: Service) -> dict[str, int]:
    return {queue: waiting_messages(service, f"{queue}-poison") for queue in QUEUES}


def state(project: Project) -> Any:
    lists = [list(project.pages(what)) for what in ("refreshes", "exports", "imports", "trainings", "images")]
    for item in [image for found in lists for image in found]:
        for name in ("previewUrl", "thumbnailUrl", "files"):
            item.pop(name, None)
    return project.get(), project.progress(), lists
