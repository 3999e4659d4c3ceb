"""Firefox, by WebDriver BiDi, which it speaks itself."""

import base64
import itertools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from localhost.settings import LOOPBACK
from tests.engines.engine import HEIGHT, WIDTH, Screen, command
from tests.running import free_port, until

PATIENCE = 60.0
PREFERENCES = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "ui.prefersReducedMotion": 1,
    # Scrollbars that take room.
    "widget.gtk.overlay-scrollbars.enabled": False,
}


class Firefox:
    def __init__(self, screen: Screen, start_url: str) -> None:
        self._program = command("firefox-esr", "firefox-esr", "firefox")
        self._screen = screen
        self._start_url = start_url
        self._profile = Path(tempfile.mkdtemp(prefix="firefox-"))
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Any = None
        self._context = ""

    def start(self) -> None:
        settings = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (self._profile / "user.js").write_text("\n".join(settings))
        port = free_port()
        self._process = subprocess.Popen(
            [
                self._program,
                *("--no-remote", "--profile", str(self._profile), "--remote-debugging-port", str(port)),
                *("--width", str(WIDTH), "--height", str(HEIGHT)),
                # Where it begins with an empty page, the focus is in the field for addresses, and no page gets it.
                self._start_url,
            ],
            # As root it refuses a home that is somebody else's.
            env={**self._screen.environment, "HOME": str(self._profile)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: self._connects(port), "Firefox does not answer by WebDriver BiDi", PATIENCE)
        self._call("session.new", capabilities={})
        until(self._is_open, "Firefox opens no page", PATIENCE)

    def stop(self) -> None:
        if self._socket:
            self._socket.close()
        if self._process:
            self._process.terminate()
            self._process.wait(PATIENCE)
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, url: str) -> None:
        self._call("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def evaluate(self, expression: str) -> str:
        target = {"context": self._context}
        answer = self._call("script.evaluate", expression=expression, target=target, awaitPromise=True)
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return str(answer["result"]["value"])

    def perform(self, sources: Sequence[Mapping[str, Any]]) -> None:
        self._call("input.performActions", context=self._context, actions=sources)

    def picture(self) -> bytes:
        return base64.b64decode(self._call("browsingContext.captureScreenshot", context=self._context)["data"])

    def _connects(self, port: int) -> bool:
        # Only those who have installed it come here.
        import websocket

        assert self._process
        assert self._process.poll() is None, "Firefox ended at its start"
        try:
            # A page's origin is refused, and so is the one that the library would name.
            url = f"ws://{LOOPBACK}:{port}/session"
            self._socket = websocket.create_connection(url, timeout=PATIENCE, suppress_origin=True)
        except OSError:
            return False
        return True

    def _is_open(self) -> bool:
        contexts = self._call("browsingContext.getTree")["contexts"]
        self._context = contexts[0]["context"]
        return str(contexts[0]["url"]).startswith("http")

    def _call(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise AssertionError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]
