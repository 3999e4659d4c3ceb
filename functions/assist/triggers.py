"""Calls about suggestions, and the queues on which features are made and learned from."""

import asyncio
from importlib import import_module

import azure.functions as func

from functions.assist.asking import FeaturesMessage
from functions.assist.standing import standing_of
from functions.assist.store import TRAININGS, Training, TrainingMessage, ask_for_training
from functions.assist.wire import AssistAnswer, TrainingAnswer, training_answer
from functions.background import giving_up, on_message, read_message
from functions.http.calls import Answer, Call
from functions.http.paging import newest_first
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role
from functions.longwork import work_on
from functions.problems import Conflict
from functions.storage import FEATURES_QUEUE, TRAININGS_QUEUE, storage

blueprint = func.Blueprint()


@route(blueprint, "GET", "projects/{project_id}/assist", role=Role.LABELER, answers={200: AssistAnswer})
async def get_assist(call: Call[None, None]) -> AssistAnswer:
    """The state of the project's suggestions, and how accurate they have been."""
    membership = call.membership
    return await standing_of(storage(), membership.project, sees_all=membership.role >= Role.REVIEWER, now=call.now_ms)


@newest_first(
    blueprint, "projects/{project_id}/trainings", TRAININGS.list, role=Role.REVIEWER, page=Page[TrainingAnswer]
)
async def get_trainings(call: Call[None, PageQuery], training: Training) -> TrainingAnswer:
    """The project's trainings, newest first."""
    return training_answer(training, call.membership.project)


@route(blueprint, "POST", "projects/{project_id}/trainings", role=Role.ADMINISTRATOR, answers={202: TrainingAnswer})
async def start_training(call: Call[None, None]) -> Answer:
    """Trains on the current labels; joins a training that is running."""
    project = call.membership.project
    if not project.ml_assist:
        raise Conflict("Suggestions are turned off in this project. Turn them on first.")
    training = await ask_for_training(storage(), project.id, call.now, call.asker)
    call.entry.note(training=training.id)
    return Answer(202, training_answer(training, project))


@on_message(blueprint, "make_features", FEATURES_QUEUE)
async def make_features(message: func.QueueMessage) -> None:
    """Makes the features that some packs of a project lack."""
    from functions.assist.lacking import give_up, make_lacking

    asked = read_message(FeaturesMessage, message)
    async with giving_up(message, lambda: give_up(storage(), asked)):
        await make_lacking(storage(), asked)


@on_message(blueprint, "train_projects", TRAININGS_QUEUE)
async def train_projects(message: func.QueueMessage) -> None:
    """Trains on a project's labels if there are new ones, and suggests labels for the next images."""
    # At first that takes seconds, for which no call in this process shall wait.
    await asyncio.to_thread(import_module, "functions.assist.run")
    from functions.assist.run import TrainingWork

    await work_on(message, TrainingMessage, TrainingWork)
