"""Uploads into the built-in datastore.

The browser gets one address per file, with which it can create that blob and do nothing else.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from functions.datastores.kinds import kind_not_taken
from functions.datastores.wire import LONGEST_BLOB_NAME, ProjectUploadRequest, Upload, UploadFile, UploadsAnswer
from functions.problems import Conflict, FieldError, Invalid
from functions.storage import WORKSPACE_CONTAINER, Storage


async def offer_uploads(
    storage: Storage, prefix: str, request: ProjectUploadRequest, now: datetime, *, others: Collection[str] = ()
) -> UploadsAnswer:
    """An address for each file that is not there yet. others: folders into which none may go. Raises Invalid for names
    that cannot be, and, unless existing files are to be skipped, Conflict for those that are there already.
    """
    from functions.datastores.sizes import sizes_of

    errors = _wrong_names(prefix, request.files, others)
    if errors:
        raise Invalid("; ".join(error.message for error in errors[:3]), errors=errors)
    names = [prefix + file.name for file in request.files]
    sizes = await sizes_of(storage, names)
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
