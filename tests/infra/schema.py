"""Whether Bicep files hold together: syntax, names, properties of resources, parameters and outputs of modules.

No compiler: expressions are not typed. What is not known here is refused: a resource type without a table, a function
or decorator that is not listed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tree_sitter import Node

from tests.infra.bicep import Declaration, File, literal, properties, text, walk

TYPES = Path(__file__).parent / "types"
FUNCTIONS = {"environment", "guid", "resourceId", "string", "subscription", "subscriptionResourceId", "tenant"}
# Not utcNow: what it says differs each time, and a budget's first day may not.
FUNCTIONS |= {"toLower", "union", "uniqueString"}
DECORATORS = {"allowed", "description", "maxLength", "maxValue", "minLength", "minValue", "secure"}
# What Bicep itself knows on every resource, and on modules.
RESOURCE_EXTRAS = frozenset({"parent", "scope", "dependsOn"})
MODULE_PROPERTIES = frozenset({"name", "scope", "params", "dependsOn"})


def findings(file: File) -> list[str]:
    """What is wrong with the file, each with its line."""
    checks = (_syntax, _names, _unused, _resources, _modules, _outputs)
    return [f"{file.at(node)} {words}" for check in checks for node, words in check(file)]


Findings = Iterator[tuple[Node, str]]


def _syntax(file: File) -> Findings:
    for node in walk(file.root):
        if node.type == "ERROR" or node.is_missing:
            yield node, f"syntax: {text(node)[:40]!r}"


def _names(file: File) -> Findings:
    seen: set[str] = set()
    for one in file.declarations:
        if one.kind != "output" and one.name in seen:
            yield one.node, f"{one.name!r} is declared twice"
        seen.add(one.name)
    known = {one.name for one in file.declarations if one.kind != "output"}
    for node in _used(file):
        name, parent = text(node), node.parent
        assert parent is not None
        if parent.type == "call_expression":
            listed = DECORATORS if parent.parent is not None and parent.parent.type == "decorator" else FUNCTIONS
            if name not in listed:
                yield node, f"unknown function {name!r}"
        elif name not in known | _loop_names(node):
            yield node, f"unknown name {name!r}"


def _used(file: File) -> Iterator[Node]:
    """Identifiers that refer to something, but for those that name what is declared, and the keys of objects."""
    declared = {one.node.id: one.name for one in file.declarations}
    for node in walk(file.root):
        if node.type != "identifier" or node.parent is None:
            continue
        parent = node.parent
        is_key = parent.type == "object_property" and parent.named_children[0].id == node.id
        is_own_name = parent.id in declared and text(node) == declared[parent.id] and parent.children[1].id == node.id
        if not is_key and not is_own_name and parent.type not in ("target_scope_assignment",):
            yield node


def _loop_names(node: Node) -> set[str]:
    """The names of the loops that the node stands in."""
    names: set[str] = set()
    around = node.parent
    while around is not None:
        if around.type == "for_statement":
            head = around.named_children[0]
            names |= {text(name) for name in (head.named_children if head.type == "for_loop_parameters" else [head])}
        around = around.parent
    return names


def _unused(file: File) -> Findings:
    used = {text(node) for node in _used(file)}
    for one in file.declarations:
        if one.kind in ("param", "var") and one.name not in used:
            yield one.node, f"{one.kind} {one.name!r} is not used"
        if one.kind == "resource" and one.is_existing and one.name not in used:
            yield one.node, f"existing resource {one.name!r} is not used"


@cache
def table(resource_type: str) -> dict[str, Any] | None:
    path = TYPES / (resource_type.replace("/", "_") + ".json")
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else None


def _resources(file: File) -> Findings:
    resources = file.of("resource")
    for one in resources.values():
        known = table(one.type)
        if known is None:
            yield one.node, f"no table for {one.type} (tests/infra/slim.py makes one)"
            continue
        if one.version != known["version"]:
            yield one.node, f"{one.type} is {known['version']} in its table, not {one.version}"
        assert one.body is not None
        yield from _parent(one, resources)
        if not one.is_existing:
            yield from Values(known["objects"], file.of("var")).check_object(one.body, one.type, RESOURCE_EXTRAS)


def _parent(one: Declaration, resources: dict[str, Declaration]) -> Findings:
    assert one.body is not None
    given = {key: value for key, _, value in properties(one.body)}
    outer = one.type.rpartition("/")[0]
    if "parent" in given:
        name = text(given["parent"]).partition("[")[0]
        if name in resources and resources[name].type != outer:
            yield given["parent"], f"the parent of {one.type} must be {outer}, not {resources[name].type}"
    elif outer.count("/"):
        yield one.node, f"{one.type} has no parent"


@dataclass(frozen=True)
class Values:
    """Checks values against the objects of a table. Variables are looked into."""

    objects: Mapping[str, Any]
    variables: Mapping[str, Declaration]

    def check_object(self, node: Node, name: str, extras: frozenset[str] = frozenset()) -> Findings:
        known = self.objects[name]
        allowed: dict[str, str] = dict(known["properties"])
        given = list(properties(node))
        if "by" in known:
            which = next((literal(value) for key, _, value in given if key == known["by"]), None)
            if which not in known["variants"]:
                yield node, f"{name} is known for {', '.join(known['variants'])}, not {which!r}"
                return
            allowed |= known["variants"][which]
        for key, where, value in given:
            if key in extras:
                continue
            kind = known.get("more") if key is None else allowed.get(key, known.get("more"))
            if kind is None:
                yield where, f"{name} has no property {key or text(where)!r} that can be set"
            else:
                yield from self.check(value, key or text(where), kind.rstrip("!"))
        for key in sorted(set(allowed) - {key for key, _, _ in given}):
            if allowed[key].endswith("!"):
                yield node, f"{name} needs {key!r}"

    def check(self, node: Node, key: str, kind: str) -> Findings:
        match node.type:
            case "ternary_expression":
                for branch in node.named_children[1:]:
                    yield from self.check(branch, key, kind)
            case "identifier" if text(node) in self.variables:
                yield from self.check(self.variables[text(node)].value, key, kind)
            case "object" if kind in self.objects:
                yield from self.check_object(node, kind)
            case "array" if kind.endswith("[]"):
                for element in node.named_children:
                    yield from self.check(element, key, kind.removesuffix("[]"))
            case "object" | "array" | "number" | "boolean" | "string":
                if wrong := self._literal(node, kind):
                    yield node, f"{key!r} must be {kind}, not {wrong}"

    def _literal(self, node: Node, kind: str) -> str | None:
        """What is wrong with a literal where another kind is wanted."""
        fitting = {"number": "int", "boolean": "bool", "string": "string", "object": "object", "array": "array"}
        if kind in ("any", fitting[node.type]):
            return None
        options = {option.strip() for option in kind.split("|")}
        if node.type != "string" or kind in self.objects or kind.endswith("[]") or options <= {"int", "bool"}:
            return f"of type {node.type}"
        # A type that lists names and takes any other string too: another string is a slip all the same.
        return None if literal(node) is None or literal(node) in options else repr(literal(node))


def _modules(file: File) -> Findings:
    for one in file.of("module").values():
        path = file.path.parent / one.spec
        if not one.spec.endswith(".bicep") or not path.is_file():
            yield one.node, f"no file {one.spec}"
            continue
        assert one.body is not None
        given = {key: value for key, _, value in properties(one.body)}
        for key in sorted(str(key) for key in set(given) - MODULE_PROPERTIES):
            yield one.node, f"a module has no property {key!r}"
        wanted = File(path).of("param")
        params = {key for key, _, _ in properties(given["params"])} if "params" in given else set()
        for name in sorted(str(name) for name in params - set(wanted)):
            yield one.node, f"{one.spec} has no parameter {name!r}"
        for name, parameter in wanted.items():
            if not parameter.is_optional and name not in params:
                yield one.node, f"{one.spec} needs the parameter {name!r}"


def _outputs(file: File) -> Findings:
    modules = file.of("module")
    for node in walk(file.root):
        if node.type != "member_expression":
            continue
        name, _, rest = text(node).replace("!", "").partition(".outputs.")
        path = file.path.parent / modules[name].spec if name in modules else None
        if rest and path is not None and path.is_file() and rest.isidentifier() and rest not in File(path).of("output"):
            yield node, f"{path.name} has no output {rest!r}"
