"""Calls about the access tokens of a project: people make them in the site, see their own, and revoke them."""

from typing import Any, cast

import azure.functions as func

from functions.http.calls import Answer, Call
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role, TokenKind
from functions.problems import Invalid, NotFound
from functions.projects.wire import RoleWord
from functions.storage import storage
from functions.tokens.access import forget_tokens
from functions.tokens.making import Wanted, make_token
from functions.tokens.model import AccessToken
from functions.tokens.store import drop_token, list_tokens
from functions.tokens.wire import NewTokenAnswer, TokenAnswer, TokenRequest, facts, newest_first

blueprint = func.Blueprint()


@route(
    blueprint,
    "POST",
    "projects/{project_id}/tokens",
    role=Role.LABELER,
    body=TokenRequest,
    answers={201: NewTokenAnswer},
    tokens=(),
)
async def create_token(call: Call[TokenRequest, None]) -> Answer:
    """Creates an access token for scripts, with the caller's role in the project or a lower one."""
    role = Role[call.body.role.upper()]
    if role > call.membership.role:
        raise Invalid.field("role", "A token can have your own role in the project or a lower one.")
    wanted = Wanted(call.membership.project.id, role, call.body.name, call.body.expires_in_days)
    call.entry.note(name=wanted.name, role=role.word, days=wanted.days)
    token, text = await make_token(storage(), call.caller, wanted, call.now)
    call.entry.note(accessToken=token.id)
    return Answer(201, NewTokenAnswer(**facts(token), role=_role_word(token), token=text))


@route(
    blueprint,
    "GET",
    "projects/{project_id}/tokens",
    role=Role.LABELER,
    query=PageQuery,
    answers={200: Page[TokenAnswer]},
    tokens=(TokenKind.SERVICE,),
)
async def get_tokens(call: Call[None, PageQuery]) -> Page[TokenAnswer]:
    """The caller's access tokens in the project, newest first; for its administrators, everybody's."""
    seen = [token for token in await list_tokens(storage(), call.membership.project.id) if _may_see(call, token)]
    page = page_of(seen, newest_first, call.query)
    items = [TokenAnswer(**facts(token), role=_role_word(token)) for token in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


@route(
    blueprint,
    "DELETE",
    "projects/{project_id}/tokens/{token_id}",
    role=Role.LABELER,
    answers={204: None},
    tokens=(TokenKind.SERVICE,),
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


def _may_see(call: Call[None, Any], token: AccessToken) -> bool:
    return token.user_id == call.caller.user_id or call.membership.role >= Role.ADMINISTRATOR


def _role_word(token: AccessToken) -> RoleWord:
    return cast(RoleWord, token.role.word)
