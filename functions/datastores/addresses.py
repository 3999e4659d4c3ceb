"""Which addresses a datastore may have.

The service sends tokens and its own identity there, so everything is refused that is not plainly a container of a
storage account's blob endpoint: hosts are matched whole, and nothing is normalized that might be read in two ways.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from functions.problems import Invalid
from functions.settings import Settings

FIELD = "containerUrl"
LONGEST = 500

# Endpoints in a DNS zone of their own (z00 to z99) are there in the public cloud only.
HOST = re.compile(
    r"[a-z0-9]{3,24}\."
    r"(blob\.core\.(windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)|z[0-9]{2}\.blob\.storage\.azure\.net)"
)
LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:([1-9][0-9]{0,4}))?")
ACCOUNT = re.compile(r"[a-z0-9]{3,24}")
CONTAINER = re.compile(r"(?=.{3,63}\Z)[a-z0-9]+(-[a-z0-9]+)*|\$root|\$web")
URL = re.compile(r"(?P<scheme>[A-Za-z]+)://(?P<host>[^/]*)/(?P<path>.*)")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")

EXAMPLE = "https://<account>.blob.core.windows.net/<container>"


@dataclass(frozen=True)
class _Address:
    account_url: str
    account: str
    container: str

    @property
    def url(self) -> str:
        return f"{self.account_url}/{self.container}"


class ContainerParts(NamedTuple):
    account_url: str
    account: str
    container: str


def check_container_url(text: str, config: Settings, own_blobs_url: str) -> str:
    """The normal form of a container's address. Raises Invalid for every address to which nothing may be sent."""
    url = text.strip(" ")
    address = _parse(url, config.loopback_datastores)
    if _is_own(address, own_blobs_url) or (config.host_storage and _is_hosts(address, config.host_storage)):
        raise _refused("This is the service's own storage account. Use the datastore `workspace`, or another account.")
    return address.url


def split_container_url(url: str) -> ContainerParts:
    """The parts of an address that was checked before."""
    account_url, _, container = url.rpartition("/")
    host, _, path = account_url.partition("://")[2].partition("/")
    return ContainerParts(account_url, path or host.partition(".")[0], container)


def _refused(words: str) -> Invalid:
    return Invalid.field(FIELD, words)


def _parse(url: str, loopback: bool) -> _Address:
    if not 0 < len(url) <= LONGEST:
        raise _refused(f"Give the container's address, like {EXAMPLE}.")
    if "sig=" in url.casefold():
        raise _refused(
            "The address has a SAS token in it. Put what comes after the question mark into the token's field."
        )
    if not url.isascii() or not url.isprintable() or set(url) & set(" \\\"'<>^`{|}"):
        raise _refused(f"The address has characters that no container's address has. It looks like {EXAMPLE}.")
    if "?" in url or "#" in url:
        raise _refused("Give the container's address alone, without anything after a question mark or a hash.")
    if "@" in url:
        raise _refused("The address must not have a user name or an @ in it.")
    parts = URL.fullmatch(url)
    if not parts:
        raise _refused(f"Give the container's whole address, like {EXAMPLE}.")
    scheme, host, path = parts["scheme"].lower(), parts["host"].lower(), parts["path"].removesuffix("/")
    if scheme == "https" and HOST.fullmatch(host):
        return _Address(f"https://{host}", host.partition(".")[0], _container(path))
    if scheme == "http" and loopback and _is_loopback(host):
        return _on_loopback(host, path)
    if scheme == "http" and HOST.fullmatch(host):
        raise _refused("Only https is taken.")
    raise _refused(f"This is not the blob endpoint of a storage account. The address looks like {EXAMPLE}.")


def _is_loopback(host: str) -> bool:
    found = LOOPBACK.fullmatch(host)
    return found is not None and int(found[3] or 80) <= 65535


def _on_loopback(host: str, path: str) -> _Address:
    """Storage emulators have the account in the path."""
    account, slash, container = path.rpartition("/")
    if not slash:
        return _Address(f"http://{host}", "", _container(path))
    if not ACCOUNT.fullmatch(account):
        raise _refused("On this machine the address looks like http://127.0.0.1:10000/<account>/<container>.")
    return _Address(f"http://{host}/{account}", account, _container(container))


def _container(path: str) -> str:
    if not path:
        raise _refused("The address ends before the container's name.")
    if "/" in path:
        raise _refused(
            "Give the container's address alone, without a folder. The folder is chosen later, with the dataset."
        )
    if not CONTAINER.fullmatch(path):
        raise _refused("A container's name has 3 to 63 lower-case letters, digits and single dashes.")
    return path


def _is_own(address: _Address, own_blobs_url: str) -> bool:
    """Whether the address leads into the service's own account, by whichever of its names."""
    own, theirs = urlsplit(own_blobs_url), urlsplit(address.account_url)
    if own.hostname not in LOOPBACK_NAMES:
        return own.hostname == theirs.hostname
    if theirs.hostname not in LOOPBACK_NAMES or (own.port or 80) != (theirs.port or 80):
        return False
    # Without an account in the path, the emulator takes the container's name for it.
    account = address.account or address.container
    return account.removesuffix("-secondary") == own.path.strip("/").lower()


def _is_hosts(address: _Address, host_storage: str) -> bool:
    """Whether the address leads into the host's own account, given by connection string, blob address or name."""
    if "=" not in host_storage:
        named = urlsplit(host_storage).hostname or host_storage
        return named.casefold().partition(".")[0] == address.account
    parts = dict(part.split("=", 1) for part in host_storage.split(";") if "=" in part)
    name, endpoint = parts.get("AccountName", ""), parts.get("BlobEndpoint")
    suffix = parts.get("EndpointSuffix", "core.windows.net")
    return _is_own(address, endpoint or f"https://{name.casefold()}.blob.{suffix}")
