"""How far long work is, on stderr: a bar on a terminal, else a line from time to time."""

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from image_labeling.cli.output import say, shown

SECONDS_BETWEEN_LINES = 30.0


class Bar:
    """What is being done, counted in `unit`."""

    def __init__(self, title: str, unit: str) -> None:
        self._title, self._unit = shown(title), unit
        self._last_line = time.monotonic()
        self._bar: Progress | None = None
        if sys.stderr.isatty():
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=None),
                TaskProgressColumn(),
                TextColumn("{task.fields[counted]}", markup=False),
                TimeElapsedColumn(),
                console=Console(stderr=True, highlight=False, emoji=False),
                transient=True,
                expand=True,
            )
            self._task = self._bar.add_task(self._title, total=None, counted="")

    def tell(self, done: int, total: int | None) -> None:
        counted = shown(done) if total is None else f"{done:,} of {total:,}"
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, counted=f"{counted} {self._unit}")
        elif time.monotonic() - self._last_line >= SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            say(f"{self._title}: {counted} {self._unit}")

    def __enter__(self) -> "Bar":
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
