"""The access token of the service for scripts on this machine: made at the first start, and made anew at a later one
where it works no more. It may do what the `administrator` may who signs in here without a password.
"""

import json
import logging
from pathlib import Path
from typing import Any

from localhost import own_files, sign_in
from localhost.http_functions import HttpFunctions

MAKER = "administrator"
WANTED = {"name": "this machine", "days": 365}
TOKEN_HEADER = "X-Access-Token"  # noqa: S105

log = logging.getLogger(__name__)


async def token(http: HttpFunctions, data_dir: Path, secret: str) -> str | None:
    """The token, which `data_dir` keeps; None where the app makes none, or not now."""
    file = data_dir / "token"
    try:
        kept = file.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        kept = None
    if kept:
        status, _ = await http.call("GET", "/me", {TOKEN_HEADER: kept})
        if status != 401:
            return kept if status == 200 else None
    status, made = await http.call("POST", "/tokens", sign_in.vouched(sign_in.principal(MAKER), secret), WANTED)
    if status != 201:
        log.info("No access token for this machine was made: %s", status)
        return None
    return _keep(file, made)


def _keep(file: Path, made: Any) -> str:
    key = str(json.loads(made)["key"])
    file.unlink(missing_ok=True)
    own_files.write_new(file, key)
    return key
