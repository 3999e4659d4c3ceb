"""Exports come onto the disk whole or not at all, and go on where they were cut off."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from image_labeling import ExportProgress, Labeling, LabelingError, Project
from image_labeling.answers.exports import Export
from image_labeling.exports import Exports
from image_labeling.transferring import downloading, exporting
from image_labeling.transferring.downloading import inside, sum_of
from image_labeling.transferring.exporting import MARKER
from tests.api.builders import LABELS, Folder, People, new_name
from tests.client.conftest import wait_until_prepared
from tests.client.transfers import Proxy, noise, proxy
from tests.running import until

IMAGES = 8
FILE = "huggingface.zip"
SCRIPT = """
import sys
from image_labeling import Labeling
Labeling().project(sys.argv[1]).export("huggingface", to=sys.argv[2], split=(0.5, 0, 0.5))
"""


@pytest.fixture(scope="module")
def project(labeling: Labeling, people: People) -> Project:
    """Some 3 MB of labeled images."""
    folder = Folder(people, {f"{number:02}.png": noise(number) for number in range(IMAGES)})
    made = labeling.projects.create(new_name("client"), labels=LABELS, images=folder.prefix, order="name")
    wait_until_prepared(made)
    made.label({f"{number:02}.png": LABELS[number % 2] for number in range(IMAGES)})
    return made


@pytest.fixture
def on_the_way() -> Iterator[Proxy]:
    with proxy() as own:
        yield own


@pytest.fixture
def by_proxy(
    project: Project, service_token: str, on_the_way: Proxy, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Project]:
    """The same behind a proxy, by a client that never waits before it tries again."""
    url = project.url.partition("/projects")[0]
    for name, value in on_the_way.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(downloading, "pause", lambda *_: 0.0)
    with Labeling(url, service_token, environment={}) as labeling:
        yield labeling.project(project.id)


@pytest.fixture
def cut_off(
    by_proxy: Project, on_the_way: Proxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[], Path]:
    """Has an export cut off in its middle, and gives the part of its file."""

    def cut() -> Path:
        on_the_way.faults = ["cut", *([503] * 10)]
        with pytest.raises(LabelingError, match="Run it again"):
            by_proxy.export("huggingface", to=tmp_path)
        on_the_way.faults.clear()
        on_the_way.gets.clear()
        return tmp_path / f"{FILE}.part"

    return cut


def count(project: Project) -> int:
    return sum(1 for _ in project.exports)


def test_an_export_comes_as_files_whose_sums_are_right(project: Project, tmp_path: Path) -> None:
    told: list[ExportProgress] = []
    to = tmp_path / "new" / "folder"
    done = project.export("csv", to=to, guard_formulas=False, told=told.append)
    assert {path.name: sum_of(path) for path in done.paths} == {file.name: file.sha256 for file in done.export.files}
    assert {path.name for path in to.iterdir()} == {path.name for path in done.paths}
    with (to / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["label"] for row in rows] == [LABELS[number % 2] for number in range(IMAGES)]
    size = sum(file.bytes for file in done.export.files)
    assert told[-1] == ExportProgress(1.0, size, size)
    assert all(0 <= one.built <= 1 and 0 <= one.bytes <= size for one in told)


def test_an_export_that_is_there_is_downloaded_and_only_once(
    by_proxy: Project, on_the_way: Proxy, tmp_path: Path
) -> None:
    export = by_proxy.exports.start("coco")
    done = by_proxy.download(export.id, to=tmp_path)
    assert {path.name for path in done.paths} == {path.name for path in tmp_path.iterdir()}
    assert len(on_the_way.gets) == len(export.files)
    (tmp_path / "coco.json").write_text("changed")
    by_proxy.download(export.id, to=tmp_path)
    assert len(on_the_way.gets) == len(export.files) + 1
    assert not on_the_way.has_leaked
    assert json.loads((tmp_path / "coco.json").read_text())["images"]


@pytest.mark.parametrize("faults", [("cut", "cut", "cut"), (503, 500, 429), (403, "cut", 403)])
def test_calls_that_fail_are_made_again_for_what_is_missing(
    faults: tuple[int | str, ...], by_proxy: Project, on_the_way: Proxy, tmp_path: Path
) -> None:
    on_the_way.faults = list(faults)
    done = by_proxy.export("huggingface", to=tmp_path)
    size = sum(file.bytes for file in done.export.files)
    assert on_the_way.faults == []
    assert size <= on_the_way.gotten <= size + downloading.PIECE / 2
    assert sum_of(tmp_path / FILE) == next(file.sha256 for file in done.export.files if file.name == FILE)


def test_what_was_cut_off_goes_on_with_the_same_export(
    cut_off: Callable[[], Path], by_proxy: Project, on_the_way: Proxy, tmp_path: Path
) -> None:
    part, before = cut_off(), count(by_proxy)
    come = part.stat().st_size
    assert come > 0
    assert not (tmp_path / FILE).exists()
    done = by_proxy.export("huggingface", to=tmp_path)
    assert count(by_proxy) == before
    assert on_the_way.gets[0]["range"] == f"bytes={come}-"
    assert on_the_way.gets[0]["if-match"]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in done.paths}
    assert zipfile.ZipFile(tmp_path / FILE).testzip() is None


def test_an_export_that_was_not_waited_for_is_fetched_by_the_same_call(project: Project, tmp_path: Path) -> None:
    asked = project.export("csv", to=tmp_path, wait=False)
    assert (asked.paths, [path.name for path in tmp_path.iterdir()]) == ((), [MARKER])
    done = project.export("csv", to=tmp_path, wait=True)
    assert done.export.id == asked.export.id
    assert all(path.exists() for path in done.paths)


def test_what_was_asked_for_otherwise_or_long_ago_is_exported_anew(
    cut_off: Callable[[], Path], by_proxy: Project, on_the_way: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off()
    before = count(by_proxy)
    by_proxy.export("huggingface", to=tmp_path, labels=["Cat"])
    assert (count(by_proxy), on_the_way.gets[0]["range"]) == (before + 1, "bytes=0-")
    cut_off()
    monkeypatch.setattr(exporting, "GOES_ON_FOR_SECONDS", -1)
    by_proxy.export("huggingface", to=tmp_path)
    assert count(by_proxy) == before + 3


def test_an_export_that_was_deleted_meanwhile_is_made_anew(
    cut_off: Callable[[], Path], by_proxy: Project, tmp_path: Path
) -> None:
    cut_off()
    by_proxy.exports.delete(json.loads((tmp_path / MARKER).read_text())["export"])
    assert by_proxy.export("huggingface", to=tmp_path).export.images == IMAGES


def test_a_part_that_is_wrong_is_not_gone_on_with(
    cut_off: Callable[[], Path], by_proxy: Project, on_the_way: Proxy, tmp_path: Path
) -> None:
    """Another etag: it is a part of another file. Other bytes: the checksum says so."""
    cut_off()
    marker = tmp_path / MARKER
    marker.write_text(marker.read_text().replace('\\"0x', '\\"0y'))
    by_proxy.export("huggingface", to=tmp_path)
    assert [call.get("range") for call in on_the_way.gets[:2]][1] == "bytes=0-"
    (tmp_path / FILE).unlink()
    part = cut_off()
    part.write_bytes(bytes(part.stat().st_size))
    done = by_proxy.export("huggingface", to=tmp_path)
    assert sum_of(tmp_path / FILE) == next(file.sha256 for file in done.export.files if file.name == FILE)


def test_a_file_whose_sum_is_wrong_twice_is_not_kept(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    get = Exports.get

    def lied(self: Exports, export_id: str) -> Export:
        export = get(self, export_id)
        return export.model_copy(update={"files": [file.model_copy(update={"sha256": "0"}) for file in export.files]})

    monkeypatch.setattr(Exports, "get", lied)
    with pytest.raises(LabelingError, match="wrong checksum") as told:
        project.export("csv", to=tmp_path)
    assert told.value.type == "damaged"
    assert {path.name for path in tmp_path.iterdir()} == {MARKER}


def test_a_link_in_the_place_of_a_part_is_not_followed(cut_off: Callable[[], Path], by_proxy: Project) -> None:
    part = cut_off()
    outside = part.parent.with_name("outside")
    outside.write_bytes(part.read_bytes())
    part.unlink()
    part.symlink_to(outside)
    size = outside.stat().st_size
    by_proxy.export("huggingface", to=part.parent)
    assert outside.stat().st_size == size


@pytest.mark.parametrize("name", ["../a", "a/../b", "/a", "a//b", "", ".", "a\\b", "c:a", "a\nb", "link/a"])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "link").symlink_to(tmp_path)
    with pytest.raises(LabelingError):
        inside(tmp_path / "to", name)
    assert {path.name for path in tmp_path.iterdir()} == {"to"}


def test_a_disk_that_is_too_small_is_told_before(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(9, 0, 9))
    with pytest.raises(LabelingError, match=r"The files need 0\.0 MB more, and .* has 0\.0 MB left"):
        project.export("csv", to=tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(LabelingError, match=r"cannot be written: (Not a directory|File exists)"):
        project.export("csv", to=tmp_path / "file")


def test_building_takes_no_longer_than_one_waits_and_goes_on(project: Project, tmp_path: Path) -> None:
    before = count(project)
    with pytest.raises(LabelingError, match="is not done after 0 s"):
        project.export("webdataset", to=tmp_path, timeout=0)
    project.export("webdataset", to=tmp_path)
    assert count(project) == before + 1


def test_a_download_that_was_killed_goes_on_where_it_was(
    project: Project, service_token: str, on_the_way: Proxy, tmp_path: Path
) -> None:
    on_the_way.seconds = 0.05
    login = {"LABELING_URL": project.url.partition("/projects")[0], "LABELING_TOKEN": service_token}
    environment = {**os.environ, **on_the_way.environment, **login, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SCRIPT, project.id, str(tmp_path)]
    before = count(project)
    with subprocess.Popen(command, env=environment) as process:
        until(lambda: on_the_way.gotten >= downloading.PIECE, "nothing is downloaded")
        process.send_signal(signal.SIGKILL)
    assert not (tmp_path / FILE).exists()
    on_the_way.seconds = 0
    subprocess.run(command, env=environment, check=True)
    assert count(project) == before + 1
    export = next(iter(project.exports))
    assert {file.name: file.sha256 for file in export.files} == {path.name: sum_of(path) for path in tmp_path.iterdir()}
    # What was on the wire when it was killed comes once more.
    assert on_the_way.gotten <= sum(file.bytes for file in export.files) + downloading.PIECE / 2
