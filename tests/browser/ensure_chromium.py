"""Finds a Chromium for the browser's tests, installing one if there is none. Prints the path of its executable.

Chromium's headless shell is taken first: it is Chromium without the windows, and opens pages in half the time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL, WINDOWED = "chromium-headless-shell", ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure(*, with_windows: bool = False) -> str:
    names = WINDOWED if with_windows else (SHELL, *WINDOWED)
    if not shutil.which(names[0]) and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser's tests", file=sys.stderr)
        _apt_get("update")
        _apt_get("install", "-y", "--no-install-recommends", names[0])
    found = next((path for path in map(shutil.which, names) if path), None)
    if found:
        return found
    print("Fetching Chromium for the browser's tests", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True, stdout=sys.stderr)
    return _playwrights()


def _apt_get(*arguments: str) -> None:
    """Where it fails, there may be another Chromium."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], env=environment, capture_output=True, check=False)


def _playwrights() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        raise SystemExit("There is no Chromium: install one, and put it on the PATH as `chromium`.")
    return path


if __name__ == "__main__":
    print(ensure())
