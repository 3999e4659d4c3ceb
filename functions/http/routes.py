"""The HTTP edge: parses and validates, authorizes, and turns what rooms return or raise into answers. It knows no
business rules, and of the rooms what they register (see hooks.py).

A room declares its routes with `route`, each with its role, its models and what it answers; the OpenAPI document and
the tests of who may do what are made from the same declarations.
"""

from collections.abc import Callable, Collection, Mapping

import azure.functions as func
from pydantic import BaseModel

from functions.http.answering import answer, told_request
from functions.http.calls import LARGEST_BODY, PROJECT_ROLES, Route, Rule
from functions.http.wire import Input, Query
from functions.identity import Role, TokenKind

ROUTES: list[Route] = []


def route(
    blueprint: func.Blueprint,
    method: str,
    path: str,
    *,
    role: Role,
    answers: Mapping[int, type[BaseModel] | None],
    body: type[Input] | None = None,
    query: type[Query] | None = None,
    most_bytes: int = LARGEST_BODY,
    tokens: Collection[TokenKind] | None = None,
    while_restoring: bool = False,
    conditional: bool = False,
    unaudited: str | None = None,
) -> Callable[[Rule], Rule]:
    """Registers the decorated function as an HTTP-triggered one. Its first answer is what a returned model, or None,
    becomes. tokens: the kinds of access tokens that open it; unless said otherwise, the service's open all that takes a
    sign-in, and a project's what is within it.
    """

    def declare(rule: Rule) -> Rule:
        summary = (rule.__doc__ or "").strip().split("\n")[0]
        declared = Route(
            name=rule.__name__,
            method=method,
            path=path,
            role=role,
            summary=summary,
            answers=answers,
            body=body,
            query=query,
            most_bytes=most_bytes,
            tokens=_usual_tokens(role) if tokens is None else tokens,
            while_restoring=while_restoring,
            conditional=conditional,
            unaudited=unaudited,
        )
        ROUTES.append(declared)

        async def handle(req: func.HttpRequest) -> func.HttpResponse:
            with told_request(req, method, path) as told:
                given = await answer(declared, rule, req, told)
                told.note(status=given.status_code)
                return given

        handle.__name__ = declared.name
        blueprint.function_name(declared.name)(
            blueprint.route(route=path, methods=[method], auth_level=func.AuthLevel.ANONYMOUS)(handle)
        )
        return rule

    return declare


def _usual_tokens(role: Role) -> Collection[TokenKind]:
    if role is Role.ANYONE:
        return ()
    return (TokenKind.PROJECT, TokenKind.SERVICE) if role in PROJECT_ROLES else (TokenKind.SERVICE,)
