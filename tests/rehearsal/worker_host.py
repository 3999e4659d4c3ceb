"""A Functions host for one package, as far as this service needs it: its functions are indexed and called by the
platform's own library for Python.

Run where the locked packages are and nothing else is, with the folder of the package and that of the library: prints
each function with the kind of its trigger. With two ports it serves the HTTP functions, until it is ended: on the first
to the site, on the second to everybody.
"""

import asyncio
import json
import re
import sys
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

LOOPBACK = "127.0.0.1"
PRINCIPAL = "x-ms-client-principal"


class Message:
    """Stands in for any message between the host and the library (gRPC's, of which the library asks no more)."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    def WhichOneof(self, _: str) -> str:  # noqa: N802 - gRPC's name
        """Each message here that may be one of many has the one as its first field."""
        return next(iter(self.__dict__))


class Binding(Message):
    undefined, out, inout = 0, 1, 2


class Status(Message):
    Failure, Success = 0, 1


class Messages:
    BindingInfo = Binding
    StatusResult = Status

    def __getattr__(self, name: str) -> type[Message]:
        return Message


class Functions:
    """The functions of a package."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._properties = {"host": LOOPBACK, "protos": Messages()}

    async def index(self) -> list[Any]:
        """What the library tells the host of each. Ends the program, in the library's words, where it finds none."""
        asked = Message(worker_init_request=Message(capabilities={}, function_app_directory=self._package))
        answer = await library.worker_init_request(Message(request=asked, properties=self._properties))
        if answer.result.status != Status.Success:
            sys.exit(answer.result.exception.message)
        told = await library.functions_metadata_request(None)
        if not told.function_metadata_results:
            sys.exit("no function_app.py is in the package")
        return list(told.function_metadata_results)

    async def call(self, function: Any, trigger: str, request: web.Request) -> web.Response:
        http = Message(
            method=request.method,
            url=str(request.url),
            headers=dict(request.headers),
            params=dict(request.match_info),
            query=dict(request.query),
            body=Message(bytes=await request.read()),
        )
        invocation = Message(
            invocation_id=str(uuid.uuid4()),
            function_id=function.function_id,
            input_data=[Message(data=Message(http=http), name=trigger)],
            trigger_metadata={},
            trace_context=Message(trace_parent="", trace_state="", attributes={}),
            retry_context=Message(retry_count=0, max_retry_count=0, exception=None),
        )
        asked = Message(request=Message(invocation_request=invocation), properties=self._properties)
        answer = await library.invocation_request(asked)
        if answer.result.status != Status.Success:
            print(answer.result.exception.message, file=sys.stderr, flush=True)
            return web.Response(status=500)
        given = answer.return_value.http
        body = getattr(given.body, given.body.WhichOneof("data"))
        return web.Response(
            status=int(given.status_code),
            headers=given.headers,
            body=body.encode() if isinstance(body, str) else body,
        )


def trigger_of(function: Any) -> dict[str, Any]:
    bindings = [json.loads(raw) for raw in function.raw_bindings]
    return next(binding for binding in bindings if str(binding["type"]).lower().endswith("trigger"))


def application(functions: Functions, indexed: list[Any], *, is_linked: bool) -> web.Application:
    """What answers on a port. The platform takes calls from the linked site only, and believes its word alone on who is
    signed in: the site vouches for a principal by an Authorization of its own, which here repeats it.
    """

    @web.middleware
    async def platform(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not is_linked:
            return web.Response(status=401)
        if request.headers.get("authorization") != f"Bearer {request.headers.get(PRINCIPAL)}":
            kept = request.headers.copy()
            kept.popall(PRINCIPAL, None)
            request = request.clone(headers=kept)
        return await handler(request)

    app = web.Application(middlewares=[platform], client_max_size=2**30)
    for function in indexed:
        trigger = trigger_of(function)
        if trigger["type"] == "httpTrigger":
            # What takes the rest of an address is written otherwise here, and is the last of the service's functions.
            path = re.sub(r"{\*(\w+)}", r"{\1:.*}", f"/api/{trigger['route']}")
            for method in trigger.get("methods") or ["*"]:
                app.router.add_route(method, path, caller(functions, function, trigger["name"]))
    return app


def caller(functions: Functions, function: Any, trigger: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def call(request: web.Request) -> web.Response:
        return await functions.call(function, trigger, request)

    return call


async def serve(functions: Functions, indexed: list[Any], ports: list[int]) -> None:
    for port, is_linked in zip(ports, (True, False), strict=True):
        runner = web.AppRunner(application(functions, indexed, is_linked=is_linked))
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, port).start()
    await asyncio.Event().wait()


async def main(package: str, ports: list[int]) -> None:
    functions = Functions(package)
    indexed = await functions.index()
    print(json.dumps({function.name: trigger_of(function)["type"] for function in indexed}), flush=True)
    if ports:
        await serve(functions, indexed, ports)


if __name__ == "__main__":
    package, library_folder, *ports = sys.argv[1:]
    sys.path[:0] = [package, library_folder]
    import azure_functions_runtime as library

    asyncio.run(main(package, [int(port) for port in ports]))
