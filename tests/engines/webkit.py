"""WebKitGTK's MiniBrowser, by WebDriver."""

import base64
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from localhost.settings import LOOPBACK
from tests.engines.engine import HEIGHT, WIDTH, Screen, command
from tests.running import NO_CERTIFICATES, free_port, until

PATIENCE = 60.0


class WebKit:
    def __init__(self, screen: Screen, start_url: str) -> None:
        self._program = command("webkit2gtk-driver", "WebKitWebDriver")
        self._screen = screen
        self._start_url = start_url
        port = free_port()
        self._command = [self._program, f"--host={LOOPBACK}", f"--port={port}"]
        self._client = httpx.Client(base_url=f"http://{LOOPBACK}:{port}", timeout=PATIENCE, verify=NO_CERTIFICATES)
        self._process: subprocess.Popen[bytes] | None = None
        self._session = ""

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, env=self._screen.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(self._answers, "WebKitWebDriver does not answer", PATIENCE)
        limits = {"pageLoad": int(PATIENCE * 1000), "script": int(PATIENCE * 1000)}
        made = self._call("POST", "/session", capabilities={"alwaysMatch": {"timeouts": limits}})
        self._session = f"/session/{made['sessionId']}"
        self._call("POST", "/window/rect", x=0, y=0, width=WIDTH, height=HEIGHT)
        self.open(self._start_url)

    def stop(self) -> None:
        if self._session:
            self._call("DELETE", "")
        self._client.close()
        if self._process:
            self._process.terminate()
            self._process.wait(PATIENCE)

    def open(self, url: str) -> None:
        self._call("POST", "/url", url=url)

    def evaluate(self, expression: str) -> str:
        return str(self._call("POST", "/execute/sync", script=f"return {expression}", args=[]))

    def perform(self, sources: Sequence[Mapping[str, Any]]) -> None:
        self._call("POST", "/actions", actions=sources)

    def picture(self) -> bytes:
        return base64.b64decode(self._call("GET", "/screenshot"))

    def _answers(self) -> bool:
        assert self._process
        assert self._process.poll() is None, "WebKitWebDriver ended at its start"
        try:
            return self._client.get("/status").is_success
        except httpx.TransportError:
            return False

    def _call(self, method: str, path: str, **body: Any) -> Any:
        answer = self._client.request(method, self._session + path, json=body if method == "POST" else None)
        value = answer.json()["value"]
        if answer.is_error:
            raise AssertionError(f"{path}: {value['error']}: {value['message']}")
        return value
