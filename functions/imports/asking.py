"""Asking for an import, and for one to be undone as a whole."""

from datetime import datetime

from functions.identity import ByWhom
from functions.ids import newest_first_id
from functions.imports.request import ImportRequest
from functions.imports.store import IMPORTS, Import, ImportMessage, Undone, text_blob
from functions.imports.uploads import Uploaded
from functions.locks import LockedByOther
from functions.problems import Conflict
from functions.storage import IMPORTS_QUEUE, Storage

DRY = "It was only tried, so there is nothing to undo."
AT_WORK = "The import is still at work. Undo it when it is over."
NOT_KEPT = "Nobody wrote down what was suggested before this import, so it cannot be undone."
UNDONE = "The import is undone already."


async def ask_for_import(
    storage: Storage,
    project_id: str,
    request: ImportRequest,
    *,
    uploaded: Uploaded | None = None,
    by: ByWhom,
    now: datetime,
) -> Import:
    """Keeps the text, writes the record, and asks for the import to be run. uploaded: what is meant of the
    request's upload.
    """
    asked = Import(
        id=newest_first_id(now),
        project_id=project_id,
        name=request.name,
        format=request.format,
        file=request.file,
        uploaded=uploaded,
        part=request.part,
        use=request.as_,
        dry_run=request.dry_run,
        replace=request.replace,
        labels=request.labels,
        duplicates=request.duplicates,
        columns=request.columns.chosen(),
        waits=request.wait_for_images,
        status="queued",
        asked_at=now,
        keeps_replaced=True,
        **by.model_dump(),
    )
    if request.content is not None:
        await text_blob(storage, asked).upload_blob(request.content.encode(), overwrite=True)
    await IMPORTS.insert(storage, asked)
    await storage.send(IMPORTS_QUEUE, ImportMessage(project_id=project_id, import_id=asked.id))
    return asked


def why_not(one: Import) -> str | None:
    """Why an import cannot be undone; None where it can be, and where that is at work. What was left because it had
    been changed since may be tried again: a later import that did so may be undone by now.
    """
    if one.dry_run:
        return DRY
    if not one.is_over:
        return AT_WORK
    if one.use == "suggestions" and not one.keeps_replaced:
        return NOT_KEPT
    return UNDONE if one.undone and one.undone.status == "completed" and not one.undone.left else None


async def load_undoable(storage: Storage, project_id: str, import_id: str) -> tuple[Import, str]:
    """An import that can be undone, with its ETag. Raises NotFound, and Conflict for one that cannot."""
    known, etag = await IMPORTS.load_with_etag(storage, project_id, import_id)
    reason = why_not(known)
    if reason:
        raise Conflict(reason)
    return known, etag


async def ask_for_undo(storage: Storage, known: Import, etag: str, *, by: ByWhom, now: datetime) -> Import:
    """Notes it, and asks for it to be done. Asked again while it is at work, nothing is noted: the message may have
    been lost. Raises Conflict where somebody else has asked since the import was loaded.
    """
    if known.undone is None or known.undone.is_over:
        known = known.model_copy(update={"undone": Undone(asked_at=now, **by.model_dump())})
        try:
            await IMPORTS.save(storage, known, etag)
        except LockedByOther:
            raise Conflict("Somebody else is undoing the import.") from None
    await storage.send(IMPORTS_QUEUE, ImportMessage(project_id=known.project_id, import_id=known.id, undo=True))
    return known
