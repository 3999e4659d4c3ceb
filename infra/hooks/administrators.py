"""Before provisioning: whoever deploys administers the service, unless ADMINISTRATORS names others."""

from typing import Any

from infra.hooks.tools import HookError, az, main, remember, values


def sign_in_name(person: dict[str, Any]) -> str:
    """The name that Entra ID will hand to the site. A guest's user principal name is made up, and not it."""
    name = str(person["userPrincipalName"])
    return str(person.get("mail") or name) if "#EXT#" in name else name


def name_administrator() -> None:
    if values().get("ADMINISTRATORS"):
        return
    try:
        name = sign_in_name(az("ad", "signed-in-user", "show"))
    except HookError as error:
        raise HookError(
            f"Name an administrator first: azd env set ADMINISTRATORS someone@example.org ({error})"
        ) from None
    remember("ADMINISTRATORS", name)
    print(f"The administrator of the service is {name}; `azd env set ADMINISTRATORS` names others, comma separated.")


if __name__ == "__main__":
    main(name_administrator)
