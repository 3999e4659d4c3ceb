"""Bicep files as trees: what they declare, and what their values are as far as they are written down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import tree_sitter_bicep
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_bicep.language()))
_DECLARING = {
    "parameter_declaration": "param",
    "variable_declaration": "var",
    "resource_declaration": "resource",
    "module_declaration": "module",
    "output_declaration": "output",
}


class Expression(str):
    """What is no literal, as its text."""

    __slots__ = ()


@dataclass(frozen=True)
class Declaration:
    """kind: param, var, resource, module or output."""

    kind: str
    name: str
    node: Node

    @property
    def spec(self) -> str:
        """The type with its version of a resource, or the file of a module."""
        return str(literal(next(child for child in self.node.children if child.type == "string")))

    @property
    def type(self) -> str:
        return self.spec.partition("@")[0]

    @property
    def version(self) -> str:
        return self.spec.partition("@")[2]

    @property
    def is_existing(self) -> bool:
        return any(child.type == "existing" for child in self.node.children)

    @property
    def is_optional(self) -> bool:
        """Of a parameter: it need not be given."""
        return any(child.type == "=" for child in self.node.children) or self.node.type != "parameter_declaration"

    @property
    def body(self) -> Node | None:
        """The object of a resource or module, also behind a condition or in a loop."""
        for child in self.node.children:
            if child.type in ("if_statement", "for_statement"):
                return next((inner for inner in child.children if inner.type == "object"), None)
            if child.type == "object":
                return child
        return None

    @property
    def value(self) -> Node:
        """What stands behind the equals sign."""
        return self.node.children[-1]


class File:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = _PARSER.parse(path.read_bytes()).root_node

    @cached_property
    def declarations(self) -> list[Declaration]:
        return [
            Declaration(_DECLARING[node.type], text(_first(node, "identifier")), node)
            for node in self.root.children
            if node.type in _DECLARING
        ]

    def of(self, kind: str) -> dict[str, Declaration]:
        return {one.name: one for one in self.declarations if one.kind == kind}

    def body(self, declaration: Declaration) -> dict[str, Any]:
        """The body of a resource or module as Python sees it; variables of the file are put in."""
        assert declaration.body is not None
        return dict(plain(declaration.body, self.of("var")))

    def at(self, node: Node) -> str:
        return f"{self.path.name}:{node.start_point[0] + 1}"


def text(node: Node) -> str:
    assert node.text is not None
    return node.text.decode()


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


def literal(node: Node) -> str | None:
    """The text of a string without interpolation."""
    if node.type != "string" or any(child.type == "interpolation" for child in node.children):
        return None
    return "".join(text(child) for child in node.named_children)


def properties(node: Node) -> Iterator[tuple[str | None, Node, Node]]:
    """Each property of an object: its name (None if that is put together), where that stands, and the value."""
    for child in node.named_children:
        if child.type == "object_property":
            key, value = child.named_children[0], child.named_children[-1]
            yield (literal(key) if key.type == "string" else text(key)), key, value


def plain(node: Node, variables: Mapping[str, Declaration]) -> Any:
    """A literal as Python has it, objects and arrays with what is in them; the rest as an Expression."""
    match node.type:
        case "string":
            whole = literal(node)
            return Expression(text(node)) if whole is None else whole
        case "number":
            return int(text(node))
        case "boolean":
            return text(node) == "true"
        case "null":
            return None
        case "object":
            return {key or text(where): plain(value, variables) for key, where, value in properties(node)}
        case "array":
            return [plain(child, variables) for child in node.named_children]
        case "identifier" if text(node) in variables:
            return plain(variables[text(node)].value, variables)
        case _:
            return Expression(text(node))


def _first(node: Node, kind: str) -> Node:
    return next(child for child in node.children if child.type == kind)


def files(folder: Path) -> list[File]:
    return [File(path) for path in sorted(folder.glob("*.bicep"))]
