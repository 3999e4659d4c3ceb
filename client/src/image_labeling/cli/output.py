"""What commands print: tables and figures for people, JSON for programs.

On a terminal tables are as wide as it is. Elsewhere they are columns in plain text, each as wide as what it has, that
come while they are read. What only people need to know goes to stderr.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from pydantic.alias_generators import to_camel
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

T = TypeVar("T")

GAP = 2
# So many rows are looked at to know how wide the columns are.
ROWS_AT_ONCE = 200
# What folds gets so many letters at least before other columns are left out.
NARROWEST = 24
# So many of a list's names are told.
NAMED = 5
# Texts come from anybody: nothing of them may move the cursor, or turn the direction of what is beside them.
TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
NOT_SHOWN = ("Cc", "Cs", "Zl", "Zp")


@dataclass(frozen=True)
class Column(Generic[T]):
    """header: in capitals. of: what a row has there. folds: a text that goes on in the next line where the terminal
    is too narrow. spare: it is left out there before that.
    """

    header: str
    of: Callable[[T], object]
    folds: bool = False
    is_number: bool = False
    spare: bool = False


def say(text: str) -> None:
    """A line for people, on stderr."""
    print(text, file=sys.stderr, flush=True)


def shown(value: object) -> str:
    """A value as people read it: local times to the minute, thousands with commas, `-` for nothing."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(shown, value)) or "-"
    return "".join(_safe(letter) for letter in str(value))


def some(names: Sequence[str], count: int | None = None) -> str:
    """As `7: a.png, b.png, ...`. count: how many there are, where names are only the first of them."""
    whole = len(names) if count is None else count
    return f"{whole:,}: {', '.join(names[:NAMED])}{', ...' if whole > NAMED else ''}"


def percent(share: float | None, interval: tuple[float, float] | None = None) -> str:
    """A share (0 to 1), and its 95 % interval: `95% (90% to 98%)`. Never 100% before it is, and never 0% where there is
    some.
    """
    if interval:
        return f"{percent(share)} ({' to '.join(map(percent, interval))})"
    if share is None:
        return "-"
    if 0 < share < 1:
        return f"{min(max(round(share * 100), 1), 99)}%"
    return f"{share:.0%}"


def show_list(items: Iterable[T], columns: Sequence[Column[T]], as_json: bool, *, none: str) -> None:
    """A list. none: what people are told where there is nothing."""
    if as_json:
        _write_json_list(items)
    elif sys.stdout.isatty():
        _show_table([[shown(column.of(item)) for column in columns] for item in items], columns, none)
    else:
        _write_columns(items, columns, none)


def show_one(item: object, told: Sequence[tuple[str, object]], as_json: bool) -> None:
    """One thing: its fields, a line each."""
    if as_json:
        write_json(item)
        return
    if not sys.stdout.isatty():
        width = max(len(name) for name, _ in told) + GAP
        for name, value in told:
            print(f"{name:{width}}{shown(value)}")
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in told:
        table.add_row(Text(name), Text(shown(value)))
    _print(table, _console())


def write_json(value: object) -> None:
    print(json.dumps(plain(value), indent=2, ensure_ascii=_is_ascii()))


def plain(value: Any) -> Any:
    """A value as JSON has it, named as the API names it."""
    value = getattr(value, "answer", value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if is_dataclass(value) and not isinstance(value, type):
        return {to_camel(part.name): plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return value


def _write_json_list(items: Iterable[object]) -> None:
    """A line for each item, as they come."""
    begun = False
    for item in items:
        print(",\n" if begun else "[\n", json.dumps(plain(item), ensure_ascii=_is_ascii()), sep="", end="")
        begun = True
    print("\n]" if begun else "[]")


def _show_table(rows: Sequence[Sequence[str]], columns: Sequence[Column[T]], none: str) -> None:
    if not rows:
        say(none)
        return
    console = _console()
    widths = [max(map(cell_len, texts)) for texts in zip([column.header for column in columns], *rows, strict=True)]
    kept = _that_fit(columns, widths, console.width)
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for place in kept:
        column = columns[place]
        table.add_column(
            column.header,
            justify="right" if column.is_number else "left",
            no_wrap=not column.folds,
            overflow="fold" if column.folds else "ellipsis",
            min_width=min(widths[place], NARROWEST) if column.folds else widths[place],
        )
    for row in rows:
        table.add_row(*(Text(row[place]) for place in kept))
    _print(table, console)


def _that_fit(columns: Sequence[Column[T]], widths: Sequence[int], room: int) -> list[int]:
    """The places of the columns that are shown: spare ones are left out, the last first, until the rest fits."""
    kept = list(range(len(columns)))
    for spare in [place for place in reversed(kept) if columns[place].spare]:
        least = (min(widths[place], NARROWEST) if columns[place].folds else widths[place] for place in kept)
        if sum(least) + GAP * (len(kept) - 1) <= room:
            break
        kept.remove(spare)
    return kept


def _print(table: Table, console: Console) -> None:
    """A table without the blanks at the ends of its lines."""
    with console.capture() as held:
        console.print(table)
    print("\n".join(line.rstrip() for line in held.get().splitlines()))


def _write_columns(items: Iterable[T], columns: Sequence[Column[T]], none: str) -> None:
    left = iter(items)
    widths = [0] * len(columns)
    header: list[list[str]] = [[column.header for column in columns]]
    while rows := [[shown(column.of(item)) for column in columns] for item in islice(left, ROWS_AT_ONCE)]:
        rows = header + rows
        header = []
        widths = [
            max(width, *map(cell_len, texts)) for width, texts in zip(widths, zip(*rows, strict=True), strict=True)
        ]
        for row in rows:
            cells = (_filled(text, width, column) for text, width, column in zip(row, widths, columns, strict=True))
            print((" " * GAP).join(cells).rstrip())
    if header:
        say(none)


def _filled(text: str, width: int, column: Column[T]) -> str:
    space = " " * (width - cell_len(text))
    return space + text if column.is_number else text + space


def _console() -> Console:
    return Console(highlight=False, emoji=False, markup=False)


def _safe(letter: str) -> str:
    return "\ufffd" if letter in TURNING or unicodedata.category(letter) in NOT_SHOWN else letter


def _is_ascii() -> bool:
    """Whether what reads stdout may not know other letters."""
    return (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
