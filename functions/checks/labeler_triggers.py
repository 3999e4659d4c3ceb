"""The call about how much each labeler does, and how right it is."""

import azure.functions as func

from functions.checks.labeler_wire import LabelersAnswer, labeler_answer
from functions.checks.labelers import read_labelers
from functions.http.calls import Call
from functions.http.routes import route
from functions.identity import Role
from functions.projects.persons import names_in
from functions.storage import storage

blueprint = func.Blueprint()


@route(blueprint, "GET", "projects/{project_id}/labelers", role=Role.LABELER, answers={200: LabelersAnswer})
async def get_labelers(call: Call[None, None]) -> LabelersAnswer:
    """How much each labeler does, and how right it is; exact and current, for one request more than the progress. A
    labeler sees only their own row, and that only where the project lets them (labelersSeeFigures).
    """
    project, sees_all = call.membership.project, call.membership.role >= Role.REVIEWER
    if not (sees_all or project.labelers_see_figures):
        return LabelersAnswer(items=[])
    only = None if sees_all else call.membership.user_id
    found, known = await read_labelers(storage(), project, call.now_ms, only), await names_in(storage(), project)
    return LabelersAnswer(items=[labeler_answer(one, known) for one in found])
