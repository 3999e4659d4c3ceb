"""How far long work is, on stderr: a bar on a terminal, else a line from time to time."""

import sys
import time
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from image_labeling.cli.output import percent, say, shown

SECONDS_BETWEEN_LINES = 30.0


class Measured(Protocol):
    """Long work, as the service tells how far it is. progress: 0 to 1."""

    @property
    def progress(self) -> float: ...


class Bar:
    """title: what is being done."""

    def __init__(self, title: str) -> None:
        self._title = shown(title)
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

    def count(self, done: int, total: int, unit: str, *, share: tuple[float, float] | None = None) -> None:
        """So many of so many. share: how much of how much that is in work, where some take longer than others."""
        part, whole = share or (done, total)
        self._tell(part, whole, f"{done:,} of {total:,} {unit}")

    def share(self, work: Measured) -> None:
        """As far as the work says."""
        if work.progress:
            self.part(work.progress)

    def part(self, done: float) -> None:
        """0 to 1."""
        self._tell(done, 1, "")

    def _tell(self, done: float, total: float, counted: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, counted=counted)
        elif time.monotonic() - self._last_line >= SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            say(f"{self._title}: {counted or percent(done / total)}")

    def __enter__(self) -> "Bar":
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
