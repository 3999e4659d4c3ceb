"""A service of which each answer is given: for what the real one does seldom, or not twice the same."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PROBLEM = "urn:labeling:problem:"
PROJECT: dict[str, Any] = {
    "etag": '"1"',
    "id": "p1",
    "name": "Cats and dogs",
    "taskType": "multiClass",
    "dataset": {"name": "pets", "datastore": "workspace", "prefix": "pets/"},
    "labels": [
        {"id": number, "name": name, "group": "", "key": str(number), "description": "", "examples": []}
        for number, name in enumerate(("Cat", "Dog"), 1)
    ],
    "groups": [],
    "merged": [],
    "incrementalRefresh": False,
    "order": "shuffled",
    "instructions": {"text": "", "url": ""},
    "mlAssist": False,
    "suggestionOrder": "surest",
    "suggestionPrecision": 0.95,
    "leaseMinutes": 15,
    "opinions": {"least": 1, "most": 1, "share": 1.0, "until": None},
    "hasOpinions": False,
    "labelersSeeFigures": False,
    "checked": None,
    "status": "created",
    "statusDetail": None,
    "inTrouble": False,
    "createdAt": "2026-11-30T12:00:00Z",
    "lastRefreshAt": None,
    "role": "administrator",
}
PROGRESS: dict[str, Any] = {
    **dict.fromkeys(("preparing", "waiting", "leased", "disputed", "unreadable", "missing"), 0),
    **dict.fromkeys(("deferred", "returned", "awaitingOpinions", "reviewed", "empty"), 0),
    "total": 60,
    "labeled": 45,
    "skipped": 15,
    "labeledPerHour": 12.0,
    "byLabel": [{"label": "Cat", "count": 40}, {"label": "Dog", "count": 5}],
    "byLabeler": [],
}


class Canned:
    """answers: by method and path, as `GET /api/projects`, a body, or a status and a body; of a list of them each
    once, and the last from then on. calls: what was asked for, in order.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, Any] = {}
        self.calls: list[tuple[str, Any]] = []

    def list(self, path: str, *items: Mapping[str, Any]) -> None:
        self.answers[f"GET {path}"] = {"items": list(items), "nextCursor": None}

    def problem(self, call: str, status: int, kind: str, detail: str = "No.") -> None:
        body = {"type": PROBLEM + kind, "title": "t", "status": status, "detail": detail, "requestId": "r1"}
        self.answers[call] = (status, body)

    def answer(self, call: str) -> tuple[int, Any]:
        found = self.answers.get(call)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if found is None:
            kind = {"type": f"{PROBLEM}not-found", "title": "t", "status": 404}
            return 404, {**kind, "detail": "There is no such thing.", "requestId": "r1"}
        return found if isinstance(found, tuple) else (200, found)


@contextmanager
def canned() -> Iterator[Canned]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length", 0)))
            call = f"{self.command} {self.path.partition('?')[0]}"
            service.calls.append((call, json.loads(sent) if sent else None))
            status, body = service.answer(call)
            content = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.send_header("retry-after", "0")
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815

        def log_message(self, *told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = Canned(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()
