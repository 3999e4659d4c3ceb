"""Files of labels on the way to where imports read them."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from image_labeling import routes
from image_labeling.answers.imports import LabelUploads
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.route import Route
from image_labeling.spelling import body_of

PathLike: TypeAlias = str | os.PathLike[str]

MOST_TRIES = 4
PATIENCE = httpx.Timeout(300, connect=10)
BLOCK_BLOB = {"x-ms-blob-type": "BlockBlob", "content-type": "application/octet-stream"}


def upload_for_import(connection: Connection, project_id: str, files: PathLike | Sequence[PathLike]) -> str:
    """The id by which imports of the project name what was uploaded. Raises LabelingError."""
    return _upload(connection, routes.UPLOAD_IMPORT_FILES, files, project_id=project_id)


def upload_before_project(connection: Connection, files: PathLike | Sequence[PathLike]) -> str:
    """The same, for a project that is yet to be made."""
    return _upload(connection, routes.UPLOAD_LABEL_FILES, files)


def _upload(
    connection: Connection, route: Route[LabelUploads], files: PathLike | Sequence[PathLike], **names: Any
) -> str:
    paths = [Path(files)] if isinstance(files, str | os.PathLike) else [Path(file) for file in files]
    if not paths:
        raise LabelingError("Name a file of labels.")
    named: dict[str, Path] = {}
    for path in paths:
        if not path.is_file():
            raise LabelingError(f"{path} is no file.")
        # Files of different folders may be called the same.
        named[path.name if path.name not in named else f"{len(named) + 1}-{path.name}"] = path
    announced = [body_of(name=name, bytes=path.stat().st_size) for name, path in named.items()]
    offer = connection.call(route, body={"files": announced}, **names)
    for place in offer.uploads:
        _put(place.url, named[place.name])
    return offer.upload


def _put(url: str, file: Path) -> None:
    """Storage gets no access token: the address is signed."""
    for left in reversed(range(MOST_TRIES)):
        answer: httpx.Response | None = None
        try:
            with file.open("rb") as content:
                answer = httpx.put(url, content=content, headers=BLOCK_BLOB, timeout=PATIENCE)
        except httpx.TransportError as error:
            said = str(error) or type(error).__name__
        else:
            if answer.is_success:
                return
            said = f"the storage answers {answer.status_code}"
        passes = answer is None or answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS
        if not left or not passes:
            raise LabelingError(f"{file.name} cannot be uploaded: {said}.", type="unreachable")
        time.sleep(MOST_TRIES - left)
