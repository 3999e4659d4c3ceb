"""Calls about the images that show what labels mean."""

import azure.functions as func

from functions.http.calls import Call
from functions.http.routes import route
from functions.identity import Role
from functions.labeling.board import board_of
from functions.labeling.previews import preview_urls
from functions.labeling.rows import image_id
from functions.problems import NotFound
from functions.projects.label_wire import read_label_id
from functions.review.examples import shown_examples
from functions.review.wire import ExampleAnswer, ExamplesAnswer
from functions.storage import storage

blueprint = func.Blueprint()


@route(
    blueprint,
    "GET",
    "projects/{project_id}/labels/{label_id}/examples",
    role=Role.LABELER,
    answers={200: ExamplesAnswer},
)
async def get_examples(call: Call[None, None]) -> ExamplesAnswer:
    """The images that show what a label means, as far as they can be seen."""
    project, label_id = call.membership.project, read_label_id(call.params["label_id"])
    label = next((label for label in project.labels if label.id == label_id), None)
    if label is None:
        raise NotFound("The project has no such label.")
    items = []
    for found in await shown_examples(board_of(storage(), project), label, call.now_ms):
        urls = await preview_urls(storage(), project, found.pack, found.slot, found.image, call.now)
        items.append(
            ExampleAnswer(
                id=image_id(found.pack, found.slot),
                preview_url=urls[0],
                thumbnail_url=urls[1],
                width=found.image.width,
                height=found.image.height,
            )
        )
    return ExamplesAnswer(items=items)
