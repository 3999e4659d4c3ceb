"""After deployment: the real thing is asked whether it lets in who belongs, and nobody else."""

import base64
import json
import operator

from infra.hooks.tools import HookError, main, needed, until, values
from infra.hooks.web import Answer, ask, last_stop

PATIENCE_SECONDS = 300
# A linked function app is reported to answer 400 too, instead of 401.
REFUSED = (400, 401, 403)
FORGED = {
    "identityProvider": "aad",
    "userId": "forged",
    "userDetails": "forged",
    "userRoles": ["anonymous", "authenticated"],
}


def complaints(site: str, functions: str, tenant: str) -> list[str]:
    """What is wrong with a deployment whose parts have these origins; nothing, if all is well."""
    principal = base64.b64encode(json.dumps(FORGED).encode()).decode()
    direct = ask(f"{functions}/api/me")
    forged = ask(f"{functions}/api/me", **{"x-ms-client-principal": principal})
    bypassed = ask(f"{functions}/api/health")
    spoofed = ask(f"{site}/api/me", **{"x-ms-client-principal": principal})
    health, me, page = ask(f"{site}/api/health"), ask(f"{site}/api/me"), ask(f"{site}/")
    login, other = last_stop(f"{site}/.auth/login/aad"), ask(f"{site}/.auth/login/github")
    wanted = [
        (direct.status in REFUSED, f"The function app answers a direct call with {direct.status}, not 401."),
        (forged.status in REFUSED, f"The function app answers a forged sign-in with {forged.status}, not 401."),
        (bypassed.status in REFUSED, f"The function app answers /api/health directly, with {bypassed.status}."),
        (health.status == 200, f"/api/health through the site answers {health.status}, not 200."),
        (
            health.status != 200 or _vouched(health),
            "The functions believe no sign-in, so everybody is refused: the platform's authentication is off.",
        ),
        (
            _asks_to_sign_in(me),
            f"/api/me through the site answers {me.status} to somebody who is not signed in, not 401.",
        ),
        (_asks_to_sign_in(spoofed), f"The site believes a forged sign-in: /api/me answers {spoofed.status}, not 401."),
        (_leads_to(page, "/.auth/login/aad"), f"The site answers {page.status} instead of asking for a sign-in."),
        (f"/{tenant}/" in login, f"/.auth/login/aad leads to {login!r}, which is not the tenant {tenant}."),
        (other.status == 404, f"/.auth/login/github answers {other.status}, not 404."),
    ]
    return [words for is_well, words in wanted if not is_well]


def _vouched(health: Answer) -> bool:
    """Whether the functions believe the platform: where they do not, everybody gets the 401 that a stranger gets."""
    try:
        return bool(json.loads(health.text)["signIn"] == "platform")
    except (ValueError, KeyError):
        return False


def _asks_to_sign_in(answer: Answer) -> bool:
    return answer.status == 401 or _leads_to(answer, "/.auth/login/aad")


def _leads_to(answer: Answer, where: str) -> bool:
    return answer.status in (302, 303, 307) and where in answer.headers.get("location", "")


def check_deployment() -> None:
    site, functions, tenant = needed(values(), "SITE_HOST", "FUNCTION_APP_HOST", "AZURE_TENANT_ID")
    print("Asking from outside, five minutes at most: links and settings take minutes to reach every part.", flush=True)
    found = until(
        operator.not_, lambda: complaints(f"https://{site}", f"https://{functions}", tenant), PATIENCE_SECONDS
    )
    if found:
        raise HookError("\n".join(found))
    print(f"Nobody gets in unsigned. The service is at https://{site}")


if __name__ == "__main__":
    main(check_deployment)
