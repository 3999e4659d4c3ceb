"""After deployment: the real thing is asked whether it lets in who belongs, and nobody else."""

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

from tools import HookError, main, needed, values

PATIENCE_SECONDS = 300
REFUSED = (401, 403)
FORGED = {
    "identityProvider": "aad",
    "userId": "forged",
    "userDetails": "forged",
    "userRoles": ["anonymous", "authenticated"],
}


@dataclass(frozen=True)
class Answer:
    """status 0: none came."""

    status: int
    headers: Mapping[str, str]
    text: str


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def ask(url: str, **headers: str) -> Answer:
    """The answer to a GET of somebody who is not signed in; redirects are answers too."""
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=60) as reply:  # noqa: S310 - https, see below
            return _read(reply.status, reply.headers, reply.read())
    except urllib.error.HTTPError as error:
        return _read(error.code, error.headers, error.read())
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        return Answer(0, {}, str(error))


def _read(status: int, headers: Message, body: bytes) -> Answer:
    return Answer(status, {name.lower(): value for name, value in headers.items()}, body.decode("utf-8", "replace"))


def complaints(site: str, functions: str, tenant: str) -> list[str]:
    """What is wrong with a deployment whose parts have these origins; nothing, if all is well."""
    forged = base64.b64encode(json.dumps(FORGED).encode()).decode()
    direct = ask(f"{functions}/api/me")
    spoofed = ask(f"{functions}/api/me", **{"x-ms-client-principal": forged})
    health = ask(f"{functions}/api/health")
    through = ask(f"{site}/api/me")
    page = ask(f"{site}/")
    login = ask(f"{site}/.auth/login/aad")
    other = ask(f"{site}/.auth/login/github")
    wanted = [
        (direct.status in REFUSED, f"The function app answers a direct call with {direct.status}; it must refuse it."),
        (spoofed.status in REFUSED, f"The function app answers a forged sign-in with {spoofed.status}; it must refuse it."),
        (health.status in REFUSED, f"The function app answers /api/health directly with {health.status}; it must refuse."),
        (
            through.status == 401 and "application/problem+json" in through.headers.get("content-type", ""),
            f"/api/me through the site answers {through.status}; the service itself should answer 401, unsigned as this is.",
        ),
        (
            page.status == 302 and "/.auth/login/aad" in page.headers.get("location", ""),
            f"The site answers {page.status} to somebody who is not signed in; it should send them to sign in.",
        ),
        (
            login.status in (302, 303) and tenant in login.headers.get("location", ""),
            f"/.auth/login/aad answers {login.status}, and does not lead to the tenant {tenant}.",
        ),
        (other.status == 404, f"/.auth/login/github answers {other.status}; no other provider may be offered."),
    ]
    return [words for is_well, words in wanted if not is_well]


def settled(look: Callable[[], list[str]], patience: float, pause: float = 10) -> list[str]:
    """What is still wrong when the patience (seconds) is over: links and settings take minutes to reach every part."""
    until = time.monotonic() + patience
    while (found := look()) and time.monotonic() < until:
        time.sleep(pause)
    return found


def check_deployment() -> None:
    site, functions, tenant = needed(values(), "SITE_HOST", "FUNCTION_APP_HOST", "AZURE_TENANT_ID")
    found = settled(lambda: complaints(f"https://{site}", f"https://{functions}", tenant), PATIENCE_SECONDS)
    if found:
        raise HookError("\n".join(found))
    print(f"Nobody gets in unsigned. The service is at https://{site}")


if __name__ == "__main__":
    main(check_deployment)
