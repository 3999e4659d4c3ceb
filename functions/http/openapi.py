"""The OpenAPI 3.1 document, made from the same declarations and models that admit calls; and the answer to addresses
that are none.
"""

from functools import cache
from typing import Any

import azure.functions as func
from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.alias_generators import to_camel
from pydantic.json_schema import models_json_schema

from functions.http.answering import problem_response, told_request
from functions.http.calls import READING, Call, Route
from functions.http.routes import ROUTES, route
from functions.http.wire import CsvFile, Versioned
from functions.identity import TOKEN_HEADER, Role, TokenKind
from functions.problems import PROBLEMS, TYPE_PREFIX, NotFound

blueprint = func.Blueprint()

REFERENCE = "#/components/schemas/{model}"

SECURITY_SCHEMES = {
    "signIn": {
        "type": "apiKey",
        "in": "cookie",
        "name": "StaticWebAppsAuthCookie",
        "description": "The site's sign-in, which browsers send by themselves.",
    },
    "accessToken": {
        "type": "apiKey",
        "in": "header",
        "name": TOKEN_HEADER,
        "description": "An access token of the project, for scripts.",
    },
    "serviceAccessToken": {
        "type": "apiKey",
        "in": "header",
        "name": TOKEN_HEADER,
        "description": "An access token of the service, for scripts: what its maker may do.",
    },
}
TOKEN_SCHEMES = {TokenKind.PROJECT: "accessToken", TokenKind.SERVICE: "serviceAccessToken"}

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of what was read. Where it is another by now, nothing is changed.",
}
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "What If-Match takes."}}


class FieldErrorModel(BaseModel):
    field: str
    message: str


class ProblemModel(BaseModel):
    """An error (RFC 9457). errors: what is wrong with which field; 20 at most. imageIds: where images are the matter.
    requestId: the call's id, as in the header X-Request-Id; whoever runs the service finds it in the log.
    """

    model_config = ConfigDict(title="Problem", alias_generator=to_camel)

    type: str = Field(json_schema_extra={"enum": [TYPE_PREFIX + problem.type for problem in PROBLEMS]})
    title: str
    status: int
    detail: str
    errors: list[FieldErrorModel] | None = None
    image_ids: list[str] | None = None
    request_id: str


class Document(RootModel[dict[str, Any]]):
    """An OpenAPI document."""


@route(blueprint, "GET", "openapi.json", role=Role.ANYONE, answers={200: Document})
async def get_openapi(call: Call[None, None]) -> Document:
    """This document."""
    return Document(document())


@blueprint.function_name("unknown_address")
@blueprint.route(route="{*rest}", auth_level=func.AuthLevel.ANONYMOUS)
async def unknown_address(req: func.HttpRequest) -> func.HttpResponse:
    """Every other address, or method, under /api."""
    with told_request(req, req.method, "{*rest}") as told:
        told.note(status=NotFound.status)
        return problem_response(NotFound("There is no such address, or it does not accept this method."))


@cache
def document() -> dict[str, Any]:
    """The whole document; made once, when it is first asked for."""
    inputs = {model for declared in ROUTES if (model := declared.body)}
    outputs = {model for declared in ROUTES for model in declared.answers.values() if model} - {CsvFile}
    outputs |= {ProblemModel}
    references, definitions = models_json_schema(
        [
            *((model, "validation") for model in sorted(inputs, key=_name)),
            *((model, "serialization") for model in sorted(outputs, key=_name)),
        ],
        ref_template=REFERENCE,
    )
    paths: dict[str, Any] = {}
    for declared in ROUTES:
        operation = _operation(declared, references)
        paths.setdefault(f"/api/{declared.path}", {})[declared.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Image labeling service", "version": "1"},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": definitions["$defs"], "securitySchemes": SECURITY_SCHEMES},
    }


def _name(model: type[BaseModel]) -> str:
    return model.__name__


def _operation(declared: Route, references: Any) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in (part[1:-1] for part in declared.path.split("/") if part.startswith("{"))
    ]
    if declared.query:
        schema = declared.query.model_json_schema()
        definitions = schema.get("$defs", {})
        parameters += [
            {
                "name": name,
                "in": "query",
                "required": name in schema.get("required", []),
                "schema": _inline(item, definitions),
            }
            for name, item in schema["properties"].items()
        ]
    if declared.conditional:
        parameters.append(IF_MATCH)
    responses = {str(status): _response(model, references) for status, model in declared.answers.items()}
    for status in _refusals(declared):
        responses[str(status)] = {
            "description": "A problem",
            "content": {"application/problem+json": {"schema": references[(ProblemModel, "serialization")]}},
        }
    operation: dict[str, Any] = {
        "operationId": declared.operation,
        "summary": declared.summary,
        "x-role": declared.role.word,
        "parameters": parameters,
        "responses": responses,
    }
    if declared.role is not Role.ANYONE:
        operation["security"] = [{name: []} for name in ("signIn", *(TOKEN_SCHEMES[kind] for kind in declared.tokens))]
    if declared.body:
        content = {"application/json": {"schema": references[(declared.body, "validation")]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _inline(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A query parameter's schema without references."""
    reference = schema.get("$ref")
    return definitions[reference.rpartition("/")[2]] if reference else schema


def _response(model: type[BaseModel] | None, references: Any) -> dict[str, Any]:
    if model is None:
        return {"description": "Done"}
    if model is CsvFile:
        return {"description": "Done", "content": {"text/csv": {"schema": {"type": "string"}}}}
    content = {"application/json": {"schema": references[(model, "serialization")]}}
    headers = {"headers": ETAG} if issubclass(model, Versioned) else {}
    return {"description": "Done", **headers, "content": content}


def _refusals(declared: Route) -> list[int]:
    """The statuses of problems that a route may answer."""
    statuses = {500, 503}
    if declared.role is not Role.ANYONE:
        statuses |= {401, 403, 429}
    if "{" in declared.path:
        statuses |= {404}
    if declared.query:
        statuses |= {422}
    if declared.body:
        statuses |= {400, 404, 413, 415, 422}
    if declared.method not in READING:
        statuses |= {409, 422}
    if declared.conditional:
        statuses |= {412, 428}
    return sorted(statuses)
