"""The proof after a load: no image labeled twice, nothing accepted lost, decisions are what most people said, and each
figure the fold of the audit rows.
"""

import time
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from bench.labeling.labelers import Labels, Said
from functions.labeling.board import Board, make_board
from functions.labeling.counts import Counts
from functions.labeling.directory import CLOSED
from functions.labeling.head import DISPUTED, Head
from functions.labeling.opinions import heard_of
from functions.labeling.record import Record
from functions.labeling.rows import image_id
from functions.storage import transport
from functions.tables import Tables
from functions.tasks.types import TaskTypeName
from tests.labeling.ledger import Ledger

# Nobody says this of an image.
NOTHING = (-1,)


@dataclass(frozen=True)
class Proof:
    """labeled: images with a label; opinions: what people said of images, the labels of those at which one looked
    among it. wrong: what does not hold, in words; empty when all is well.
    """

    labeled: int
    opinions: int
    wrong: tuple[str, ...]


async def prove(
    connection: str,
    table: str,
    progress: Mapping[str, Any],
    accepted: Said,
    *,
    may_lose: int = 0,
    task_type: TaskTypeName = "multiClass",
) -> Proof:
    """Compares the audit rows of a project with its heads, its directory, its progress and what labelers were told.

    progress: as the API gives it, nobody at work, within a day of the first label. accepted: what was accepted by
    submissions. may_lose: of how many accepted opinions storage may have nothing (an emulator that was killed).
    """
    async with aclosing(Tables.by_connection_string(connection, transport())) as tables:
        board = make_board(tables.table(table))
        heads, records = await _read(board)
        sums, letters = Counts(), ""
        for known in await board.directory.ranges(fresh=True):
            sums.add(known.sums)
            letters += known.letters
    wrong: list[str] = []
    total, closed, kept, now = Counts(), Counts(), dict[tuple[str, str], Labels | None](), int(time.time() * 1000)
    for pack, head in sorted(heads.items()):
        ledger = Ledger(len(head.slots), one_label=task_type == "multiClass")
        wrong += _wrong_in_pack(pack, head, records.get(pack, []), ledger)
        counts = ledger.counts()
        counts.awaiting -= sum(head.slots[slot].is_awaiting for slot in head.leased(now))
        total.add(counts)
        if letters[pack] in CLOSED:
            closed.add(counts)
        if (letters[pack] in CLOSED) and not head.frozen:
            wrong.append(f"pack {pack} is closed in the directory, but not frozen")
        kept |= {
            (image_id(pack, index), head.labelers[one.labeler]): one.said.labels if one.said else None
            for index, slot in enumerate(head.slots)
            for one in slot.heard
        }
    closed.pace.drop_before(sums.pace.since)
    wrong += _differences("the directory's sums", _figures(sums), _figures(closed))
    wrong += _differences("progress", _as_told(progress), _as_counted(total))
    lost = [
        image
        for image, said in accepted.items()
        for labeler, labels in said.items()
        if kept.get((image, labeler), NOTHING) != labels
    ]
    if len(lost) > may_lose:
        wrong.append(f"{len(lost)} accepted labels are not there, {lost[0]} for one")
    return Proof(total.states["labeled"], len(kept), tuple(wrong))


async def _read(board: Board) -> tuple[dict[int, Head], dict[int, list[Record]]]:
    heads = {pack: head async for pack, head, _ in board.rows.scan()}
    records: dict[int, list[Record]] = {}
    async for row in board.table.query("(RowKey ge 'r|' and RowKey lt 'r}') or (RowKey ge 's|' and RowKey lt 's}')"):
        records.setdefault(int(row["PartitionKey"]), []).append(Record.from_row(row))
    return heads, {pack: sorted(some, key=lambda record: record.number) for pack, some in records.items()}


def _wrong_in_pack(pack: int, head: Head, records: list[Record], ledger: Ledger) -> list[str]:
    """ledger: a new one, which is told the records."""
    wrong = []
    twice = [slot for slot in range(len(head.slots)) if _is_twice(slot, records)]
    if twice:
        wrong.append(f"pack {pack}: slots {twice} were labeled twice")
    if [record.number for record in records] != list(range(head.records)):
        wrong.append(f"pack {pack}: the records are not those that the head has counted")
    try:
        for record in records:
            ledger.add(record)
    except AssertionError as error:
        return [*wrong, f"pack {pack}: {error}"]
    for slot, state in enumerate(head.slots):
        entry = ledger.entries[slot]
        stands = (state.annotation, head.labeler_of(state)) if state.labeler >= 0 else None
        disputed = state.at if state.state == DISPUTED else 0
        if ((entry.work and entry.work[:2]), entry.opinions, entry.disputed) != (
            stands,
            heard_of(head, state),
            disputed,
        ):
            wrong.append(f"{image_id(pack, slot)}: the head is not the fold of the records")
    return wrong


def _is_twice(slot: int, records: list[Record]) -> bool:
    """One person gave two opinions on an image, or two people a label where one was asked, with no rejection between
    that stands.
    """
    undone = {f"r|{record.undoes}" for record in records if record.undoes}
    people: set[str] = set()
    for record in records:
        if slot not in record.given or record.key in undone:
            continue
        if record.action == "rejected":
            people.clear()
        elif record.action == "submitted":
            if record.by in people or (people and slot not in record.outcomes):
                return True
            people.add(record.by)
    return False


def _figures(counts: Counts) -> dict[str, Any]:
    people = {"work": counts.work, "pace": counts.pace, "agreement": counts.agreement, "awaiting": counts.awaiting}
    return {"states": dict(counts.states), "labels": dict(counts.labels), **people}


def _as_counted(counts: Counts) -> dict[str, Any]:
    states = {name: counts.states[name] for name in ("waiting", "labeled", "skipped", "disputed")}
    by_label = sum(counts.labels.values())
    labelers = {
        user: (work.labeled, work.skipped, work.rejected, _in_order(counts.pace.hours.get(user, {})))
        for user, work in counts.work.items()
    }
    awaiting = counts.awaiting
    return {"total": counts.total, **states, "awaiting": awaiting, "byLabel": by_label, "byLabeler": labelers}


def _in_order(hours: Mapping[int, int]) -> list[int]:
    """The labels of the hours that have some."""
    return [count for _, count in sorted(hours.items())]


def _as_told(progress: Mapping[str, Any]) -> dict[str, Any]:
    labelers = {
        one["userId"]: (one["labeled"], one["skipped"], one["rejected"], [count for count in one["lastHours"] if count])
        for one in progress["byLabeler"]
    }
    return {
        "total": progress["total"],
        "waiting": progress["waiting"] + progress["leased"],
        "labeled": progress["labeled"],
        "skipped": progress["skipped"],
        "disputed": progress["disputed"],
        "awaiting": progress["awaitingOpinions"],
        "byLabel": sum(one["count"] for one in progress["byLabel"]),
        "byLabeler": labelers,
    }


def _differences(what: str, found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    return [
        f"{what}: {name} is {found[name]}, and by the audit rows {expected[name]}"
        for name in expected
        if found[name] != expected[name]
    ]
