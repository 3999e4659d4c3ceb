"""The proof after a load: no image labeled twice, nothing accepted lost, and each figure the fold of the audit rows."""

from collections import Counter
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from bench.labeling.labelers import Labels
from functions.labeling.board import Board, make_board
from functions.labeling.counts import Counts
from functions.labeling.directory import CLOSED
from functions.labeling.head import LABELED, Head
from functions.labeling.record import Record
from functions.labeling.rows import image_id
from functions.storage import transport
from functions.tables import Tables
from tests.labeling.ledger import Ledger


@dataclass(frozen=True)
class Proof:
    """labeled: images with a label. wrong: what does not hold, in words; empty when all is well."""

    labeled: int
    wrong: tuple[str, ...]


async def prove(
    connection: str, table: str, progress: Mapping[str, Any], accepted: Mapping[str, Labels], *, may_lose: int = 0
) -> Proof:
    """Compares the audit rows of a project with its heads, its directory, its progress and what labelers were told.

    progress: as the API gives it, nobody at work, within a day of the first label. accepted: the labels of each image
    that was accepted by a submission. may_lose: of how many accepted images storage may have nothing (an emulator that
    was killed).
    """
    async with aclosing(Tables.by_connection_string(connection, transport())) as tables:
        board = make_board(tables.table(table))
        heads, records = await _read(board)
        sums, letters = Counts(), ""
        for known in await board.directory.ranges(fresh=True):
            sums.add(known.sums)
            letters += known.letters
    wrong: list[str] = []
    total, closed, kept = Counts(), Counts(), dict[str, Labels]()
    for pack, head in sorted(heads.items()):
        wrong += _wrong_in_pack(pack, head, records.get(pack, []))
        counts = Ledger.of(len(head.slots), records.get(pack, [])).counts()
        total.add(counts)
        if letters[pack] in CLOSED:
            closed.add(counts)
        if (letters[pack] in CLOSED) and not head.frozen:
            wrong.append(f"pack {pack} is closed in the directory, but not frozen")
        kept |= {image_id(pack, slot): state.labels for slot, state in enumerate(head.slots) if state.state == LABELED}
    closed.pace.drop_before(sums.pace.since)
    wrong += _differences("the directory's sums", _figures(sums), _figures(closed))
    wrong += _differences("progress", _as_told(progress), _as_counted(total))
    lost = [image for image, labels in accepted.items() if kept.get(image) != labels]
    if len(lost) > may_lose:
        wrong.append(f"{len(lost)} accepted labels are not there, {lost[0]} for one")
    return Proof(total.states["labeled"], tuple(wrong))


async def _read(board: Board) -> tuple[dict[int, Head], dict[int, list[Record]]]:
    heads = {pack: head async for pack, head, _ in board.rows.scan()}
    records: dict[int, list[Record]] = {}
    async for row in board.table.query("(RowKey ge 'r|' and RowKey lt 'r}') or (RowKey ge 's|' and RowKey lt 's}')"):
        records.setdefault(int(row["PartitionKey"]), []).append(Record.from_row(row))
    return heads, {pack: sorted(some, key=lambda record: record.number) for pack, some in records.items()}


def _wrong_in_pack(pack: int, head: Head, records: list[Record]) -> list[str]:
    wrong = []
    submitted = Counter(slot for record in records if record.action == "submitted" for slot in record.given)
    sent_back = Counter(slot for record in records if record.action == "rejected" for slot in record.given)
    rejections = {record.key for record in records if record.action == "rejected"}
    sent_back.subtract(slot for record in records if f"r|{record.undoes}" in rejections for slot in record.given)
    twice = [slot for slot, times in submitted.items() if times > 1 + sent_back[slot]]
    if twice:
        wrong.append(f"pack {pack}: slots {twice} were labeled twice")
    if [record.number for record in records] != list(range(head.records)):
        wrong.append(f"pack {pack}: the records are not those that the head has counted")
    told = Ledger.of(len(head.slots), records)
    for slot, state in enumerate(head.slots):
        work = told.entries[slot].work
        stands = (state.annotation, head.labeler_of(state)) if state.labeler >= 0 else None
        if (work and work[:2]) != stands:
            wrong.append(f"{image_id(pack, slot)}: the head is not the fold of the records")
    return wrong


def _figures(counts: Counts) -> dict[str, Any]:
    work = {user: (work.labeled, work.skipped, work.rejected) for user, work in counts.work.items()}
    return {"states": dict(counts.states), "labels": dict(counts.labels), "work": work, "pace": counts.pace}


def _as_counted(counts: Counts) -> dict[str, Any]:
    states = {name: counts.states[name] for name in ("waiting", "labeled", "skipped")}
    labelers = {
        user: (work.labeled, work.skipped, work.rejected, _in_order(counts.pace.hours.get(user, {})))
        for user, work in counts.work.items()
    }
    return {"total": counts.total, **states, "byLabel": sum(counts.labels.values()), "byLabeler": labelers}


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
        "byLabel": sum(one["count"] for one in progress["byLabel"]),
        "byLabeler": labelers,
    }


def _differences(what: str, found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    return [
        f"{what}: {name} is {found[name]}, and by the audit rows {expected[name]}"
        for name in expected
        if found[name] != expected[name]
    ]
