"""Folders are uploaded over nothing that is there, whatever befalls the calls."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from azure.storage.blob import ContainerClient

from image_labeling import Labeling, LabelingError, UploadProgress
from image_labeling.answers.uploads import Offer
from image_labeling.transferring import uploading
from image_labeling.transferring.choosing import Chosen
from tests.api.builders import Folder, People, new_name, new_project, picture
from tests.api.conftest import people
from tests.client.transfers import Proxy, labeling_of, on_disk, proxy, signed_in
from tests.running import until

__all__ = ["people"]

FILES = {"cats/1.png": b"cat", "cats/2.png": b"cats", "dogs/1 – größer.png": b"dog", "notes.txt": b"no image"}
IMAGES = ("cats/1.png", "cats/2.png", "dogs/1 – größer.png")
SCRIPT = "import sys; from image_labeling import Labeling; Labeling().upload_folder(sys.argv[1], sys.argv[2])"


@pytest.fixture
def labeling(people: People) -> Iterator[Labeling]:
    with labeling_of(people) as labeling:
        yield labeling


@pytest.fixture
def on_the_way() -> Iterator[Proxy]:
    with proxy() as own:
        yield own


@pytest.fixture
def by_proxy(people: People, on_the_way: Proxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Labeling]:
    """The client behind a proxy, which never waits before it tries again."""
    # Before: clients that are made while the proxy is there are for good behind it.
    environment = signed_in(people)
    for name, value in on_the_way.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(uploading, "pause", lambda *_: 0.0)
    with Labeling(environment=environment) as labeling:
        yield labeling


def there(people: People, prefix: str) -> dict[str, bytes]:
    """What is in a folder of the workspace, and its files' types."""
    with ContainerClient.from_connection_string(people.service.data_storage, "workspace") as container:
        names = [blob.name for blob in container.list_blobs(prefix)]
        return {name.removeprefix(prefix): container.download_blob(name).readall() for name in names}


def test_the_images_of_a_folder_are_uploaded_and_only_once(labeling: Labeling, people: People, tmp_path: Path) -> None:
    folder, prefix = on_disk(tmp_path, FILES), f"{new_name('folder')}/"
    first = labeling.upload_folder(folder, prefix)
    assert (sorted(first.uploaded), first.existing, first.conflicting) == (sorted(IMAGES), (), ())
    assert first.left_out.kinds == {".txt": 1}
    assert there(people, prefix) == {name: FILES[name] for name in IMAGES}
    on_disk(tmp_path, {"cats/2.png": b"another", "new.png": b"new"})
    again = labeling.upload_folder(folder, prefix)
    assert (again.uploaded, again.conflicting) == (("new.png",), ("cats/2.png",))
    assert sorted(again.existing) == ["cats/1.png", "dogs/1 – größer.png"]
    assert there(people, prefix)["cats/2.png"] == b"cats"


def test_more_files_than_one_call_takes_and_large_ones_are_told_as_they_go(
    labeling: Labeling, people: People, tmp_path: Path
) -> None:
    files = {f"{number:03}.png": b"%d" % number for number in range(uploading.A_CALL + 5)} | {"zz.tif": bytes(3 << 20)}
    prefix, told = f"{new_name('folder')}/", list[UploadProgress]()
    assert len(labeling.upload_folder(on_disk(tmp_path, files), prefix, told=told.append).uploaded) == len(files)
    assert there(people, prefix) == files
    size = sum(map(len, files.values()))
    assert (told[0].files, told[0].bytes, told[0].of_files) == (0, 0, len(files))
    assert (told[-1].files, told[-1].bytes, told[-1].of_bytes) == (len(files), size, size)
    assert [one.bytes for one in told] == sorted(one.bytes for one in told)
    # The large one moves in between.
    assert len(told) > len(files) + 5


def test_a_project_takes_files_into_its_own_folder(labeling: Labeling, people: People, tmp_path: Path) -> None:
    mine = Folder(people, {"old.png": picture()})
    project = labeling.project(new_project(people, mine).id)
    on_disk(tmp_path, {"new.png": picture(), "old.png": picture()})
    upload = project.upload_folder(tmp_path)
    assert (upload.uploaded, upload.existing) == (("new.png",), ("old.png",))
    assert set(there(people, mine.prefix)) == {"new.png", "old.png"}


def test_a_file_that_cannot_be_sent_keeps_no_other_and_is_named(
    labeling: Labeling, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = on_disk(tmp_path, {**FILES, "back\\slash.png": b"1", "changed.png": b"12"})
    (folder / "nowhere.png").symlink_to(folder / "is-nowhere.png")
    ask = uploading.asking

    def asking(*args: Any, **names: Any) -> uploading.Ask:
        asked = ask(*args, **names)

        def then_changed(files: Sequence[Chosen]) -> Offer:
            (folder / "changed.png").write_bytes(b"123")
            return asked(files)

        return then_changed

    monkeypatch.setattr(uploading, "asking", asking)
    prefix = f"{new_name('folder')}/"
    with pytest.raises(LabelingError, match="3 of 6 files were not uploaded, the others are") as told:
        labeling.upload_folder(folder, prefix)
    assert told.value.type == "incomplete"
    assert {name for name, _ in told.value.errors} == {"back\\slash.png", "changed.png", "nowhere.png"}
    assert set(there(people, prefix)) == set(IMAGES)


def test_what_the_service_refuses_is_told_in_its_words(labeling: Labeling, tmp_path: Path) -> None:
    folder = on_disk(tmp_path, FILES)
    with pytest.raises(LabelingError, match="no datastore") as told:
        labeling.upload_folder(folder, "f/", datastore="nowhere")
    assert told.value.status == 404
    with pytest.raises(LabelingError, match="at_once"):
        labeling.upload_folder(folder, "f/", at_once=0)


def test_what_is_told_may_end_it(labeling: Labeling, tmp_path: Path) -> None:
    def stop(progress: UploadProgress) -> None:
        if progress.files:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        labeling.upload_folder(on_disk(tmp_path, FILES), f"{new_name('folder')}/", told=stop)


@pytest.mark.parametrize(
    ("faults", "most"), [((503, 503, 500), 4), ((403, 409), 3), (("lost",), 1), ((503, "lost", 403), 2)]
)
def test_calls_that_fail_are_made_again_and_no_file_is_sent_over_itself(
    faults: tuple[int | str, ...], most: int, by_proxy: Labeling, on_the_way: Proxy, people: People, tmp_path: Path
) -> None:
    """most: how often one file is sent; what has arrived is not sent again, though its answer was lost."""
    prefix = f"{new_name('folder')}/"
    on_the_way.faults = list(faults)
    upload = by_proxy.upload_folder(on_disk(tmp_path, FILES), prefix, at_once=1)
    assert (sorted(upload.uploaded), upload.existing) == (sorted(IMAGES), ())
    assert on_the_way.faults == []
    assert set(there(people, prefix)) == set(IMAGES)
    assert set(on_the_way.stored.values()) == {1}
    assert not on_the_way.has_leaked
    assert max(on_the_way.sent.values()) == most


def test_an_address_that_is_over_is_asked_for_anew(
    labeling: Labeling, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, prefix, asked = uploading.asking, f"{new_name('folder')}/", list[int]()

    def asking(*args: Any, **names: Any) -> uploading.Ask:
        ask_well = ask(*args, **names)

        def first_over(files: Sequence[Chosen]) -> Offer:
            offer = ask_well(files)
            asked.append(len(files))
            over = [upload.model_copy(update={"url": upload.url[:-9]}) for upload in offer.uploads]
            return offer.model_copy(update={"uploads": over}) if len(asked) == 1 else offer

        return first_over

    monkeypatch.setattr(uploading, "asking", asking)
    assert sorted(labeling.upload_folder(on_disk(tmp_path, FILES), prefix).uploaded) == sorted(IMAGES)
    assert asked == [3, 1, 1, 1]
    assert set(there(people, prefix)) == set(IMAGES)


def test_storage_that_never_answers_well_ends_it_and_says_that_it_can_go_on(
    by_proxy: Labeling, on_the_way: Proxy, tmp_path: Path
) -> None:
    on_the_way.faults = [503] * 100
    with pytest.raises(LabelingError, match=r"Storage answers 503 \(Fault\)\. Run it again") as told:
        by_proxy.upload_folder(on_disk(tmp_path, FILES), f"{new_name('folder')}/", at_once=1)
    assert told.value.type == "unreachable"
    assert 100 - len(on_the_way.faults) == uploading.MOST_TRIES


def test_what_storage_refuses_of_one_file_keeps_no_other(
    by_proxy: Labeling, on_the_way: Proxy, people: People, tmp_path: Path
) -> None:
    prefix = f"{new_name('folder')}/"
    on_the_way.faults = [400]
    with pytest.raises(LabelingError, match=r"1 of 3 files.*cats/1\.png: Storage answers 400"):
        by_proxy.upload_folder(on_disk(tmp_path, FILES), prefix, at_once=1)
    assert set(there(people, prefix)) == set(IMAGES[1:])


def test_an_upload_that_was_killed_goes_on_where_it_was(people: People, on_the_way: Proxy, tmp_path: Path) -> None:
    count = 120
    files = {f"{number:03}.png": b"%d" % number for number in range(count)}
    folder, prefix = on_disk(tmp_path, files), f"{new_name('folder')}/"
    on_the_way.seconds = 0.1
    environment = {**os.environ, **on_the_way.environment, **signed_in(people), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SCRIPT, str(folder), prefix]
    with subprocess.Popen(command, env=environment) as process:
        until(lambda: on_the_way.stored.total() >= count // 3, "nothing is uploaded")
        process.send_signal(signal.SIGKILL)
    assert on_the_way.stored.total() < count
    on_the_way.seconds = 0
    subprocess.run(command, env=environment, check=True)
    assert there(people, prefix) == files
    assert on_the_way.stored == dict.fromkeys(files, 1)
    # Only what was under way when it was killed may have been sent once more.
    assert on_the_way.sent.total() <= count + uploading.AT_ONCE
