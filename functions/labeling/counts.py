"""What a pack adds to its project's figures, and the sums of many packs. Sums are exact: adding and subtracting undo
each other.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from typing import Any, NamedTuple, TypeVar

from functions.labeling.agreeing import Agreement
from functions.labeling.pace import Pace

K = TypeVar("K")

HOUR_MS = 3_600_000
DAY_HOURS = 24


@dataclass
class Work:
    """One labeler's images: labeled and skipped as they stand now, and how many of theirs were ever rejected. Of the
    sure suggestions that they saw, how many they ever accepted and changed; and how many images they labeled or skipped
    of which the suggestion was hidden (blind), and of those how many as it would have been suggested. Of their opinions
    beside others': how many are on decided images, and how many of these say what was decided. beside: of the labeled
    ones those on which another's label stands, or none yet.
    """

    labeled: int = 0
    skipped: int = 0
    rejected: int = 0
    accepted: int = 0
    changed: int = 0
    blind: int = 0
    blind_right: int = 0
    decided: int = 0
    agreed: int = 0
    beside: int = 0

    def add(self, other: "Work", sign: int) -> None:
        for figure in fields(self):
            setattr(self, figure.name, getattr(self, figure.name) + sign * getattr(other, figure.name))

    def to_json(self) -> list[int]:
        """Without the zeros at its end: a row holds 32 K characters, and most people have none of the later figures."""
        figures = list(astuple(self))
        while figures and not figures[-1]:
            figures.pop()
        return figures


class Judged(NamedTuple):
    """What people said of images for which a run, an import of suggestions, had suggested something that was hidden
    from them: how many, and of how many it was right. own: of these images those for which the service had something
    of its own to suggest, and of how many that was right.
    """

    images: int = 0
    right: int = 0
    own: int = 0
    own_right: int = 0

    def plus(self, other: "Judged", sign: int = 1) -> "Judged":
        return Judged(*(mine + sign * its for mine, its in zip(self, other, strict=True)))


@dataclass
class Counts:
    """Figures of one pack or of many.

    states: images per state's name, leased ones among the waiting. labels: labeled images per label id; kept: the same
    for images that are missing now. work: per user id. hours: labels set per hour since the epoch (UTC) and, after
    `fold`, per day in `days`. pace: the last hours of each labeler. deferred: images whose blobs could not be read for
    a reason that may pass, those that are labeled, too. reviewed: of each labeler's labeled images those whose label a
    reviewer has confirmed or set. empty: labeled images that have none of the labels. awaiting: those that wait and on
    which there are opinions. voiced: per label id, the opinions that give it to images which do not have it. runs: by
    the ids of imports of suggestions.
    """

    states: Counter[str] = field(default_factory=Counter)
    labels: Counter[int] = field(default_factory=Counter)
    kept: Counter[int] = field(default_factory=Counter)
    work: dict[str, Work] = field(default_factory=dict)
    hours: Counter[int] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    pace: Pace = field(default_factory=Pace)
    deferred: int = 0
    reviewed: Counter[str] = field(default_factory=Counter)
    empty: int = 0
    awaiting: int = 0
    voiced: Counter[int] = field(default_factory=Counter)
    agreement: Agreement = field(default_factory=Agreement)
    runs: dict[str, Judged] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def used_labels(self) -> set[int]:
        """The ids of the labels that images have, or somebody gives to them."""
        return {*self.labels, *self.kept, *self.voiced}

    def add(self, other: "Counts", sign: int = 1) -> None:
        """Adds the other's figures (sign 1) or takes them away again (sign -1)."""
        _add(self.states, other.states, sign)
        _add(self.labels, other.labels, sign)
        _add(self.kept, other.kept, sign)
        for user, work in other.work.items():
            sums = self.work.setdefault(user, Work())
            sums.add(work, sign)
            if sums == Work():
                del self.work[user]
        for hour, count in other.hours.items():
            day = hour // DAY_HOURS
            if hour in self.hours or day not in self.days:
                _add(self.hours, {hour: count}, sign)
            else:
                _add(self.days, {day: count}, sign)
        _add(self.days, other.days, sign)
        self.pace.add(other.pace, sign)
        self.deferred += sign * other.deferred
        _add(self.reviewed, other.reviewed, sign)
        self.empty += sign * other.empty
        self.awaiting += sign * other.awaiting
        _add(self.voiced, other.voiced, sign)
        self.agreement.add(other.agreement, sign)
        for run, judged in other.runs.items():
            self.runs[run] = self.runs.get(run, Judged()).plus(judged, sign)
            if self.runs[run] == Judged():
                del self.runs[run]

    def fold(self, before_day: int) -> None:
        """Sums up the hours of the days before the given one (days since the epoch), so that the row stays small for
        years.

        A whole day is folded at once, so that what is taken away later is found either in its hour or in its day.
        """
        for hour in [hour for hour in self.hours if hour // DAY_HOURS < before_day]:
            _add(self.days, {hour // DAY_HOURS: self.hours.pop(hour)}, 1)

    def to_json(self) -> dict[str, Any]:
        return {
            "states": self.states,
            "labels": self.labels,
            "kept": self.kept,
            "work": {user: work.to_json() for user, work in self.work.items()},
            "hours": self.hours,
            "days": self.days,
            "pace": self.pace.to_json(),
            "deferred": self.deferred,
            "reviewed": self.reviewed,
            "empty": self.empty,
            "awaiting": self.awaiting,
            "voiced": self.voiced,
            "agreement": self.agreement.to_json(),
            "runs": self.runs,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Counts":
        """As `to_json` gives it. Sums of packs that were written without a pace are taken for sums of which all hours
        are dropped.
        """
        hours, days = _numbered(data["hours"]), _numbered(data["days"])
        pace = data.get("pace")
        return cls(
            states=Counter(data["states"]),
            labels=_numbered(data["labels"]),
            kept=_numbered(data["kept"]),
            work={user: Work(*figures) for user, figures in data["work"].items()},
            hours=hours,
            days=days,
            pace=Pace.from_json(pace) if pace else Pace(since=_end(hours, days)),
            deferred=data.get("deferred", 0),
            reviewed=Counter(data.get("reviewed", {})),
            empty=data.get("empty", 0),
            awaiting=data.get("awaiting", 0),
            voiced=_numbered(data.get("voiced", {})),
            agreement=Agreement.from_json(data.get("agreement") or {}),
            runs={run: Judged(*figures) for run, figures in data.get("runs", {}).items()},
        )


def _add(mine: Counter[K], theirs: Mapping[K, int], sign: int) -> None:
    for key, count in theirs.items():
        mine[key] += sign * count
        if not mine[key]:
            del mine[key]


def _end(hours: Mapping[int, int], days: Mapping[int, int]) -> int:
    """The hour after the last that has labels."""
    return max([hour + 1 for hour in hours] + [(day + 1) * DAY_HOURS for day in days], default=0)


def _numbered(data: Mapping[str, int]) -> Counter[int]:
    return Counter({int(key): count for key, count in data.items()})
