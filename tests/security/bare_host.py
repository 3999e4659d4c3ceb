"""The functions behind HTTP as the Functions host puts them there: whatever headers come are handed on as they are.

localhost/ takes away what only it may say, and so cannot show what the functions make of it. Run as
`python -m tests.security.bare_host <port>`, with the functions' settings in the environment.
"""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from localhost import loading
from localhost.http_functions import HttpFunctions
from localhost.invocation import Invoker
from localhost.settings import LOOPBACK
from tests.running import ROOT


def build() -> Starlette:
    invoke = Invoker(timedelta(minutes=1), ThreadPoolExecutor())
    functions = HttpFunctions(loading.load(ROOT, os.environ), "api", invoke)

    async def anything(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        given: dict[str, str] = {}
        for name, value in request.headers.items():
            given[name] = f"{given[name]},{value}" if name in given else value
        await (await functions.answer(request, given))(scope, receive, send)

    app = Starlette()
    app.router.default = anything
    return app


if __name__ == "__main__":
    config = uvicorn.Config(build(), host=LOOPBACK, port=int(sys.argv[1]), lifespan="off", log_level="warning")
    asyncio.run(uvicorn.Server(config).serve())
