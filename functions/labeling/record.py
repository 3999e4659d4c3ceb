"""What is written down of what was done to a pack's images, for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from json import dumps, loads
from typing import Any, NamedTuple

from functions.tasks.annotation import Annotation, Given, from_document, to_document


class Guess(NamedTuple):
    """What was suggested for an image. sure: so that the page pre-labeled it."""

    said: Annotation
    sure: bool


class Predicted(NamedTuple):
    """What an import of suggestions said of an image, by its id; and the service itself, None where it said nothing."""

    import_id: str
    said: Annotation
    own: Annotation | None


# Who is named where no person acts.
SERVICE = "refresh"


class Heard(NamedTuple):
    """An opinion on an image, by a user id. at: milliseconds since the epoch. said: None of one who skipped it."""

    by: str
    at: int
    said: Annotation | None


class Outcome(NamedTuple):
    """How an image stands at which several people look. state: its letter in the head. said: of a labeled one, what.
    by: who decided it, "" where it is not decided. at: when it was decided or disputed, milliseconds since the epoch,
    or 0. asked: so many opinions a reviewer wants at least, or 0.
    """

    state: str
    said: Annotation | None
    by: str
    at: int
    asked: int
    opinions: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A row that is only ever inserted: a submission s|<leaseId>, a review action or an event of refresh r|<actionId>.

    given: what is said of images, by slot; None: they are skipped. suggested: of a submission, what was suggested for
    its slots; hidden: those of which it was not shown; predicted: of these what an import had suggested. undoes: the id
    of the action of which it is the undoing. reviews: of a correction, that a reviewer made it. outcomes: how those
    images stand afterwards at which several people look; `given` tells it of the others. number: its place among the
    pack's records, given when it is written: the clocks of several instances do not tell which of two came first.
    """

    key: str
    action: str
    by: str
    at: int
    given: Given
    reason: str | None = None
    taken: tuple[int, ...] = ()
    reasons: dict[int, str] = field(default_factory=dict)
    suggested: dict[int, Guess] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()
    predicted: dict[int, Predicted] = field(default_factory=dict)
    undoes: str | None = None
    reviews: bool = False
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    number: int = 0

    def to_row(self) -> dict[str, Any]:
        document = {
            **to_document(self.given),
            "reason": self.reason,
            "taken": self.taken,
            "reasons": self.reasons,
            "undoes": self.undoes,
            "suggested": {slot: _written(guess) for slot, guess in self.suggested.items()},
            "hidden": self.hidden,
            "predicted": {
                slot: [one.import_id, one.said.labels, _labels(one.own)] for slot, one in self.predicted.items()
            },
            "reviews": self.reviews,
            "outcomes": {slot: _outcome_to_json(outcome) for slot, outcome in self.outcomes.items()},
        }
        return {
            "action": self.action,
            "by": self.by,
            "at": str(self.at),
            "number": self.number,
            **_pieces(dumps(document, ensure_ascii=False)),
        }

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Record":
        document = loads("".join(row[name] for name in sorted(row) if name.startswith("document")))
        suggested = {int(slot): _guess(*guess) for slot, guess in document.get("suggested", {}).items()}
        return cls(
            key=row["RowKey"],
            action=row["action"],
            by=row["by"],
            at=int(row["at"]),
            given=from_document(document),
            reason=document["reason"],
            taken=tuple(document["taken"]),
            reasons={int(slot): reason for slot, reason in document["reasons"].items()},
            suggested=suggested,
            hidden=_hidden(document, suggested),
            predicted={
                int(slot): Predicted(run, Annotation(tuple(said)), _said(own))
                for slot, (run, said, own) in document.get("predicted", {}).items()
            },
            undoes=document.get("undoes"),
            reviews=document.get("reviews", False),
            outcomes={int(slot): _outcome(*outcome) for slot, outcome in document.get("outcomes", {}).items()},
            number=row["number"],
        )


def _written(guess: Guess) -> tuple[int | tuple[int, ...], bool]:
    """A label alone as former versions read it."""
    labels = guess.said.labels
    return labels[0] if len(labels) == 1 else labels, guess.sure


def _guess(labels: int | list[int], sure: bool) -> Guess:
    return Guess(Annotation((labels,) if isinstance(labels, int) else tuple(labels)), sure)


def _hidden(document: Mapping[str, Any], suggested: Iterable[int]) -> tuple[int, ...]:
    """The former version hid all suggestions of a page, or none."""
    return tuple(document.get("hidden", suggested if document.get("blind") else ()))


def _labels(said: Annotation | None) -> tuple[int, ...] | None:
    return None if said is None else said.labels


def _said(labels: list[int] | None) -> Annotation | None:
    return None if labels is None else Annotation(tuple(labels))


def _outcome_to_json(outcome: Outcome) -> list[Any]:
    opinions = [[one.by, one.at, _labels(one.said)] for one in outcome.opinions]
    return [outcome.state, _labels(outcome.said), outcome.by, outcome.at, outcome.asked, opinions]


def _outcome(state: str, labels: list[int] | None, by: str, at: int, asked: int, opinions: list[Any]) -> Outcome:
    heard = tuple(Heard(user, at, _said(some)) for user, at, some in opinions)
    return Outcome(state, _said(labels), by, at, asked, heard)


def _pieces(text: str) -> dict[str, str]:
    return {f"document{start // 15_000:02}": text[start : start + 15_000] for start in range(0, len(text), 15_000)}
