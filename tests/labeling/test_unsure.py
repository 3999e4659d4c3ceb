"""Disputed images in the order in which they need a reviewer, in a real Azurite."""

from dataclasses import replace
from itertools import groupby
from random import Random

import pytest

from functions.agreement.advice import Adviser
from functions.labeling.counts import Counts, Work
from functions.labeling.head import PACK_SIZE
from functions.labeling.suggestions import Suggestion
from functions.labeling.work_queue import Page
from functions.projects.model import Opinions
from functions.review import unsure
from functions.review.images import MOST_PACKS, Filter, Found, matching
from functions.review.unsure import START, Place, list_unsure
from tests.labeling.heads import CAT, DOG, only
from tests.labeling.project import CATS_AND_DOGS, NOW, Instance, Project

TWO = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=2, most=2, share=1), "ml_assist": True})
DISPUTED = Filter(state="disputed")
PEOPLE = ("ann", "bob", "cleo")
KNOWN = Adviser.of(TWO, Counts(), 0.8)

# A pack and a slot.
Where = tuple[int, int]


def where(found: Found) -> Where:
    return found.pack, found.slot


async def disagree(project: Project, random: Random, *sizes: int) -> None:
    """Packs more, two of the people say something of each image, with suggestions of any confidence."""
    one, first = await project.packs(*sizes), len(project.sizes) - len(sizes)
    for pack, size in enumerate(sizes, first):
        suggested = {slot: Suggestion(random.choice((CAT, DOG)), random.random()) for slot in range(size)}
        await one.board.suggestions.put_learned(pack, range(size), suggested, "t")
    left = list(PEOPLE)
    while left:
        page = await one.ask(user := random.choice(left), 99, project=TWO)
        if not isinstance(page, Page):
            left.remove(user)
            continue
        given = {slot: only(random.choice((CAT, DOG))) for slot in page.lease.slots}
        await one.board.queue.submit(TWO, user, page.lease.id, given, {}, now=NOW)


async def disputed(one: Instance, project: Project) -> dict[Where, Found]:
    found = matching(one.board, DISPUTED, range(len(project.sizes)), NOW)
    return {where(item): item async for item in found}


async def sureness(one: Instance, found: Found, adviser: Adviser) -> float:
    """How likely the likeliest of its labels is, as a reviewer is told of the image."""
    suggested = (await one.board.suggestions.read(found.pack)).shown(TWO).get(found.slot)
    return max(adviser.probabilities([(heard.by, heard.said) for heard in found.opinions], suggested).values())


@pytest.mark.parametrize("seed", range(6))
async def test_each_is_told_once_and_the_least_sure_first_while_others_decide_and_disagree(
    project: Project, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    monkeypatch.setattr(unsure, "WINDOW", 3)
    # A page reads one window, or two.
    monkeypatch.setattr(unsure, "MOST_PACKS", random.choice((3, 6)))
    monkeypatch.setattr("functions.labeling.directory.MOST_AGE_SECONDS", 0)
    await disagree(project, random, *(random.randrange(1, 12) for _ in range(7)))
    reviewer, other = await project.instance(), await project.instance()
    always, told = set(await disputed(other, project)), list[Where]()
    place: Place | None = START
    corrections: list[tuple[Where, str]] = []
    while place:
        here = await disputed(other, project)
        always &= here.keys()
        # Each decision says something of the people, too.
        work = {user: Work(decided=100, agreed=random.randrange(50, 100)) for user in PEOPLE}
        adviser = replace(KNOWN, work=work)
        limit, before = random.randrange(1, 8), place
        page, following = await list_unsure(reviewer.board, TWO, DISPUTED, adviser, place, limit, NOW)
        assert len(page) <= limit
        assert here.keys() >= {where(found) for found in page}
        for window, some in groupby(page, lambda found: found.pack // 3):
            shown = [where(found) for found in some]
            left = {one for one in here if one[0] // 3 == window and one not in told}
            order = {one: (await sureness(other, here[one], adviser), *one) for one in left}
            assert shown == sorted(left, key=order.__getitem__)[: len(shown)]
            assert shown == sorted(shown, key=order.__getitem__)
            told += shown
        place = Place.from_text(following.to_text()) if following else None
        assert place == following != before
        for pack, slot in random.sample(sorted(here), min(2, len(here))):
            await other.correct(pack, [slot], random.choice((CAT, DOG)))
            corrections.append(((pack, slot), (await other.reviews(pack))[-1]))
        if random.random() < 0.3:
            (pack, slot), action = corrections.pop(random.randrange(len(corrections)))
            await other.undo(pack, [slot], action=action)
        if random.random() < 0.3 and len(project.sizes) < 12:
            await disagree(project, random, random.randrange(1, 12))
    assert len(told) == len(set(told))
    assert always <= set(told)


async def test_a_page_reads_so_many_packs_at_most_and_suggestions_only_of_those_with_disputes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsure, "MOST_PACKS", 6)
    monkeypatch.setattr(unsure, "WINDOW", 2)
    one = await project.packs(*[2] * 8)
    for user, label in (("ann", CAT), ("bob", DOG)):
        while isinstance(page := await one.ask(user, 99, project=TWO), Page):
            # Of each third pack they say different things.
            await one.submit(user, page, label=CAT if page.pack % 3 else label, project=TWO)
    await project.packs(*[2] * 4)
    assert (await one.letters())[8:] == "wwww"
    here = await project.instance()
    found, place = await list_unsure(here.board, TWO, DISPUTED, KNOWN, START, 50, NOW)
    assert [where(one) for one in found] == [(0, 0), (0, 1), (3, 0), (3, 1)]
    assert place == Place(3)
    assert requests(here) == {"dir|": 1, "head|": 6, "images|": 6, "suggestions|": 2}
    here.wire.reset()
    found, place = await list_unsure(here.board, TWO, DISPUTED, KNOWN, Place(3), 50, NOW)
    assert [where(one) for one in found] == [(6, 0), (6, 1)]
    assert place is None
    assert requests(here) == {"head|": 2, "images|": 2, "suggestions|": 1}


def requests(one: Instance) -> dict[str, int]:
    """How many named rows of each kind; what names none is the query for the directory."""
    kinds = [row.partition("|")[0] + "|" if row else "dir|" for request in one.wire.requests for row in request.rows]
    return {kind: kinds.count(kind) for kind in kinds}


async def test_where_nothing_is_suggested_nothing_is_read_of_it(project: Project) -> None:
    one = await project.packs(1)
    unassisted = TWO.model_copy(update={"ml_assist": False})
    await one.label("ann", label=CAT, project=unassisted)
    await one.label("bob", label=DOG, project=unassisted)
    one.wire.reset()
    page, place = await list_unsure(one.board, unassisted, DISPUTED, KNOWN, START, 50, NOW)
    assert (len(page), place) == (1, None)
    assert "suggestions|" not in requests(one)


def test_a_place_goes_into_a_cursor_whatever_was_told() -> None:
    whole = Place(10_000, (1 << MOST_PACKS * PACK_SIZE) - 1)
    for place in (START, Place(7), Place(7, 1), Place(7, 1 << 6000), whole):
        assert Place.from_text(place.to_text()) == place
    # A third longer as a cursor, which may have 2,000 characters.
    assert len(whole.to_text()) < 1400
    too_much = Place(0, whole.told + 1).to_text()
    for text in ("", "7", "7|~", "-1|", "x|", "7|A", "1000000|", "７|", "000000-01", too_much):
        assert Place.from_text(text) is None, text
