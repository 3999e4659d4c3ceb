"""Everything behind the one port: the functions, signing in, and the site, guarded as a service on a desk must be."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from localhost import sign_in, site
from localhost.host import Host
from localhost.settings import Settings

log = logging.getLogger("localhost.requests")


def build(settings: Settings, host: Host, secret: str) -> Starlette:
    pages = site.Site(settings.app_dir / "static_site" / "dist")

    async def anything(request: Request) -> Response:
        if host.http.owns(request.url.path):
            return await host.http.answer(request, _handed_on(request, secret))
        return await pages.serve(request)

    routes = [
        Route("/admin/functions/{name}", host.run_now, methods=["POST"]),
        Route("/.auth/me", sign_in.me),
        Route("/.auth/login/{provider}", sign_in.login, methods=["GET", "POST"]),
        Route("/.auth/logout", sign_in.logout),
    ]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(RequestLog, host=host),
            Middleware(Guard, settings=settings),
            Middleware(SiteHeaders, host=host, headers=site.headers(settings.blob_origin)),
        ],
    )
    app.router.default = Anything(anything)
    return app


def _handed_on(request: Request, secret: str) -> dict[str, str]:
    """The headers as the functions get them: who is calling is said by this process, and by nobody outside."""
    given: dict[str, str] = {}
    for name, value in request.headers.items():
        if not name.startswith(sign_in.PRINCIPAL_HEADER) and name != sign_in.SECRET_HEADER:
            given[name] = f"{given[name]},{value}" if name in given else value
    who = sign_in.signed_in(request)
    return given if who is None else {**given, **sign_in.vouched(who, secret)}


class Guard:
    """Refuses other names for this machine (a page elsewhere may point its own name at loopback), and, where the
    functions do not decide themselves, what another site's page sends."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._origins = settings.origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if f"http://{headers.get('host', '').lower()}" not in self._origins:
                await PlainTextResponse("This address is not served here.", status_code=421)(scope, receive, send)
                return
            own_pages = scope["path"].startswith(("/.auth/", "/admin/"))
            if own_pages and scope["method"] == "POST" and self._is_cross_site(headers):
                await PlainTextResponse("Not from another site.", status_code=403)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_cross_site(self, headers: Mapping[str, str]) -> bool:
        """By Sec-Fetch-Site: a form sends `Origin: null` under this site's own referrer policy."""
        if "sec-fetch-site" in headers:
            return headers["sec-fetch-site"] not in {"same-origin", "none"}
        return "origin" in headers and headers["origin"] not in self._origins


class SiteHeaders:
    """The security headers of everything but the functions' answers; a page that needs others sets its own."""

    def __init__(self, app: ASGIApp, host: Host, headers: Mapping[str, str]) -> None:
        self._app = app
        self._host = host
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    given.setdefault(name, value)
            await send(message)

        own = scope["type"] != "http" or self._host.http.owns(scope["path"])
        await self._app(scope, receive, send if own else with_headers)


class RequestLog:
    """One line a request for the site, without its query. The functions log what is theirs, without the names that may
    be in their addresses.
    """

    def __init__(self, app: ASGIApp, host: Host) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def logged(message: Message) -> None:
            if message["type"] == "http.response.start":
                log.info("%s %s %s", scope["method"], scope["path"], message["status"])
            await send(message)

        own = scope["type"] != "http" or self._host.http.owns(scope["path"])
        await self._app(scope, receive, send if own else logged)


class Anything:
    """What no route above takes, with any method."""

    def __init__(self, answer: Callable[[Request], Awaitable[Response]]) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)
