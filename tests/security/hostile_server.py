"""A server on loopback that stands in for a hostile datastore: it answers as it likes, and notes what it is sent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from localhost.settings import LOOPBACK


@dataclass
class HostileServer:
    """status, headers and body: what it answers to everything. heard: the target and all headers of each call."""

    status: int = 403
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    heard: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    told = HostileServer()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            told.heard.append(f"{self.requestline}\n{self.headers}")
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(told.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(told.body)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer  # noqa: N815 - http.server has these names

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        told.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield told
        server.shutdown()
        thread.join()
