"""Starting, ending, and being killed."""

import os
import signal
import socket
import subprocess
import threading
from pathlib import Path

import httpx
from azure.storage.blob import BlobServiceClient, ContainerClient

from localhost.azurite import end_orphan
from tests.localhost.conftest import Toy
from tests.running import Storage, until


def azurite_of(toy: Toy) -> int:
    return int((toy.service.data_dir / "azurite.pid").read_text(encoding="ascii"))


def is_another(toy: Toy, former: int) -> bool:
    try:
        return azurite_of(toy) != former
    except FileNotFoundError:
        # Between the two.
        return False


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # Whoever inherits an orphan may not collect it: a zombie has ended.
    return (
        "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii") if Path("/proc").exists() else True
    )


def container(toy: Toy) -> ContainerClient:
    return ContainerClient.from_connection_string(toy.service.data_storage, "kept", initial_backoff=1)


def test_data_survive_a_kill_and_azurite_ends_with_its_parent(own_toy: Toy) -> None:
    own_toy.service.start()
    with container(own_toy) as kept:
        kept.create_container()
        kept.upload_blob("a", b"kept")
    orphan = azurite_of(own_toy)
    own_toy.service.kill()
    until(lambda: not is_there(orphan), "Azurite outlives its parent")
    own_toy.service.start()
    with container(own_toy) as kept:
        assert kept.download_blob("a").readall() == b"kept"


def test_data_survive_a_stop(own_toy: Toy) -> None:
    own_toy.service.start()
    with container(own_toy) as kept:
        kept.create_container()
    own_toy.service.restart()
    with container(own_toy) as kept:
        assert kept.exists()


def test_an_azurite_that_hangs_on_is_ended_by_the_next_start(own_toy: Toy) -> None:
    own_toy.service.start()
    orphan = azurite_of(own_toy)
    os.kill(orphan, signal.SIGSTOP)
    own_toy.service.kill()
    assert is_there(orphan)
    threading.Timer(1, os.kill, (orphan, signal.SIGCONT)).start()
    own_toy.service.start()
    assert not is_there(orphan)


def test_a_stranger_s_process_is_not_ended_for_an_old_number(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid_file = tmp_path / "azurite.pid"
        pid_file.write_text(str(stranger.pid), encoding="ascii")
        end_orphan(pid_file)
        assert stranger.poll() is None
        assert not pid_file.exists()
        stranger.kill()


def test_azurite_is_started_again_when_it_dies(own_toy: Toy) -> None:
    own_toy.service.start()
    first = azurite_of(own_toy)
    os.kill(first, signal.SIGKILL)
    until(lambda: is_another(own_toy, first), "Azurite is not started again")
    with container(own_toy) as kept:
        kept.create_container()
    with own_toy.service.client() as client:
        client.post("/admin/functions/yearly", json={})
    until(lambda: any(note.get("timer") == "yearly" for note in own_toy.notes()), "the host does not go on")


def test_a_request_being_answered_is_finished_before_the_service_ends(own_toy: Toy) -> None:
    own_toy.service.start()
    answers: list[httpx.Response] = []
    with own_toy.service.client() as client:
        asking = threading.Thread(target=lambda: answers.append(client.get("/api/slow")))
        asking.start()
        until(lambda: any("slow" in note for note in own_toy.notes()), "not begun")
        own_toy.service.stop()
        asking.join()
    assert [answer.text for answer in answers] == ["done"]


def test_a_port_in_use_is_one_clear_sentence(own_toy: Toy) -> None:
    with socket.create_server(("127.0.0.1", own_toy.service.port + 2)):
        assert own_toy.service.spawn().wait(60) == 1
    assert own_toy.service.log.startswith(f"Port {own_toy.service.port + 2} is in use")
    assert own_toy.service.log.count("\n") == 1


def test_a_second_service_on_the_same_data_is_refused_and_the_first_goes_on(own_toy: Toy) -> None:
    own_toy.service.start()
    first = own_toy.service.process
    assert own_toy.service.spawn().wait(60) == 1
    own_toy.service.process = first
    assert "already runs with the data directory" in own_toy.service.log
    with own_toy.service.client() as client:
        assert client.get("/.auth/me").status_code == 200


def test_a_function_app_that_cannot_be_imported_shows_its_traceback(own_toy: Toy, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "host.json").write_text('{"version": "2.0"}', encoding="utf-8")
    (broken / "function_app.py").write_text("import no_such_thing\n", encoding="utf-8")
    own_toy.service.app_dir = broken
    assert own_toy.service.spawn().wait(60) == 1
    assert "No module named 'no_such_thing'" in own_toy.service.log


def test_the_page_may_reach_storage_and_no_other_page_may(own_toy: Toy) -> None:
    own_toy.service.start()
    with BlobServiceClient.from_connection_string(own_toy.service.data_storage) as client:
        (rule,) = client.get_service_properties()["cors"]
    assert set(rule.allowed_methods.split(",")) == {"GET", "HEAD", "PUT", "OPTIONS"}
    assert own_toy.service.url in rule.allowed_origins.split(",")
    assert all(origin.endswith(f":{own_toy.service.port}") for origin in rule.allowed_origins.split(","))


def test_all_that_is_kept_is_the_owner_s_alone(own_toy: Toy) -> None:
    """Also in a directory that others may look into, as one that was there before."""
    data_dir = own_toy.service.data_dir
    data_dir.mkdir(mode=0o755, parents=True)
    own_toy.service.start()
    kept = [path for path in data_dir.rglob("*") if not path.is_symlink()]
    assert any("azurite" in path.name and path.suffix == ".json" for path in kept)
    assert [path for path in kept if path.stat().st_mode & 0o077] == []
    assert own_toy.service.settings.account_key not in own_toy.service.log


def test_storage_alone_answers(azurite: Storage) -> None:
    with BlobServiceClient.from_connection_string(azurite.other_storage) as client:
        assert client.get_service_properties()["cors"] is not None
