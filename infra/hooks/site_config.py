"""Before the site is deployed: its configuration gets the tenant that signs in, and the account with the pictures."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from infra.hooks.tools import HookError, main, needed, values

FILE = Path(__file__).resolve().parents[2] / "static_site" / "dist" / "staticwebapp.config.json"
PLACES = ("AZURE_TENANT_ID", "BLOB_ORIGIN")


def filled(text: str, known: Mapping[str, str]) -> str:
    """The configuration with its places filled in. Raises HookError where one stays empty or the result is no JSON."""
    for name, value in zip(PLACES, needed(known, *PLACES), strict=True):
        if not re.fullmatch(r"[a-z0-9.:/-]+", value):
            raise HookError(f"{name} is {value!r}, which has no place in the site's configuration.")
        text = text.replace(f"${{{name}}}", value)
    if "${" in text:
        raise HookError(f"{FILE.name} has a place that nothing is known for: {text[text.index('${') :][:40]}")
    json.loads(text)
    return text


def fill_site_config() -> None:
    if not FILE.is_file():
        raise HookError(f"{FILE} is not there: the site has not been built.")
    FILE.write_text(filled(FILE.read_text("utf-8"), values()), "utf-8")
    print(f"{os.path.relpath(FILE)} names the tenant and the storage account.")


if __name__ == "__main__":
    main(fill_site_config)
