"""Calls about access tokens for administrators of the service: those of the service are made here, and all are listed
and revoked.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

import azure.functions as func

from functions.http.calls import Answer, Call
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role
from functions.problems import NotFound
from functions.projects.store import list_projects
from functions.projects.wire import RoleWord
from functions.storage import storage
from functions.tokens.access import forget_tokens, is_orphaned
from functions.tokens.making import Wanted, make_token
from functions.tokens.model import AccessToken
from functions.tokens.store import drop_token, list_all_tokens
from functions.tokens.wire import AnyTokenAnswer, NewServiceTokenAnswer, ServiceTokenRequest, facts, newest_first

blueprint = func.Blueprint()

ROLE = Role.SERVICE_ADMINISTRATOR


@route(
    blueprint,
    "POST",
    "tokens",
    role=ROLE,
    body=ServiceTokenRequest,
    answers={201: NewServiceTokenAnswer},
    tokens=(),
)
async def create_service_token(call: Call[ServiceTokenRequest, None]) -> Answer:
    """Creates an access token for scripts that may do whatever the caller may at that moment, but make no tokens."""
    wanted = Wanted(None, ROLE, call.body.name, call.body.days)
    call.entry.note(name=wanted.name, days=wanted.days)
    token, text = await make_token(storage(), call.caller, wanted, call.now)
    call.entry.note(accessToken=token.id)
    return Answer(201, NewServiceTokenAnswer(**facts(token), key=text))


@route(blueprint, "GET", "tokens", role=ROLE, query=PageQuery, answers={200: Page[AnyTokenAnswer]})
async def get_all_tokens(call: Call[None, PageQuery]) -> Page[AnyTokenAnswer]:
    """The access tokens of the service and of all projects, newest first: made by whom, and last used."""
    names = await _project_names()
    page = page_of(await list_all_tokens(storage()), newest_first, call.query)
    items = [await _answer(token, names, call.now) for token in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


@route(blueprint, "DELETE", "tokens/{token_id}", role=ROLE, answers={204: None})
async def revoke_any_token(call: Call[None, None]) -> None:
    """Revokes an access token of the service or of any project."""
    for token in await list_all_tokens(storage()):
        if token.id == call.params["token_id"]:
            if token.project_id:
                call.entry.about(token.project_id, (await _project_names()).get(token.project_id, ""))
            call.entry.note(name=token.name, role=token.role.word, madeBy=token.sign_in_name)
            await drop_token(storage(), token)
            forget_tokens()
            return
    raise NotFound("There is no such access token.")


async def _project_names() -> Mapping[str, str]:
    return {project.id: project.name for project in await list_projects(storage())}


async def _answer(token: AccessToken, names: Mapping[str, str], now: datetime) -> AnyTokenAnswer:
    return AnyTokenAnswer(
        **facts(token),
        role="serviceAdministrator" if token.project_id is None else cast(RoleWord, token.role.word),
        project_id=token.project_id,
        project_name=None if token.project_id is None else names.get(token.project_id, ""),
        works=not (token.is_expired(now) or await is_orphaned(storage(), token, now)),
    )
