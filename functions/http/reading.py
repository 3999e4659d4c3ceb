"""Reads what callers send: where it comes from, the body and the query."""

from collections.abc import Collection, Mapping
from typing import TypeVar

import azure.functions as func
from pydantic import BaseModel, ValidationError

from functions.outside import Bounds, NotJson, TooMuch, Twice, by_length, read_model
from functions.problems import CrossOrigin, Invalid, Malformed, TooLarge, UnsupportedMediaType
from functions.wording import field_errors

# Three times what the longest list of images that a call may name has.
MOST_VALUES = 10_000
MOST_DEPTH = 16

M = TypeVar("M", bound=BaseModel)


def refuse_cross_origin(headers: Mapping[str, str], site_hosts: Collection[str]) -> None:
    """Raises CrossOrigin for what another site's page sends. Browsers say where a call comes from, by Sec-Fetch-Site
    and Origin; scripts send neither.

    A proxy may drop Sec-Fetch-Site, and calls the functions by another Host than the browser called it. So where the
    site's own hosts are known (SITE_HOSTS), an origin is compared with them, and X-Forwarded-Host is not asked.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site in ("same-origin", "none") or (site is None and origin is None):
        return
    own = {headers.get("host", ""), *(site_hosts or [headers.get("x-forwarded-host", "")])} - {""}
    # An origin is a scheme and a host; what it is not, is not taken apart.
    if site is not None or (origin or "").partition("://")[2] not in own:
        raise CrossOrigin("The call comes from another site.")


async def read_body(model: type[M], req: func.HttpRequest, most_bytes: int) -> M:
    """The validated body. Raises UnsupportedMediaType, TooLarge, Malformed or Invalid."""
    if req.headers.get("content-type", "").split(";")[0].strip().casefold() != "application/json":
        raise UnsupportedMediaType("Send the body as application/json.")
    raw = req.get_body()
    if len(raw) > most_bytes:
        raise TooLarge(f"A body can have {most_bytes // 2**20} MiB at most.")
    bounds = Bounds(most_bytes, MOST_VALUES, MOST_DEPTH)
    try:
        return await by_length(len(raw), lambda: read_model(model, raw, bounds))
    except (NotJson, TooMuch) as error:
        raise Malformed(f"The body cannot be read. {error}") from None
    except Twice as twice:
        raise Invalid.field(twice.key, str(twice)) from None
    except ValidationError as error:
        raise _invalid(error) from None


def read_query(model: type[M], req: func.HttpRequest) -> M:
    """The validated query. Raises Invalid."""
    try:
        return model.model_validate({name: value for name, value in req.params.items() if value != ""})
    except ValidationError as error:
        raise _invalid(error) from None


def _invalid(error: ValidationError) -> Invalid:
    errors = list(field_errors(error))
    return Invalid("; ".join(f"{field or 'body'}: {message}" for field, message in errors[:3]), errors=errors)
