"""The names that a path or an address from elsewhere may mean, from the most literal to the freest reading.

Pure: which of them there is, the project's images say.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal
from urllib.parse import unquote

# Byte order marks, too: they are left where files were joined.
BLANKS = " \t\r\n\u00a0\ufeff"
ADDRESS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.\-]+)://|(file):)(.*)", re.DOTALL | re.IGNORECASE)
DRIVE = re.compile(r"[A-Za-z]:")
# Whatever has none of these is in its plain form, as nearly all paths are: a million of them have to be read.
ODD = re.compile(rf"[\\%?:]|//|(?:^|/)\.\.?(?:/|\Z)|^[/{BLANKS}]|[/{BLANKS}]\Z")
# https://<account>.blob.core.windows.net/<container>/<path>, or dfs
STORAGE_HOST = re.compile(r"[^/]+\.(blob|dfs)\.[^/]+", re.IGNORECASE)
# Their paths are written as they are; all others are percent-encoded.
LITERAL_SCHEMES = frozenset(("s3", "s3a", "s3n", "gs", "wasb", "wasbs", "abfs", "abfss"))
# azureml://datastores/<name>/paths/<path>, or with subscriptions/<id>/... before it
PATHS = "/paths/"
USER = re.compile(r"(?<=://)[^/@?#:]*:[^/@?#]*@")
SIGNED = re.compile(r"[?&;][^?&;]*(sig|signature|token|credential|key)=", re.IGNORECASE)
HALVES = re.compile(r"[\ud800-\udfff]")
MOST_TOLD = 300
# Of a blob, as storage counts it.
LONGEST_NAME = 1024

Reading = Literal["path", "address", "spelling"]


def names_in(place: str, container_path: str) -> Iterator[tuple[Reading, str]]:
    """The names, likeliest first; some of them may be the same, or empty. container_path: the path of the container's
    own address.
    """
    yield "path", place
    address = ADDRESS.fullmatch(place.strip(BLANKS))
    if address:
        for name in _in_address((address[1] or address[2]).lower(), address[3], container_path):
            yield "address", name
            yield "spelling", tidy(name)
    elif ODD.search(place):
        yield "path", place.lstrip("/")
        yield "spelling", tidy(place)
        bare = _without_query(place) if SIGNED.search(place) else place
        if "%" in bare or bare != place:
            yield "spelling", tidy(unquote(bare))


def _in_address(scheme: str, rest: str, container_path: str) -> Iterator[str]:
    host, _, path = rest.partition("/")
    if scheme in LITERAL_SCHEMES:
        yield path
        yield unquote(_without_query(path))
        return
    if scheme == "azureml":
        yield unquote(rest.partition(PATHS)[2])
        return
    path = unquote(_without_query(rest if scheme == "file" else path))
    if path.startswith(container_path):
        yield path.removeprefix(container_path)
    elif STORAGE_HOST.fullmatch(host):
        yield path.partition("/")[2]
    yield path


def tidy(path: str) -> str:
    """A path in its plain form: slashes, no blanks around, no drive, and no parts that are dots or nothing."""
    if not ODD.search(path):
        return path
    parts: list[str] = []
    for part in path.strip(BLANKS).replace("\\", "/").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", ".") and (parts or not DRIVE.fullmatch(part)):
            parts.append(part)
    return "/".join(parts)


def composed(text: str) -> str:
    """In the form that projects keep names in; some file systems give them out in another. Longer than any name is, a
    text stays as it is: composing one takes time by the square of its length.
    """
    return text if text.isascii() or len(text) > LONGEST_NAME else unicodedata.normalize("NFC", text)


def told(text: str) -> str:
    """A stranger's text as it is kept and told: not for whole files, and no place with a signature or a password, or
    whatever else is behind its question mark.
    """
    if ADDRESS.fullmatch(text.strip(BLANKS)) or SIGNED.search(text):
        text = USER.sub("", _without_query(text))
    text = text if len(text) <= MOST_TOLD else f"{text[: MOST_TOLD - 1]}…"
    # JSON may have halves of characters, which nothing can be written with.
    return text if text.isascii() else HALVES.sub("\ufffd", text)


def _without_query(address: str) -> str:
    return address.partition("?")[0]
