"""The HTTP edge: parses and validates, authorizes, and turns what rooms return or raise into answers. It knows no
business rules.

A room declares its routes with `route`, each with its role, its models and what it answers; the OpenAPI document and
the tests of who may do what are made from the same declarations.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import azure.functions as func
from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from functions.identity import Caller, Role, caller_of
from functions.overload import gate
from functions.problems import (
    Busy,
    CrossOrigin,
    FieldError,
    Forbidden,
    Internal,
    Invalid,
    Malformed,
    NotFound,
    Problem,
    TooLarge,
    UnsupportedMediaType,
)
from functions.projects.access import Membership, membership
from functions.projects.people import note
from functions.settings import settings
from functions.storage import storage

LARGEST_BODY = 1024 * 1024
MOST_ITEMS = 200
PROJECT_ROLES = (Role.LABELER, Role.REVIEWER, Role.ADMINISTRATOR)
READING = ("GET", "HEAD")

log = logging.getLogger(__name__)


class Input(BaseModel):
    """What callers send: camelCase, exact types, no unknown fields."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True, frozen=True)


class Output(BaseModel):
    """What callers get: camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=False,
        serialize_by_alias=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,
    )


class Query(Input):
    """What a caller may put behind the question mark. Everything there is text, so types are converted."""

    model_config = ConfigDict(strict=False)


class PageQuery(Query):
    """Asks for one page of a list."""

    limit: int = Field(default=50, ge=1, le=MOST_ITEMS)
    cursor: str | None = Field(default=None, max_length=2000)


T = TypeVar("T")
B = TypeVar("B")
Q = TypeVar("Q")


class Page(Output, Generic[T]):
    """One page of a list; an empty one with a nextCursor is legal."""

    items: Sequence[T]
    next_cursor: str | None = None


@dataclass(frozen=True)
class Call(Generic[B, Q]):
    """One authorized call: who, in which project and role, when, and the validated input."""

    body: B
    query: Q
    params: Mapping[str, str]
    now: datetime
    signed_in: Caller | None
    member: Membership | None = None

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
    the body of a call may have.
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
) -> Callable[[Rule], Rule]:
    """Registers the decorated function as an HTTP-triggered one. Its first answer is what a returned model, or None,
    becomes.
    """

    def declare(rule: Rule) -> Rule:
        summary = (rule.__doc__ or "").strip().split("\n")[0]
        declared = Route(rule.__name__, method, path, role, summary, answers, body, query, most_bytes)
        ROUTES.append(declared)

        async def handle(req: func.HttpRequest) -> func.HttpResponse:
            return await _answer(declared, rule, req)

        handle.__name__ = declared.name
        blueprint.function_name(declared.name)(
            blueprint.route(route=path, methods=[method], auth_level=func.AuthLevel.ANONYMOUS)(handle)
        )
        return rule

    return declare


async def _answer(declared: Route, rule: Rule, req: func.HttpRequest) -> func.HttpResponse:
    try:
        caller = None if declared.role is Role.ANYONE else caller_of(req.headers, settings())
        with gate.entered(caller.user_id) if caller else nullcontext():
            result = await rule(await _admit(declared, req, caller))
    except Problem as problem:
        return problem_response(problem)
    except ResourceNotFoundError:
        return problem_response(NotFound("It is gone: it was deleted meanwhile."))
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
    return func.HttpResponse(
        answer.body.model_dump_json(by_alias=True),
        status_code=answer.status,
        headers=_headers(answer.headers),
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
    return Busy("Storage is busy or out of reach. Try again in some seconds.", headers={"Retry-After": "2"})


async def _admit(declared: Route, req: func.HttpRequest, caller: Caller | None) -> Call[Any, Any]:
    await storage().prepare()
    if declared.method not in READING:
        _refuse_cross_origin(req)
        if caller:
            await note(storage(), caller)
    params = dict(req.route_params)
    member = None
    if caller and declared.role is Role.SERVICE_ADMINISTRATOR and not caller.is_administrator:
        raise Forbidden("Only administrators of the service may do this.")
    if caller and declared.role in PROJECT_ROLES:
        member = await membership(storage(), params["project_id"], caller)
        if member.role < declared.role:
            raise Forbidden(f"Only the project's {declared.role.word}s may do this.")
    return Call(
        body=_body(declared.body, req, declared.most_bytes) if declared.body else None,
        query=_query(declared.query, req) if declared.query else None,
        params=params,
        now=datetime.now(UTC),
        signed_in=caller,
        member=member,
    )


def _refuse_cross_origin(req: func.HttpRequest) -> None:
    """Browsers say where a call comes from; scripts send neither header."""
    site, origin = req.headers.get("sec-fetch-site"), req.headers.get("origin")
    if site in ("same-origin", "none") or (site is None and origin is None):
        return
    hosts = {req.headers.get("host"), req.headers.get("x-forwarded-host")} - {None}
    if site is not None or urlsplit(origin or "").netloc not in hosts:
        raise CrossOrigin("The call comes from another site.")


def _body(model: type[Input], req: func.HttpRequest, most_bytes: int) -> Input:
    if req.headers.get("content-type", "").split(";")[0].strip().casefold() != "application/json":
        raise UnsupportedMediaType("Send the body as application/json.")
    raw = req.get_body()
    if len(raw) > most_bytes:
        raise TooLarge(f"A body may have {most_bytes // 2**20} MiB at most.")
    try:
        json.loads(raw, object_pairs_hook=_refuse_twice)
    except _Twice as twice:
        raise Invalid.field(str(twice), f"{str(twice)!r} is there twice.") from None
    except (ValueError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise _invalid(error) from None


def _query(model: type[Query], req: func.HttpRequest) -> Query:
    try:
        return model.model_validate({name: value for name, value in req.params.items() if value != ""})
    except ValidationError as error:
        raise _invalid(error) from None


class _Twice(Exception):
    pass


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return named


def _invalid(error: ValidationError) -> Invalid:
    errors = [
        FieldError(".".join(str(part) for part in item["loc"]), item["msg"].removeprefix("Value error, "))
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return Invalid("; ".join(f"{field or 'body'}: {message}" for field, message in errors[:3]), errors=errors)


def problem_response(problem: Problem) -> func.HttpResponse:
    """A problem as an answer."""
    return func.HttpResponse(
        # In ASCII: what a caller sent, and is told about, may hold halves of characters that UTF-8 cannot.
        json.dumps(problem.to_json()),
        status_code=problem.status,
        headers=_headers(problem.headers),
        mimetype="application/problem+json",
    )


def _headers(more: Mapping[str, str]) -> dict[str, str]:
    return {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **more}
