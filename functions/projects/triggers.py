"""Calls about projects and their members, and about the caller."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, cast

import azure.functions as func

from functions.hooks import (
    examples_required,
    folders_checked,
    labels_merged,
    merging_undone,
    precision_changed,
    project_made,
    relabeled,
    suggestions_wanted,
)
from functions.http.calls import Answer, Call
from functions.http.conditions import require_match
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Output, Page, PageQuery
from functions.identity import Caller, Role, SignIn, sign_in
from functions.ids import new_project_id
from functions.problems import Conflict, PreconditionRequired
from functions.projects.access import forget
from functions.projects.choosing import choose_dataset
from functions.projects.groups import Group
from functions.projects.label_wire import GroupInput, LabelInput, MergeRequest, read_label_id
from functions.projects.labels import (
    Wanted,
    label_changes,
    merge,
    regroup,
    relabel,
    require_room_for_groups,
    unmerge,
)
from functions.projects.lifecycle import delete_project, make_places
from functions.projects.members import memberships_of
from functions.projects.model import ONE_OPINION, Label, Project
from functions.projects.store import change_project, insert_project, list_projects
from functions.projects.wire import (
    Me,
    OpinionsInput,
    ProjectAnswer,
    ProjectPatch,
    ProjectRequest,
    RoleWord,
    project_answer,
)
from functions.settings import settings
from functions.storage import storage

blueprint = func.Blueprint()


class Health(Output):
    """signIn: who vouches for the people that call: the platform, a secret of this machine, or none."""

    status: str
    sign_in: SignIn


@route(blueprint, "GET", "health", role=Role.ANYONE, answers={200: Health})
async def get_health(call: Call[None, None]) -> Health:
    """Says that the service runs, and who vouches for its callers."""
    return Health(status="ok", sign_in=sign_in(settings()))


@route(blueprint, "GET", "me", role=Role.SIGNED_IN, answers={200: Me})
async def get_me(call: Call[None, None]) -> Me:
    """Who the caller is, and how often the service checks folders."""
    caller = call.caller
    return Me(
        user_id=caller.user_id,
        name=caller.name,
        is_administrator=caller.is_administrator,
        refresh_minutes=settings().refresh_minutes,
    )


@route(
    blueprint, "POST", "projects", role=Role.SERVICE_ADMINISTRATOR, body=ProjectRequest, answers={201: ProjectAnswer}
)
async def create_project(call: Call[ProjectRequest, None]) -> Answer:
    """Creates a project from a dataset, and starts to prepare its images."""
    wanted = call.body
    dataset, is_new = await choose_dataset(wanted.dataset, wanted.name, call.now)
    ungrouped = Project(
        id=new_project_id(),
        name=wanted.name,
        task_type=wanted.task_type,
        dataset=dataset.name,
        datastore=dataset.datastore,
        prefix=dataset.prefix,
        incremental_refresh=wanted.incremental_refresh,
        order=wanted.order,
        labels=tuple(Label(id=index, name=one.name, group=one.group) for index, one in enumerate(wanted.labels, 1)),
        next_label=len(wanted.labels) + 1,
        instructions_text=wanted.instructions.text,
        instructions_url=wanted.instructions.url,
        ml_assist=wanted.ml_assist,
        suggestion_order=wanted.suggestion_order,
        suggestion_precision=wanted.suggestion_precision,
        lease_minutes=wanted.lease_minutes,
        opinions=wanted.opinions.wanted,
        has_opinions=wanted.opinions.wanted != ONE_OPINION,
        labelers_see_figures=wanted.labelers_see_figures,
        status="creating",
        tells_deferred=True,
        created_at=call.now,
    )
    require_room_for_groups(ungrouped, "labels")
    project = regroup(ungrouped, _groups(wanted.groups))
    call.entry.about(project.id, project.name)
    call.entry.note(dataset=project.dataset, datastore=project.datastore, folder=project.prefix)
    await insert_project(storage(), project, dataset if is_new else None)
    await make_places(storage(), project)
    await project_made.happened(storage(), project.id, call.now, call.asker)
    return Answer(201, project_answer(project, "administrator", None), {"Location": f"/api/projects/{project.id}"})


@route(blueprint, "GET", "projects", role=Role.SIGNED_IN, query=PageQuery, answers={200: Page[ProjectAnswer]})
async def list_my_projects(call: Call[None, PageQuery]) -> Page[ProjectAnswer]:
    """The projects in which the caller has a role, newest first; all of them for administrators of the service."""
    roles = {member.project_id: member.role for member in await memberships_of(storage(), call.caller)}
    mine = [
        project
        for project in await list_projects(storage())
        if project.status != "deleting"
        and (call.caller.is_administrator or (project.id in roles and not project.restoring))
    ]
    page, checked = page_of(mine, _newest_first, call.query), await folders_checked.ask(storage(), None)
    shown = [
        project_answer(project, _role_word(_role(call.caller, roles, project)), checked.get(project.id))
        for project in page.items
    ]
    return Page(items=shown, next_cursor=page.next_cursor)


def _newest_first(project: Project) -> str:
    return f"{10**13 - int(project.created_at.timestamp() * 1000):013}{project.id}"


def _role(caller: Caller, roles: Mapping[str, Role], project: Project) -> Role:
    return Role.SERVICE_ADMINISTRATOR if caller.is_administrator else roles[project.id]


def _role_word(role: Role) -> RoleWord:
    return cast(RoleWord, min(role, Role.ADMINISTRATOR).word)


@route(blueprint, "GET", "projects/{project_id}", role=Role.LABELER, answers={200: ProjectAnswer})
async def get_project(call: Call[None, None]) -> ProjectAnswer:
    """One project, with what the caller's role needs."""
    return await _answer(call.membership.project, call)


async def _answer(project: Project, call: Call[Any, None]) -> ProjectAnswer:
    is_labeler = call.membership.role < Role.REVIEWER
    checked = {} if is_labeler else await folders_checked.ask(storage(), project.id)
    return project_answer(project, _role_word(call.membership.role), checked.get(project.id))


@route(
    blueprint,
    "PATCH",
    "projects/{project_id}",
    role=Role.ADMINISTRATOR,
    body=ProjectPatch,
    answers={200: ProjectAnswer},
    conditional=True,
)
async def patch_project(call: Call[ProjectPatch, None]) -> ProjectAnswer:
    """Changes what is named, and nothing else."""
    patch = call.body
    if (patch.labels is not None or patch.groups is not None) and call.if_match is None:
        raise PreconditionRequired(
            "A list of labels or groups stands for the whole, and would take away what others have added since it was "
            "read. Read the project, and send its ETag as If-Match."
        )

    call.entry.note(**patch.model_dump(by_alias=True, exclude={"labels", "groups", "instructions", "opinions"}))
    call.entry.note(instructions="changed" if patch.instructions else None)
    call.entry.note(opinions=_told(patch.opinions) if patch.opinions else None)

    def change(project: Project, used: Collection[int] = ()) -> Project:
        before = project
        if patch.labels is not None:
            project = relabel(project, [_wanted(label) for label in patch.labels], used)
        if patch.groups is not None:
            project = regroup(project, _groups(patch.groups))
        call.entry.note(**label_changes(before, project))
        if patch.status is not None and project.status not in ("created", "paused"):
            raise Conflict(f"A project with the status {project.status} cannot be paused or resumed.")
        update = {
            "name": patch.name,
            "incremental_refresh": patch.incremental_refresh,
            "status": patch.status,
            "ml_assist": patch.ml_assist,
            "suggestion_order": patch.suggestion_order,
            "suggestion_precision": patch.suggestion_precision,
            "lease_minutes": patch.lease_minutes,
            "opinions": patch.opinions.wanted if patch.opinions else None,
            "has_opinions": project.has_opinions or bool(patch.opinions and patch.opinions.wanted != ONE_OPINION),
            "labelers_see_figures": patch.labelers_see_figures,
            "instructions_text": patch.instructions.text if patch.instructions else None,
            "instructions_url": patch.instructions.url if patch.instructions else None,
        }
        return project.model_copy(update={name: value for name, value in update.items() if value is not None})

    before = call.membership.project
    if patch.labels is not None:
        known = frozenset(image for label in before.labels for image in label.examples)
        wanted = [label.examples or [] for label in patch.labels]
        await examples_required.ask(storage(), before, wanted, known, call.now_ms)
    if patch.labels is None:
        answer = await _change(call, change)
    else:
        changed = await relabeled.ask(
            storage(), before, lambda project, used: change(_as_seen(project, call), used), call.now_ms
        )
        answer = await _answer(changed, call)
    if patch.ml_assist:
        # Also where it was on: whoever switches it on again may have been answered too late.
        await suggestions_wanted.happened(storage(), before)
    if answer.ml_assist and answer.suggestion_precision != before.suggestion_precision:
        # From which confidence on suggestions are sure is found out by a training.
        await precision_changed.happened(storage(), before.id, call.now, call.asker)
    return answer


def _told(opinions: OpinionsInput) -> str:
    told = f"{opinions.least} to {opinions.most}, for a share of {opinions.share:g}"
    return f"{told}, until {opinions.until:g}" if opinions.until else told


def _wanted(label: LabelInput) -> Wanted:
    examples = None if label.examples is None else tuple(label.examples)
    return Wanted(label.id, label.name, label.group, label.key, label.description, examples)


def _groups(named: Sequence[GroupInput]) -> list[Group]:
    return [Group(group.path, group.exclusive) for group in named]


async def _change(call: Call[Any, None], change: Callable[[Project], Project]) -> ProjectAnswer:
    project_id = call.membership.project.id
    changed = await change_project(storage(), project_id, lambda project: change(_as_seen(project, call)))
    forget(project_id)
    return await _answer(changed, call)


def _as_seen(project: Project, call: Call[Any, None]) -> Project:
    """The project, if it still is what the caller has seen. Raises PreconditionFailed."""
    require_match(call.if_match, project.etag)
    return project


@route(
    blueprint,
    "DELETE",
    "projects/{project_id}",
    role=Role.ADMINISTRATOR,
    answers={204: None},
    while_restoring=True,
)
async def remove_project(call: Call[None, None]) -> None:
    """Deletes the project with its labels, previews and exports. Its images stay in their datastore."""
    await delete_project(storage(), call.membership.project)


@route(
    blueprint,
    "POST",
    "projects/{project_id}/labels/{label_id}/merge",
    role=Role.ADMINISTRATOR,
    body=MergeRequest,
    answers={200: ProjectAnswer},
    conditional=True,
)
async def merge_label(call: Call[MergeRequest, None]) -> ProjectAnswer:
    """Merges a label into another, with all its images; this can be undone."""
    label, into = read_label_id(call.params["label_id"]), call.body.into

    def change(project: Project) -> Project:
        merged = merge(project, label, into)
        call.entry.note(label=project.label_name(label), into=merged.label_name(merged.aliases[label]))
        return merged

    merged = await labels_merged.ask(
        storage(), call.membership.project, label, lambda project: change(_as_seen(project, call)), call.now_ms
    )
    return await _answer(merged, call)


@route(
    blueprint,
    "DELETE",
    "projects/{project_id}/labels/{label_id}/merge",
    role=Role.ADMINISTRATOR,
    answers={200: ProjectAnswer},
    conditional=True,
)
async def unmerge_label(call: Call[None, None]) -> ProjectAnswer:
    """Undoes a merge: the label is back, with the images it had."""
    label = read_label_id(call.params["label_id"])

    def change(project: Project) -> Project:
        call.entry.note(label=_as_seen(project, call).label_name(label))
        return unmerge(project, label)

    return await _answer(await merging_undone.ask(storage(), call.membership.project, change, call.now_ms), call)
