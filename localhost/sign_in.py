"""Signing in as the Static Web App's emulator has it: a cookie, and what the platform would make of it.

Whoever sits at this machine may be anyone; the cookie proves nothing, and need not. That is why only loopback is
listened to, and why the functions believe the header only together with the secret that this process made.
"""

import base64
import binascii
import hashlib
import json
import re
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

COOKIE = "StaticWebAppsAuthCookie"
PRINCIPAL_HEADER = "x-ms-client-principal"
SECRET_HEADER = "x-localhost-secret"  # noqa: S105
LONGEST_NAME = 256
# One slash, then no second one in any of the shapes that browsers take for one.
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def principal(name: str) -> dict[str, Any]:
    """Who this is. The id follows from the name, so that the same name is the same person tomorrow."""
    # Small letters of bytes are those of ASCII: no other name is the same as this one.
    digest = hashlib.sha256(f"local:{name}".encode().lower()).hexdigest()
    return {
        "identityProvider": "local",
        "userId": digest[:32],
        "userDetails": name,
        "userRoles": ["anonymous", "authenticated"],
    }


def encoded(who: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps(who).encode()).decode()


def vouched(who: dict[str, Any], secret: str) -> dict[str, str]:
    """The headers by which the functions believe who calls."""
    return {PRINCIPAL_HEADER: encoded(who), SECRET_HEADER: secret}


def signed_in(request: Request) -> dict[str, Any] | None:
    """The principal in the cookie, or None. Only the name in it counts."""
    try:
        name = json.loads(base64.b64decode(request.cookies.get(COOKIE, ""), validate=True))["userDetails"]
        return principal(name) if isinstance(name, str) and is_name(name) else None
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        return None


def is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME and text.isprintable()


def local_path(uri: str | None) -> str:
    """Where to go next: the path that was asked for, if it stays on this site."""
    return uri if uri and _LOCAL_PATH.fullmatch(uri) else "/"


async def me(request: Request) -> Response:
    return JSONResponse({"clientPrincipal": signed_in(request)}, headers={"cache-control": "no-store"})


async def login(request: Request) -> Response:
    target = local_path(request.query_params.get("post_login_redirect_uri"))
    if request.method != "POST":
        return HTMLResponse(_page(target), headers=PAGE_HEADERS)
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    name = form.get("name", [""])[0].strip()
    if not is_name(name):
        return HTMLResponse(
            _page(target, "Enter a name of 1 to 256 characters."), status_code=422, headers=PAGE_HEADERS
        )
    response = RedirectResponse(target, status_code=303)
    response.set_cookie(COOKIE, encoded(principal(name)), path="/", httponly=True, samesite="lax")
    return response


async def logout(request: Request) -> Response:
    response = RedirectResponse(local_path(request.query_params.get("post_logout_redirect_uri")), status_code=302)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


def _page(target: str, problem: str = "") -> str:
    action = "/.auth/login/local?post_login_redirect_uri=" + escape(quote(target, safe="/"))
    alert = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return PAGE.replace("{action}", action).replace("{alert}", alert)


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --page: #f5f5f5; --card: #fff; --text: #242424; --soft: #616161; --line: #d1d1d1;
  --brand: #0f6cbd; --brand-hover: #115ea3; --on-brand: #fff; --bad: #b10e1c; }
@media (prefers-color-scheme: dark) { :root { --page: #1f1f1f; --card: #292929; --text: #fff; --soft: #adadad;
  --line: #666; --brand: #115ea3; --brand-hover: #0f6cbd; --bad: #f1707b; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text);
  font: 14px/20px "Segoe UI", "Segoe UI Web (West European)", system-ui, -apple-system, Roboto, sans-serif; }
main { width: min(360px, calc(100vw - 32px)); padding: 32px; background: var(--card); border-radius: 8px;
  box-shadow: 0 2px 8px rgb(0 0 0 / 14%), 0 0 2px rgb(0 0 0 / 12%); }
h1 { margin: 0 0 4px; font-size: 24px; line-height: 32px; font-weight: 600; }
p { margin: 0 0 24px; color: var(--soft); }
p.problem { margin: 0 0 12px; color: var(--bad); }
button, input { width: 100%; height: 36px; padding: 0 12px; font: inherit; border-radius: 4px; }
button { border: 1px solid transparent; background: var(--brand); color: var(--on-brand);
  font-weight: 600; cursor: pointer; }
button:hover { background: var(--brand-hover); }
button.plain { background: transparent; color: inherit; border-color: var(--line); }
button.plain:hover { border-color: var(--soft); }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
label { display: block; margin: 24px 0 4px; }
input { margin-bottom: 12px; border: 1px solid var(--line); background: transparent; color: inherit; }
</style>
</head>
<body>
<main>
<h1>Sign in</h1>
<p>On this machine, no password is needed.</p>
<form method="post" action="{action}">
<button name="name" value="administrator" autofocus>Sign in as administrator</button>
</form>
<form method="post" action="{action}">
<label for="name">Or as someone else</label>
{alert}
<input id="name" name="name" required maxlength="256" autocomplete="username" placeholder="name or e-mail address">
<button class="plain">Sign in</button>
</form>
</main>
</body>
</html>
"""

# The page's one style, and nothing else.
_STYLE = base64.b64encode(hashlib.sha256(re.findall("<style>(.*)</style>", PAGE, re.DOTALL)[0].encode()).digest())
PAGE_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; img-src data:; "
    f"style-src 'sha256-{_STYLE.decode()}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
