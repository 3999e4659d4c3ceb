"""Images and labels come onto this machine once, and again only when labels have changed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from image_labeling import Dataset, ExportProgress, Labeling, LabelingError, Project
from image_labeling.answers.exports import Export
from image_labeling.loading import fetching
from image_labeling.loading.cache import INDEX
from tests.api.builders import LABELS, Folder, People, new_name, picture
from tests.client.conftest import wait_until_prepared
from tests.client.transfers import Proxy, noise, on_disk, proxy
from tests.running import until

COLORS = {"Cat": (255, 0, 0), "Dog": (0, 0, 255)}
SCRIPT = "import sys; from image_labeling import Labeling; Labeling().project(sys.argv[1]).load(cache=sys.argv[2])"


def project_of(
    labeling: Labeling, people: People, files: dict[str, bytes], task_type: str = "multiClass"
) -> tuple[Project, Folder]:
    folder = Folder(people, files)
    made = labeling.projects.create(
        new_name("client"),
        labels=LABELS,
        images=folder.prefix,
        order="name",
        task_type=task_type,  # type: ignore[arg-type]
    )
    wait_until_prepared(made)
    return made, folder


def of_two_colors(labeling: Labeling, people: People, count: int) -> tuple[Project, Folder]:
    """Red cats and blue dogs in turns, labeled so."""
    files = {f"{number:02}.png": picture(COLORS[LABELS[number % 2]]) for number in range(count)}  # type: ignore[arg-type]
    made, folder = project_of(labeling, people, files)
    made.label({name: LABELS[number % 2] for number, name in enumerate(files)})
    return made, folder


@pytest.fixture(scope="module")
def project(labeling: Labeling, people: People) -> Project:
    return of_two_colors(labeling, people, 20)[0]


@pytest.fixture
def changing(labeling: Labeling, people: People) -> tuple[Project, Folder]:
    """A project that a test may change."""
    return of_two_colors(labeling, people, 6)


@pytest.fixture
def on_the_way() -> Iterator[Proxy]:
    with proxy() as own:
        yield own


def with_images(project: Project) -> list[Export]:
    """The exports from which something was loaded; the others are gone again."""
    exports = list(project.exports)
    assert {export.format for export in exports} <= {"huggingface"}
    return exports


def count_for(project: Project, dataset: Dataset) -> int:
    return sum(export.name.endswith(dataset.folder.name) for export in with_images(project))


def held(dataset: Dataset) -> dict[str, str]:
    return {name.rpartition("/")[2]: label for name, (label,) in zip(dataset.names, dataset.label_names, strict=True)}


def test_images_come_with_the_places_of_their_labels_in_one_list_of_classes(project: Project, tmp_path: Path) -> None:
    sides = {side: project.load(side, shares=(0.6, 0.2, 0.2), seed=3, cache=tmp_path) for side in fetching.SIDES}
    # Of each of the two labels, give or take one.
    assert all(
        abs(len(dataset) - 20 * share) <= 2 for dataset, share in zip(sides.values(), (0.6, 0.2, 0.2), strict=True)
    )
    for side, dataset in sides.items():
        assert dataset.classes == LABELS
        assert set(dataset.sides) == {side}
        for number, (image, label) in enumerate(dataset):
            assert isinstance(label, int)
            assert (image.mode, image.getpixel((0, 0))) == ("RGB", COLORS[dataset.classes[label]])
            assert dataset.labels[number] == label
            assert dataset.paths[number].is_file()
    whole = project.load(shares=(0.6, 0.2, 0.2), seed=3, cache=tmp_path)
    assert sorted(whole.names) == sorted(name for dataset in sides.values() for name in dataset.names)
    assert (len(whole), whole[-1][1]) == (20, whole.labels[-1])
    assert count_for(project, whole) == 1
    assert repr(sides["test"]) == f"<Dataset {project.name!r} test: {len(sides['test'])} images, 3 classes>"


def test_nothing_is_exported_or_downloaded_while_labels_stay(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ExportProgress] = []
    first = project.load(seed=1, cache=tmp_path, told=told.append)
    assert told[-1].bytes == told[-1].of_bytes > 0
    with monkeypatch.context() as nothing:
        nothing.setattr(fetching, "download", None)
        again = project.load(seed=1, cache=tmp_path)
    assert (again.paths, again.labels) == (first.paths, first.labels)
    assert count_for(project, first) == 1
    assert list(first.folder.parent.glob("*.part")) == []


def test_another_machine_takes_the_same_export(project: Project, tmp_path: Path) -> None:
    first, other = (project.load(seed=2, cache=tmp_path / machine) for machine in ("one", "two"))
    assert held(first) == held(other)
    assert count_for(project, first) == 1


def test_labels_that_change_are_loaded_anew_beside_the_old(changing: tuple[Project, Folder], tmp_path: Path) -> None:
    project, _ = changing
    first = project.load(cache=tmp_path)
    project.label({"00.png": "Uncertain"}, replace=True)
    second = project.load(cache=tmp_path)
    assert held(second) == {**held(first), "00.png": "Uncertain"}
    assert first.folder != second.folder
    assert first[0][0].size == (32, 24)
    assert len(with_images(project)) == 2


def test_exports_for_loading_do_not_pile_up(
    changing: tuple[Project, Folder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = changing
    project.exports.start("huggingface", name="Mine")
    project.load(cache=tmp_path)
    project.label({"00.png": "Uncertain"}, replace=True)
    monkeypatch.setattr(fetching, "KEPT_FOR", timedelta(0))
    second = project.load(cache=tmp_path)
    assert [export.name for export in with_images(project)] == [f"For loading, {second.folder.name}", "Mine"]


def test_what_a_disk_has_lost_the_end_of_is_loaded_anew(project: Project, tmp_path: Path) -> None:
    first = project.load(seed=4, cache=tmp_path)
    index = first.folder / INDEX
    index.write_text(index.read_text()[:-9])
    assert held(project.load(seed=4, cache=tmp_path)) == held(first)


def test_classes_that_change_are_others(changing: tuple[Project, Folder], tmp_path: Path) -> None:
    project, _ = changing
    first = project.load(cache=tmp_path)
    project.reload().change(labels=["Bird", *LABELS])
    second = project.load(cache=tmp_path)
    assert second.classes == ("Bird", *LABELS)
    assert held(second) == held(first)


def test_labels_that_change_while_images_are_exported_are_not_kept_under_the_wrong_key(
    changing: tuple[Project, Folder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = changing
    export, changes = fetching._export, ["Uncertain", "Cat"]

    def late(*asked: object) -> Export:
        if changes:
            project.label({"01.png": changes.pop()}, replace=True)
        return export(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(fetching, "_export", late)
    dataset = project.load(cache=tmp_path)
    assert held(dataset)["01.png"] == "Uncertain"
    (left,) = with_images(project)
    assert left.name.endswith(dataset.folder.name)


def test_labels_that_never_stand_still_are_told(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_is_same", lambda *_: False)
    monkeypatch.setattr(fetching, "MOST_ROUNDS", 2)
    before = len(with_images(project))
    with pytest.raises(LabelingError, match="were changed each time"):
        project.load(seed=3, cache=tmp_path)
    assert len(with_images(project)) == before


def test_files_that_cannot_be_read_are_told_each_time(changing: tuple[Project, Folder], tmp_path: Path) -> None:
    project, folder = changing
    folder.drop("03.png")
    for _ in range(2):
        with pytest.warns(UserWarning, match=r"1 labeled images of .* are left out.*03\.png"):
            dataset = project.load(cache=tmp_path)
        assert (len(dataset), dataset.left_out, len(dataset.first_left_out)) == (5, 1, 1)


def test_an_image_whose_file_was_replaced_is_loaded_anew(changing: tuple[Project, Folder], tmp_path: Path) -> None:
    project, folder = changing
    project.load(cache=tmp_path)
    folder.put({"00.png": picture("lime")})
    project.refreshes.start()
    wait_until_prepared(project)
    dataset = project.load(cache=tmp_path)
    place = [name.endswith("/00.png") for name in dataset.names].index(True)
    assert dataset[place][0].getpixel((0, 0)) == (0, 255, 0)


def test_images_with_several_labels_have_a_place_for_each_class(
    labeling: Labeling, people: People, tmp_path: Path
) -> None:
    files = {f"{number}.png": picture() for number in range(3)}
    project, _ = project_of(labeling, people, files, "multiLabel")
    project.label({"0.png": ["Uncertain", "Cat"], "1.png": ["Dog"], "2.png": []})
    dataset = project.load(cache=tmp_path)
    said = dict(zip((name[-5:] for name in dataset.names), dataset.labels, strict=True))
    assert said == {"0.png": [1, 0, 1], "1.png": [0, 1, 0], "2.png": [0, 0, 0]}
    assert dataset[0][1] == dataset.labels[0]
    assert sorted(dataset.label_names) == [[], ["Cat", "Uncertain"], ["Dog"]]


def test_names_that_files_and_tables_find_hard_come_back_as_they_are(labeling: Labeling, tmp_path: Path) -> None:
    """From a folder on the disk into a project, and from there onto the disk again."""
    labels = ("=1+1", 'a, "b"; c', "größer 犬", "metadata.jsonl")
    names = ("a b/ü#1?.png", 'quo"te, and.png', "%41&amp;.PNG", "deep/er/con.png", "犬.png", "=1+1.png")
    folder, prefix = on_disk(tmp_path / "mine", dict.fromkeys(names, picture())), f"{new_name('folder')}/"
    labeling.upload_folder(folder, prefix)
    project = labeling.projects.create(new_name("client"), labels=labels, images=prefix)
    wait_until_prepared(project)
    said = {name: labels[number % len(labels)] for number, name in enumerate(names)}
    assert project.label(said).labeled == len(names)
    dataset = project.load(cache=tmp_path / "cache")
    found = zip(dataset.names, dataset.label_names, strict=True)
    assert {name.removeprefix(prefix): label for name, (label,) in found} == said
    assert all(image.size == (32, 24) for image, _ in dataset)


def test_what_cannot_be_loaded_is_told(labeling: Labeling, people: People, tmp_path: Path) -> None:
    project, _ = project_of(labeling, people, {"0.png": picture()})
    with pytest.raises(LabelingError, match=r"No image of .* is labeled yet"):
        project.load(cache=tmp_path)
    with pytest.raises(LabelingError, match="three numbers"):
        project.load(shares=(0.5, 0.5), cache=tmp_path)
    with pytest.raises(LabelingError, match="No image is on the side"):
        project.load("validation", shares=(0.5, 0, 0.5), cache=tmp_path)
    with pytest.raises(LabelingError, match="must add up to 1"):
        project.load(shares=(0.5, 0.1, 0.1), cache=tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(LabelingError, match="cannot be written"):
        project.load(cache=tmp_path / "file")


def test_a_loading_that_was_killed_goes_on_where_it_was(
    labeling: Labeling, people: People, service_token: str, on_the_way: Proxy, tmp_path: Path
) -> None:
    files = {f"{number}.png": noise(number) for number in range(6)}
    project, _ = project_of(labeling, people, files)
    project.label(dict.fromkeys(files, "Cat"))
    on_the_way.seconds = 0.05
    login = {"LABELING_URL": people.service.url, "LABELING_TOKEN": service_token}
    environment = {**os.environ, **on_the_way.environment, **login, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SCRIPT, project.id, str(tmp_path)]
    with subprocess.Popen(command, env=environment) as process:
        until(lambda: on_the_way.gotten >= 1 << 19, "nothing is downloaded")
        process.send_signal(signal.SIGKILL)
    on_the_way.seconds = 0
    subprocess.run(command, env=environment, check=True)
    (export,) = (one for one in project.exports if one.format == "huggingface")
    tables = 2 * sum(file.bytes for file in export.files if not file.name.endswith(".zip")) + 100_000
    assert on_the_way.gotten <= sum(file.bytes for file in export.files) + tables + (1 << 18)
    assert sorted(path.stat().st_size for path in project.load(cache=tmp_path).paths) == sorted(
        map(len, files.values())
    )
