"""Files of labels on the way to where imports read them."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from image_labeling import routes
from image_labeling.answers.imports import LabelUploads
from image_labeling.connection import Connection, pause
from image_labeling.errors import LabelingError
from image_labeling.route import Route
from image_labeling.spelling import body_of
from image_labeling.transferring.choosing import Chosen
from image_labeling.transferring.storage import FileChanged, Storage, StorageTrouble

PathLike: TypeAlias = str | os.PathLike[str]

MOST_TRIES = 4


def upload_for_import(connection: Connection, project_id: str, files: PathLike | Sequence[PathLike]) -> str:
    """The id by which imports of the project name what was uploaded. Raises LabelingError."""
    return _upload(connection, routes.UPLOAD_IMPORT_FILES, files, project_id=project_id)


def upload_before_project(connection: Connection, files: PathLike | Sequence[PathLike]) -> str:
    """The same, for a project that is yet to be made."""
    return _upload(connection, routes.UPLOAD_LABEL_FILES, files)


def _upload(
    connection: Connection, route: Route[LabelUploads], files: PathLike | Sequence[PathLike], **names: Any
) -> str:
    chosen = _chosen([Path(files)] if isinstance(files, str | os.PathLike) else [Path(file) for file in files])
    announced = [body_of(name=one.name, bytes=one.bytes) for one in chosen.values()]
    offer = connection.call(route, body={"files": announced}, **names)
    with Storage(1) as storage:
        for place in offer.uploads:
            _put(storage, place.url, chosen[place.name])
    return offer.upload


def _chosen(paths: Sequence[Path]) -> dict[str, Chosen]:
    """By the names by which they are uploaded. Files of different folders may be called the same."""
    if not paths:
        raise LabelingError("Name a file of labels.")
    chosen: dict[str, Chosen] = {}
    for path in paths:
        if not path.is_file():
            raise LabelingError(f"{path} is no file.")
        name = path.name if path.name not in chosen else f"{len(chosen) + 1}-{path.name}"
        chosen[name] = Chosen(name, path, path.stat().st_size)
    return chosen


def _put(storage: Storage, url: str, chosen: Chosen) -> None:
    for tries in range(1, MOST_TRIES + 1):
        trouble = _sent(storage, url, chosen)
        if trouble is None:
            return
        if tries == MOST_TRIES or not trouble.passes:
            raise LabelingError(f"{chosen.path}: {trouble}.", type="unreachable", status=trouble.status)
        time.sleep(pause(tries, trouble.retry_after))


def _sent(storage: Storage, url: str, chosen: Chosen) -> StorageTrouble | None:
    try:
        storage.put(url, chosen, lambda _: None)
    except StorageTrouble as trouble:
        return trouble
    except FileChanged:
        raise LabelingError(f"{chosen.path} was changed while it was sent.") from None
    except OSError as error:
        raise LabelingError(f"{chosen.path} cannot be read: {error.strerror}.") from error
    return None
