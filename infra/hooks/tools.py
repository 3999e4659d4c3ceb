"""What the hooks share: calling az and azd, and the values that azd keeps.

The hooks use the standard library alone: azd runs them with whichever Python is on the machine.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any, TypeVar

Found = TypeVar("Found")


class HookError(Exception):
    """Something that whoever deploys can put right; its text says how."""


def run(program: str, *arguments: str) -> str:
    """What the program prints. Raises HookError, with what it complains of, where it fails or is not there."""
    path = shutil.which(program)
    if path is None:
        raise HookError(f"{program} is needed, and is not on this machine.")
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode != 0:
        command = " ".join(takewhile(lambda word: not word.startswith("-"), arguments))
        raise HookError(f"{program} {command}: {done.stderr.strip()}")
    return done.stdout.strip()


def az(*arguments: str) -> Any:
    """What az answers, read as JSON; None where it says nothing."""
    text = run("az", *arguments, "--output", "json")
    return json.loads(text) if text else None


def remember(name: str, value: str) -> None:
    """Puts a value into azd's environment, where later runs and hooks find it."""
    run("azd", "env", "set", name, value)


def values() -> Mapping[str, str]:
    """azd's values: it hands them to its hooks; who runs a hook by hand has them asked for."""
    if os.environ.get("AZURE_ENV_NAME"):
        return os.environ
    return {**os.environ, **json.loads(run("azd", "env", "get-values", "--output", "json"))}


def needed(known: Mapping[str, str], *names: str) -> list[str]:
    """The values of these names. Raises HookError for those that are not there."""
    missing = [name for name in names if not known.get(name)]
    if missing:
        raise HookError(f"azd does not know {', '.join(missing)} yet. Run `azd provision` first.")
    return [known[name] for name in names]


def until(fine: Callable[[Found], bool], look: Callable[[], Found], patience: float, pause: float = 5) -> Found:
    """What is seen when it is fine, or when the patience (seconds) is over: much in Azure is so only after a while."""
    end = time.monotonic() + patience
    while not fine(found := look()) and time.monotonic() < end:
        time.sleep(pause)
    return found


def main(hook: Callable[[], None]) -> None:
    """Runs a hook; what went wrong is told in a line, and stops azd."""
    try:
        hook()
    except HookError as error:
        sys.exit(str(error))
