"""Changes that are meant for what their caller has seen: its ETag comes back as If-Match (RFC 9110)."""

import hashlib
import json
from typing import Any

from functions.problems import PreconditionFailed


def content_etag(content: Any) -> str:
    """An ETag that is the same for the same content, ready for JSON."""
    return f'"{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]}"'


def require_match(if_match: str | None, etag: str | None) -> None:
    """Raises PreconditionFailed where If-Match was sent and names something else than what is there now; None: nothing
    is. A weak ETag counts as well: what compresses answers on their way weakens theirs.
    """
    if if_match is None or (etag and if_match.strip() == "*"):
        return
    if etag not in [one.strip().removeprefix("W/") for one in if_match.split(",")]:
        raise PreconditionFailed("Somebody else changed it after you read it. Nothing was changed. Read it again.")
