"""After provisioning: the registration in Entra ID by which people sign in to the site, in this tenant only.

The site needs a secret of the registration. It is the one secret of a deployment, and lives in the site's settings
alone: it is handed over in a file that only its owner reads and that is gone a moment later, and never printed. It is
renewed here when it has less than 60 days left, and at any time by `make rotate-sign-in`.
"""

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from infra.hooks.assigned import admit_assigned_only, tell_if_open
from infra.hooks.tools import HookError, az, main, needed, remember, until, values

ID_SETTING = "SIGN_IN_CLIENT_ID"
SECRET_SETTING = "SIGN_IN_CLIENT_SECRET"  # noqa: S105 - the setting's name
API_VERSION = "2024-11-01"
RENEWED_BEFORE = timedelta(days=60)
PATIENCE_SECONDS = 60
# What Entra ID says of a registration that was just made, until all its copies have it.
NOT_YET = (
    "Request_ResourceNotFound",
    "queried reference-property objects",
    "not reference a valid application object",
    "backing application of the service principal",
)
DENIED = ("Insufficient privileges", "Authorization_RequestDenied")
RIGHTS = (
    "Whoever deploys must be allowed to register applications; a service principal needs Microsoft Graph's application "
    "permission Application.ReadWrite.OwnedBy, and owns what it registers (docs/deployment.md)."
)


def callback(host: str) -> str:
    return f"https://{host}/.auth/login/aad/callback"


def is_due(settings: Mapping[str, str], app_id: str, credentials: list[dict[str, Any]], now: datetime) -> bool:
    """Whether the site needs a new secret: it has none, one of another registration, or one that ends soon."""
    if settings.get(ID_SETTING) != app_id or not settings.get(SECRET_SETTING):
        return True
    ends = [datetime.fromisoformat(one["endDateTime"].replace("Z", "+00:00")) for one in credentials]
    return not ends or max(ends) - now < RENEWED_BEFORE


def graph(*arguments: str) -> Any:
    """What az answers about registrations, when Entra ID has seen what was just made."""

    def look() -> Any:
        try:
            return az(*arguments)
        except HookError as error:
            return error

    answer = until(lambda found: not _says(found, NOT_YET), look, PATIENCE_SECONDS)
    if _says(answer, DENIED):
        raise HookError(f"{answer}\n{RIGHTS}")
    if isinstance(answer, HookError):
        raise answer
    return answer


def _says(answer: Any, words: tuple[str, ...]) -> bool:
    return isinstance(answer, HookError) and any(part in str(answer) for part in words)


def check_tenant(known: Mapping[str, str]) -> None:
    (tenant,) = needed(known, "AZURE_TENANT_ID")
    signed_in = az("account", "show")["tenantId"]
    if signed_in != tenant:
        raise HookError(f"az is signed in to the tenant {signed_in}. Run `az login --tenant {tenant}`, then azd again.")


def registration(known: Mapping[str, str], settings: Mapping[str, str]) -> str:
    """The id of the registration: the one that azd or the site knows, with what it must have, or a new one."""
    (host,) = needed(known, "SITE_HOST")
    properties = ["--sign-in-audience", "AzureADMyOrg", "--web-redirect-uris", callback(host)]
    properties += ["--enable-id-token-issuance", "true"]
    # On another machine, or in a pipeline, azd knows none that was made before; the site does.
    app_id = known.get("SIGN_IN_APP_ID") or settings.get(ID_SETTING) or "new"
    if app_id == "new":
        # az takes one that has the name already for this one, so the name is no other site's.
        name = f"Image labeling ({host})"
        app_id = str(graph("ad", "app", "create", "--display-name", name, *properties)["appId"])
    else:
        try:
            az("ad", "app", "update", "--id", app_id, *properties)
        except HookError as error:
            hint = "If the registration is gone, run `azd env set SIGN_IN_APP_ID new`: the next run makes another."
            raise HookError(f"{error}\n{RIGHTS if _says(error, DENIED) else hint}") from None
    if known.get("SIGN_IN_APP_ID") != app_id:
        remember("SIGN_IN_APP_ID", app_id)
    if there := graph("ad", "sp", "list", "--filter", f"appId eq '{app_id}'"):
        tell_if_open(there[0])
    else:
        # Without it nobody of the tenant can sign in.
        admit_assigned_only(known, app_id, graph("ad", "sp", "create", "--id", app_id))
    return app_id


def read_settings(site: str) -> dict[str, str]:
    uri = f"{site}/listAppSettings?api-version={API_VERSION}"
    return dict(az("rest", "--method", "post", "--uri", uri).get("properties") or {})


def write_settings(site: str, settings: Mapping[str, str]) -> None:
    """Sets the site's settings. They go by a file: the arguments of a program are seen by all on the machine."""
    handle, path = tempfile.mkstemp(suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"properties": dict(settings)}, file)
        uri = f"{site}/config/appsettings?api-version={API_VERSION}"
        az("rest", "--method", "put", "--uri", uri, "--body", f"@{path}")
    finally:
        os.unlink(path)


def renew(site: str, app_id: str, settings: Mapping[str, str], now: datetime) -> None:
    """A new secret for the site; the old ones are dropped when it has the new one."""
    old = [one["keyId"] for one in graph("ad", "app", "credential", "list", "--id", app_id)]
    secret = graph(
        *("ad", "app", "credential", "reset", "--id", app_id, "--append", "--years", "1"),
        *("--display-name", f"site {now:%Y-%m-%d}", "--query", "password"),
    )
    write_settings(site, {**settings, ID_SETTING: app_id, SECRET_SETTING: secret})
    for key in old:
        graph("ad", "app", "credential", "delete", "--id", app_id, "--key-id", key)


def set_up_sign_in() -> None:
    known = values()
    (site,) = needed(known, "SITE_ID")
    check_tenant(known)
    settings, now = read_settings(site), datetime.now(UTC)
    app_id = registration(known, settings)
    credentials = graph("ad", "app", "credential", "list", "--id", app_id)
    if "--rotate" in sys.argv or is_due(settings, app_id, credentials, now):
        renew(site, app_id, settings, now)
        print("The site has a new secret for signing in, good for a year.")


if __name__ == "__main__":
    main(set_up_sign_in)
