"""The audit log itself: written before and after, read by pages, by filters and as a table, and forgotten in time."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from azure.core.exceptions import AzureError, ServiceRequestError

from functions.audit.store import Wanted, drop_old, list_entries
from functions.ids import newest_first_id
from functions.problems import Conflict
from functions.storage import Storage
from functions.trail import Entry, audited
from tests.api.builders import People, Project, assert_problem, good, new_name

ANNA, BEN = ("anna-1", "Anna@example.org"), ("ben-1", "ben@example.org")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(action: str = "setMember", who: tuple[str, str] = ANNA, at: datetime = NOON, project: str = "") -> Entry:
    return Entry(newest_first_id(at), action, *who, project_id=project)


async def write(storage: Storage, *entries: Entry) -> None:
    for one in entries:
        async with audited(storage, one):
            pass


async def test_an_entry_is_there_before_the_change_and_has_its_outcome_and_details_after(storage: Storage) -> None:
    project, one = new_name("project"), entry()
    one.about(project, "Cats")
    async with audited(storage, one):
        (begun,) = await list_entries(storage, Wanted(project), limit=10)
        assert begun.outcome == "unknown"
        one.note(role="reviewer", nothing=None)
    (ended,) = await list_entries(storage, Wanted(project), limit=10)
    assert (ended.outcome, ended.details, ended.at) == ("done", {"role": "reviewer"}, NOON)
    assert ended == replace(begun, outcome="done", details=ended.details)


@pytest.mark.parametrize(("error", "outcome"), [(Conflict("no"), "refused"), (ValueError("no"), "failed")])
async def test_what_was_not_possible_is_told_apart_from_what_went_wrong(
    storage: Storage, error: Exception, outcome: str
) -> None:
    project = new_name("project")
    with pytest.raises(type(error)):
        async with audited(storage, entry(project=project)):
            raise error
    assert [one.outcome for one in await list_entries(storage, Wanted(project), limit=10)] == [outcome]


class Silent:
    """A table that takes so many rows and no more."""

    def __init__(self, room: int) -> None:
        self.room = room

    async def insert(self, _: Any) -> None:
        self.room -= 1
        if self.room < 0:
            raise ServiceRequestError("no answer")


async def test_nothing_is_changed_where_no_entry_can_be_written(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "audit_table", Silent(0))
    changed = False
    with pytest.raises(AzureError):
        async with audited(storage, entry()):
            changed = True
    assert not changed


async def test_what_was_done_is_answered_though_its_outcome_cannot_be_written(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(storage, "audit_table", Silent(1))
    async with audited(storage, entry()):
        pass
    assert "the outcome of setMember is not in the audit log: done" in caplog.text


async def test_entries_come_newest_first_page_by_page_each_once(storage: Storage) -> None:
    project = new_name("project")
    made = [entry(project=project, at=NOON + timedelta(minutes=number)) for number in range(5)]
    await write(storage, *made)
    pages, after = [], ""
    while page := await list_entries(storage, Wanted(project), limit=2, after=after):
        pages.append([one.id for one in page])
        after = page[-1].id
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [identity for page in pages for identity in page] == [one.id for one in reversed(made)]


@pytest.mark.parametrize(
    ("choose", "found"),
    [
        (lambda project: Wanted(project), "cba"),
        (lambda project: Wanted(project, person="anna-1"), "ca"),
        (lambda project: Wanted(project, person="aNNA@example.org"), "ca"),
        (lambda project: Wanted(project, person="' or name ne '"), ""),
        (lambda project: Wanted(project, action="startExport"), "b"),
        (lambda project: Wanted(project, since=NOON), "cb"),
        (lambda project: Wanted(project, until=NOON), "a"),
        (lambda project: Wanted(project, since=NOON, until=NOON + timedelta(hours=1)), "b"),
        (lambda project: Wanted(project + "'"), ""),
    ],
)
async def test_entries_are_found_by_project_person_action_and_time(
    storage: Storage, choose: Callable[[str], Wanted], found: str
) -> None:
    project, hour = new_name("project"), timedelta(hours=1)
    made = {
        "a": entry(project=project, at=NOON - hour),
        "b": entry("startExport", BEN, NOON, project),
        "c": entry(project=project, at=NOON + hour),
    }
    await write(storage, *made.values())
    names = {one.id: letter for letter, one in made.items()}
    assert "".join(names[one.id] for one in await list_entries(storage, choose(project), limit=10)) == found


async def test_entries_are_kept_for_so_many_days_and_no_longer(storage: Storage) -> None:
    project, day = new_name("project"), timedelta(days=1)
    # Long before all others, so that no other test's are dropped.
    then = datetime(1990, 1, 1, tzinfo=UTC)
    await write(storage, *[entry(project=project, at=then - 401 * day - timedelta(hours=n)) for n in range(60)])
    await write(storage, entry(project=project, at=then - 399 * day))
    assert await drop_old(storage, 400, then) == 120
    assert [one.at for one in await list_entries(storage, Wanted(project), limit=100)] == [then - 399 * day]
    assert await drop_old(storage, 400, then) == 0


def test_a_long_detail_and_a_long_list_are_cut() -> None:
    one = entry()
    one.note(text="x" * 1000, names=[str(number) for number in range(30)])
    assert one.details["text"] == "x" * 300 + "…"
    assert one.details["names"] == [*map(str, range(10)), "… (20 more)"]


def test_pages_and_filters_of_the_api(people: People, project: Project) -> None:
    boss = people()
    for minutes in (20, 30, 40):
        good(boss.patch(project.path, json={"leaseMinutes": minutes}))
    query: dict[str, Any] = {"project": project.id, "action": "patchProject", "person": "Administrator", "limit": 2}
    first = good(boss.get("/api/audit", params=query))
    rest = good(boss.get("/api/audit", params={**query, "cursor": first["nextCursor"]}))
    told = [*first["items"], *rest["items"]]
    assert [one["details"] for one in told] == [{"leaseMinutes": minutes} for minutes in (40, 30, 20)]
    assert {(one["projectId"], one["projectName"]) for one in told} == {(project.id, project.get()["name"])}
    assert rest["nextCursor"] is None
    later = {**query, "since": told[0]["at"], "limit": 50}
    assert [one["id"] for one in good(boss.get("/api/audit", params=later))["items"]] == [told[0]["id"]]
    assert_problem(boss.get("/api/audit", params={"cursor": "xx"}), 422, "invalid", "cursor")


def test_the_table_has_each_entry_and_no_formula(people: People, project: Project) -> None:
    name = "=1+1@example.org"
    project.invite("labeler", name)
    answer = people().get("/api/audit.csv", params={"project": project.id, "action": "setMember"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert [(row["action"], row["outcome"], row["name"]) for row in rows][:1] == [
        ("setMember", "done", "administrator")
    ]
    assert "'" + name in [row["target"] for row in rows]


def test_labels_are_told_by_their_names(people: People, project: Project) -> None:
    known = project.get()["labels"]
    labels = [{"id": known[0]["id"], "name": "Kitten"}, known[1], {"name": "Bird"}]
    good(project.change(labels=labels))
    entries = good(people().get("/api/audit", params={"project": project.id, "action": "patchProject"}))["items"]
    assert entries[0]["details"] == {
        "labelsAdded": ["Bird"],
        "labelsRemoved": [known[2]["name"]],
        "labelsRenamed": [f"{known[0]['name']} → Kitten"],
    }


def test_who_asked_for_an_export_and_an_import_stands_on_their_records(people: People, project: Project) -> None:
    name = new_name("reviewer")
    reviewer = project.invite("reviewer", name)
    me = good(reviewer.get("/api/me"))["userId"]
    assert (made := project.export("csv", reviewer))["byName"] == name
    assert made["by"] == me
    refreshes = list(project.pages("refreshes"))
    assert refreshes[-1]["byName"] == "administrator"
    body = {"format": "csv", "content": "image,label", "dryRun": True}
    assert good(people().post(f"{project.path}/imports", json=body), 202)["byName"] == "administrator"
