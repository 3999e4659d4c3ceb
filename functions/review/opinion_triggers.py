"""Reviewers' calls that ask for more opinions on images."""

import azure.functions as func

from functions.background import on_message, read_message
from functions.hooks import labels_set
from functions.http.calls import Answer, Call
from functions.http.routes import route
from functions.identity import Role
from functions.labeling.board import board_of
from functions.labeling.limits import refuse_spent
from functions.problems import Invalid, NotFound
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.review.actions import UNAUDITED, action_of, ask
from functions.review.asking import AskingMessage, ask_for_matching
from functions.review.filters import filter_of, selection_of
from functions.review.wire import OpinionsAnswer, OpinionsBegun, OpinionsRequest
from functions.storage import OPINIONS_QUEUE, storage

blueprint = func.Blueprint()


@route(
    blueprint,
    "POST",
    "projects/{project_id}/opinions",
    role=Role.REVIEWER,
    body=OpinionsRequest,
    answers={200: OpinionsAnswer, 202: OpinionsBegun},
    unaudited=UNAUDITED,
)
async def ask_for_opinions(call: Call[OpinionsRequest, None]) -> Answer:
    """Asks for one more opinion on images. Their labels stay as opinions, and stand again as soon as others say so."""
    project, action = call.membership.project, action_of(call)
    if call.body.filter:
        await filter_of(project, call.body.filter)
    await _note_opinions(project)
    if call.body.filter:
        message = AskingMessage(
            project_id=project.id, action_id=action.id, by=action.by, at=action.at, filter=call.body.filter
        )
        await storage().send(OPINIONS_QUEUE, message)
        return Answer(202, OpinionsBegun(id=action.id))
    board = board_of(storage(), project)
    selection = await selection_of(board, call.body.images or [])
    done = await selection.in_each_pack(lambda pack, slots: ask(board, pack, slots, action))
    await labels_set.happened(storage(), project)
    asked, stale = selection.parted({pack: one.former for pack, one in done.items()})
    refuse_spent(selection, {pack: one.spent for pack, one in done.items()}, asked)
    return Answer(200, OpinionsAnswer(id=action.id, asked=asked, stale=stale))


async def _note_opinions(project: Project) -> None:
    """From now on the project is none for services that do not know of opinions."""
    if not project.has_opinions:
        await change_project(storage(), project.id, lambda current: current.model_copy(update={"has_opinions": True}))
        forget(project.id)


@on_message(blueprint, "ask_for_more", OPINIONS_QUEUE)
async def ask_for_more(message: func.QueueMessage) -> None:
    """Asks for opinions on the images that match what a message says."""
    asked = read_message(AskingMessage, message)
    try:
        project = await load_project(storage(), asked.project_id)
        await ask_for_matching(storage(), project, asked)
    except (NotFound, Invalid):
        # The project is gone, or the label by which was asked.
        return
    await labels_set.happened(storage(), project)
