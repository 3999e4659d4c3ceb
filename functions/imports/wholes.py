"""Which of the names that are looked for there are. The names that are there go by once, and only those are kept."""

from collections.abc import Iterable

from functions.imports.spelling import composed


class Wholes:
    """Make it of all names that are looked for, then show all that are there, then ask."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._there: dict[str, str | None] = {composed(name): None for name in wanted}
        self._twins: dict[str, set[str]] = {}

    def show(self, name: str) -> None:
        key = composed(name)
        if key in self._there:
            known = self._there[key]
            if known is None:
                self._there[key] = name
            else:
                self._twins.setdefault(key, {known}).add(name)

    def find(self, name: str) -> str | None:
        """The name as it is there. Of two that differ in their form alone, each is found by itself only."""
        key = composed(name)
        twins = self._twins.get(key)
        if twins:
            return name if name in twins else None
        return self._there.get(key)
