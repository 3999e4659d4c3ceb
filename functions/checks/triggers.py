"""Checks: reviewers have random samples of labeled images drawn, and judge them."""

from random import SystemRandom

import azure.functions as func

from functions.checks.drawing import draw
from functions.checks.judging import Judge, Judged, judge
from functions.checks.listing import Seen, list_sample, population_of
from functions.checks.newest import note_newest
from functions.checks.store import CHECKS, Check
from functions.checks.verdicts import Said
from functions.checks.wire import (
    CheckAnswer,
    CheckedImage,
    CheckImagesAnswer,
    CheckImagesQuery,
    CheckRequest,
    VerdictsAnswer,
    VerdictsRequest,
    check_answer,
)
from functions.hooks import labels_set
from functions.http.calls import Answer, Call
from functions.http.paging import encode_cursor, newest_first, read_cursor, unknown_cursor
from functions.http.routes import route
from functions.http.wire import Page, PageQuery, milliseconds
from functions.identity import Role
from functions.ids import newest_first_id
from functions.labeling.board import board_of
from functions.labeling.head import LABELED, moment
from functions.labeling.newest import by_newest
from functions.labeling.previews import preview_urls
from functions.problems import Conflict, FieldError, Invalid
from functions.projects.access import Membership
from functions.projects.labels import annotation_of
from functions.projects.model import Project
from functions.projects.persons import names_in, user_named
from functions.storage import storage

blueprint = func.Blueprint()

UNAUDITED = "The check keeps the verdicts, and each image's own history tells who confirmed or corrected it."


@route(
    blueprint, "POST", "projects/{project_id}/checks", role=Role.REVIEWER, body=CheckRequest, answers={201: CheckAnswer}
)
async def start_check(call: Call[CheckRequest, None]) -> Answer:
    """Draws a random sample of the labeled images, to be judged."""
    project, asked = call.membership.project, call.body
    empty = await _empty_check(call)
    sample = await draw(board_of(storage(), project), population_of(empty, project), asked.size, SystemRandom())
    if not sample:
        raise Conflict(_why_empty(empty, project))
    check = empty.model_copy(update={"images": tuple(sample)})
    await CHECKS.insert(storage(), check)
    call.entry.note(check=check.id, size=len(sample), labeler=check.labeler, label=asked.label)
    location = {"Location": f"/api/projects/{project.id}/checks/{check.id}"}
    return Answer(201, await _answer(project, check), location)


async def _empty_check(call: Call[CheckRequest, None]) -> Check:
    """The check that is asked for, without a sample. Raises Invalid."""
    project, asked = call.membership.project, call.body
    label = None if asked.label is None else project.find_label(asked.label)
    if asked.label is not None and label is None:
        raise Invalid.field("label", f"The project has no label {asked.label!r}.")
    if label and asked.labeler:
        raise Invalid.field("label", "A check is of one labeler or of one label, not of both.")
    return Check(
        id=newest_first_id(call.now),
        project_id=project.id,
        asked_at=call.now,
        labeler=await user_named(storage(), project, asked.labeler) if asked.labeler else None,
        label=label.id if label else None,
        **call.asker.model_dump(),
    )


def _why_empty(check: Check, project: Project) -> str:
    if check.label is not None:
        return f"No image is labeled {project.label_name(check.label)!r}, so there is nothing to check."
    if check.labeler is not None:
        return "No image has a label of this person, so there is nothing to check."
    return "No image is labeled yet, so there is nothing to check."


async def _answer(project: Project, check: Check) -> CheckAnswer:
    return check_answer(check, project, await names_in(storage(), project))


@newest_first(blueprint, "projects/{project_id}/checks", CHECKS.list, role=Role.REVIEWER, page=Page[CheckAnswer])
async def get_checks(call: Call[None, PageQuery], check: Check) -> CheckAnswer:
    """The project's checks, newest first."""
    return await _answer(call.membership.project, check)


@route(blueprint, "GET", "projects/{project_id}/checks/{check_id}", role=Role.REVIEWER, answers={200: CheckAnswer})
async def get_check(call: Call[None, None]) -> CheckAnswer:
    """One check: how far it is, and what it says so far."""
    project = call.membership.project
    return await _answer(project, await CHECKS.load(storage(), project.id, call.params["check_id"]))


@route(blueprint, "DELETE", "projects/{project_id}/checks/{check_id}", role=Role.REVIEWER, answers={204: None})
async def remove_check(call: Call[None, None]) -> None:
    """Deletes a check; images that were confirmed or corrected by it stay so."""
    check = await CHECKS.load(storage(), call.membership.project.id, call.params["check_id"])
    await CHECKS.drop(storage(), check)
    if check.is_done:
        await note_newest(storage(), check)


@route(
    blueprint,
    "GET",
    "projects/{project_id}/checks/{check_id}/images",
    role=Role.REVIEWER,
    query=CheckImagesQuery,
    answers={200: CheckImagesAnswer},
)
async def get_check_images(call: Call[None, CheckImagesQuery]) -> CheckImagesAnswer:
    """The images of a check, in random order; those that were labeled anew before they were judged are replaced."""
    project, asked = call.membership.project, call.query
    start = read_cursor(asked.cursor) or "0"
    if not (start.isascii() and start.isdecimal() and len(start) < 10):
        raise unknown_cursor()
    listed = await list_sample(
        storage(),
        project,
        call.params["check_id"],
        asked.verdict,
        int(start),
        asked.limit,
        SystemRandom(),
        now=call.now,
    )
    return CheckImagesAnswer(
        items=[await _image_answer(call, project, seen) for seen in listed.seen],
        next_cursor=None if listed.following is None else encode_cursor(str(listed.following)),
        replaced=listed.replaced,
    )


async def _image_answer(call: Call[None, CheckImagesQuery], project: Project, seen: Seen) -> CheckedImage:
    drawn, slot, image = seen.drawn, seen.slot, seen.image
    names = await names_in(storage(), project)
    preview = thumbnail = None
    if image and seen.has_preview:
        preview, thumbnail = await preview_urls(storage(), project, *drawn.place, image, call.now)
    return CheckedImage(
        id=drawn.image,
        name=image.name if image else "",
        labels=project.image_labels(drawn.labels),
        labels_now=project.image_labels(slot.labels) if slot and slot.state == LABELED else None,
        labeler=drawn.labeler,
        labeler_name=names.get(drawn.labeler, drawn.labeler),
        labeled_at=moment(drawn.at),
        verdict=drawn.verdict,
        review=drawn.review,
        width=image.width if image else 0,
        height=image.height if image else 0,
        preview_url=preview,
        thumbnail_url=thumbnail,
    )


@route(
    blueprint,
    "POST",
    "projects/{project_id}/checks/{check_id}/verdicts",
    role=Role.REVIEWER,
    body=VerdictsRequest,
    answers={200: VerdictsAnswer},
    unaudited=UNAUDITED,
)
async def judge_images(call: Call[VerdictsRequest, None]) -> VerdictsAnswer:
    """Judges images of a check: right ones are confirmed, wrong ones corrected where it is said what is right."""
    by = Judge(call.membership.user_id, call.now_ms)
    _require_once(call.body)

    async def act(member: Membership) -> Judged:
        said = _said(call.body, member.project)
        return await judge(storage(), member.project, call.params["check_id"], by, said)

    done = await by_newest(call, act)
    if done.has_relabeled:
        await labels_set.happened(storage(), call.membership.project)
    return VerdictsAnswer(saved=done.saved, stale=done.stale)


def _require_once(asked: VerdictsRequest) -> None:
    """Raises Invalid where an image is named twice."""
    first: dict[str, int] = {}
    errors = [
        FieldError(f"verdicts.{index}.id", "This image is named twice.")
        for index, one in enumerate(asked.verdicts)
        if first.setdefault(one.id, index) != index
    ]
    if errors:
        raise Invalid("An image is named twice. Nothing was saved.", errors=errors)


def _said(asked: VerdictsRequest, project: Project) -> list[Said]:
    """What is said of each image, in the labels that the project has. Raises Invalid."""
    said = []
    for index, one in enumerate(asked.verdicts):
        field, right = f"verdicts.{index}.labels", None
        if one.labels is not None:
            if one.verdict != "wrong":
                raise Invalid.field(field, "Only of a wrong image it is said which labels are right.")
            right = annotation_of(project, one.labels, field)
        said.append(Said(one.id, milliseconds(one.labeled_at) or 0, one.verdict, right))
    return said
