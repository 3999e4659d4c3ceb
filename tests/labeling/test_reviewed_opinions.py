"""What reviewers, imports and labelers themselves do to opinions, in a real Azurite: figures stay those of the records
after each step, and undoing brings every opinion back.
"""

from functions.labeling.head import Slot
from functions.labeling.opinions import heard_of
from functions.projects.model import Opinions
from tests.labeling.heads import CAT, DOG
from tests.labeling.project import CATS_AND_DOGS, Instance, Project

TWO = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=2, most=2, share=1)})

# Whose opinion is which label.
Voices = dict[str, int | None]


async def slot_of(project: Project, index: int) -> tuple[Slot, Voices]:
    """An image as it is in storage: its slot, and who says what beside others."""
    head = (await (await project.instance()).board.rows.read_head(0)).head
    slot = head.slots[index]
    return slot, {one.by: one.said.labels[0] if one.said else None for one in heard_of(head, slot)}


async def states(project: Project) -> str:
    """The letters of a pack's images, after the proof of all figures."""
    await project.prove()
    head = (await (await project.instance()).board.rows.read_head(0)).head
    return "".join(slot.state for slot in head.slots)


async def two_agree_and_two_do_not(project: Project) -> Instance:
    """Ann says cat of four images; bob says so of two, and dog of the others. A pack that is closed."""
    one = await project.packs(4)
    await one.label("ann", 4, project=TWO)
    await one.label("bob", 2, project=TWO)
    await one.label("bob", 2, label=DOG, project=TWO)
    assert await states(project) == "lldd"
    assert await one.letters() == "d"
    return one


async def test_one_more_is_asked_of_labeled_and_of_disputed_images_and_confirms_or_decides(project: Project) -> None:
    one = await two_agree_and_two_do_not(project)
    assert sorted((await one.ask_again(0, [0, 2])).former) == [0, 2]
    assert await states(project) == "wlwd"
    assert (await project.figures()).awaiting == 2
    await one.mend()
    assert await one.letters() == "a"
    await one.label("cleo", 2, label=DOG, project=TWO)
    assert await states(project) == "llld"
    slot, voices = await slot_of(project, 0)
    assert (slot.labels, voices) == ((CAT,), {"ann": CAT, "bob": CAT, "cleo": DOG})
    slot, voices = await slot_of(project, 2)
    assert (slot.labels, voices, slot.asked) == ((DOG,), {"ann": CAT, "bob": DOG, "cleo": DOG}, 0)


async def test_asking_is_undone_until_somebody_answers(project: Project) -> None:
    one = await two_agree_and_two_do_not(project)
    before = [await slot_of(project, index) for index in range(4)]
    await one.ask_again(0, [0, 1, 2])
    [asked] = await one.reviews(0)
    await one.label("cleo", 1, label=DOG, project=TWO)
    assert await states(project) == "lwwd"
    assert await (await project.instance()).undo(0, [0, 1, 2], action=asked) == {1, 2}
    assert await states(project) == "lldd"
    assert [await slot_of(project, index) for index in (1, 2, 3)] == before[1:]
    assert (await slot_of(project, 0))[1] == {"ann": CAT, "bob": CAT, "cleo": DOG}


async def test_asking_about_a_label_that_was_the_only_one_keeps_it_as_an_opinion(project: Project) -> None:
    one = await project.packs(2)
    await one.label_all("ann")
    await one.ask_again(0, [0])
    assert await states(project) == "wl"
    assert (await slot_of(project, 0))[1] == {"ann": CAT}
    await one.label("bob", 2)
    assert await states(project) == "ll"
    slot, voices = await slot_of(project, 0)
    assert (slot.labels, voices) == ((CAT,), {"ann": CAT, "bob": CAT})
    [asked] = await one.reviews(0)
    assert await one.undo(0, [0], action=asked) == set()


async def test_an_amended_opinion_decides_anew_at_an_instance_with_an_old_copy_too(project: Project) -> None:
    one, elsewhere = await two_agree_and_two_do_not(project), await project.instance()
    await elsewhere.board.packs.head(0)
    assert not (await one.amend("bob", 0, 2, CAT, project=TWO)).stale
    assert not (await elsewhere.amend("ann", 0, 0, DOG, project=TWO)).stale
    assert await states(project) == "dlld"
    assert (await slot_of(project, 0))[1] == {"ann": DOG, "bob": CAT}
    assert (await slot_of(project, 2))[1] == {"ann": CAT, "bob": CAT}
    assert (await elsewhere.amend("cleo", 0, 0, DOG, project=TWO)).stale
    await one.mend()
    assert await one.letters() == "d"
    await one.correct(0, [2], DOG)
    assert (await one.amend("bob", 0, 2, DOG, project=TWO)).stale
    await project.prove()


async def test_a_rejection_takes_all_opinions_and_its_undo_brings_them_back(project: Project) -> None:
    one = await two_agree_and_two_do_not(project)
    before = [await slot_of(project, index) for index in range(4)]
    await one.reject(0, [0, 2])
    assert await states(project) == "wlwd"
    figures = await project.figures()
    # Nobody had said what stands of a disputed image.
    assert [figures.work[user].rejected for user in ("ann", "bob")] == [1, 1]
    assert (figures.awaiting, [(await slot_of(project, index))[1] for index in (0, 2)]) == (0, [{}, {}])
    page = await one.page("ann", 4, project=TWO)
    assert page.lease.slots == (0, 2)
    await one.board.queue.release("ann", page.lease.id, now=1)
    [rejected] = await one.reviews(0)
    assert await (await project.instance()).undo(0, range(4), action=rejected) == {0, 2}
    assert await states(project) == "lldd"
    assert [await slot_of(project, index) for index in range(4)] == before
    assert (await project.figures()).work["ann"].rejected == 0


async def test_a_rejected_image_is_looked_at_by_as_many_again_and_first_by_all_of_them(project: Project) -> None:
    one = await two_agree_and_two_do_not(project)
    await project.packs(9)
    await one.reject(0, [0])
    for user in ("ann", "bob"):
        assert (await one.page(user, 1, project=TWO)).pack == 0
        page = await one.label(user, 1, project=TWO)
        assert (page.pack, page.lease.slots) == (0, (0,))
    await one.mend()
    assert await states(project) == "lldd"
    assert (await project.figures()).work["ann"].rejected == 1


async def test_a_correction_stands_beside_the_opinions_and_its_undo_leaves_them_to_decide(project: Project) -> None:
    one = await project.packs(4)
    await one.label("ann", 4, project=TWO)
    await one.label("bob", 1, project=TWO)
    await one.label("bob", 1, label=DOG, project=TWO)
    assert await states(project) == "ldww"
    before = [await slot_of(project, index) for index in range(4)]
    assert sorted((await one.correct(0, [0, 1, 2], DOG)).corrected) == [0, 1, 2]
    assert await states(project) == "lllw"
    assert [(await slot_of(project, index))[1] for index in range(3)] == [voices for _, voices in before[:3]]
    figures = await project.figures()
    assert [(figures.work[user].decided, figures.work[user].agreed) for user in ("ann", "bob")] == [(2, 0), (2, 1)]
    corrected_slots = [await slot_of(project, index) for index in range(3)]
    await one.reject(0, [0, 1])
    corrected, rejected = await one.reviews(0)
    assert await one.undo(0, range(4), action=rejected) == {0, 1}
    assert [await slot_of(project, index) for index in range(3)] == corrected_slots
    assert await (await project.instance()).undo(0, range(4), action=corrected) == {0, 1, 2}
    assert await states(project) == "ldww"
    assert [await slot_of(project, index) for index in range(4)] == before
    await one.label_all("bob", project=TWO)
    assert await states(project) == "ldll"


async def test_an_import_over_opinions_stands_beside_them(project: Project) -> None:
    one = await two_agree_and_two_do_not(project)
    await one.ask_again(0, [1])
    assert sorted((await one.take_over(0, {0: DOG, 1: DOG, 2: DOG})).labeled) == [0, 1, 2]
    assert await states(project) == "llld"
    for index, voices in ((0, {"ann": CAT, "bob": CAT}), (1, {"ann": CAT, "bob": CAT}), (2, {"ann": CAT, "bob": DOG})):
        slot, heard = await slot_of(project, index)
        assert (slot.labels, slot.asked, heard) == ((DOG,), 0, voices)
    await one.mend()
    assert await one.letters() == "d"


async def test_a_correction_takes_an_awaiting_image_from_whoever_holds_it(project: Project) -> None:
    one, other = await project.packs(4), await project.instance()
    await one.label("ann", 4, project=TWO)
    page = await one.page("bob", 4, project=TWO)
    await other.correct(0, [1], DOG)
    assert list((await one.page("bob", 4, project=TWO)).images) == [0, 2, 3]
    saved = await one.submit("bob", page, project=TWO)
    assert (saved.taken, sorted(saved.given)) == ((1,), [0, 2, 3])
    assert await states(project) == "llll"
    assert (await slot_of(project, 1))[1] == {"ann": CAT}


async def test_a_confirmed_decision_is_no_longer_the_labelers_to_amend(project: Project) -> None:
    one = await two_agree_and_two_do_not(project)
    done = await one.confirm(0, range(4))
    assert (sorted(done.confirmed), sorted(done.stale)) == ([0, 1], [2, 3])
    assert (await one.amend("ann", 0, 0, DOG, project=TWO)).stale
    assert not (await one.amend("ann", 0, 2, DOG, project=TWO)).stale
    assert await states(project) == "llld"
