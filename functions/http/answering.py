"""Admits calls, and turns what rooms return or raise into answers."""

import json
import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import azure.functions as func
from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from pydantic.alias_generators import to_camel

from functions import logs
from functions.hooks import member_found
from functions.http.calling import Credentials, credentials_of
from functions.http.calls import READING, Answer, Call, Route, Rule
from functions.http.overload import NOBODY, gate
from functions.http.reading import read_body, read_query, refuse_cross_origin
from functions.http.wire import CsvFile, Versioned
from functions.identity import Caller, Role, TokenKind, token_refused
from functions.ids import is_project_id, newest_first_id
from functions.names import is_shortened
from functions.problems import Busy, Conflict, Forbidden, Internal, Invalid, NotFound, Problem
from functions.settings import settings
from functions.storage import storage
from functions.trail import Entry, audited

if TYPE_CHECKING:
    from functions.projects.access import Membership

# Answers are data for this site's pages and for scripts: never kept, never shown as a page, never put into one.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}

log = logging.getLogger(__name__)


def told_request(req: func.HttpRequest, method: str, path: str) -> AbstractContextManager[logs.Told]:
    """The line that a call gets in the log."""
    return logs.line(logs.REQUEST, logs.request_id(req.headers.get(logs.REQUEST_ID_HEADER)), method=method, route=path)


async def answer(declared: Route, rule: Rule, req: func.HttpRequest, told: logs.Told) -> func.HttpResponse:
    try:
        person = NOBODY
        if credentials := credentials_of(declared, req):
            told.note(user=credentials.signed_in)
            person = await credentials.person()
        with gate.entered(person, declared.role):
            call = await _admit(declared, req, credentials, told)
            async with audited(storage(), call.audit) if call.audit else nullcontext():
                result = await rule(call)
            if call.audit and call.audit.project_id:
                told.note(project=call.audit.project_id)
    except Problem as problem:
        return problem_response(problem)
    except ResourceNotFoundError:
        return problem_response(NotFound("It was deleted in the meantime."))
    except (AzureError, TimeoutError) as error:
        return problem_response(_storage_trouble(declared, error))
    except Exception:
        log.exception("%s failed", declared.name)
        return problem_response(
            Internal("The error has been logged. Try again, and tell your administrator if it stays.")
        )
    first = next(iter(declared.answers))
    answer = result if isinstance(result, Answer) else Answer(first, result)
    if answer.body is None:
        return func.HttpResponse(status_code=answer.status, headers=_headers(answer.headers))
    if isinstance(answer.body, CsvFile):
        named = {"Content-Disposition": f'attachment; filename="{answer.body.name}"'}
        return func.HttpResponse(answer.body.text, headers=_headers(named), mimetype="text/csv")
    etag = {"ETag": answer.body.etag} if isinstance(answer.body, Versioned) else {}
    return func.HttpResponse(
        answer.body.model_dump_json(by_alias=True),
        status_code=answer.status,
        headers=_headers({**etag, **answer.headers}),
        mimetype="application/json",
    )


def _storage_trouble(declared: Route, error: Exception) -> Problem:
    status = error.status_code if isinstance(error, HttpResponseError) else None
    if isinstance(error, ClientAuthenticationError) or (
        status is not None and 400 <= status < 500 and status not in (408, 429)
    ):
        log.error("%s failed", declared.name, exc_info=error)
        return Internal("The error has been logged. Try again, and tell your administrator if it stays.")
    log.warning("%s: storage does not answer: %s", declared.name, type(error).__name__)
    return Busy("Storage is busy or cannot be reached. Try again in a few seconds.", headers={"Retry-After": "2"})


async def _admit(
    declared: Route, req: func.HttpRequest, credentials: Credentials | None, told: logs.Told
) -> Call[Any, Any]:
    await storage().prepare()
    now = datetime.now(UTC)
    told.note(project=_project_id(req.route_params))
    caller = await credentials.caller(now) if credentials else None
    if caller and caller.token:
        told.note(user=caller.user_id, token=caller.token.id)
    params, member = _params(declared, req), None
    if declared.method not in READING:
        refuse_cross_origin(req.headers, settings().site_hosts)
    if caller and declared.role is Role.SERVICE_ADMINISTRATOR and not caller.is_administrator:
        raise Forbidden("Only administrators of the service can do this.")
    find = None
    if caller and declared.is_within_project:
        find = partial(_find_member, declared, params["project_id"], caller)
        member = await find()
    if member and member.project.restoring and declared.method not in READING and not declared.while_restoring:
        raise Conflict("The project is being restored. Until then, it can only be deleted.")
    return Call(
        body=await read_body(declared.body, req, declared.most_bytes) if declared.body else None,
        query=read_query(declared.query, req) if declared.query else None,
        params=params,
        now=now,
        signed_in=caller,
        member=member,
        find_member=find,
        if_match=req.headers.get("If-Match"),
        audit=_entry(declared, params, now, caller, member) if caller and declared.is_audited else None,
    )


def _project_id(params: Mapping[str, str]) -> str | None:
    given = params.get("project_id", "")
    return given if is_project_id(given) else None


def _entry(
    declared: Route, params: Mapping[str, str], now: datetime, caller: Caller, member: "Membership | None"
) -> Entry:
    return Entry(
        id=newest_first_id(now),
        action=declared.operation,
        user_id=caller.user_id,
        name=caller.name,
        token=caller.token.id if caller.token else None,
        project_id=_project_id(params) or "",
        project_name=member.project.name if member else "",
        target="/".join(value for name, value in params.items() if name != "project_id"),
        request_id=logs.correlation.get(),
    )


def _params(declared: Route, req: func.HttpRequest) -> dict[str, str]:
    """What the address names. Raises NotFound, and Invalid where the call would give something that name.

    An address that ends with a slash is one that was shortened: `members/..` is the project by then. What is no id of a
    project is left to whoever looks for the project.
    """
    for name, value in req.route_params.items():
        if name != "project_id" and is_shortened(value):
            if declared.method == "PUT" and declared.path.endswith(f"{{{name}}}"):
                raise Invalid.field(to_camel(name), "A name cannot have a slash or a backslash, or be only dots.")
            raise NotFound("Nothing has this name: it would shorten the address.")
    if urlsplit(req.url).path.endswith("/"):
        raise NotFound("No address of the service ends with a slash.")
    return dict(req.route_params)


async def _find_member(declared: Route, project_id: str, caller: Caller) -> "Membership":
    try:
        member = await member_found.ask(storage(), project_id, caller)
    except NotFound:
        # A project's own token: what it says of the project, it says of itself.
        if caller.token and caller.token.kind is TokenKind.PROJECT:
            raise token_refused() from None
        raise
    if member.role < declared.role:
        raise Forbidden(f"Only the project's {declared.role.word}s can do this.")
    return member


def problem_response(problem: Problem) -> func.HttpResponse:
    """A problem as an answer."""
    return func.HttpResponse(
        # In ASCII: what a caller sent, and is told about, may hold halves of characters that UTF-8 cannot.
        json.dumps({**problem.to_json(), "requestId": logs.correlation.get()}),
        status_code=problem.status,
        headers=_headers(problem.headers),
        mimetype="application/problem+json",
    )


def _headers(more: Mapping[str, str]) -> dict[str, str]:
    return {**HEADERS, "X-Request-Id": logs.correlation.get(), **more}
