"""Stands in for az and azd: answers from a file of state, changes it as they would, and writes down how it was called.

Run as either; the folder that FAKE_AZURE names has state.json and, afterwards, calls.jsonl.
"""

import base64
import json
import os
import sys
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ["FAKE_AZURE"])


def main() -> None:
    program, arguments = Path(sys.argv[0]).name, sys.argv[1:]
    with (FOLDER / "calls.jsonl").open("a", encoding="utf-8") as calls:
        calls.write(json.dumps([program, *arguments]) + "\n")
    state = json.loads((FOLDER / "state.json").read_text("utf-8"))
    words = list(takewhile(lambda word: not word.startswith("-"), arguments))
    options = dict(pairwise(arguments))
    if program == "azd":
        answer = azd(arguments, state)
    elif words == ["rest"]:
        answer = rest(options, state)
    else:
        answer = az(words, options, state)
    (FOLDER / "state.json").write_text(json.dumps(state), "utf-8")
    if answer is not None:
        print(json.dumps(answer))


def azd(arguments: list[str], state: dict[str, Any]) -> Any:
    if arguments[:2] == ["env", "set"]:
        state["env"][arguments[2]] = arguments[3]
        return None
    if arguments[:2] == ["env", "get-values"]:
        return state["env"]
    sys.exit("unknown azd command")


def az(words: list[str], options: dict[str, str], state: dict[str, Any]) -> Any:
    if words[0] == "ad":
        refuse(words, options, state)
    match words:
        case ["account", verb]:
            return account(verb, state)
        case ["provider", "register"]:
            state["providers"] = sorted({*state.get("providers", []), options["--namespace"]})
            return None
        case ["ad", "signed-in-user" | "user", verb]:
            return people(verb, options, state)
        case ["ad", "app", "credential", verb]:
            return credential(verb, options, state)
        case ["ad", "app", verb]:
            return registration(verb, options, state)
        case ["ad", "sp", verb]:
            return principal(verb, options, state)
        case ["ad", "app", "permission", "grant"]:
            if state.get("consent") == "refused":
                sys.exit("ERROR: Insufficient privileges to complete the operation.")
            state["consented"] = options["--scope"]
            return {}
    return sys.exit(f"unknown az command: {words}")


def account(verb: str, state: dict[str, Any]) -> Any:
    if not state["signed_in"]:
        sys.exit("ERROR: Please run 'az login' to setup account.")
    claims = base64.urlsafe_b64encode(json.dumps({"oid": state["deployer"]}).encode()).decode().rstrip("=")
    return {"tenantId": state["tenant"]} if verb == "show" else {"accessToken": f"header.{claims}.signature"}


def refuse(words: list[str], options: dict[str, str], state: dict[str, Any]) -> None:
    """Who has no rights changes nothing; and so many calls about a registration come before Entra ID knows it."""
    if state.get("rights") == "none" and words[-1] in ("create", "update", "reset", "delete"):
        sys.exit("ERROR: Insufficient privileges to complete the operation.")
    if "--id" not in options or not (left := state.get("lagging", 0)):
        return
    state["lagging"] = left - 1
    (FOLDER / "state.json").write_text(json.dumps(state), "utf-8")
    if words == ["ad", "sp", "create"]:
        sys.exit("The appId 'app-1' of the service principal does not reference a valid application object.")
    sys.exit("Resource 'app-1' does not exist or one of its queried reference-property objects are not present.")


def registration(verb: str, options: dict[str, str], state: dict[str, Any]) -> Any:
    if verb == "create":
        # As az does: one of the same name is changed, and no other made.
        name, there = options["--display-name"], state.get("app", {})
        state["app"] = there if there.get("name") == name else {"appId": "app-1", "name": name}
    elif verb != "update" or state.get("app", {}).get("appId") != options["--id"]:
        sys.exit("no such application")
    state["app"]["audience"] = options["--sign-in-audience"]
    state["app"]["redirect"] = options["--web-redirect-uris"]
    return {"appId": state["app"]["appId"]} if verb == "create" else None


def people(verb: str, options: dict[str, str], state: dict[str, Any]) -> Any:
    one = state["person"]
    if verb == "show":
        return one or sys.exit("/me request is only valid with delegated authentication flow.")
    return [one] if one and f"'{one['userPrincipalName']}'" in options["--filter"] else []


def principal(verb: str, options: dict[str, str], state: dict[str, Any]) -> Any:
    if verb == "create":
        state["principals"] = [{"appId": options["--id"], "id": "service-1", "appRoleAssignmentRequired": False}]
        return state["principals"][0]
    if verb == "update":
        state["principals"][0]["appRoleAssignmentRequired"] = options["--set"] == "appRoleAssignmentRequired=true"
        return None
    return state.get("principals", [])


def credential(verb: str, options: dict[str, str], state: dict[str, Any]) -> Any:
    if verb == "list":
        return state["credentials"]
    if verb == "reset":
        number = state["made"] = state.get("made", 0) + 1
        state["credentials"].append({"keyId": f"key-{number}", "endDateTime": "2099-01-01T00:00:00Z"})
        return f"the-secret-{number}"
    state["credentials"] = [one for one in state["credentials"] if one["keyId"] != options["--key-id"]]
    return None


def rest(options: dict[str, str], state: dict[str, Any]) -> Any:
    path, _, query = options["--uri"].partition("?")
    if path == "/subscriptions/sub-1/resourceGroups/rg-one/providers/Microsoft.Consumption/budgets":
        return {"value": state["budgets"]} if "budgets" in state else sys.exit('{"code":"ResourceGroupNotFound"}')
    if path == "https://graph.microsoft.com/v1.0/servicePrincipals/service-1/appRoleAssignedTo":
        state["assigned"] = [*state.get("assigned", []), json.loads(options["--body"])]
        return {}
    if query != "api-version=2024-11-01":
        sys.exit("no API version")
    if options["--method"] == "post" and path == "/sites/one/listAppSettings":
        return {"properties": state["settings"]}
    if options["--method"] == "put" and path == "/sites/one/config/appsettings":
        if state.get("refuses"):
            sys.exit("not allowed")
        file = Path(options["--body"].removeprefix("@"))
        state["mode"] = oct(file.stat().st_mode & 0o777)
        state["file"] = str(file)
        state["settings"] = json.loads(file.read_text("utf-8"))["properties"]
        return {}
    return sys.exit(f"unknown address {path}")


if __name__ == "__main__":
    main()
