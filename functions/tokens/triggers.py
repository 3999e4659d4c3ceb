"""Calls about access tokens: people make them in the site, see their own, and revoke them."""

from datetime import datetime, timedelta
from typing import Annotated, Any, cast

import azure.functions as func
from pydantic import AfterValidator, Field

from functions.http.calls import Answer, Call
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Input, Output, Page, PageQuery
from functions.identity import Role
from functions.ids import new_project_id
from functions.names import clean, new_name
from functions.problems import Conflict, Invalid, NotFound
from functions.projects.store import list_projects
from functions.projects.wire import RoleWord
from functions.storage import storage
from functions.tokens.access import forget_tokens, is_orphaned
from functions.tokens.model import MOST_DAYS, USUAL_DAYS, AccessToken, key_of_token, new_token
from functions.tokens.store import KEPT_WHEN_EXPIRED, drop_token, insert_token, list_all_tokens, list_tokens

blueprint = func.Blueprint()

MOST_OF_ONE = 50


class TokenRequest(Input):
    name: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean), AfterValidator(new_name)]
    role: RoleWord
    expires_in_days: int = Field(default=USUAL_DAYS, ge=1, le=MOST_DAYS)


class TokenAnswer(Output):
    """An access token, without itself. madeBy: its maker's sign-in name. lastUsedAt: to the hour."""

    id: str
    name: str
    role: RoleWord
    user_id: str
    made_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class ServiceTokenAnswer(TokenAnswer):
    """A token of some project. works: false where it has expired, its maker is blocked or has not signed in for
    TOKEN_MAKER_DAYS.
    """

    project_id: str
    project_name: str
    works: bool


class NewTokenAnswer(TokenAnswer):
    """A token that was just made. token: what scripts send; it is told this once and never again."""

    token: str


@route(
    blueprint,
    "POST",
    "projects/{project_id}/tokens",
    role=Role.LABELER,
    body=TokenRequest,
    answers={201: NewTokenAnswer},
    takes_tokens=False,
)
async def create_token(call: Call[TokenRequest, None]) -> Answer:
    """Creates an access token for scripts, with the caller's role in the project or a lower one."""
    project_id, role = call.membership.project.id, Role[call.body.role.upper()]
    if role > call.membership.role:
        raise Invalid.field("role", "A token can have your own role in the project or a lower one.")
    await _make_room(project_id, call.caller.user_id, call.now)
    text = new_token()
    token = AccessToken(
        project_id=project_id,
        key=key_of_token(text),
        id=new_project_id(),
        name=call.body.name,
        role=role,
        user_id=call.caller.user_id,
        sign_in_name=call.caller.name,
        created_at=call.now,
        expires_at=call.now + timedelta(days=call.body.expires_in_days),
    )
    call.entry.note(accessToken=token.id, name=token.name, role=token.role.word, days=call.body.expires_in_days)
    await insert_token(storage(), token)
    return Answer(201, NewTokenAnswer(**_answer(token).model_dump(by_alias=False), token=text))


async def _make_room(project_id: str, user_id: str, now: datetime) -> None:
    """Drops tokens that expired long ago. Raises Conflict when the person has too many."""
    tokens = await list_tokens(storage(), project_id)
    for token in tokens:
        if token.is_expired(now - KEPT_WHEN_EXPIRED):
            await drop_token(storage(), token)
    if sum(token.user_id == user_id and not token.is_expired(now) for token in tokens) >= MOST_OF_ONE:
        raise Conflict(f"You have {MOST_OF_ONE} access tokens in this project. Revoke some that you no longer need.")


@route(
    blueprint,
    "GET",
    "projects/{project_id}/tokens",
    role=Role.LABELER,
    query=PageQuery,
    answers={200: Page[TokenAnswer]},
    takes_tokens=False,
)
async def get_tokens(call: Call[None, PageQuery]) -> Page[TokenAnswer]:
    """The caller's access tokens in the project, newest first; for its administrators, everybody's."""
    found = [
        _answer(token) for token in await list_tokens(storage(), call.membership.project.id) if _may_see(call, token)
    ]
    return page_of(found, _newest_first, call.query)


@route(
    blueprint,
    "GET",
    "tokens",
    role=Role.SERVICE_ADMINISTRATOR,
    query=PageQuery,
    answers={200: Page[ServiceTokenAnswer]},
)
async def get_all_tokens(call: Call[None, PageQuery]) -> Page[ServiceTokenAnswer]:
    """The access tokens of all projects, newest first: made by whom, and last used."""
    projects = {project.id: project.name for project in await list_projects(storage())}
    page = page_of(await list_all_tokens(storage()), _newest_first, call.query)
    items = [
        ServiceTokenAnswer(
            **_answer(token).model_dump(by_alias=False),
            project_id=token.project_id,
            project_name=projects.get(token.project_id, ""),
            works=not (token.is_expired(call.now) or await is_orphaned(storage(), token, call.now)),
        )
        for token in page.items
    ]
    return Page(items=items, next_cursor=page.next_cursor)


@route(
    blueprint,
    "DELETE",
    "projects/{project_id}/tokens/{token_id}",
    role=Role.LABELER,
    answers={204: None},
    takes_tokens=False,
)
async def revoke_token(call: Call[None, None]) -> None:
    """Revokes one of the caller's access tokens; a project's administrator can revoke anybody's."""
    for token in await list_tokens(storage(), call.membership.project.id):
        if token.id == call.params["token_id"] and _may_see(call, token):
            call.entry.note(name=token.name, role=token.role.word, madeBy=token.sign_in_name)
            await drop_token(storage(), token)
            forget_tokens()
            return
    raise NotFound("There is no such access token.")


def _newest_first(token: AccessToken | TokenAnswer) -> str:
    return f"{10**13 - int(token.created_at.timestamp() * 1000):013}{token.id}"


def _may_see(call: Call[None, Any], token: AccessToken) -> bool:
    return token.user_id == call.caller.user_id or call.membership.role >= Role.ADMINISTRATOR


def _answer(token: AccessToken) -> TokenAnswer:
    return TokenAnswer(
        id=token.id,
        name=token.name,
        role=cast(RoleWord, token.role.word),
        user_id=token.user_id,
        made_by=token.sign_in_name,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )
