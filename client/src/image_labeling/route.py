"""What a route of the service is to this client."""

from dataclasses import dataclass
from typing import Generic, TypeVar

A = TypeVar("A")


@dataclass(frozen=True)
class Route(Generic[A]):
    """method and path: as the service's OpenAPI document has them, without `/api/`. answer: what comes back,
    None where nothing does. is_repeatable: of a POST, that sending it twice does no more than sending it once. query:
    what may stand behind the question mark, beside the limit and cursor of lists.
    """

    method: str
    path: str
    answer: type[A] | None = None
    is_repeatable: bool = False
    query: tuple[str, ...] = ()

    @property
    def repeatable(self) -> bool:
        return self.is_repeatable or self.method != "POST"
