"""The command line as its users have it: in this process, as a process, and on a terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from image_labeling.cli.app import app
from tests.running import PATIENCE, ROOT

PROGRAM = [sys.executable, "-c", "from image_labeling.cli.app import main; main()"]


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


@dataclass
class CommandLine:
    """environment: of the person who types; their home is a folder of the test's."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = {
            "LABELING_LOGIN_FILE": str(self.home / "login.json"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "PYTHONPATH": str(ROOT / "client" / "src"),
            "TERM": "xterm-256color",
            "TZ": "UTC",
            **self.environment,
        }

    def __call__(self, *args: object, stdin: str = "", code: int = 0) -> Ended:
        """Runs a command in this process, without a terminal; it must end with this code."""
        told = CliRunner().invoke(app, [*map(str, args)], input=stdin, env=self.environment, prog_name="image-labeling")
        assert told.exit_code == code, f"{told.exit_code}: {told.stdout}{told.stderr}"
        return Ended(told.exit_code, told.stdout, told.stderr)

    def json(self, *args: object) -> Any:
        return json.loads(self(*args, "--json").out)

    def start(self, *args: object, **options: Any) -> "subprocess.Popen[str]":
        """The same as a process."""
        return subprocess.Popen(
            [*PROGRAM, *map(str, args)],
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def on_terminal(
        self, *args: object, columns: int = 80, typed: str = "", more: Mapping[str, str] | None = None
    ) -> Ended:
        """The same on a terminal so wide, where somebody types; out is all that it shows."""
        import fcntl
        import pty
        import struct
        import termios

        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        process = subprocess.Popen(
            [*PROGRAM, *map(str, args)],
            env={**os.environ, **self.environment, **(more or {})},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        if typed:
            os.write(ours, typed.encode())
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:
            pass  # Linux ends a terminal that nobody holds any more so.
        os.close(ours)
        return Ended(process.wait(PATIENCE), shown.decode(errors="replace").replace("\r\n", "\n"), "")
