"""What the tests of transfers need: the client as somebody has it who administers the service, a folder on the disk,
and a proxy on the way to the service and its storage.
"""

import io
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
from PIL import Image

from image_labeling import Labeling
from tests.api.builders import People, good, new_name
from tests.running import NO_CERTIFICATES, PATIENCE

NOT_HANDED_ON = ("host", "connection", "proxy-connection", "keep-alive", "transfer-encoding", "content-length")
PIECE = 64 * 1024


def signed_in(people: People) -> dict[str, str]:
    """The environment of a script that may do what an administrator of the service may."""
    token = good(people().post("/api/tokens", json={"name": new_name("token")}), 201)["key"]
    return {"LABELING_URL": people.service.url, "LABELING_TOKEN": token}


def labeling_of(people: People) -> Labeling:
    return Labeling(environment=signed_in(people))


def on_disk(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def noise(seed: int) -> bytes:
    """An image of some 400 KB: nothing in it can be packed."""
    out = io.BytesIO()
    Image.frombytes("RGB", (370, 370), random.Random(seed).randbytes(370 * 370 * 3)).save(out, "PNG")
    return out.getvalue()


class Proxy:
    """Hands on all calls of clients whose HTTP_PROXY is its address, and counts those of storage.

    sent, stored: how often each file came here whole, and was taken by storage; by the last parts of their names. gets:
    the headers of each reading call; gotten: how many bytes went back. has_leaked: an access token
    has come to storage.
    faults: what befalls the next calls of storage: a status, `lost` where the call is carried out and its answer is not
    given, `cut` where the answer ends in its middle. seconds: how long it takes with each call of storage, and with
    each piece of an answer.
    """

    def __init__(self) -> None:
        self.url = ""
        self.sent: Counter[str] = Counter()
        self.stored: Counter[str] = Counter()
        self.gotten = 0
        self.has_leaked = False
        self.gets: list[Mapping[str, str]] = []
        self.faults: list[int | str] = []
        self.seconds = 0.0

    @property
    def environment(self) -> dict[str, str]:
        return {"HTTP_PROXY": self.url, "http_proxy": self.url, "NO_PROXY": "", "no_proxy": ""}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: Proxy
    http: httpx.Client

    def _hand_on(self) -> None:
        size = int(self.headers.get("content-length", 0))
        body = self.rfile.read(size)
        if len(body) < size:
            # Storage takes nothing that a client has not sent to its end.
            self.close_connection = True
            return
        if "/api/" in self.path:
            self._answer(self._answered(body))
            return
        self.proxy.has_leaked |= "x-access-token" in self.headers
        time.sleep(self.proxy.seconds)
        fault = self.proxy.faults.pop(0) if self.proxy.faults else None
        name = unquote(urlsplit(self.path).path).rpartition("/")[2]
        if self.command == "PUT":
            self.proxy.sent[name] += 1
        else:
            self.proxy.gets.append(dict(self.headers.items()))
        if isinstance(fault, int):
            self._answer(httpx.Response(fault, headers={"x-ms-error-code": "Fault", "retry-after": "0"}))
            return
        answer = self._answered(body)
        if self.command == "PUT" and answer.is_success:
            self.proxy.stored[name] += 1
        if fault == "lost":
            self.close_connection = True
            return
        self._answer(answer, is_storage=True, is_cut=fault == "cut")

    def _answered(self, body: bytes) -> httpx.Response:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in NOT_HANDED_ON}
        return self.http.request(self.command, self.path, content=body, headers=headers)

    def _answer(self, answer: httpx.Response, *, is_storage: bool = False, is_cut: bool = False) -> None:
        content = answer.content
        self.send_response_only(answer.status_code)
        for name, value in answer.headers.items():
            if name not in NOT_HANDED_ON:
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        for start in range(0, len(content) // (2 if is_cut else 1), PIECE):
            self.wfile.write(content[start : start + PIECE])
            if is_storage and self.command == "GET":
                self.proxy.gotten += len(content[start : start + PIECE])
                time.sleep(self.proxy.seconds)
        if is_cut:
            self.close_connection = True

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _hand_on  # noqa: N815

    def log_message(self, *told: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *about: object) -> None:
        """Of a client that was killed."""


@contextmanager
def proxy() -> Iterator[Proxy]:
    own = Proxy()
    with httpx.Client(timeout=PATIENCE, verify=NO_CERTIFICATES, trust_env=False) as http:
        handler = type("Handler", (_Handler,), {"proxy": own, "http": http})
        server = _Server(("127.0.0.1", 0), handler)
        own.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield own
        finally:
            server.shutdown()
            server.server_close()
