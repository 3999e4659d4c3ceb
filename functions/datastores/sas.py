"""What a SAS token says about itself. Most mistakes are found before anything is sent."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from functions.datastores.model import TokenWarning
from functions.problems import Invalid

FIELD = "auth.token"
SIGNATURE_BYTES = 32
# Read, list, tags and their search, and what is needed to walk folders: with these alone nothing changes.
HARMLESS = frozenset("rltfe")
LONG = timedelta(days=366)


def check_sas(text: str, container_url: str, folder: str, now: datetime) -> str:
    """The token in its normal form. Raises Invalid, in words, for one that cannot do its work in this folder of the
    container ("" for all of it).
    """
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
    _check_reach(says, folder)
    _check_permissions(says)
    return token


def warnings_of(token: str, now: datetime) -> tuple[TokenWarning, ...]:
    """What is against a token that was checked. What a stored policy says is not known here."""
    says = _says(token)
    expiry = _times(says)[1]
    found: list[TokenWarning] = []
    if set(says.get("sp", "")) - HARMLESS:
        found.append("changes")
    if expiry > now + LONG if expiry else "si" not in says:
        found.append("long")
    return tuple(found)


def is_valid_at(token: str, now: datetime) -> bool:
    """Whether the token is within its time, as far as it says itself."""
    start, expiry = _times(_says(token))
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
    start, expiry = _times(says)
    if expiry and expiry <= now:
        raise _refused(expired(expiry))
    if start and start > now:
        raise _refused(not_yet(start))


def expired(at: datetime) -> str:
    return f"The SAS token expired on {at:%Y-%m-%d at %H:%M} UTC. Make a new one."


def not_yet(at: datetime) -> str:
    return f"The SAS token is valid only from {at:%Y-%m-%d at %H:%M} UTC. Wait, or make one that starts earlier."


def _times(says: dict[str, str]) -> tuple[datetime | None, datetime | None]:
    """From when and until when it is valid: a token that is signed by a user's key also goes by that key's times."""
    starts = [start for start in (_time(says.get("st")), _time(says.get("skt"))) if start]
    ends = [end for end in (_time(says.get("se")), _time(says.get("ske"))) if end]
    return max(starts, default=None), min(ends, default=None)


def _time(text: str | None) -> datetime | None:
    """None also for a form that is not known here: storage will say what it thinks of it."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def is_for_directory(token: str) -> bool:
    return _says(token).get("sr") == "d"


def _check_reach(says: dict[str, str], folder: str) -> None:
    if "ss" in says or "srt" in says:
        if "b" not in says.get("ss", ""):
            raise _refused("The SAS token is not for the Blob service.")
        if not {"c", "o"} <= set(says.get("srt", "")):
            raise _refused("The SAS token must be for the resource types Container and Object.")
    elif says.get("sr") in ("b", "bs", "bv"):
        raise _refused("The SAS token is for one blob only. Make one for the container.")
    elif says.get("sr") == "d":
        _check_directory(says.get("sdd", ""), folder)
    elif says.get("sr") != "c":
        raise _refused("The SAS token is not for a blob container.")


def _check_directory(depth: str, folder: str) -> None:
    """The token does not say which directory it is for, but how many names its path has."""
    if not folder:
        raise _refused(
            "The SAS token is for one directory only. Name that folder for a new datastore, or make a token for the "
            "container."
        )
    names = folder.count("/")
    if depth != str(names):
        raise _refused(
            f"The SAS token is not for the folder {folder!r}: it is for a directory whose path has another number of "
            "names."
        )


def _check_permissions(says: dict[str, str]) -> None:
    if "si" in says and "sp" not in says:
        return
    lacking = [word for letter, word in (("r", "Read"), ("l", "List")) if letter not in says.get("sp", "")]
    if lacking:
        raise _refused(f"The SAS token lacks the permission {' and '.join(lacking)}. Make one with Read and List.")
