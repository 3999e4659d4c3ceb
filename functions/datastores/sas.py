"""What a SAS token says about itself. Most mistakes are found before anything is sent."""

import base64
import binascii
from datetime import UTC, datetime
from urllib.parse import parse_qs

from functions.problems import Invalid

FIELD = "auth.token"
SIGNATURE_BYTES = 32


def check_sas(text: str, container_url: str, now: datetime) -> str:
    """The token in its normal form. Raises Invalid, in words, for one that cannot do its work."""
    token = text.strip().removeprefix("?")
    if "://" in token or "?" in token:
        raise _refused("This is an address. Give the token alone: what comes after the question mark.")
    if not token.isascii() or not token.isprintable() or set(token) & set(" #\\\"'<>"):
        raise _refused("The token has characters that no SAS token has. Copy it again, whole.")
    says = _says(token)
    if not says.get("sig") or not says.get("sv"):
        raise _refused("This is not a SAS token: it has no signature (sig) or no version (sv). Copy it again, whole.")
    if not _is_whole(says["sig"]):
        raise _refused(
            "The token's signature (sig) is not whole: it was cut off or changed. Copy the token again, whole."
        )
    _check_time(says, now)
    if says.get("spr") == "https" and not container_url.startswith("https:"):
        raise _refused("The SAS token is for https only.")
    _check_reach(says)
    _check_permissions(says)
    return token


def is_valid_at(token: str, now: datetime) -> bool:
    """Whether the token is within its time, as far as it says itself."""
    says = _says(token)
    expiry, start = _time(says.get("se")), _time(says.get("st"))
    return (expiry is None or now < expiry) and (start is None or start <= now)


def _says(token: str) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(token, keep_blank_values=True).items()}


def _is_whole(signature: str) -> bool:
    """An HMAC-SHA256 in Base64. A plus sign that was not escaped reads as a blank."""
    try:
        return len(base64.b64decode(signature.replace(" ", "+"), validate=True)) == SIGNATURE_BYTES
    except binascii.Error:
        return False


def _refused(words: str) -> Invalid:
    return Invalid.field(FIELD, words)


def _check_time(says: dict[str, str], now: datetime) -> None:
    expiry, start = _time(says.get("se")), _time(says.get("st"))
    if expiry and expiry <= now:
        raise _refused(f"The SAS token expired on {expiry:%Y-%m-%d at %H:%M} UTC. Make a new one.")
    if start and start > now:
        raise _refused(f"The SAS token is valid only from {start:%Y-%m-%d at %H:%M} UTC.")


def _time(text: str | None) -> datetime | None:
    """None also for a form that is not known here: storage will say what it thinks of it."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _check_reach(says: dict[str, str]) -> None:
    if "ss" in says or "srt" in says:
        if "b" not in says.get("ss", ""):
            raise _refused("The SAS token is not for the Blob service.")
        if not {"c", "o"} <= set(says.get("srt", "")):
            raise _refused("The SAS token must be for the resource types Container and Object.")
    elif says.get("sr") in ("b", "bs", "bv"):
        raise _refused("The SAS token is for one blob only. Make one for the container.")
    elif says.get("sr") == "d":
        raise _refused("The SAS token is for one directory only. Make one for the container.")
    elif says.get("sr") != "c":
        raise _refused("The SAS token is not for a blob container.")


def _check_permissions(says: dict[str, str]) -> None:
    if "si" in says and "sp" not in says:
        return
    lacking = [word for letter, word in (("r", "Read"), ("l", "List")) if letter not in says.get("sp", "")]
    if lacking:
        raise _refused(f"The SAS token lacks the permission {' and '.join(lacking)}. Make one with Read and List.")
