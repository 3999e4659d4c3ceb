"""Whoever can write to the service's blobs can let nothing run by what suggestions are read from."""

import io
import os
from pathlib import Path

import numpy as np
import pytest

from functions.assist.classifier import Classifier, Unusable
from functions.assist.features import read_features
from functions.assist.model import SHA256
from tests.assist.scene import photos, taken_in
from tests.refresh.scene import Account


class Hostile:
    """Makes a folder where it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return os.mkdir, (self._folder,)


def archive(**arrays: object) -> bytes:
    out = io.BytesIO()
    np.savez(out, **{name: np.asarray(array) for name, array in arrays.items()})  # type: ignore[arg-type]
    return out.getvalue()


async def test_what_is_pickled_in_place_of_features_or_of_what_was_learned_is_not_run(
    account: Account, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    hostile = np.array([Hostile(made)], object)
    features = archive(model=SHA256, slots=np.zeros(1, np.uint8), versions=["x"], features=hostile)
    labels, bias = np.zeros(1, np.int64), np.zeros(1, np.float32)
    classifier = archive(labels=labels, weights=hostile, bias=bias, sure_from=np.float64(0.5))

    one = await account.process()
    _, project_id = await taken_in(one, photos(1), on=True)
    project = await one.project(project_id)
    await one.storage.container(project.previews_container).upload_blob("features/000000.npz", features)
    assert await read_features(one.storage, project, 0) is None
    with pytest.raises(Unusable):
        Classifier.from_bytes(classifier)
    assert not made.exists()

    # It would have been run.
    np.load(io.BytesIO(classifier), allow_pickle=True)["weights"]
    assert made.exists()
