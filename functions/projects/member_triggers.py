"""Calls about the members of projects."""

from typing import cast

import azure.functions as func

from functions.hooks import (
    member_removed,
)
from functions.http.calls import Call
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role, TokenKind, sign_in
from functions.names import require_new_name
from functions.problems import Invalid, NotFound
from functions.projects.access import forget
from functions.projects.members import Member, drop_member, find_member, members_of, set_role
from functions.projects.removed import note_removed
from functions.projects.wire import (
    MemberAnswer,
    MemberRequest,
    RoleWord,
)
from functions.settings import settings
from functions.sign_in_names import folded
from functions.storage import storage

blueprint = func.Blueprint()


@route(
    blueprint,
    "GET",
    "projects/{project_id}/members",
    role=Role.ADMINISTRATOR,
    query=PageQuery,
    answers={200: Page[MemberAnswer]},
)
async def list_members(call: Call[None, PageQuery]) -> Page[MemberAnswer]:
    """The project's members by sign-in name."""
    members = await members_of(storage(), call.membership.project.id)
    page = page_of(members, lambda member: folded(member.sign_in_name), call.query)
    return Page(items=[_member_answer(member) for member in page.items], next_cursor=page.next_cursor)


@route(
    blueprint,
    "PUT",
    "projects/{project_id}/members/{sign_in_name}",
    role=Role.ADMINISTRATOR,
    body=MemberRequest,
    answers={200: MemberAnswer},
    conditional=True,
    tokens=(TokenKind.SERVICE,),
)
async def set_member(call: Call[MemberRequest, None]) -> MemberAnswer:
    """Invites a person by sign-in name, or changes a member's role."""
    call.entry.note(role=call.body.role)
    name = call.params["sign_in_name"].strip()
    require_new_name("signInName", name)
    if not 0 < len(name) <= 320 or not name.isprintable():
        raise Invalid.field("signInName", "A sign-in name has 1 to 320 printable characters.")
    project_id = call.membership.project.id
    in_tenant = sign_in(settings()) == "platform"
    role = Role[call.body.role.upper()]
    member = await set_role(storage(), project_id, name, role, call.if_match, in_tenant=in_tenant)
    forget(project_id)
    return _member_answer(member)


@route(
    blueprint,
    "DELETE",
    "projects/{project_id}/members/{sign_in_name}",
    role=Role.ADMINISTRATOR,
    answers={204: None},
    tokens=(TokenKind.SERVICE,),
)
async def remove_member(call: Call[None, None]) -> None:
    """Removes a member, their access tokens, and their leases. What they labeled stays."""
    member = await find_member(storage(), call.membership.project.id, call.params["sign_in_name"])
    if member is None:
        raise NotFound("The project has no such member.")
    call.entry.note(role=member.role.word)
    if member.user_id:
        # First: whoever finds that they are no member is told why.
        await note_removed(storage(), member.project_id, member.user_id)
    await drop_member(storage(), member)
    forget(member.project_id)
    if member.user_id:
        await member_removed.happened(storage(), call.membership.project, member.user_id, call.now_ms)


def _member_answer(member: Member) -> MemberAnswer:
    return MemberAnswer(
        sign_in_name=member.sign_in_name,
        role=cast(RoleWord, member.role.word),
        user_id=member.user_id,
        etag=member.role_etag,
    )
