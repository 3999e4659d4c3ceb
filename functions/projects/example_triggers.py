"""Calls about the images that show what labels mean."""

from typing import Any

import azure.functions as func

from functions.api import Call, route
from functions.identity import Role
from functions.labeling.board import board_of
from functions.labeling.previews import preview_urls
from functions.labeling.rows import image_id
from functions.problems import NotFound
from functions.projects.models import ExampleAnswer, ExamplesAnswer
from functions.review.examples import shown_examples
from functions.storage import storage

blueprint = func.Blueprint()


def label_id_of(call: Call[Any, Any]) -> int:
    """The id of the label that the address names. Raises NotFound for what can be none."""
    text = call.params["label_id"]
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound("The project has no such label.")
    return int(text)


@route(
    blueprint,
    "GET",
    "projects/{project_id}/labels/{label_id}/examples",
    role=Role.LABELER,
    answers={200: ExamplesAnswer},
)
async def get_examples(call: Call[None, None]) -> ExamplesAnswer:
    """The images that show what a label means, as far as they can be seen."""
    project, label_id = call.membership.project, label_id_of(call)
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
