"""Uploads into the built-in datastore.

The browser gets one address per file, with which it can create that blob and do nothing else.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import aclosing, suppress
from datetime import datetime
from os.path import commonprefix

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob.aio import ContainerClient

from functions.datastores.kinds import kind_not_taken
from functions.datastores.listing import PAGE_SIZE, list_pages
from functions.datastores.troubles import DatastoreTrouble
from functions.datastores.wire import LONGEST_BLOB_NAME, ProjectUploadRequest, Upload, UploadFile, UploadsAnswer
from functions.problems import Conflict, FieldError, Invalid
from functions.storage import WORKSPACE_CONTAINER, Storage

AT_ONCE = 20
PAGE = PAGE_SIZE


async def offer_uploads(
    storage: Storage, prefix: str, request: ProjectUploadRequest, now: datetime, *, others: Collection[str] = ()
) -> UploadsAnswer:
    """An address for each file that is not there yet. others: folders into which none may go. Raises Invalid for names
    that cannot be, and, unless existing files are to be skipped, Conflict for those that are there already.
    """
    errors = _wrong_names(prefix, request.files, others)
    if errors:
        raise Invalid("; ".join(error.message for error in errors[:3]), errors=errors)
    names = [prefix + file.name for file in request.files]
    sizes = await _sizes(storage, names)
    if not request.skip_existing:
        _refuse_existing(names, [index for index, size in enumerate(sizes) if size is not None])
    of = list(zip(request.files, sizes, strict=True))
    return UploadsAnswer(
        uploads=[
            Upload(
                name=file.name, url=await storage.sign(WORKSPACE_CONTAINER, prefix + file.name, now=now, create=True)
            )
            for file, size in of
            if size is None
        ],
        existing=[file.name for file, size in of if size == file.bytes],
        conflicting=[file.name for file, size in of if size not in (None, file.bytes)],
        kinds_passed_over=Counter(kind for file in request.files if (kind := kind_not_taken(file.name))),
    )


def _refuse_existing(names: Sequence[str], there: Sequence[int]) -> None:
    if not there:
        return
    taken = [FieldError(f"files.{index}.name", f"{names[index]!r} already exists.") for index in there]
    some = ", ".join(repr(names[index]) for index in there[:10])
    more = f" and {len(there) - 10} more" if len(there) > 10 else ""
    raise Conflict(f"These files already exist and are never overwritten: {some}{more}.", errors=taken)


def _wrong_names(prefix: str, files: Sequence[UploadFile], others: Collection[str]) -> list[FieldError]:
    errors = []
    if wrong := _wrong_path(prefix.removesuffix("/")) if prefix else None:
        errors.append(FieldError("prefix", f"The folder {wrong}."))
    seen: set[str] = set()
    for index, file in enumerate(files):
        wrong = _wrong_path(file.name)
        if wrong is None and len((prefix + file.name).encode("utf-16-le")) // 2 > LONGEST_BLOB_NAME:
            wrong = f"has more than {LONGEST_BLOB_NAME} characters together with its folder"
        if wrong is None and (prefix + file.name).startswith(tuple(others)):
            wrong = "lies in the folder of another project"
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


async def _sizes(storage: Storage, names: Sequence[str]) -> list[int | None]:
    """How many bytes each of the files has; None for those that are not there."""
    container = storage.container(WORKSPACE_CONTAINER)
    known, all_are_known = await _listed(container, names) if len(names) > AT_ONCE else ({}, False)
    limit = asyncio.Semaphore(AT_ONCE)

    async def size_of(name: str) -> int | None:
        if all_are_known or name in known:
            return known.get(name)
        async with limit:
            try:
                return int((await container.get_blob_client(name).get_blob_properties()).size)
            except ResourceNotFoundError:
                return None

    return await asyncio.gather(*map(size_of, names))


async def _listed(container: ContainerClient, names: Sequence[str]) -> tuple[dict[str, int], bool]:
    """Sizes of files that are there, and whether these are all. One page of the listing tells of as many as are asked
    for at once, where they have most of their names in common; asking for each takes a call more for each of them.
    """
    with suppress(DatastoreTrouble):
        # Of names, not of paths: what they begin with may end within a part of them.
        async with aclosing(list_pages(container, commonprefix(names), PAGE)) as pages:  # noqa: RUF071
            async for blobs, marker in pages:
                return {blob.name: blob.bytes for blob in blobs}, marker is None
    return {}, False
