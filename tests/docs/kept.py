"""Where the code keeps values between calls, and how many of them how long."""

import ast
import math
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.docs.floors import ROOT

SOURCES = ROOT / "functions"
# What makes a bounded cache, and where it comes from.
MAKERS = {"Kept": "functions.kept", "LRUCache": "cachetools", "lru_cache": "functools"}
# Without a bound, or with another idea of age.
OTHERS = {"OrderedDict", "TTLCache", "LFUCache"}


def caches() -> list[tuple[str, str, str]]:
    """Of each: its file, how many values, and how old; "" for as old as may be."""
    return sorted(
        (path.relative_to(SOURCES).as_posix(), *bounds)
        for path in SOURCES.rglob("*.py")
        if path.name != "kept.py"
        for bounds in _bounds(path)
    )


def others() -> set[str]:
    """The files that keep values in another way."""
    return {path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.py") if OTHERS & _imported(path).keys()}


def _bounds(path: Path) -> Iterator[tuple[str, str]]:
    imported = _imported(path)
    names = {name for name, source in MAKERS.items() if imported.get(name) == source}
    module = vars(import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))) if names else {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in names:
            most, *age = [*node.args, *(word.value for word in node.keywords if word.arg in ("maxsize", "max_age"))]
            seconds = _value(age[0], module) if age else math.inf
            yield f"{_value(most, module):,}", "" if seconds == math.inf else f"{seconds:g} s"


def _name(node: ast.expr) -> str:
    """Of what is called: `Kept(...)`, or `Kept[str, int](...)`."""
    node = node.value if isinstance(node, ast.Subscript) else node
    return node.id if isinstance(node, ast.Name) else ""


def _value(node: ast.expr, module: dict[str, object]) -> float:
    number = eval(ast.unparse(node), module)
    assert isinstance(number, int | float)
    return number


def _imported(path: Path) -> dict[str, str | None]:
    """The names that a file imports, and from where."""
    tree = ast.parse(path.read_text("utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.name: node.module for node in found for alias in node.names}
