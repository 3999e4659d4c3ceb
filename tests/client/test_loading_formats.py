"""What is loaded, as torch, Hugging Face's datasets and pandas have it. They are no part of what this project needs:
`make test-formats` installs them in an environment of their own; elsewhere these tests are skipped.
"""

import importlib.util
import pickle
from pathlib import Path
from typing import Any

import pytest

from image_labeling import Labeling, Project
from tests.api.builders import LABELS, Folder, People, new_name, picture
from tests.client.conftest import wait_until_prepared

pytestmark = pytest.mark.filterwarnings("ignore")

COLORS = ("red", "blue")
COUNT = 20


def needs(package: str) -> pytest.MarkDecorator:
    """Before anything is set up."""
    return pytest.mark.skipif(importlib.util.find_spec(package) is None, reason=f"{package} is not installed")


def project_of(labeling: Labeling, people: People, **fields: Any) -> Project:
    folder = Folder(people, {f"{number:02}.png": picture(COLORS[number % 2]) for number in range(COUNT)})
    project = labeling.projects.create(new_name("client"), labels=LABELS, images=folder.prefix, **fields)
    wait_until_prepared(project)
    return project


@pytest.fixture(scope="module")
def project(labeling: Labeling, people: People) -> Project:
    """Red cats and blue dogs."""
    project = project_of(labeling, people)
    project.label({f"{number:02}.png": LABELS[number % 2] for number in range(COUNT)})
    return project


@pytest.fixture(scope="module")
def several(labeling: Labeling, people: People) -> Project:
    """The red ones are cats and dogs, the blue ones nothing."""
    project = project_of(labeling, people, task_type="multiLabel")
    project.label({f"{number:02}.png": [] if number % 2 else LABELS[:2] for number in range(COUNT)})
    return project


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, people: People, service_token: str, tmp_path: Path) -> None:
    monkeypatch.setenv("LABELING_URL", people.service.url)
    monkeypatch.setenv("LABELING_TOKEN", service_token)
    monkeypatch.setenv("LABELING_CACHE", str(tmp_path))


@needs("torch")
def test_five_lines_lead_from_a_token_to_the_first_batch(project: Project) -> None:
    lines = f"""
from image_labeling import Labeling
from torch.utils.data import DataLoader
dataset = Labeling().project({project.name!r}).load("train")
batches = DataLoader(dataset.to_torch(), batch_size=8, shuffle=True)
images, labels = next(iter(batches))
"""
    found: dict[str, Any] = {}
    exec(lines, found)
    images, labels = found["images"], found["labels"]
    assert (tuple(images.shape), str(images.dtype), str(labels.dtype)) == (
        (8, 3, 224, 224),
        "torch.float32",
        "torch.int64",
    )
    # Red, green and blue of each image's middle.
    for image, label in zip(images, labels, strict=True):
        assert image[:, 100, 100].tolist() == [[1, 0, 0], [0, 0, 1]][label]


@needs("torch")
def test_torch_takes_transforms_and_several_labels_and_sends_it_to_other_processes(several: Project) -> None:
    torch = importlib.import_module("torch")
    dataset = several.load().to_torch(lambda _: torch.zeros(2))
    pixels, labels = torch.utils.data.default_collate([dataset[place] for place in range(COUNT)])
    assert tuple(pixels.shape) == (COUNT, 2)
    assert (tuple(labels.shape), labels.dtype) == ((COUNT, 3), torch.float32)
    assert sorted(labels.sum(0).tolist()) == [0, 10, 10]
    assert isinstance(dataset, torch.utils.data.Dataset)
    copy = pickle.loads(pickle.dumps(several.load("train").to_torch(size=8)))
    assert tuple(copy[0][0].shape) == (3, 8, 8)


@needs("datasets")
def test_datasets_has_images_and_classes(project: Project, several: Project) -> None:
    datasets = importlib.import_module("datasets")
    found = project.load("train").to_huggingface()
    assert isinstance(found, datasets.Dataset)
    assert found.features["label"].names == list(LABELS)
    for row in found:
        assert row["image"].convert("RGB").getpixel((0, 0)) == [(255, 0, 0), (0, 0, 255)][row["label"]]
    assert set(found["image_path"]) == set(project.load("train").names)
    rows = several.load().to_huggingface()
    assert sorted(map(list, rows["labels"])) == [[]] * 10 + [[0, 1]] * 10


@needs("pandas")
def test_pandas_has_a_row_for_each_image(project: Project, several: Project) -> None:
    pandas = importlib.import_module("pandas")
    frame = project.load().to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["path", "image", "label", "split"]
    assert frame["label"].value_counts().to_dict() == {"Cat": 10, "Dog": 10}
    assert set(frame["split"]) == {"train", "validation", "test"}
    assert all(Path(path).is_file() for path in frame["path"])
    assert sorted(several.load().to_pandas()["labels"]) == [[]] * 10 + [["Cat", "Dog"]] * 10
