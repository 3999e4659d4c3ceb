"""Imports: labels from elsewhere, taken over from a queue. Reviewers may try one, or import suggestions; labels are set
by administrators of the project.
"""

from collections.abc import Iterable, Mapping

import azure.functions as func

from functions.background import on_message, read_message
from functions.http.calls import Answer, Call
from functions.http.paging import page_with_more, read_id
from functions.http.routes import route
from functions.http.wire import Page
from functions.identity import Role
from functions.imports.asking import ask_for_import, ask_for_undo, load_undoable
from functions.imports.request import MOST_BODY_BYTES, ImportRequest, ImportsQuery
from functions.imports.store import IMPORTS, Import, ImportMessage, list_imports, rows_blob_name
from functions.imports.uploads import take
from functions.imports.wire import ImportAnswer, import_answer
from functions.labeling.board import board_of
from functions.labeling.counts import Judged
from functions.labeling.previews import HOURS
from functions.labeling.progress import read_progress
from functions.longwork import work_on
from functions.problems import FieldError, Forbidden, Invalid
from functions.projects.model import Project
from functions.storage import IMPORTS_QUEUE, SNAPSHOTS_CONTAINER, storage

ROWS_FILE = "rows-not-imported.csv"

blueprint = func.Blueprint()


@route(
    blueprint,
    "POST",
    "projects/{project_id}/imports",
    role=Role.REVIEWER,
    body=ImportRequest,
    answers={202: ImportAnswer},
    most_bytes=MOST_BODY_BYTES,
)
async def start_import(call: Call[ImportRequest, None]) -> Answer:
    """Imports labels from a file of this or another program; the answer's Location says what came of it."""
    project, body = call.membership.project, call.body
    if body.as_ == "labels" and not body.dry_run and call.membership.role < Role.ADMINISTRATOR:
        raise Forbidden("Only the project's administrators may import labels. Send dryRun, or import suggestions.")
    _refuse_unknown(project, body.labels)
    uploaded = None
    if body.upload is not None:
        uploaded = await take(storage(), project.id, body.upload, body.upload_file, call.caller.user_id)
    asked = await ask_for_import(storage(), project.id, body, uploaded=uploaded, by=call.asker, now=call.now)
    call.entry.note(**{"import": asked.id, "as": asked.use}, format=asked.format, file=asked.file, dryRun=asked.dry_run)
    if uploaded:
        call.entry.note(upload=uploaded.upload, uploadFiles=uploaded.names)
    location = {"Location": f"/api/projects/{project.id}/imports/{asked.id}"}
    return Answer(202, import_answer(asked, project), location)


def _refuse_unknown(project: Project, labels: Mapping[str, str | None]) -> None:
    errors = [
        FieldError(f"labels.{there}", f"The project has no label {here!r}.")
        for there, here in labels.items()
        if here is not None and project.find_label(here) is None
    ]
    if errors:
        raise Invalid(" ".join(error.message for error in errors[:3]), errors=errors)


@route(
    blueprint,
    "GET",
    "projects/{project_id}/imports",
    role=Role.REVIEWER,
    query=ImportsQuery,
    answers={200: Page[ImportAnswer]},
)
async def get_imports(call: Call[None, ImportsQuery]) -> Page[ImportAnswer]:
    """The project's imports, newest first."""
    project, query = call.membership.project, call.query
    after = read_id(query.cursor)
    found = await list_imports(storage(), project.id, dry_run=query.dry_run, limit=query.limit + 1, after=after)
    shown = page_with_more(found, lambda one: one.id, query)
    judged = await _judged(project, shown.items, call.now_ms)
    items = [import_answer(one, project, judged=judged) for one in shown.items]
    return Page[ImportAnswer](items=items, next_cursor=shown.next_cursor)


@route(blueprint, "GET", "projects/{project_id}/imports/{import_id}", role=Role.REVIEWER, answers={200: ImportAnswer})
async def get_import(call: Call[None, None]) -> ImportAnswer:
    """One import: how far it is, and what it did or would do."""
    project = call.membership.project
    one = await IMPORTS.load(storage(), project.id, call.params["import_id"])
    shown = [told.thumbnail for told in one.outcome.first_labeled if told.thumbnail]
    signed = [await storage().sign(project.previews_container, blob, now=call.now, hours=HOURS) for blob in shown]
    rows_url = None
    if one.outcome.has_rows:
        rows_url = await storage().sign(SNAPSHOTS_CONTAINER, rows_blob_name(one), now=call.now, download_as=ROWS_FILE)
    return import_answer(
        one,
        project,
        thumbnails=dict(zip(shown, signed, strict=True)),
        rows_url=rows_url,
        judged=await _judged(project, [one], call.now_ms),
    )


async def _judged(project: Project, imports: Iterable[Import], now: int) -> Mapping[str, Judged]:
    """What people said of the images that imports suggested labels for, by the imports' ids; nothing is read where none
    of them did.
    """
    if not any(one.is_run for one in imports):
        return {}
    return (await read_progress(board_of(storage(), project), now)).counts.runs


@route(
    blueprint,
    "POST",
    "projects/{project_id}/imports/{import_id}/undo",
    role=Role.REVIEWER,
    answers={202: ImportAnswer},
)
async def undo_import(call: Call[None, None]) -> Answer:
    """Undoes an import as a whole, but for images that were changed since; its `undone` tells what came of it."""
    project, import_id = call.membership.project, call.params["import_id"]
    known, etag = await load_undoable(storage(), project.id, import_id)
    is_own = known.use == "suggestions" and known.by == call.membership.user_id
    if call.membership.role < Role.ADMINISTRATOR and not is_own:
        raise Forbidden("Only the project's administrators may undo this import, or who suggested by it.")
    call.entry.note(**{"import": import_id})
    asked = await ask_for_undo(storage(), known, etag, by=call.asker, now=call.now)
    location = {"Location": f"/api/projects/{project.id}/imports/{import_id}"}
    return Answer(202, import_answer(asked, project), location)


@on_message(blueprint, "run_imports", IMPORTS_QUEUE)
async def run_imports(message: func.QueueMessage) -> None:
    """Runs or undoes the import that a message is about."""
    from functions.imports.run import ImportWork
    from functions.imports.undo import UndoWork

    kind = UndoWork if read_message(ImportMessage, message).undo else ImportWork
    await work_on(message, ImportMessage, kind)
