"""Route templates as the host's (ASP.NET's) routing reads them: {id}, {id:int}, {kind?}, {*rest}."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from localhost.errors import StartError

CONSTRAINTS = {
    "int": r"-?[0-9]+",
    "long": r"-?[0-9]+",
    "alpha": r"[A-Za-z]+",
    "bool": r"(?i:true|false)",
    "guid": r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
}
_PARAMETER = re.compile(r"\{(?P<rest>\*{0,2})(?P<name>[A-Za-z_]\w*)(?::(?P<constraint>\w+))?(?P<optional>\?)?\}")

# What is more exact wins: a literal over a constrained parameter, over a free one, over the rest of the path.
_LITERAL, _CONSTRAINED, _FREE, _REST = range(4)


@dataclass(frozen=True)
class Route:
    function: str
    template: str
    methods: frozenset[str]
    pattern: re.Pattern[str]
    exactness: tuple[int, ...]

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The route's parameters, or None. No methods means all of them."""
        if self.methods and method not in self.methods:
            return None
        found = self.pattern.fullmatch(path)
        if found is None:
            return None
        return {name: _decoded(value) for name, value in found.groupdict().items() if value is not None}


def compile_route(function: str, template: str, methods: Iterable[str]) -> Route:
    if re.match(r"/?(admin|runtime)(/|$)", template, re.IGNORECASE):
        raise StartError(f"Function {function}: the route {template!r} starts with a reserved word.")
    pattern, exactness = "", []
    for segment in filter(None, template.strip("/").split("/")):
        parameter = _PARAMETER.fullmatch(segment)
        if parameter is None:
            if "{" in segment or "}" in segment:
                raise StartError(f"Function {function}: the route {template!r} has a segment this host does not know.")
            pattern += "/" + _literal(segment)
            exactness.append(_LITERAL)
            continue
        name, constraint = parameter["name"], parameter["constraint"]
        if constraint is not None and constraint not in CONSTRAINTS:
            raise StartError(f"Function {function}: the route {template!r} has the unknown constraint {constraint!r}.")
        if f"(?P<{name}>" in pattern:
            raise StartError(f"Function {function}: the route {template!r} has two parameters named {name!r}.")
        if parameter["rest"]:
            pattern += f"(?:/(?P<{name}>.*))?"
            exactness.append(_REST)
            continue
        one = f"/(?P<{name}>{CONSTRAINTS[constraint] if constraint else '[^/]+'})"
        pattern += f"(?:{one})?" if parameter["optional"] else one
        exactness.append(_CONSTRAINED if constraint else _FREE)
    compiled = re.compile(pattern + "/?", re.DOTALL)
    return Route(function, template, frozenset(methods), compiled, tuple(exactness))


class Router:
    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = sorted(routes, key=lambda route: route.exactness)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """`path` is what follows the route prefix, still percent-encoded."""
        for route in self._routes:
            parameters = route.match(method, path)
            if parameters is not None:
                return route, parameters
        return None


def _literal(segment: str) -> str:
    return f"(?i:{re.escape(segment)})"


def _decoded(value: str) -> str:
    """Decoded as the host does it: all but %2F, which would change what the segments are."""
    return "".join(
        part if part.upper() == "%2F" else unquote_to_bytes(part).decode("utf-8", "replace")
        for part in re.split(r"(%2[Ff])", value)
    )
