"""Where the service is and by which access token it is called: told in code, by the environment, or by a login.

A login is a file that only its owner reads. Nothing here is ever logged.
"""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from image_labeling.errors import LabelingError
from image_labeling.own_folders import settings_folder

URL, TOKEN = "LABELING_URL", "LABELING_TOKEN"
LOGIN_FILE = "LABELING_LOGIN_FILE"
ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Credentials:
    """url: of the site, without a slash at its end. token: an access token of the service, or of one project."""

    url: str
    token: str


def credentials(
    url: str | None = None, token: str | None = None, environment: Mapping[str, str] = os.environ
) -> Credentials:
    """What is given here, else by LABELING_URL and LABELING_TOKEN, else by the login. Raises LabelingError.

    A token of the login is sent to the login's address alone.
    """
    url = url or environment.get(URL)
    token = token or environment.get(TOKEN)
    if not (url and token) and (login := read_login(environment)):
        url = url or login.url
        if not token and checked(url) == login.url:
            token = login.token
    if not url:
        raise LabelingError(
            f"Where is the service? Set {URL}, or log in: image-labeling login <address of the site>",
            type="unauthenticated",
        )
    if not token:
        raise LabelingError(
            f"An access token is needed. Set {TOKEN}, or log in: image-labeling login {url}", type="unauthenticated"
        )
    return Credentials(checked(url), well_formed(token))


def well_formed(token: str) -> str:
    """The token without the blanks around it, as files and secrets have them. Raises LabelingError, which never shows
    it, for what no call can carry.
    """
    token = token.strip()
    if not token or not all("!" <= letter <= "~" for letter in token):
        raise LabelingError("This is no access token: they have letters, digits, - and _ only.", type="unauthenticated")
    return token


def checked(url: str) -> str:
    """The address of the site alone. Raises LabelingError for what is none, and where a token would go unencrypted."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_one = False
    if "@" in url:
        raise LabelingError("The address of a site has no name and no password before an @.")
    if not is_one or " " in parts.netloc:
        raise LabelingError(f"`{url}` is no address of a site. It looks like https://labels.example.org")
    if parts.scheme == "http" and parts.hostname not in ON_THIS_MACHINE:
        raise LabelingError(f"`{url}` would send the access token unencrypted. Use https://")
    return f"{parts.scheme}://{parts.netloc}"


def login_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the login is kept: LABELING_LOGIN_FILE, else with the settings of the person's other programs."""
    if given := environment.get(LOGIN_FILE):
        return Path(given)
    return settings_folder(environment) / "login.json"


def read_login(environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """The login of this person. Raises LabelingError where others can read it, or it cannot be read."""
    file = login_file(environment)
    try:
        text, mode = file.read_text(encoding="utf-8"), file.stat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LabelingError(f"{file} cannot be read: {error.strerror}") from error
    if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
        raise LabelingError(f"Others can read {file}, which has an access token. Revoke it, and log in again.")
    try:
        return Credentials(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise LabelingError(f"{file} is damaged. Log in again.") from error


def write_login(given: Credentials, environment: Mapping[str, str] = os.environ) -> Path:
    """Keeps a login, in place of an earlier one."""
    file = login_file(environment)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        json.dump(asdict(given), opened)
    aside.replace(file)
    return file


def drop_login(environment: Mapping[str, str] = os.environ) -> bool:
    """Forgets the login. False where there was none."""
    file = login_file(environment)
    was_there = file.exists()
    file.unlink(missing_ok=True)
    return was_there
