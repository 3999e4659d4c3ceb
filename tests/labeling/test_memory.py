"""What a process keeps of a project between calls has a bound."""

import gc

import pytest

from functions.labeling.choice import ACTIVE_MS
from functions.labeling.work_queue import Page
from functions.problems import NotFound
from functions.tables import MOST_TABLES
from tests.labeling.project import CATS_AND_DOGS, NOW, Instance, Project

UNKNOWN = "000000-0123456789abcdef"


def active(one: Instance) -> set[str]:
    return set(one.board.queue._choice._active)


async def test_labelers_who_are_not_active_any_more_are_not_kept(project: Project) -> None:
    one = await project.packs(9)
    await one.page("ann", 1)
    await one.page("bob", 1)
    assert active(one) == {"ann", "bob"}
    # Who gets back what they hold chooses no pack.
    await one.page("bob", 1, now=NOW + ACTIVE_MS)
    assert active(one) == {"bob"}


async def test_rows_of_the_directory_that_nobody_writes_keep_no_lock(project: Project) -> None:
    one = await project.packs(9, 9)
    await one.label_all("ann")
    gc.collect()
    assert len(one.board.directory._writing) == 0


async def test_what_a_submission_names_as_its_lease_is_not_kept(project: Project) -> None:
    one, assisted = await project.packs(9), CATS_AND_DOGS.model_copy(update={"ml_assist": True})
    with pytest.raises(NotFound):
        await one.board.queue.submit(assisted, "ann", UNKNOWN, {}, {}, now=NOW)
    assert len(one.board.suggestions._pages) == 0
    page = await one.ask("ann", project=assisted)
    assert isinstance(page, Page)
    assert one.board.suggestions._pages.known(page.lease.id)


@pytest.mark.parametrize(
    "lease_id", [UNKNOWN + "a" * 30_000, "000000-0123456789ABCDEF", "000000-0123456789abcde\u00e9"]
)
async def test_what_is_no_id_of_a_lease_asks_storage_for_nothing(project: Project, lease_id: str) -> None:
    one = await project.packs(9)
    one.wire.reset()
    with pytest.raises(NotFound):
        await one.board.queue.release("ann", lease_id, now=NOW)
    with pytest.raises(NotFound):
        await one.board.queue.submit(CATS_AND_DOGS, "ann", lease_id, {}, {}, now=NOW)
    assert one.wire.requests == []


async def test_no_more_tables_are_kept_than_so_many(project: Project) -> None:
    tables = project._tables((await project.packs(1)).wire, 0)
    for number in range(MOST_TABLES + 10):
        tables.table(f"t{number}")
    assert len(tables._tables) == MOST_TABLES
