"""A pack's head as properties of a table row: one letter a slot, and short lists of numbers, so that it is cheap to
send and to read.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson

from functions.labeling.counts import Judged
from functions.labeling.head import Guided, Head, Lease, Opinion, Run, Slot
from functions.projects.model import MOST_OPINIONS
from functions.tasks.annotation import Annotation

_OPINIONS = "opinions"
# Made once: a head has some twenty columns, and is written twice for each page.
_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


def head_to_row(head: Head) -> dict[str, Any]:
    slots = head.slots
    return {
        "states": "".join(slot.state for slot in slots),
        "labels": _pack([slot.labels for slot in slots]),
        "by": _pack([slot.labeler for slot in slots]),
        "at": _pack([slot.at for slot in slots]),
        **_opinions_to_columns(slots),
        "asked": _pack({index: slot.asked for index, slot in enumerate(slots) if slot.asked}),
        "rejections": _pack({index: slot.rejection for index, slot in enumerate(slots) if slot.rejection}),
        "reviewed": _pack({index: slot.reviewed for index, slot in enumerate(slots) if slot.reviewed}),
        "missing": _pack([index for index, slot in enumerate(slots) if slot.missing]),
        "changed": _pack([index for index, slot in enumerate(slots) if slot.changed]),
        "outdated": _pack([index for index, slot in enumerate(slots) if slot.outdated]),
        "deferred": _pack([index for index, slot in enumerate(slots) if slot.deferred]),
        "labelers": _pack(head.labelers),
        "rejected": _pack(head.rejected),
        "guided": _pack(head.guided),
        "runs": _pack([(run.import_id, *run.judged) for run in head.runs]),
        "leases": _pack([_lease_to_json(lease) for lease in head.leases]),
        "ended": _pack([_lease_to_json(lease) for lease in head.ended]),
        "frozen": head.frozen,
        "revision": head.revision,
        "records": head.records,
        "edition": head.edition,
    }


def head_of(row: Mapping[str, Any]) -> Head:
    """As `head_to_row` gives it; columns that former versions did not know are empty."""

    def read(name: str) -> Any:
        return json.loads(row[name])

    missing, changed, outdated = set(read("missing")), set(read("changed")), set(read("outdated"))
    deferred = set(json.loads(row.get("deferred", "[]")))
    rejections, reviewed = read("rejections"), json.loads(row.get("reviewed", "{}"))
    opinions, asked = _opinions_of(row, len(row["states"])), json.loads(row.get("asked", "{}"))
    slots = tuple(
        Slot(
            state=state,
            labels=tuple(labels),
            labeler=labeler,
            at=at,
            opinions=opinions[index],
            asked=asked.get(str(index), 0),
            rejection=rejections.get(str(index)),
            reviewed=reviewed.get(str(index)),
            missing=index in missing,
            changed=index in changed,
            outdated=index in outdated,
            deferred=index in deferred,
        )
        for index, (state, labels, labeler, at) in enumerate(
            zip(row["states"], read("labels"), read("by"), read("at"), strict=True)
        )
    )
    return Head(
        slots=slots,
        labelers=tuple(read("labelers")),
        leases=tuple(_lease_from_json(item) for item in read("leases")),
        ended=tuple(_lease_from_json(item) for item in read("ended")),
        rejected=tuple(read("rejected")),
        guided=tuple(Guided(*figures) for figures in json.loads(row.get("guided", "[]"))),
        runs=tuple(Run(run, Judged(*figures)) for run, *figures in json.loads(row.get("runs", "[]"))),
        frozen=row["frozen"],
        revision=row["revision"],
        records=row["records"],
        edition=row.get("edition", 0),
    )


def _opinions_to_columns(slots: Sequence[Slot]) -> dict[str, str]:
    """A column for the first opinion of each image, one for the second, and so on: each has room for what 99 images may
    get at most. Those that nobody has are not there.
    """
    columns: list[list[Any]] = []
    for index, slot in enumerate(slots):
        for number, one in enumerate(slot.opinions):
            if number == len(columns):
                columns.append([])
            columns[number].append((index, one.labeler, one.at, one.said and one.said.labels))
    return {f"{_OPINIONS}{number}": _pack(column) for number, column in enumerate(columns, 1)}


def _opinions_of(row: Mapping[str, Any], count: int) -> list[tuple[Opinion, ...]]:
    opinions: list[list[Opinion]] = [[] for _ in range(count)]
    for index, labeler, at, labels in opinions_in(row):
        said = None if labels is None else _annotation(tuple(labels))
        opinions[index].append(Opinion(labeler, at, said))
    return [tuple(some) for some in opinions]


def opinions_in(row: Mapping[str, Any]) -> Iterator[tuple[int, int, int, list[int] | None]]:
    """The opinions in a head's row, those on one image in their order: the slot, who (index into labelers), when
    (milliseconds since the epoch), and label ids, None where somebody skipped it.
    """
    for number in range(1, MOST_OPINIONS + 1):
        column = row.get(f"{_OPINIONS}{number}")
        if column is None:
            return
        yield from orjson.loads(column)


@lru_cache(maxsize=4096)
def _annotation(labels: tuple[int, ...]) -> Annotation:
    """Made once, as most people say one of a few things."""
    return Annotation(labels)


def _pack(value: Any) -> str:
    return _JSON.encode(value)


def _lease_to_json(lease: Lease) -> list[Any]:
    """Two digits a slot: a head keeps many leases, and a property of a row holds 32 K characters."""
    still_open = sum(1 << index for index, slot in enumerate(lease.slots) if slot in lease.open)
    return [lease.id, lease.labeler, lease.until, "".join(f"{slot:02}" for slot in lease.slots), f"{still_open:x}"]


def _lease_from_json(item: list[Any]) -> Lease:
    lease_id, labeler, until, digits, still_open = item
    slots = tuple(int(digits[start : start + 2]) for start in range(0, len(digits), 2))
    is_open = int(still_open, 16)
    return Lease(
        lease_id, labeler, until, slots, tuple(slot for index, slot in enumerate(slots) if is_open >> index & 1)
    )
