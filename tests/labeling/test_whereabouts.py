"""The packs in which a labeler may hold leases."""

import pytest

from functions.labeling.whereabouts import Whereabouts
from tests.labeling.project import Project

HERE = Whereabouts((3, 7), 7, "etag")


@pytest.mark.parametrize(
    ("pack", "held_in", "tidy", "packs"),
    [
        (9, [], False, (7, 9)),
        (9, [3], False, (3, 7, 9)),
        (9, [7], True, (7, 9)),
        (3, [], False, (3, 7)),
        (7, [], True, (7,)),
    ],
)
def test_packs_with_leases_and_the_pack_one_comes_from_stay_named(
    pack: int, held_in: list[int], tidy: bool, packs: tuple[int, ...]
) -> None:
    assert HERE.entering(pack, held_in, tidy=tidy) == Whereabouts(packs, pack, "etag")


@pytest.mark.parametrize(("held_in", "tidy"), [([], False), ([7], False), ([3], True), ([3, 7], True)])
def test_who_stays_where_they_are_writes_nothing(held_in: list[int], tidy: bool) -> None:
    assert HERE.entering(7, held_in, tidy=tidy) is HERE


def test_the_first_pack_is_named() -> None:
    assert Whereabouts().entering(4, [], tidy=False) == Whereabouts((4,), 4, None)


async def test_a_page_in_the_pack_that_one_comes_from_is_found_again(project: Project) -> None:
    one = await project.packs(10, 10, 36)
    first = await one.page("ann", 9)
    await one.label("bob", 1)
    await one.label("bob", 1)
    second = await one.page("ann", 9, holding=[first.lease.id])
    while second.pack == first.pack:
        await one.submit("ann", second)
        second = await one.page("ann", 9, holding=[first.lease.id])
    elsewhere = await project.instance()
    assert (await elsewhere.page("ann", holding=[second.lease.id])).lease == first.lease
