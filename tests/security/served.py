"""The routes as the served OpenAPI document tells them: what a route is, no test of security says for itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

READING = ("GET", "HEAD")


@dataclass(frozen=True)
class Operation:
    """One route. path: with its placeholders; role: the least that may call it."""

    method: str
    path: str
    role: str
    has_body: bool

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def changes(self) -> bool:
        return self.method not in READING

    @property
    def placeholders(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    def address(self, values: Mapping[str, str]) -> str:
        """The address with these values for the placeholders; one that is missing is a KeyError."""
        return re.sub(r"{(\w+)}", lambda found: values[found[1]], self.path)


def operations_of(document: Any) -> list[Operation]:
    return [
        Operation(method.upper(), path, operation["x-role"], "requestBody" in operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
