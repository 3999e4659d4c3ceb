"""Calls of the storage account, by addresses that the service has signed. No access token goes there."""

import mimetypes
from collections.abc import Callable, Iterator
from types import TracebackType

import httpx

from image_labeling.transferring.choosing import Chosen

TIMEOUT = httpx.Timeout(60, connect=10)
# Smaller files are sent in one go; of larger ones it is told how far they are.
SMALL = 2 * 1024 * 1024
PIECE = 256 * 1024
PASSING = (408, 429, 500, 502, 503, 504)
NO_KIND = "application/octet-stream"


class StorageTrouble(Exception):
    """A call that storage refused, or did not answer. status: of HTTP, None without an answer."""

    def __init__(self, words: str, status: int | None = None, retry_after: str | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.retry_after = retry_after

    @property
    def passes(self) -> bool:
        """The same may work later."""
        return self.status is None or self.status in PASSING

    @property
    def is_over(self) -> bool:
        """Another address may help: this one has expired, or was used."""
        return self.status in (403, 409)


class FileChanged(Exception):
    """A file on the disk is no longer as long as it was when it was looked at."""


class Storage:
    """at_once: so many threads may use it."""

    def __init__(self, at_once: int) -> None:
        limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
        self.http = httpx.Client(timeout=TIMEOUT, limits=limits)

    def __enter__(self) -> "Storage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def put(self, url: str, chosen: Chosen, told: Callable[[int], None]) -> None:
        """Puts a file. told: is handed the number of bytes of each piece that goes out; what it raises ends it. Raises
        StorageTrouble, FileChanged and, where the file cannot be read, OSError.
        """
        headers = {
            "x-ms-blob-type": "BlockBlob",
            "content-type": mimetypes.guess_type(chosen.name)[0] or NO_KIND,
            "content-length": str(chosen.bytes),
        }
        content = chosen.path.read_bytes() if chosen.bytes <= SMALL else _pieces(chosen, told)
        if isinstance(content, bytes) and len(content) != chosen.bytes:
            raise FileChanged
        try:
            answer = self.http.put(url, content=content, headers=headers)
        except httpx.TransportError as error:
            raise StorageTrouble(f"Storage does not answer: {str(error) or type(error).__name__}") from error
        if not answer.is_success:
            raise refusal(answer)


def refusal(answer: httpx.Response) -> StorageTrouble:
    code = answer.headers.get("x-ms-error-code")
    words = f"Storage answers {answer.status_code}{f' ({code})' if code else ''}"
    return StorageTrouble(words, answer.status_code, answer.headers.get("retry-after"))


def _pieces(chosen: Chosen, told: Callable[[int], None]) -> Iterator[bytes]:
    left = chosen.bytes
    with chosen.path.open("rb") as file:
        while piece := file.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise FileChanged
            yield piece
            told(len(piece))
    if left:
        raise FileChanged
