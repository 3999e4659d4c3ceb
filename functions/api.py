"""The HTTP edge: parses and validates, authorizes, and turns what rooms return or raise into answers. It knows no
business rules.

A room declares its routes with `route`, each with its role, its models and what it answers; the OpenAPI document and
the tests of who may do what are made from the same declarations.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlsplit

import azure.functions as func
from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from functions import logs
from functions.callers.administrators import administrators_of
from functions.callers.blocks import blocks_of
from functions.callers.people import note
from functions.identity import TOKEN_HEADER, ByWhom, Caller, Role, caller_of
from functions.ids import is_project_id, newest_first_id
from functions.names import is_shortened
from functions.overload import NOBODY, gate
from functions.problems import Busy, Conflict, Forbidden, Internal, Invalid, NotFound, Problem
from functions.projects.access import Membership, membership
from functions.reading import read_body, read_query, refuse_cross_origin
from functions.settings import settings
from functions.storage import storage
from functions.tokens.access import maker_of, membership_by_token
from functions.tokens.model import key_presented
from functions.trail import Entry, audited

LARGEST_BODY = 1024 * 1024
MOST_ITEMS = 200
EARLIEST_YEAR, LATEST_YEAR = 1971, 2200
PROJECT_ROLES = (Role.LABELER, Role.REVIEWER, Role.ADMINISTRATOR)
READING = ("GET", "HEAD")

# Answers are data for this site's pages and for scripts: never kept, never shown as a page, never put into one.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}

log = logging.getLogger(__name__)


class Input(BaseModel):
    """What callers send: camelCase, exact types, no unknown fields."""

    # What does not fit might be a secret, and what says so gets into the log.
    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", strict=True, frozen=True, hide_input_in_errors=True
    )


class Output(BaseModel):
    """What callers get: camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=False,
        serialize_by_alias=True,
        frozen=True,
        hide_input_in_errors=True,
        json_schema_serialization_defaults_required=True,
    )


class Versioned(Output):
    """What can be changed on condition that it is as it was read: its ETag, here and in the header, is what If-Match
    takes.
    """

    etag: str


def _in_reach(moment: datetime) -> datetime:
    # At either end of the calendar there is no such moment elsewhere on Earth, and none that storage can tell.
    if not EARLIEST_YEAR <= moment.year < LATEST_YEAR:
        raise ValueError(f"must be between the years {EARLIEST_YEAR} and {LATEST_YEAR}")
    return moment


Moment = Annotated[datetime, AfterValidator(_in_reach)]


class Query(Input):
    """What a caller may put behind the question mark. Everything there is text, so types are converted."""

    model_config = ConfigDict(strict=False)


class PageQuery(Query):
    """Asks for one page of a list."""

    limit: int = Field(default=50, ge=1, le=MOST_ITEMS)
    cursor: str | None = Field(default=None, max_length=2000)


class CsvFile(BaseModel):
    """A table, which is answered as it is, and saved by browsers under its name."""

    name: str
    text: str


T = TypeVar("T")
B = TypeVar("B")
Q = TypeVar("Q")


class Page(Output, Generic[T]):
    """One page of a list; an empty one with a nextCursor is legal."""

    items: Sequence[T]
    next_cursor: str | None = None


@dataclass(frozen=True)
class Call(Generic[B, Q]):
    """One authorized call: who, in which project and role, when, and the validated input. find_member: the caller's
    membership, or what refuses those who have none.
    """

    body: B
    query: Q
    params: Mapping[str, str]
    now: datetime
    signed_in: Caller | None
    member: Membership | None = None
    find_member: Callable[[], Awaitable[tuple[Caller, Membership]]] | None = None
    if_match: str | None = None
    audit: Entry | None = None

    @property
    def caller(self) -> Caller:
        if self.signed_in is None:
            raise TypeError("a route for anyone has no caller")
        return self.signed_in

    @property
    def membership(self) -> Membership:
        if self.member is None:
            raise TypeError("the route is not within a project")
        return self.member

    @property
    def entry(self) -> Entry:
        """What the audit log will say of this call."""
        if self.audit is None:
            raise TypeError("the route leaves no entry in the audit log")
        return self.audit

    @property
    def asker(self) -> ByWhom:
        """Who asks for long work by this call."""
        return ByWhom(by=self.member.user_id if self.member else self.caller.user_id, by_name=self.caller.name)

    async def membership_now(self) -> Membership:
        """The same, once more: to be called after what this process knew was forgotten."""
        if self.find_member is None:
            raise TypeError("the route is not within a project")
        return (await self.find_member())[1]

    @property
    def now_ms(self) -> int:
        return int(self.now.timestamp() * 1000)


@dataclass(frozen=True)
class Answer:
    """An answer with a status other than the route's first, or with headers."""

    status: int
    body: BaseModel | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Rule = Callable[[Call[Any, Any]], Awaitable[BaseModel | Answer | None]]


@dataclass(frozen=True)
class Route:
    """A declared route. answers: the model of each status it answers when all is well; None = no body. most_bytes: what
    the body of a call may have. takes_tokens: access tokens of the project open it too, and not only people who are
    signed in; never true of what is not within a project. while_restoring: it may change a project that is being
    restored. conditional: it goes by If-Match. unaudited: why what it changes leaves no entry in the audit log.
    """

    name: str
    method: str
    path: str
    role: Role
    summary: str
    answers: Mapping[int, type[BaseModel] | None]
    body: type[Input] | None
    query: type[Query] | None
    most_bytes: int = LARGEST_BODY
    takes_tokens: bool = True
    while_restoring: bool = False
    conditional: bool = False
    unaudited: str | None = None

    @property
    def is_within_project(self) -> bool:
        return self.role in PROJECT_ROLES

    @property
    def is_audited(self) -> bool:
        return self.method not in READING and self.unaudited is None

    @property
    def operation(self) -> str:
        return to_camel(self.name)


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
    takes_tokens: bool = True,
    while_restoring: bool = False,
    conditional: bool = False,
    unaudited: str | None = None,
) -> Callable[[Rule], Rule]:
    """Registers the decorated function as an HTTP-triggered one. Its first answer is what a returned model, or None,
    becomes.
    """

    def declare(rule: Rule) -> Rule:
        summary = (rule.__doc__ or "").strip().split("\n")[0]
        by_token = takes_tokens and role in PROJECT_ROLES
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
            takes_tokens=by_token,
            while_restoring=while_restoring,
            conditional=conditional,
            unaudited=unaudited,
        )
        ROUTES.append(declared)

        async def handle(req: func.HttpRequest) -> func.HttpResponse:
            with told_request(req, method, path) as told:
                answer = await _answer(declared, rule, req, told)
                told.note(status=answer.status_code)
                return answer

        handle.__name__ = declared.name
        blueprint.function_name(declared.name)(
            blueprint.route(route=path, methods=[method], auth_level=func.AuthLevel.ANONYMOUS)(handle)
        )
        return rule

    return declare


def told_request(req: func.HttpRequest, method: str, path: str) -> AbstractContextManager[logs.Told]:
    """The line that a call gets in the log."""
    return logs.line(logs.REQUEST, logs.request_id(req.headers.get(logs.REQUEST_ID_HEADER)), method=method, route=path)


async def _answer(declared: Route, rule: Rule, req: func.HttpRequest, told: logs.Told) -> func.HttpResponse:
    try:
        caller = token = None
        if declared.role is not Role.ANYONE:
            token = _token(declared, req)
            caller = None if token else caller_of(req.headers, settings())
            told.note(user=caller.user_id if caller else None)
        with gate.entered(_person(req, caller, token), declared.role):
            call = await _admit(declared, req, caller, token, told)
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


def _person(req: func.HttpRequest, caller: Caller | None, token: str | None) -> str:
    """The user id of who calls. A token that this process has not read yet is nobody's until it has."""
    if token:
        return maker_of(req.route_params["project_id"], token) or NOBODY
    return caller.user_id if caller else NOBODY


def _storage_trouble(declared: Route, error: Exception) -> Problem:
    status = error.status_code if isinstance(error, HttpResponseError) else None
    if isinstance(error, ClientAuthenticationError) or (
        status is not None and 400 <= status < 500 and status not in (408, 429)
    ):
        log.error("%s failed", declared.name, exc_info=error)
        return Internal("The error has been logged. Try again, and tell your administrator if it stays.")
    log.warning("%s: storage does not answer: %s", declared.name, type(error).__name__)
    return Busy("Storage is busy or cannot be reached. Try again in a few seconds.", headers={"Retry-After": "2"})


def _token(declared: Route, req: func.HttpRequest) -> str | None:
    """The key of the access token that comes with the call. Whoever sends one is nobody else, signed in or not."""
    given = req.headers.get(TOKEN_HEADER)
    if given is None:
        return None
    if not declared.takes_tokens:
        raise Forbidden("Access tokens cannot do this. Sign in instead.")
    return key_presented(given)


async def _admit(
    declared: Route, req: func.HttpRequest, caller: Caller | None, token: str | None, told: logs.Told
) -> Call[Any, Any]:
    await storage().prepare()
    now = datetime.now(UTC)
    if caller:
        if block := (await blocks_of(storage()).known()).get(caller.user_id):
            raise Forbidden(block.words)
        caller = await administrators_of(storage()).recognize(caller)
        await note(storage(), caller, now)
    params, member = _params(declared, req), None
    told.note(project=_project_id(params))
    if declared.method not in READING:
        refuse_cross_origin(req.headers, settings().site_hosts)
    if caller and declared.role is Role.SERVICE_ADMINISTRATOR and not caller.is_administrator:
        raise Forbidden("Only administrators of the service can do this.")
    find = None
    if declared.is_within_project:
        find = partial(_find_member, declared, params["project_id"], caller, token, now, told)
        caller, member = await find()
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
    declared: Route, params: Mapping[str, str], now: datetime, caller: Caller, member: Membership | None
) -> Entry:
    return Entry(
        id=newest_first_id(now),
        action=declared.operation,
        user_id=caller.user_id,
        name=caller.name,
        token=caller.token,
        project_id=_project_id(params) or "",
        project_name=member.project.name if member else "",
        target="/".join(value for name, value in params.items() if name != "project_id"),
        request_id=logs.correlation.get(),
    )


def _params(declared: Route, req: func.HttpRequest) -> dict[str, str]:
    """What the address names. Raises NotFound, and Invalid where the call would give something that name.

    An address that ends with a slash is one that was shortened: `members/..` is the project by then. What is no id of a
    project is left to whoever looks for the project, who tells callers and tokens apart.
    """
    for name, value in req.route_params.items():
        if name != "project_id" and is_shortened(value):
            if declared.method == "PUT" and declared.path.endswith(f"{{{name}}}"):
                raise Invalid.field(to_camel(name), "A name cannot have a slash or a backslash, or be only dots.")
            raise NotFound("Nothing has this name: it would shorten the address.")
    if urlsplit(req.url).path.endswith("/"):
        raise NotFound("No address of the service ends with a slash.")
    return dict(req.route_params)


async def _find_member(
    declared: Route, project_id: str, caller: Caller | None, token: str | None, now: datetime, told: logs.Told
) -> tuple[Caller, Membership]:
    if token:
        caller, member = await membership_by_token(storage(), project_id, token, now)
        told.note(user=caller.user_id, token=caller.token)
    elif caller:
        member = await membership(storage(), project_id, caller)
    else:
        raise TypeError("a route within a project has a caller")
    if member.role < declared.role:
        raise Forbidden(f"Only the project's {declared.role.word}s can do this.")
    return caller, member


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
