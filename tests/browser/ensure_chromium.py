"""Finds a Chromium for the browser's tests, installing one if there is none. Prints the path of its executable."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The system's Chromium."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def ensure() -> str:
    found = installed()
    if found:
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser's tests", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)
        found = installed()
        if found:
            return found
    print("Fetching Chromium for the browser's tests", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True, stdout=sys.stderr)
    return _playwrights()


def _playwrights() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        raise SystemExit("There is no Chromium: install one, and put it on the PATH as `chromium`.")
    return path


if __name__ == "__main__":
    print(ensure())
