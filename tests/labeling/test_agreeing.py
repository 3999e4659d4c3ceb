"""What people say of the same images, in sums that add and take away exactly, and that a row can hold."""

from collections import Counter
from json import dumps, loads
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.labeling import agreeing
from functions.labeling.agreeing import PIECE, Agreement
from functions.labeling.directory import RANGE_SIZE
from functions.labeling.head import PACK_SIZE
from functions.projects.labels import MOST_LABELS
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import MOST_LABELS as MOST_OF_AN_IMAGE

MOST_OPINIONS = 9
# Of a row, which holds 1 MiB at two bytes a character; the directory's other properties are at most four of 32 K.
MOST_PROPERTIES = 12

ANNOTATIONS = st.lists(st.integers(1, 6), max_size=3).map(of_labels)
OPINIONS = st.lists(ANNOTATIONS, max_size=MOST_OPINIONS)
# So many characters that some packs overflow.
FEW_CHARACTERS = 60


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "MOST_CHARACTERS", FEW_CHARACTERS)


def of_pack(images: list[list[Annotation]]) -> Agreement:
    pack = Agreement()
    for opinions in images:
        pack.note(opinions)
    return pack


def packs() -> st.SearchStrategy[Agreement]:
    return st.lists(OPINIONS, max_size=12).map(of_pack)


def one(*labels: int) -> list[Annotation]:
    """Opinions of one label each."""
    return [Annotation((label,)) for label in labels]


@given(st.lists(packs(), max_size=5), st.data())
def test_packs_are_added_and_taken_away_exactly_in_any_order(closed: list[Agreement], data: st.DataObject) -> None:
    sums = Agreement()
    steps = data.draw(st.permutations([(pack, 1) for pack in closed] + [(pack, -1) for pack in closed[:3]]))
    for pack, sign in steps:
        sums.add(pack, sign)
    rest = Agreement()
    for pack in closed[3:]:
        rest.add(pack, 1)
    assert sums == rest
    assert bool(sums) == bool(rest) == any(closed[3:])


@pytest.mark.usefixtures("few")
def test_packs_that_overflow_are_added_and_taken_away_exactly() -> None:
    random, sums = Random(3), Agreement()
    together = [of_pack([one(*random.choices(range(9), k=3)) for _ in range(20)]) for _ in range(6)]
    assert all(pack.alike and pack.votes for pack in together)
    for pack in together:
        sums.add(pack, 1)
    random.shuffle(together)
    for pack in together[1:]:
        sums.add(pack, -1)
    assert sums == together[0]
    sums.add(together[0], -1)
    assert sums == Agreement()
    assert not sums


@given(packs())
def test_sums_are_read_as_they_were_written(pack: Agreement) -> None:
    assert Agreement.from_json(loads(dumps(pack.to_json()))) == pack
    assert Agreement.from_properties(pack.to_properties()) == pack


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("piece", [7, PIECE])
def test_sums_with_what_did_not_fit_are_read_as_they_were_written(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "PIECE", piece)
    pack = of_pack([one(number, 3, number + 1, *[3] * (number % 5)) for number in range(30)])
    assert pack.votes
    properties = pack.to_properties()
    assert max(map(len, properties.values())) <= piece
    read = Agreement.from_properties({"letters": "nn", **properties})
    assert read == pack
    assert all(read.votes.values())


def test_a_row_of_before_and_one_without_opinions_have_none() -> None:
    assert Agreement.from_properties({"letters": "n", "sums": "{}"}) == Agreement()
    assert Agreement.from_json({}) == Agreement()
    assert Agreement().to_properties() == {}


def test_an_image_with_fewer_than_two_opinions_says_nothing() -> None:
    assert not of_pack([[], one(1), [Annotation()]])


@given(st.lists(OPINIONS.filter(lambda opinions: len(opinions) > 1), max_size=6), st.randoms())
def test_it_does_not_matter_who_said_what(images: list[list[Annotation]], random: Random) -> None:
    shuffled = [random.sample(opinions, len(opinions)) for opinions in images]
    assert of_pack(images) == of_pack(shuffled)
    found: Counter[tuple[tuple[tuple[int, ...], int], ...]] = Counter()
    for pattern, count in of_pack(images).images({}):
        found[tuple(sorted((said.labels, times) for said, times in pattern.items()))] += count
    expected = Counter(tuple(sorted(Counter(said.labels for said in opinions).items())) for opinions in images)
    assert found == expected


def test_merged_labels_count_as_what_they_were_merged_into() -> None:
    pack = of_pack([one(1, 2), [Annotation((1, 2)), Annotation((2,))]])
    [(first, _), (second, _)] = pack.images({1: 2})
    assert first == {Annotation((2,)): 2}
    assert second == {Annotation((2,)): 2}


@pytest.mark.usefixtures("few")
def test_what_does_not_fit_into_a_pack_is_counted_coarsely_and_none_is_lost() -> None:
    images = [one(1, number) for number in range(2, 20)]
    pack = of_pack([*images, one(1, 2), one(7, 7), one(1, 1, 8)])
    kept = sum(count for _, count in pack.images({}))
    assert (kept, pack.alike) == (8, {(2, 1): 12, (3, 2): 1})
    assert pack.votes[2, 1, 1] == 12
    assert pack.votes[3, 1, 2] == pack.votes[3, 8, 1] == 1
    # One label on which all agree takes no room.
    assert pack.patterns["7*2"] == 1


@pytest.mark.usefixtures("few")
def test_what_a_pack_has_already_takes_no_more_room() -> None:
    pack = of_pack([*[one(1, 2)] * 50, one(3, 4)])
    assert pack.patterns == {"1|2": 50, "3|4": 1}


def hostile(random: Random) -> list[Annotation]:
    """What nobody else says, of one image: every label, however many opinions."""
    opinions = random.randint(2, MOST_OPINIONS)
    most = random.choice([1, 1, 3, 3, MOST_OF_AN_IMAGE])
    return [of_labels(random.sample(range(MOST_LABELS), random.randint(1, most))) for _ in range(opinions)]


def test_a_row_holds_the_worst_that_256_packs_can_say() -> None:
    random, sums = Random(5), Agreement()
    for _ in range(RANGE_SIZE):
        sums.add(of_pack([hostile(random) for _ in range(PACK_SIZE)]), 1)
    for opinions in range(2, MOST_OPINIONS + 1):
        sums.add(of_pack([one(*[label] * opinions) for label in range(MOST_LABELS)]), 1)
    properties = sums.to_properties()
    assert len(properties) <= MOST_PROPERTIES
    assert Agreement.from_properties(properties) == sums


@pytest.mark.parametrize(
    ("labels", "opinions", "several", "most"),
    [(10, (2,), False, 1), (10, (2, 3), False, 1), (80, (2, 3), False, 2), (20, (2,), True, 5)],
    ids=["ten labels", "a third where two differ", "eighty labels", "several labels an image"],
)
def test_what_is_usual_takes_few_properties_and_fits(
    labels: int, opinions: tuple[int, ...], several: bool, most: int
) -> None:
    """All images of a range looked at by so many, one opinion in ten wrong."""
    random, sums = Random(6), Agreement()

    def said(truth: Annotation) -> Annotation:
        if random.random() > 0.1:
            return truth
        wrong = random.randrange(labels)
        return of_labels({*truth.labels} ^ {wrong}) if several else Annotation((wrong,))

    for _ in range(RANGE_SIZE):
        pack = Agreement()
        for _ in range(PACK_SIZE):
            truth = of_labels(min(int(random.expovariate(0.2)), labels - 1) for _ in range(3 if several else 1))
            given = [said(truth) for _ in range(opinions[0])]
            pack.note(given if len(set(given)) == 1 else [*given, *(said(truth) for _ in opinions[1:])])
        sums.add(pack, 1)
    assert len(sums.to_properties()) <= most
    kept = sum(count for _, count in sums.images({}))
    assert kept == RANGE_SIZE * PACK_SIZE if not several else kept > 0.8 * RANGE_SIZE * PACK_SIZE
