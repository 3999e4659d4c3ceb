"""No module keeps what grows with the calls: what lives as long as the process has a bound."""

import ast
from collections.abc import Iterator
from pathlib import Path

FUNCTIONS = Path(__file__).parents[2] / "functions"
# Made with one of these, a name of a module would keep all that is ever put in.
UNBOUNDED = ("dict", "list", "set", "defaultdict", "Counter", "deque")


def unbounded(source: str) -> Iterator[str]:
    """The variables of a module, which are in lower case, that start as an empty collection without a bound."""
    for statement in ast.parse(source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(ast.Name(id=name), value=value):
                if not name.isupper() and is_unbounded(value):
                    yield name


def is_unbounded(value: ast.expr | None) -> bool:
    match value:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in UNBOUNDED
    return False


def test_no_module_keeps_without_a_bound() -> None:
    found = {str(path.relative_to(FUNCTIONS)): list(unbounded(path.read_text())) for path in FUNCTIONS.rglob("*.py")}
    assert {name: names for name, names in found.items() if names} == {}
