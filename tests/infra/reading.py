"""What the service's code names: settings, queues, containers, tables."""

import ast
from collections.abc import Iterator
from pathlib import Path

from functions.settings import Settings

KINDS = {"_QUEUE": "queue", "_CONTAINER": "container", "_TABLE": "table"}
# Calls that take the name of a place, with the argument that it is.
CALLS = {
    "queue_trigger": "queue",
    "send": "queue",
    "send_text": "queue",
    "get_queue_client": "queue",
    "container": "container",
    "get_container_client": "container",
    "table": "table",
}


class Recorded(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, known: dict[str, str]) -> None:
        super().__init__(known)
        self.asked: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def settings_read() -> set[str]:
    """The names of all settings that the service looks for, on whichever machine."""
    # A developer's name makes it look at what is read for developers only.
    known = {"DATA_STORAGE": "x", "SECRETS_FILE": "x", "DEVELOPER": "x", "AZURE_FUNCTIONS_ENVIRONMENT": "Development"}
    environment = Recorded(known)
    Settings.from_environment(environment)
    return environment.asked


def environment_readers(folder: Path) -> set[str]:
    """The modules that read the environment themselves."""
    found = set()
    for path, tree in _trees(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv"):
                found.add(path.relative_to(folder).as_posix())
    return found


def places(folder: Path) -> dict[str, set[str]]:
    """The names of queues, containers and tables, by kind: constants named so, and literals in calls that take them."""
    found: dict[str, set[str]] = {"queue": set(), "container": set(), "table": set()}
    for _, tree in _trees(folder):
        for node in ast.walk(tree):
            for kind, name in _named(node):
                found[kind].add(name)
    return found


def trigger_connections(folder: Path) -> set[str]:
    """What the queue triggers name as their connection, as it is written."""
    return {
        ast.unparse(keyword.value)
        for _, tree in _trees(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "queue_trigger"
        for keyword in node.keywords
        if keyword.arg == "connection"
    }


def _named(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        kind = next((kind for end, kind in KINDS.items() if node.targets[0].id.endswith(end)), None)
        if kind and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield kind, node.value.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
        given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "queue_name")]
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield CALLS[node.func.attr], value.value


def _trees(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))
