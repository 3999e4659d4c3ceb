"""What labeling does to one pack of four images, scene by scene, for tests that cut in between two of its writes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from azure.core.exceptions import AzureError

from functions.labeling.work_queue import Page
from functions.problems import Busy
from functions.projects.model import Opinions
from tests.labeling.heads import DOG
from tests.labeling.project import CATS_AND_DOGS, NOW, Instance, Project, prepare
from tests.labeling.wire import HostDied
from tests.running import Storage as Azurite

TWO = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=2, most=2, share=1)})


@dataclass(frozen=True)
class Scene:
    """begin: what was before. act: what is cut off at each of its writes. is_message: a queue delivers it again."""

    begin: Callable[[Project], Awaitable[object]]
    act: Callable[[Instance], Awaitable[object]]
    is_message: bool = False


async def four_waiting(project: Project) -> None:
    await project.packs(4)


async def one_unlabeled(project: Project) -> None:
    await (await project.packs(4)).label("ann", 3)


async def all_labeled(project: Project) -> None:
    await (await project.packs(4)).label_all("ann")


async def one_unprepared(project: Project) -> None:
    await project.unprepared(4)


async def one_leased(project: Project) -> None:
    await (await project.packs(4)).page("ann", 4)


async def one_half_closed(project: Project) -> None:
    """All is labeled and the head is frozen; the host died before it wrote the directory."""
    one = await project.packs(4)
    page = await one.page("ann", 4)
    one.wire.lose = lambda request: request.is_write and request.touches("dir|")
    one.wire.dies = True
    with suppress(HostDied):
        await one.submit("ann", page)


async def two_rejected(project: Project) -> None:
    """All was labeled; two images wait again."""
    one = await project.packs(4)
    await one.label_all("ann")
    await one.reject(0, [0, 1])


async def two_corrected(project: Project) -> None:
    """Of four labeled images."""
    one = await project.packs(4)
    await one.label_all("ann")
    await one.correct(0, [0, 1], DOG)


async def four_corrected(project: Project) -> None:
    """That nobody had labeled before."""
    await (await project.packs(4)).correct(0, range(4), DOG)


async def four_begun(project: Project) -> None:
    """One of two labelers has looked at them; nobody has closed the pack."""
    await (await project.packs(4)).label_all("ann", project=TWO)


async def four_awaiting(project: Project) -> None:
    await four_begun(project)
    await (await project.instance()).mend()


async def mend(one: Instance) -> None:
    await one.mend()


async def take_a_page(one: Instance) -> None:
    page = await one.page("bob", 2)
    assert len(page.images) == 2


async def label_a_page(one: Instance) -> None:
    page = await one.ask("bob", 4)
    if isinstance(page, Page):
        await again_if_cut(lambda: one.submit("bob", page))


async def give_a_second_opinion(one: Instance) -> None:
    page = await one.ask("bob", 4, project=TWO)
    if isinstance(page, Page):
        await again_if_cut(lambda: one.submit("bob", page, project=TWO))
    heads = (await one.board.rows.read_head(0)).head
    assert all(len({who.labeler for who in slot.opinions}) == len(slot.opinions) >= 1 for slot in heads.slots)


async def ask_for_one_more(one: Instance) -> None:
    """Where the answer was lost, they wait already."""
    await one.ask_again(0, [0, 1])
    records = await one.board.records.of_pack(0)
    assert [0 in record.given for record in records if record.action == "asked"].count(True) == 1


async def reject_two(one: Instance) -> None:
    done = await one.reject(0, [0, 1])
    assert (sorted(done.former), done.stale) == ([0, 1], ())


async def correct_one(one: Instance) -> None:
    await one.correct(0, [0], DOG)
    records = await one.board.records.of_pack(0)
    assert [0 in record.given for record in records if record.action == "corrected"].count(True) == 1


async def undo_two(one: Instance) -> None:
    """Of the first action, at once with another of its images that somebody may have changed since."""
    [action, *_] = await one.reviews(0)
    assert {0, 1} <= await one.undo(0, [0, 1, 2], action=action)
    records = await one.board.records.of_pack(0)
    assert [0 in record.given for record in records if record.action == "restored"].count(True) == 1


async def take_over_two(one: Instance) -> None:
    done = await one.take_over(0, {0: DOG, 1: DOG})
    assert sorted([*done.labeled, *done.unchanged]) == [0, 1]
    records = await one.board.records.of_pack(0)
    assert [0 in record.given for record in records if record.action == "imported"].count(True) == 1


async def prepare_four(one: Instance) -> None:
    await prepare(one, 0, 4)


async def submit_late(one: Instance) -> None:
    version = await one.board.rows.read_head(0)
    for lease in (*version.head.leases, *version.head.ended):
        await one.board.queue.submit(
            CATS_AND_DOGS, lease.labeler, lease.id, dict.fromkeys(lease.slots), {}, now=NOW + 10**9
        )


SCENES = {
    "a lease that opens a pack": Scene(four_waiting, take_a_page),
    "a submission that closes a pack": Scene(one_unlabeled, label_a_page),
    "a rejection that reopens a pack": Scene(all_labeled, reject_two),
    "a rejection in an open pack": Scene(one_unlabeled, reject_two),
    "a correction in a closed pack": Scene(all_labeled, correct_one),
    "an undone rejection that closes a pack": Scene(two_rejected, undo_two),
    "an undone correction in a closed pack": Scene(two_corrected, undo_two),
    "an undone correction that opens a pack": Scene(four_corrected, undo_two),
    "an import into a closed pack": Scene(all_labeled, take_over_two),
    "an import into a pack that waits": Scene(four_waiting, take_over_two),
    "a pack that is prepared": Scene(one_unprepared, prepare_four, is_message=True),
    "a timer that mends a closing": Scene(one_half_closed, mend, is_message=True),
    "a late submission": Scene(one_leased, submit_late),
    "a second opinion that opens a pack and closes it": Scene(four_awaiting, give_a_second_opinion),
    "a timer that closes a pack that waits for opinions": Scene(four_begun, mend, is_message=True),
    "a question for one more opinion in a closed pack": Scene(all_labeled, ask_for_one_more),
}


async def again_if_cut(act: Callable[[], Awaitable[object]]) -> None:
    """As callers do it: an error that says so is tried again."""
    for _ in range(20):
        try:
            await act()
        except (AzureError, Busy):
            continue
        return
    raise AssertionError("twenty times in vain")


async def projects(azurite: Azurite, scene: Scene) -> AsyncIterator[tuple[int, Project]]:
    """A project for each write of the scene, first to last."""
    for number in count(1):
        async with Project(azurite.data_storage) as project:
            await scene.begin(project)
            yield number, project


async def prove_and_finish(project: Project) -> None:
    """The figures are exact; the timer mends the rest; then all that is left can be labeled."""
    await project.prove(now=NOW)
    timer = await project.instance()
    later = NOW + 10**10
    await timer.mend(later)
    await project.prove(now=later, is_mended=True)
    await timer.label_all("cleo", now=later)
    await timer.mend(later)
    figures = await project.prove(now=later, is_mended=True)
    assert figures.states["labeled"] + figures.states["skipped"] == 4
