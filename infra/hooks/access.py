"""Whether storage knows yet who may read the deployed package.

Roles take minutes to reach storage, and a deployment of the functions before that is refused. The functions' identity
cannot be asked; whoever deploys can, and gets a role on the container of packages at the same moment, for this alone.
"""

import base64
import json
from collections.abc import Mapping

from infra.hooks.tools import HookError, az, needed, remember, until
from infra.hooks.web import ask

PATIENCE_SECONDS = 300
STORAGE = "https://storage.azure.com"
STORAGE_VERSION = "2021-12-02"


def name_deployer(known: Mapping[str, str]) -> None:
    """Remembers who az is signed in as, in the tenant of the subscription: an object id that a role can be given to."""
    if not (subscription := known.get("AZURE_SUBSCRIPTION_ID")):
        return
    try:
        token = az("account", "get-access-token", "--subscription", subscription)["accessToken"]
    except HookError as error:
        way = "Run `az login`, with --tenant where the subscription is in another tenant than yours, then azd again."
        raise HookError(f"az cannot reach the subscription {subscription}. {way} ({error})") from None
    deployer = object_id(token)
    if known.get("DEPLOYER_ID") != deployer:
        remember("DEPLOYER_ID", deployer)


def object_id(token: str) -> str:
    claims = token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["oid"])


def wait_for_storage(known: Mapping[str, str]) -> None:
    # A private account is closed to whoever deploys, with a role and without.
    if not known.get("DEPLOYER_ID") or known.get("PRIVATE_NETWORK") == "true":
        return
    packages, subscription = needed(known, "PACKAGES_URL", "AZURE_SUBSCRIPTION_ID")
    try:
        token = az("account", "get-access-token", "--resource", STORAGE, "--subscription", subscription)["accessToken"]
    except HookError as error:
        print(f"Not waiting until storage knows the new roles: {error}")
        return
    headers = {"Authorization": f"Bearer {token}", "x-ms-version": STORAGE_VERSION}

    def look() -> int:
        return ask(f"{packages}?restype=container&comp=list&maxresults=1", **headers).status

    if look() == 403:
        print("Waiting until storage knows the roles that were just given, five minutes at most.", flush=True)
        if until(lambda status: status != 403, look, PATIENCE_SECONDS) == 403:
            print("It does not yet. If the functions' deployment is refused with 403, run `azd deploy` a little later.")
