"""Rows of a backup's parts: what the service writes is taken as it is, and nothing of another type ever is."""

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.backups.checking import Pack, check_snapshot, read_pack, read_record
from functions.backups.files import Damaged
from functions.backups.forms import MOST_DOCUMENT, HeadForm, RecordDocument
from functions.backups.heads import as_restored
from functions.exports.store import Export
from functions.ids import newest_first_id
from functions.labeling.counts import Judged
from functions.labeling.head import LABELED, SKIPPED, WAITING, Guided, Head, Lease, Run, Slot
from functions.labeling.head_rows import head_of, head_to_row
from functions.labeling.record import Guess, Predicted, Record
from functions.labeling.replaced_rows import Replaced, replaced_row
from functions.labeling.rows import Image, head_row, images_row, record_row
from functions.labeling.suggestions import Suggestion
from functions.projects.model import MOST_OPINIONS, Label
from functions.refresh.snapshot import Entry, Header, Snapshot, Tally, Unfinished
from functions.refresh.store import Refresh
from functions.tasks.annotation import Annotation
from tests.exports.scene import AT, CAT, DOG, NOW
from tests.projects.building import make

Row = dict[str, Any]

PROJECT = make(retired=(Label(id=3, name="Bird"),), next_label=4)
LEASE = "000000-0123456789abcdef"
HEAD = Head(
    slots=(
        Slot(LABELED, (CAT.id,), 0, AT, reviewed="f"),
        Slot(SKIPPED, (), 0, AT),
        Slot(WAITING, rejection="abc", missing=True),
    ),
    labelers=("ann",),
    leases=(Lease("000000-1", "bob", AT, (2,), (2,)),),
    ended=(Lease(LEASE, "ann", AT, (0, 1), ()),),
    rejected=(1,),
    guided=(Guided(1, 0, 0, 0),),
    runs=(Run("8203", Judged(2, 1, 1, 0)),),
    revision=1,
    records=3,
)
IMAGES = [Image(f"pets/{name}.png", "0x1", 9, 4, 4) for name in "abc"]
RECORDS = [
    Record(
        f"s|{LEASE}",
        "submitted",
        "ann",
        AT,
        {0: Annotation((CAT.id,)), 1: None},
        taken=(2,),
        reasons={1: "Dark."},
        suggested={0: Guess(Annotation((CAT.id,)), True), 1: Guess(Annotation((DOG.id,)), False)},
        hidden=(1,),
        predicted={1: Predicted("8203", Annotation((DOG.id,)), Annotation((CAT.id,)))},
    ),
    Record(
        "r|abc", "rejected", "eve", AT, {2: Annotation((DOG.id,))}, reason="No dog.", reasons={}, suggested={}, number=1
    ),
    Record("r|f", "confirmed", "eve", AT, {0: Annotation((CAT.id,))}, reasons={}, suggested={}, reviews=True, number=2),
]
SUGGESTIONS = {
    "suggestions": '{"2": [1, 0.5]}',
    "importers": '{"second": [2]}',
    "learned": '{"2": [1, 0.9, 1, null]}',
}
REPLACED: Replaced = {0: None, 2: (Suggestion(DOG.id, 0.25), "first")}


def rows() -> list[Row]:
    """As a backup has them."""
    return [
        head_row(0, HEAD),
        images_row(0, IMAGES, HEAD.revision),
        *(record_row(0, record) for record in RECORDS),
        {"PartitionKey": "000000", "RowKey": "suggestions|000000", **SUGGESTIONS},
        replaced_row(0, "second", REPLACED),
    ]


def test_what_the_service_writes_is_taken_as_it_is() -> None:
    unused = {f"opinions{number}" for number in range(1, MOST_OPINIONS + 1)}
    assert HeadForm.model_fields.keys() - unused == head_to_row(HEAD).keys() - unused
    # The former version's records are put back, too.
    assert RecordDocument.model_fields.keys() - {"blind"} == json.loads(RECORDS[0].to_row()["document00"]).keys()
    suggested = {2: Suggestion(CAT.id, 0.5)}
    expected = Pack(0, HEAD, IMAGES, RECORDS, suggested, {2: "second"}, {"second": REPLACED})
    assert read_pack(rows(), PROJECT) == expected
    without = {name: text for name, text in rows()[5].items() if name != "importers"}
    assert read_pack([*rows()[:5], without], PROJECT) == replace(expected, importers={}, replaced={})


def test_rows_of_former_versions_are_taken() -> None:
    older = rows()[:4]
    for name in ("deferred", "guided", "runs", "edition", "reviewed"):
        del older[0][name]
    older[0]["records"] = 2
    older[0]["counts"] = "{}"
    for row in older[2:]:
        document = json.loads(row["document00"])
        row["document00"] = json.dumps({name: document[name] for name in ("labels", "reason", "taken", "reasons")})
    assert read_pack(older, PROJECT).records[1].reason == "No dog."


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([10**70, 0.5, "", "x", "0", "\x00", "x" * 40_000]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["0", "2", "99", "a"]), inner),
    max_leaves=4,
)


Way = Callable[[Any], object]


def ways_into(value: Any, put: Way) -> list[Way]:
    """Ways to put something else in the place of each value within."""
    found = [put]
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):

        def change(new: Any, key: Any = key) -> None:
            value[key] = new
            put(value)

        found += ways_into(inner, change) if isinstance(inner, dict | list) else [change]
    return found


def ways_to_change(row: Row) -> list[Way]:
    """A column, or a value in the JSON of one."""

    def column(name: str) -> Way:
        return lambda new: row.update({name: new})

    def document(name: str) -> Way:
        return lambda new: row.update({name: json.dumps(new)})

    found = [column(name) for name in row]
    for name, text in row.items():
        if isinstance(text, str) and text[:1] in ("[", "{"):
            found += ways_into(json.loads(text), document(name))
    return found


@settings(max_examples=100)
@given(st.data())
def test_whatever_stands_in_a_row_it_is_refused_or_read_like_any_other(data: st.DataObject) -> None:
    changed = rows()
    ways = ways_to_change(data.draw(st.sampled_from(changed)))
    data.draw(st.sampled_from(ways))(data.draw(ANYTHING))
    try:
        pack = read_pack(changed, PROJECT)
    except Damaged:
        return
    assert sum(head_of(head_row(0, as_restored(pack.head))).counts().states.values()) == len(pack.images)
    for record in pack.records:
        assert Record.from_row(record_row(0, record)) == record
        texts = [record.key, record.action, record.by, *record.reasons.values()]
        assert all(type(text) is str for text in [*texts, record.reason or "", record.undoes or ""])
        numbers = [record.at, record.number, *record.taken, *record.given]
        numbers += chain.from_iterable(said.labels for said in record.given.values() if said)
        assert all(type(number) is int for number in numbers)
        assert all(
            set(map(type, one.said.labels)) <= {int} and type(one.sure) is bool for one in record.suggested.values()
        )
    for image in pack.images:
        kinds = [type(value) for value in asdict(image).values()]
        assert kinds[:-1] == [str, str, int, int, int]
        assert image.problem is None or type(image.problem) is str
        assert image.name.startswith("pets/")


@pytest.mark.parametrize(
    "said",
    [
        {"reason": ["no text", {"a": 1}]},
        {"reason": 1},
        {"reasons": {"0": None}},
        {"labels": {"0": "1"}},
        {"labels": {"0": [1.0]}},
        {"labels": {"0": [True]}},
        {"labels": [[1]]},
        {"taken": "12"},
        {"taken": [99]},
        {"undoes": {}},
        {"suggested": {"0": [1, 1]}},
        {"blind": "no"},
        {"hidden": [99]},
        {"hidden": True},
        {"reason": "x" * 501},
    ],
    ids=str,
)
def test_a_record_whose_fields_have_other_types_is_refused(said: Row) -> None:
    changed = rows()
    document = json.loads(changed[3]["document00"])
    changed[3]["document00"] = json.dumps({**document, **said})
    with pytest.raises(Damaged):
        read_pack(changed, PROJECT)


REFRESH = Refresh(id=newest_first_id(NOW), status="completed", asked_at=NOW, touched_at=NOW, found=10)
EXPORT = Export(
    id=newest_first_id(NOW), project_id=PROJECT.id, project_name="Pets", format="csv", status="completed", asked_at=NOW
)


def line(kind: str, record: Any, **changes: Any) -> Row:
    return {"kind": kind, "document": {**record.model_dump(mode="json"), **changes}}


def test_records_are_taken_as_they_are() -> None:
    assert read_record(line("refresh", REFRESH), PROJECT) == REFRESH
    assert read_record(line("export", EXPORT), PROJECT) == EXPORT


@pytest.mark.parametrize(
    "changed",
    [
        line("refresh", REFRESH, found="10"),
        line("refresh", REFRESH, found=10**60),
        line("refresh", REFRESH, found=1e300),
        line("refresh", REFRESH, error=["no text"]),
        line("refresh", REFRESH, asked_at=5),
        line("refresh", REFRESH, error="x" * MOST_DOCUMENT),
        line("export", EXPORT, images=True),
        line("export", EXPORT, sides={"train": "1"}),
        line("export", EXPORT, labels=[{"id": 10**60, "name": "Cat"}]),
        line("export", EXPORT, project_name=None),
        {"kind": ["export"], "document": {}},
        {"kind": "export"},
    ],
    ids=lambda changed: str(changed)[:60],
)
def test_a_record_of_other_types_or_without_end_is_refused(changed: Row) -> None:
    with pytest.raises(Damaged):
        read_record(changed, PROJECT)


def snapshot_of(*lines: Any) -> Snapshot:
    text = b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in lines)
    return Snapshot(io.BytesIO(gzip.compress(text)))


UNFINISHED = Unfinished("x", None, "pets/a.png", Tally(found=1, kinds_passed_over={"gif": 2}))
HEADER = asdict(Header(1, 1, True, UNFINISHED))
KNOWN = [Entry("pets/a.png", "0x1", 0, 0, False), Entry("pets/b.png", "0x1", 0, 1, True)]


def test_a_snapshot_is_read_as_it_was_written() -> None:
    snapshot = snapshot_of(HEADER, *KNOWN)
    assert snapshot.header.unfinished == UNFINISHED
    check_snapshot(snapshot, PROJECT, 2)
    assert list(snapshot) == KNOWN


@pytest.mark.parametrize(
    "lines",
    [
        (b"[" * 100_000,),
        ({**HEADER, "packs": "1"},),
        ({**HEADER, "packs": 10**60},),
        ({**HEADER, "unfinished": {**HEADER["unfinished"], "tally": {"found": []}}},),
        (HEADER, b'["pets/' + b"a" * 100_000 + b'", "0x1", 0, 0, false]'),
        (HEADER, ["pets/a.png", "0x1", 0, 0]),
        (HEADER, ["pets/a.png", ["0x1"], 0, 0, False]),
        (HEADER, ["pets/a.png", "0x1", 10**60, 0, False]),
        (HEADER, ["pets/a.png", "0x1", 0, 99, False]),
        (HEADER, ["pets/a.png", "0x1", 0, 0, 0]),
        (HEADER, ["payroll/a.png", "0x1", 0, 0, False]),
        (HEADER, *reversed(KNOWN)),
        (HEADER, *KNOWN, ["pets/c.png", "0x1", 0, 2, False]),
    ],
    ids=lambda lines: str(lines[-1])[:40],
)
def test_a_snapshot_that_the_service_has_not_written_is_refused(lines: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        check_snapshot(snapshot_of(*lines), PROJECT, 2)


def test_a_snapshot_that_cannot_be_unpacked_is_refused() -> None:
    for data in (b"no gzip", gzip.compress(b"{}\n" * 1000)[:-9]):
        with pytest.raises(ValueError):  # noqa: PT011
            check_snapshot(Snapshot(io.BytesIO(data)), PROJECT, 2)
