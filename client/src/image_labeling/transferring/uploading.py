"""Uploading a folder: in parallel, over nothing that is there, and going on where it was cut off.

What is there already is not sent again, so the only state of an upload is the folder that it goes to: whoever runs it
once more goes on.
"""

import queue
import re
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from image_labeling.answers.uploads import Offer
from image_labeling.connection import Connection, pause
from image_labeling.errors import LabelingError
from image_labeling.route import Route
from image_labeling.transferring.choosing import Chosen, LeftOut, choose
from image_labeling.transferring.storage import FileChanged, Storage, StorageTrouble

# Files of which the service is asked at once, as it allows.
A_CALL = 200
AT_ONCE, MOST_AT_ONCE = 16, 64
# So many times a file is sent, with a new address each time.
MOST_TRIES = 5
# So many failures are told by name.
TOLD_FAILURES = 20
GOES_ON = "Run it again: it goes on with what is missing."
_OF_FILE = re.compile(r"files\.(\d+)(\.|$)")

# Asks for the addresses of files.
Ask = Callable[[Sequence[Chosen]], Offer]


@dataclass(frozen=True)
class UploadProgress:
    """How far an upload is, in files and in bytes, those that were there already included. uploaded: files that were
    sent now.
    """

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    uploaded: int


@dataclass(frozen=True)
class Upload:
    """What an upload came to. Names are paths below the folder.

    existing: files that were there already, with as many bytes. conflicting: other files of these names are there, with
    another number of bytes; they stay as they are. left_out: what was not to be uploaded.
    """

    uploaded: tuple[str, ...]
    existing: tuple[str, ...]
    conflicting: tuple[str, ...]
    left_out: LeftOut


Told = Callable[[UploadProgress], None]


def asking(connection: Connection, route: Route[Offer], prefix: str | None = None, **names: Any) -> Ask:
    """Asks by this route, whose path has these names."""

    def ask(files: Sequence[Chosen]) -> Offer:
        body = {"files": [{"name": one.name, "bytes": one.bytes} for one in files], "skipExisting": True}
        return connection.call(route, body=body if prefix is None else {**body, "prefix": prefix}, **names)

    return ask


def upload_folder(folder: str | Path, ask: Ask, *, at_once: int = AT_ONCE, told: Told | None = None) -> Upload:
    """Sends the images of a folder. at_once: so many at a time. told: is handed how far it is, one call at a time, from
    any thread.

    Raises LabelingError where the service or storage refuses, and, once all others are sent, where files could not be
    (`incomplete`; `errors` has some of them by name).
    """
    if not 1 <= at_once <= MOST_AT_ONCE:
        raise LabelingError(f"at_once is a number from 1 to {MOST_AT_ONCE}, not {at_once}.")
    chosen, left_out = choose(Path(folder))
    standing = _Standing(chosen, told)
    with Storage(at_once) as storage:
        _Sending(storage, ask, standing).run(chosen, at_once)
    failed = [*standing.failed, *((name, "It cannot be read.") for name in left_out.unreadable)]
    if failed:
        some = "; ".join(f"{name}: {why}" for name, why in failed[:3])
        raise LabelingError(
            f"{len(failed)} of {len(chosen) + len(left_out.unreadable)} files were not uploaded, the others are. {some}"
            f"{'; and more.' if len(failed) > 3 else ''}",
            type="incomplete",
            errors=failed[:TOLD_FAILURES],
        )
    return Upload(tuple(standing.uploaded), tuple(standing.existing), tuple(standing.conflicting), left_out)


@dataclass
class _Standing:
    """What has become of each file. One thread at a time changes it."""

    chosen: Sequence[Chosen]
    told: Told | None
    uploaded: list[str] = field(default_factory=list)
    existing: list[str] = field(default_factory=list)
    conflicting: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._of_bytes = sum(one.bytes for one in self.chosen)
        self._files = self._bytes = 0
        self._tell()

    def settle(self, chosen: Chosen, among: list[str], bytes_told: int = 0) -> None:
        with self._lock:
            among.append(chosen.name)
            self._settle(chosen.bytes - bytes_told)

    def fail(self, chosen: Chosen, why: str) -> None:
        with self._lock:
            self.failed.append((chosen.name, why))
            self._settle(chosen.bytes)

    def move(self, bytes_more: int) -> None:
        """Of a file that is under way."""
        if bytes_more:
            with self._lock:
                self._bytes += bytes_more
                self._tell()

    def _settle(self, bytes_more: int) -> None:
        self._files += 1
        self._bytes += bytes_more
        self._tell()

    def _tell(self) -> None:
        if self.told:
            self.told(UploadProgress(self._files, len(self.chosen), self._bytes, self._of_bytes, len(self.uploaded)))


class _Stopped(Exception):
    """The upload has ended."""


class _Sending:
    """Addresses come from this thread, always some more than are used up; others send the files."""

    def __init__(self, storage: Storage, ask: Ask, standing: _Standing) -> None:
        self._storage = storage
        self._ask = ask
        self._standing = standing
        self._ready: queue.Queue[tuple[Chosen, str] | None] = queue.Queue(A_CALL)
        self._stop = threading.Event()
        self._error: BaseException | None = None

    def run(self, chosen: Sequence[Chosen], at_once: int) -> None:
        """Raises what has ended it, LabelingError or what `told` raised."""
        # Who presses Ctrl-C waits for none of them.
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(min(at_once, len(chosen)))]
        for thread in threads:
            thread.start()
        try:
            for start in range(0, len(chosen), A_CALL):
                for one in self._offered(chosen[start : start + A_CALL]):
                    self._hand(one)
                if self._stop.is_set():
                    break
            for _ in threads:
                self._hand(None)
            for thread in threads:
                while thread.is_alive() and not self._stop.is_set():
                    thread.join(0.1)
        finally:
            self._stop.set()
            self._wake(len(threads))
        if self._error:
            raise self._error

    def _wake(self, threads: int) -> None:
        """Lets those end that wait for files."""
        with suppress(queue.Empty):
            while True:
                self._ready.get_nowait()
        for _ in range(threads):
            self._ready.put_nowait(None)

    def _hand(self, one: tuple[Chosen, str] | None) -> None:
        while not self._stop.is_set():
            with suppress(queue.Full):
                self._ready.put(one, timeout=0.1)
                return

    def _work(self) -> None:
        try:
            while (one := self._ready.get()) and not self._stop.is_set():
                self._send(*one)
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised where the upload was asked for
            self._error = self._error or error
            self._stop.set()

    def _send(self, chosen: Chosen, url: str) -> None:
        for tries in range(1, MOST_TRIES + 1):
            sent = _Sent(self._standing, self._stop)
            try:
                self._storage.put(url, chosen, sent)
            except StorageTrouble as trouble:
                sent.take_back()
                if tries == MOST_TRIES or not (trouble.passes or trouble.is_over):
                    self._give_up(chosen, trouble)
                    return
                if trouble.passes and self._stop.wait(pause(tries, trouble.retry_after)):
                    raise _Stopped from None
            except FileChanged:
                sent.take_back()
                self._standing.fail(chosen, "It was changed while it was sent.")
                return
            except OSError as error:
                sent.take_back()
                self._standing.fail(chosen, f"It cannot be read: {error.strerror}.")
                return
            else:
                self._standing.settle(chosen, self._standing.uploaded, sent.bytes)
                return
            again = self._offered([chosen], was_sent=True)
            if not again:
                return
            url = again[0][1]

    def _give_up(self, chosen: Chosen, trouble: StorageTrouble) -> None:
        """What ails storage or the way there ails all files; what is wrong with one does not keep the others."""
        if trouble.passes or trouble.status == 403:
            raise LabelingError(f"{trouble}. {GOES_ON}", type="unreachable", status=trouble.status) from trouble
        self._standing.fail(chosen, f"{trouble}.")

    def _offered(self, files: Sequence[Chosen], *, was_sent: bool = False) -> list[tuple[Chosen, str]]:
        """Those that are not there, with their addresses. was_sent: of one whose answer may have been lost."""
        rest = list(files)
        while rest:
            try:
                offer = self._ask(rest)
            except LabelingError as error:
                refused = _refused(error)
                if not refused:
                    raise
                for index, why in refused.items():
                    self._standing.fail(rest[index], why)
                rest = [one for index, one in enumerate(rest) if index not in refused]
                continue
            of = {one.name: one for one in rest}
            for name in offer.existing:
                self._standing.settle(of[name], self._standing.uploaded if was_sent else self._standing.existing)
            for name in offer.conflicting:
                self._standing.settle(of[name], self._standing.conflicting)
            return [(of[upload.name], upload.url) for upload in offer.uploads]
        return []


class _Sent:
    """Counts what has gone out of one file."""

    def __init__(self, standing: _Standing, stop: threading.Event) -> None:
        self.bytes = 0
        self._standing = standing
        self._stop = stop

    def __call__(self, count: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self.bytes += count
        self._standing.move(count)

    def take_back(self) -> None:
        self._standing.move(-self.bytes)


def _refused(error: LabelingError) -> dict[int, str]:
    """The files that the service has named as the matter, by their places in the call."""
    found = ((_OF_FILE.match(name), why) for name, why in error.errors) if error.status == 422 else ()
    return {int(match[1]): why for match, why in found if match}
