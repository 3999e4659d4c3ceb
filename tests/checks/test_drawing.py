"""Samples drawn from packs in storage: of which images, by how many requests, and while others work."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.checks.drawing import Population, draw
from functions.checks.store import Drawn
from functions.labeling.head import DISPUTED, LABELED, SKIPPED, UNREADABLE, WAITING, Head, Opinion, Slot
from functions.labeling.rows import image_id
from tests.labeling.heads import CAT, DOG, only
from tests.labeling.project import NOW, Instance, Project
from tests.labeling.wire import Request

EVERY = Population()
POPULATIONS = [EVERY, Population(labels=frozenset([CAT])), Population(labeler="ann")]


async def drawn(one: Instance, size: int, population: Population = EVERY, seed: int = 1) -> list[Drawn]:
    return await draw(one.board, population, size, Random(seed))


def everything(*sizes: int) -> set[str]:
    return {image_id(pack, slot) for pack, size in enumerate(sizes) for slot in range(size)}


opinions = st.lists(
    st.builds(Opinion, st.integers(0, 1), st.just(NOW), st.sampled_from([None, only(CAT), only(DOG)])),
    max_size=2,
    unique_by=lambda opinion: opinion.labeler,
).map(tuple)
labeled = st.builds(
    Slot,
    state=st.just(LABELED),
    labels=st.sampled_from([(), (CAT,), (DOG,), (CAT, DOG)]),
    labeler=st.integers(0, 1),
    opinions=opinions,
    missing=st.booleans(),
    outdated=st.booleans(),
)
others = st.one_of(
    st.builds(Slot, state=st.just(SKIPPED), labeler=st.integers(0, 1), opinions=opinions, missing=st.booleans()),
    st.builds(Slot, state=st.sampled_from([WAITING, DISPUTED]), opinions=opinions),
    st.just(Slot(UNREADABLE)),
)


@pytest.mark.parametrize("population", POPULATIONS, ids=["all", "a label", "a labeler"])
@given(slots=st.lists(st.one_of(labeled, others), max_size=12))
def test_a_pack_holds_as_many_images_as_its_figures_count(population: Population, slots: list[Slot]) -> None:
    head = Head(tuple(slots), labelers=("ann", "bob"), rejected=(0, 0))
    held = population.held(3, head)
    assert len(held) == population.counted(head.counts())
    for slot, image in held.items():
        status = slots[slot]
        assert (image is None) == (status.missing or status.outdated)
        assert image is None or (image.pack, image.slot, image.labels) == (3, slot, status.labels)
        assert population.labels is None or CAT in status.labels
        assert population.labeler is None or status.labeler == 0


async def test_images_of_closed_and_of_open_packs_are_drawn_and_no_others(packs: Project) -> None:
    one = await packs.packs(9, 20, 9)
    await one.take_over(0, dict.fromkeys(range(9), CAT))
    await one.correct(1, range(12), DOG)
    assert await one.letters() == "dow"
    found = await drawn(await packs.instance(), 1000)
    assert len(found) == 21
    assert {image.image for image in found} == everything(9, 12)
    assert {(image.labels, image.labeler) for image in found} == {((CAT,), "ivan"), ((DOG,), "rita")}
    assert {image.at for image in found} == {NOW}
    dogs = await drawn(one, 1000, Population(labels=frozenset([DOG])))
    assert {image.image for image in dogs} == {image_id(1, slot) for slot in range(12)}
    assert len(await drawn(one, 1000, Population(labeler="ivan"))) == 9
    assert await drawn(one, 1000, Population(labeler="ann")) == []


async def test_a_small_sample_reads_the_directory_and_a_pack_for_each_image(packs: Project) -> None:
    """Where packs are full; these are a third."""
    one = await packs.packs(*[33] * 30)
    await one.label_all("ann")
    one.wire.reset()
    found = await drawn(one, 4)
    heads = [request for request in one.wire.requests if request.touches("head|")]
    assert len(found) == 4
    assert len({image.image[:6] for image in found}) <= len(heads) <= 30
    assert len(one.wire.requests) == len(heads) + 1


async def test_few_images_among_many_packs_are_found_by_one_request_a_range(packs: Project) -> None:
    one = await packs.packs(*[2] * 40)
    await one.label_all("ann")
    await one.correct(7, [1], DOG)
    one.wire.reset()
    [dog] = await drawn(one, 10, Population(labels=frozenset([DOG])))
    assert (dog.image, dog.labeler) == (image_id(7, 1), "rita")
    assert len(one.wire.requests) == 2


async def test_what_is_read_for_a_sample_leaves_no_trace_in_what_the_board_keeps(packs: Project) -> None:
    await (await packs.packs(*[4] * 10)).label_all("ann")
    one = await packs.instance()
    await drawn(one, 20)
    assert [one.board.rows.cached_head(pack) for pack in range(10)] == [None] * 10


async def test_images_that_are_rejected_while_a_sample_is_drawn_are_not_in_it(packs: Project) -> None:
    one, other = await packs.packs(*[9] * 4), await packs.instance()
    await one.label_all("ann")

    async def reject(request: Request) -> None:
        one.wire.after = None
        await other.reject(2, range(5))
        await other.correct(1, [0], DOG)

    one.wire.after = reject
    found = {image.image: image for image in await drawn(one, 31)}
    gone = {image_id(2, slot) for slot in range(5)}
    assert found.keys() == everything(9, 9, 9, 9) - gone
    assert found[image_id(1, 0)].labels == (DOG,)
