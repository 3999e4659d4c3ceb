"""The call about how far the labelers of a project agree."""

import asyncio
from collections.abc import Mapping

import azure.functions as func

from functions.agreement.alpha import Said, by_label, confused, overall
from functions.agreement.wire import AgreementAnswer, ConfusedAnswer, LabelAgreement, LabelerAgreement
from functions.http.calls import Call
from functions.http.routes import route
from functions.identity import Role
from functions.intervals import wilson
from functions.labeling.board import board_of
from functions.labeling.counts import Counts
from functions.labeling.progress import read_progress
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.persons import names_in
from functions.storage import storage

MOST_CONFUSED = 50

blueprint = func.Blueprint()


@route(blueprint, "GET", "projects/{project_id}/agreement", role=Role.REVIEWER, answers={200: AgreementAnswer})
async def get_agreement(call: Call[None, None]) -> AgreementAnswer:
    """How far the people agree who looked at the same images; exact and current, for as many requests as the
    progress.
    """
    project = call.membership.project
    counts = (await read_progress(board_of(storage(), project), call.now_ms)).counts
    known = await names_in(storage(), project)
    if not project.knows(counts.used_labels):
        forget(project.id)
        project = (await call.membership_now()).project
    # Of a million images with many labels there is much to add up.
    return await asyncio.to_thread(_answer, project, counts, known)


def _answer(project: Project, counts: Counts, known: Mapping[str, str]) -> AgreementAnswer:
    said = Said.of(counts.agreement, project.aliases)
    measure, places = overall(said, one_label=project.task.one_label), _places(project)
    return AgreementAnswer(
        images=measure.images,
        opinions=measure.opinions,
        agreement=measure.agreement,
        agreement_interval=measure.agreement_interval,
        alpha=measure.alpha,
        interval=measure.alpha_interval,
        disputed=counts.states["disputed"],
        by_label=[
            LabelAgreement(
                label=project.label_name(label),
                agreement=one.agreement,
                agreement_interval=one.agreement_interval,
                alpha=one.alpha,
                interval=one.alpha_interval,
            )
            for label, one in sorted(by_label(said).items(), key=lambda item: places.get(item[0], len(places)))
        ],
        by_labeler=[
            LabelerAgreement(
                user_id=user,
                name=known.get(user, user),
                images=work.decided,
                agreed=work.agreed,
                interval=wilson(work.agreed / work.decided, work.decided),
            )
            for user, work in sorted(counts.work.items(), key=lambda item: (-item[1].decided, item[0]))
            if work.decided
        ],
        confusion=[
            ConfusedAnswer(labels=(project.label_name(one), project.label_name(other)), count=images)
            for (one, other), images in confused(said)[:MOST_CONFUSED]
        ],
    )


def _places(project: Project) -> Mapping[int, int]:
    """Where a label stands among the project's, those that are removed behind the others."""
    return {label.id: place for place, label in enumerate(project.all_labels)}
