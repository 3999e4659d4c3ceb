"""HTTP-triggered functions: from Starlette's request to azure.functions' and back."""

import json
import logging
from collections.abc import Iterable, Mapping
from http import HTTPMethod, HTTPStatus
from typing import Any

import azure.functions as func
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from localhost.invocation import Failed, Invoker
from localhost.loading import Function
from localhost.routes import Router, compile_route

log = logging.getLogger(__name__)

# As infra/functions.bicep tells the host: FUNCTIONS_REQUEST_BODY_SIZE_LIMIT.
MOST_BYTES = 26_214_400

NEWER_DATA = "urn:labeling:problem:newer-data"


class HttpFunctions:
    def __init__(self, functions: Iterable[Function], prefix: str, invoke: Invoker) -> None:
        self._functions = {function.name: function for function in functions if function.kind == "httpTrigger"}
        self._router = Router(
            compile_route(name, str(function.trigger.get("route") or name), function.trigger.get("methods") or ())
            for name, function in self._functions.items()
        )
        self._prefix = "/" + prefix.strip("/") if prefix.strip("/") else ""
        self._invoke = invoke

    def owns(self, path: str) -> bool:
        return (path + "/").lower().startswith(self._prefix.lower() + "/")

    async def refusal(self) -> str | None:
        """Why the app must not run on the data that are there, if its health says that they are newer than it is."""
        status, said = await self.call("GET", "/health", {})
        if status != HTTPStatus.SERVICE_UNAVAILABLE:
            return None
        problem = json.loads(said)
        return str(problem["detail"]) if problem["type"] == NEWER_DATA else None

    async def call(self, method: str, path: str, headers: Mapping[str, str], body: Any = None) -> tuple[int, bytes]:
        """What the functions answer to this process itself: status and body. path: behind the prefix. body: sent as
        JSON.
        """
        found = self._router.find(method, path)
        if found is None:
            return HTTPStatus.NOT_FOUND, b""
        route, parameters = found
        sent = b"" if body is None else json.dumps(body).encode()
        given = headers if body is None else {**headers, "Content-Type": "application/json"}
        request = func.HttpRequest(
            method, self._prefix + path, headers=given, params={}, route_params=parameters, body=sent
        )
        said = await self._invoke(self._functions[route.function], request)
        if not isinstance(said, func.HttpResponse):
            return HTTPStatus.INTERNAL_SERVER_ERROR, b""
        return said.status_code, said.get_body()

    async def answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
        found = self._router.find(request.method, path[len(self._prefix) :])
        if found is None:
            return Response(status_code=404)
        route, parameters = found
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        query = {key: ",".join(request.query_params.getlist(key)) for key in request.query_params}
        try:
            result = await self._invoke(
                self._functions[route.function],
                func.HttpRequest(
                    request.method, str(request.url), headers=headers, params=query, route_params=parameters, body=body
                ),
            )
        except Failed:
            return Response(status_code=500)
        return _response(route.function, result, request.method)


async def _body(request: Request) -> bytes | None:
    """The whole body, or None where it is over the limit."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _response(function: str, result: object, method: str) -> Response:
    if result is None:
        return Response(status_code=204)
    if isinstance(result, str):
        result = func.HttpResponse(result)
    if not isinstance(result, func.HttpResponse):
        log.error("Function %s returned %s, not an HttpResponse.", function, type(result).__name__)
        return Response(status_code=500)
    body = b"" if method == HTTPMethod.HEAD else result.get_body()
    response = Response(body, status_code=result.status_code)
    given = MutableHeaders(raw=[])
    for name, value in result.headers.items():
        given.append(name, value)
    if "content-type" not in given and result.status_code != 204:
        text = result.mimetype.startswith("text/")
        given["content-type"] = f"{result.mimetype}; charset={result.charset}" if text else result.mimetype
    if "content-length" not in given and result.status_code != 204:
        given["content-length"] = str(len(result.get_body()))
    response.raw_headers = given.raw
    return response
