"""Uploads into the built-in datastore.

The browser gets one address per file, with which it can create that blob and do nothing else.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from functions.datastores.wire import LONGEST_BLOB_NAME, Upload, UploadFile, UploadRequest
from functions.problems import Conflict, FieldError, Invalid
from functions.storage import WORKSPACE_CONTAINER, Storage

AT_ONCE = 20


async def offer_uploads(storage: Storage, request: UploadRequest, now: datetime) -> list[Upload]:
    """An address for each file. Raises Invalid for names that cannot be, Conflict for those that are there already."""
    errors = _wrong_names(request.prefix, request.files)
    if errors:
        raise Invalid("; ".join(error.message for error in errors[:3]), errors=errors)
    names = [request.prefix + file.name for file in request.files]
    there = await _there_already(storage, names)
    if there:
        taken = [FieldError(f"files.{index}.name", f"{names[index]!r} already exists.") for index in there]
        some = ", ".join(repr(names[index]) for index in there[:10])
        more = f" and {len(there) - 10} more" if len(there) > 10 else ""
        raise Conflict(f"These files already exist and are never overwritten: {some}{more}.", errors=taken)
    return [
        Upload(name=file.name, url=await storage.sign(WORKSPACE_CONTAINER, name, now=now, create=True))
        for file, name in zip(request.files, names, strict=True)
    ]


def _wrong_names(prefix: str, files: Sequence[UploadFile]) -> list[FieldError]:
    errors = []
    if wrong := _wrong_path(prefix.removesuffix("/")) if prefix else None:
        errors.append(FieldError("prefix", f"The folder {wrong}."))
    seen: set[str] = set()
    for index, file in enumerate(files):
        wrong = _wrong_path(file.name)
        if wrong is None and len((prefix + file.name).encode("utf-16-le")) // 2 > LONGEST_BLOB_NAME:
            wrong = f"has more than {LONGEST_BLOB_NAME} characters together with its folder"
        if wrong is None and file.name in seen:
            wrong = "is there twice"
        seen.add(file.name)
        if wrong:
            errors.append(FieldError(f"files.{index}.name", f"The name {file.name[:100]!r} {wrong}."))
    return errors


def _wrong_path(path: str) -> str | None:
    segments = path.split("/")
    if "\\" in path:
        return "has a backslash"
    if "" in segments:
        return "begins or ends with a slash, or has two in a row"
    if "." in segments or ".." in segments:
        return "has a part that is only dots"
    return None


async def _there_already(storage: Storage, names: Sequence[str]) -> list[int]:
    container, limit = storage.container(WORKSPACE_CONTAINER), asyncio.Semaphore(AT_ONCE)

    async def is_there(name: str) -> bool:
        async with limit:
            return bool(await container.get_blob_client(name).exists())

    found = await asyncio.gather(*(is_there(name) for name in names))
    return [index for index, there in enumerate(found) if there]
