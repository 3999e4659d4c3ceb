"""How fast each labeler works: labels that stand, per labeler and clock hour, of the last hours alone.

A sum says from which hour on it keeps them, and that hour never moves back. Adding and taking away both pass over what
is earlier: so what a sum has dropped, or never took in, is not taken from it again, and what it keeps is exact.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Those of a day, and two more for clocks that differ.
HOURS_KEPT = 26


@dataclass
class Pace:
    """hours: labels per user id and hour since the epoch (UTC), from the hour `since` on."""

    since: int = 0
    hours: dict[str, Counter[int]] = field(default_factory=dict)

    def of(self, user: str) -> Mapping[int, int]:
        """One labeler's labels by the hour."""
        return self.hours.get(user, {})

    def note(self, user: str, hour: int) -> None:
        """Counts a label of one labeler in one hour."""
        if hour >= self.since:
            self.hours.setdefault(user, Counter())[hour] += 1

    def add(self, other: "Pace", sign: int) -> None:
        """Adds the other's hours (sign 1) or takes them away again (sign -1)."""
        self.drop_before(other.since)
        for user, hours in other.hours.items():
            mine = self.hours.setdefault(user, Counter())
            for hour, count in hours.items():
                if hour >= self.since:
                    mine[hour] = mine.get(hour, 0) + sign * count
            for hour in [hour for hour, count in mine.items() if not count]:
                del mine[hour]
            if not mine:
                del self.hours[user]

    def drop_before(self, hour: int) -> None:
        """Forgets what is earlier than the hour, for good."""
        if hour <= self.since:
            return
        self.since = hour
        kept = {user: Counter({at: n for at, n in hours.items() if at >= hour}) for user, hours in self.hours.items()}
        self.hours = {user: hours for user, hours in kept.items() if hours}

    def to_json(self) -> dict[str, Any]:
        """For each labeler the first hour, counted from `since`, and the labels of each hour from there on."""
        return {"since": self.since, "hours": {user: self._run(hours) for user, hours in self.hours.items()}}

    def _run(self, hours: Counter[int]) -> list[int]:
        first = min(hours)
        return [first - self.since, *(hours[hour] for hour in range(first, max(hours) + 1))]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Pace":
        since = data["since"]
        return cls(since, {user: _hours(since + first, run) for user, (first, *run) in data["hours"].items()})


def _hours(first: int, run: Iterable[int]) -> Counter[int]:
    return Counter({hour: count for hour, count in enumerate(run, first) if count})


def labeled_per_hour(hours: Mapping[int, int], now_hours: float) -> float:
    """Labels of the last 60 minutes: those of this clock hour, and of the one before the share that lies within.

    now_hours: the time in hours since the epoch.
    """
    hour = int(now_hours)
    return round(hours.get(hour, 0) + hours.get(hour - 1, 0) * (1 - (now_hours - hour)), 1)
