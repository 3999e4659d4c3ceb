"""Uploads of files of labels, from which imports read."""

import azure.functions as func

from functions.background import now, on_round
from functions.datastores.wire import Upload
from functions.http.calls import Call
from functions.http.routes import route
from functions.identity import Role
from functions.imports.upload_wire import (
    LabelFilePreview,
    LabelFilePreviewRequest,
    LabelFilesAnswer,
    LabelFilesRequest,
    preview_answer,
)
from functions.imports.uploads import BEFORE_PROJECT, HOURS, AnnouncedFile, announce, expire_uploads, take
from functions.longwork import Failed
from functions.problems import Invalid
from functions.storage import signed_until, storage

blueprint = func.Blueprint()


@route(
    blueprint,
    "POST",
    "projects/{project_id}/imports/uploads",
    role=Role.REVIEWER,
    body=LabelFilesRequest,
    answers={201: LabelFilesAnswer},
)
async def create_import_uploads(call: Call[LabelFilesRequest, None]) -> LabelFilesAnswer:
    """Addresses to which the browser uploads files of labels; an import into the project takes them over."""
    return await _offer(call, call.membership.project.id)


@route(
    blueprint,
    "POST",
    "label-files/uploads",
    role=Role.SERVICE_ADMINISTRATOR,
    body=LabelFilesRequest,
    answers={201: LabelFilesAnswer},
)
async def create_label_uploads(call: Call[LabelFilesRequest, None]) -> LabelFilesAnswer:
    """The same before there is a project: any project that the caller imports into may take them over."""
    return await _offer(call, BEFORE_PROJECT)


@route(
    blueprint,
    "POST",
    "label-files/preview",
    role=Role.SERVICE_ADMINISTRATOR,
    body=LabelFilePreviewRequest,
    answers={200: LabelFilePreview},
    unaudited="it only looks",
)
async def preview_label_file(call: Call[LabelFilePreviewRequest, None]) -> LabelFilePreview:
    """What uploaded files of labels say of the images in a folder, so that a project can be made from it."""
    from functions.datastores.datasets import refuse_outside
    from functions.datastores.store import load_datastore
    from functions.datastores.troubles import as_conflict
    from functions.imports.previewing import preview

    body = call.body
    datastore = await load_datastore(storage(), body.datastore)
    refuse_outside(datastore, body.prefix, "prefix")
    uploaded = await take(storage(), BEFORE_PROJECT, body.upload, body.upload_file, call.caller.user_id)
    with as_conflict(datastore):
        try:
            return preview_answer(await preview(storage(), datastore, body.prefix, uploaded))
        except Failed as failed:
            raise Invalid.field("upload", failed.reason) from None


async def _offer(call: Call[LabelFilesRequest, None], scope: str) -> LabelFilesAnswer:
    files = [AnnouncedFile(name=file.name, bytes=file.bytes) for file in call.body.files]
    call.entry.note(files=len(files), bytes=sum(file.bytes for file in files))
    offer, urls = await announce(storage(), scope, files, by=call.caller.user_id, now=call.now)
    return LabelFilesAnswer(
        upload=offer.id,
        uploads=[Upload(name=name, url=url) for name, url in urls.items()],
        expires_at=signed_until(call.now, HOURS),
    )


@on_round("expire_uploads")
async def expire() -> None:
    """Deletes files of labels that nobody has imported within a day."""
    await expire_uploads(storage(), now())
