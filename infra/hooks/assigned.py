"""Only people who are assigned to the registration, by themselves or by a group, may sign in.

So it is from the first deployment on, with the administrators assigned. Later ones change nothing: whoever looks after
the tenant may have decided otherwise. Where assignment is required, Entra ID lets nobody consent for themselves, so
consent is given for all first; and the requirement comes last, so that nobody is locked out where the rest is refused.
"""

import json
from collections.abc import Mapping
from typing import Any

from functions.sign_in_names import read_administrators
from infra.hooks.tools import HookError, az

ASSIGNMENTS = "https://graph.microsoft.com/v1.0/servicePrincipals/{}/appRoleAssignedTo"
MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000"
SCOPES = "openid profile email"
# Of a registration without roles of its own.
NO_ROLE = "00000000-0000-0000-0000-000000000000"
OPEN = "Everybody of the tenant may sign in, and sees nothing until they are invited."
CLOSING = "How to let in only people who are assigned: docs/deployment.md, Who gets in."


def admit_assigned_only(known: Mapping[str, str], app_id: str, service: Mapping[str, Any]) -> None:
    """service: what Entra ID has made of the registration in this tenant."""
    try:
        az("ad", "app", "permission", "grant", "--id", app_id, "--api", MICROSOFT_GRAPH, "--scope", SCOPES)
        for person in _administrators(known):
            _assign(service["id"], person)
        az("ad", "sp", "update", "--id", app_id, "--set", "appRoleAssignmentRequired=true")
    except HookError as error:
        print(f"{OPEN} {CLOSING} ({error})")
    else:
        print("Only people who are assigned may sign in: for now the administrators of the service.")


def tell_if_open(service: Mapping[str, Any]) -> None:
    if not service.get("appRoleAssignmentRequired"):
        print(f"{OPEN} {CLOSING}")


def _administrators(known: Mapping[str, str]) -> list[str]:
    """Their object ids. Raises HookError where there is nobody, or somebody who is not known."""
    names = read_administrators(known.get("ADMINISTRATORS") or "")
    if not names:
        raise HookError("ADMINISTRATORS names nobody who could be assigned.")
    return [_person(name) for name in names]


def _person(name: str) -> str:
    """The object id of who signs in by this name: guests by their address."""
    quoted = name.replace("'", "''")
    found = az("ad", "user", "list", "--filter", f"userPrincipalName eq '{quoted}' or mail eq '{quoted}'")
    if len(found) != 1:
        raise HookError(f"Entra ID knows {len(found)} people who sign in as {name}.")
    return str(found[0]["id"])


def _assign(service: str, person: str) -> None:
    body = {"principalId": person, "resourceId": service, "appRoleId": NO_ROLE}
    az("rest", "--method", "post", "--uri", ASSIGNMENTS.format(service), "--body", json.dumps(body))
