"""What the tests ask of a browser engine, and the screen that its window is on."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.running import Program

# Of the window. The screen is larger, so that all of the window is on it.
WIDTH, HEIGHT = 1366, 900


class Missing(Exception):
    """A Debian package that is not installed here."""

    def __init__(self, what: str, package: str) -> None:
        super().__init__(f"{what} is not there: apt-get install {package}")


def command(package: str, *names: str) -> str:
    """The path of the first of these programs that is installed; all of them come with this package or replace it."""
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        raise Missing(names[0], package)
    return found


class Engine(Protocol):
    """One browser with one window, which has the focus."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def open(self, url: str) -> None:
        """Goes to this address, until it is loaded."""

    def evaluate(self, expression: str) -> str:
        """The text that this piece of JavaScript gives in the page."""

    def perform(self, sources: Sequence[Mapping[str, Any]]) -> None:
        """Uses the mouse and the keys as these input sources of WebDriver say."""

    def picture(self) -> bytes:
        """The window as PNG."""


class Screen(Program):
    """An X server without a screen: Xvfb, which takes the first number that is free. Nothing moves on it by and by, as
    people may choose: a click meets what is there.
    """

    def __init__(self) -> None:
        self._program = command("xvfb", "Xvfb")
        self._settings = Path(tempfile.mkdtemp(prefix="screen-"))
        self._process: subprocess.Popen[str] | None = None
        self._number = ""

    @property
    def environment(self) -> dict[str, str]:
        """For programs that show their window here, with scrollbars that take room."""
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        toolkit = {"GTK_OVERLAY_SCROLLING": "0", "XDG_CONFIG_HOME": str(self._settings)}
        return {**kept, **toolkit, "DISPLAY": f":{self._number}", "NO_AT_BRIDGE": "1"}

    def start(self) -> None:
        settings = self._settings / "gtk-3.0" / "settings.ini"
        settings.parent.mkdir()
        settings.write_text("[Settings]\ngtk-enable-animations=0\n")
        size = f"{WIDTH + 100}x{HEIGHT + 100}x24"
        self._process = subprocess.Popen(
            [self._program, "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        # It writes its number when it can be used, and ends the line when it ends.
        self._number = self._process.stdout.readline().strip()
        assert self._number, "Xvfb does not start"

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.communicate(timeout=20)
        shutil.rmtree(self._settings, ignore_errors=True)
