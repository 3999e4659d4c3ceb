"""How far people agree on the images that several of them looked at: observed agreement, Krippendorff's alpha for
nominal data, 95 % intervals, and what is taken for what. All of it from sums (functions/labeling/agreeing.py). Pure.

Of image u, m opinions say n_c times c, and d pairs of them differ: a = 2 d / (m - 1). Over N images, n = sum of m:

    Do = sum of a / n                             how much differs
    De = (n^2 - sum of V_c^2) / (n (n - 1))       how much would by chance, where c is said V_c times in all
    agreement = 1 - Do,   alpha = 1 - Do / De

Alpha is 1 where all agree and 0 where they agree as often as by chance. K. Krippendorff (2011), Computing
Krippendorff's alpha-reliability, University of Pennsylvania.

The intervals are Wilson's for Do, of as many images drawn at random as would have its variance: so they are not empty
where all agree, end at 1, and are as skew as they should be where people agree nearly always. Alpha's is divided by De.
The variance is that over images, by the delta method: to first order an image moves Do by (a - m Do) / n, and alpha,
in units of Do and downwards, by

    e = (a - m Do + 2 (1 - alpha) (q - m s)) / n,   q = sum of p_c n_c,   s = sum of p_c^2,   p_c = V_c / n

The variance is N / (N - 1) times the sum of the squares. K. L. Gwet (2011), On the Krippendorff's
alpha coefficient, has the like in closed form; J. Hughes (2022), Toward improved inference for Krippendorff's alpha,
arXiv 2210.13265, gets it by leaving out one image at a time, of which this is the first order. That of Do is the least:
of few images with a rare label, Do and De rise together so much that the first order cancels out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from functions.intervals import wilson
from functions.labeling.agreeing import Agreement, Pattern, differing, is_always_kept
from functions.tasks.annotation import Annotation

Interval = tuple[float, float]


class Measure(NamedTuple):
    """How far people agree. images: with two or more opinions; opinions: of these. agreement: 0 to 1; None where there
    are no images. alpha: up to 1; None where all opinions say the same, so that none could differ by chance. The
    intervals are None where the figures are, and for a single image.
    """

    images: int = 0
    opinions: int = 0
    agreement: float | None = None
    agreement_interval: Interval | None = None
    alpha: float | None = None
    alpha_interval: Interval | None = None


class Confused(NamedTuple):
    """Two labels, the lesser id first, and on how many images somebody gave one of them where somebody else gave the
    other and not this one.
    """

    labels: tuple[int, int]
    images: int


@dataclass(frozen=True)
class Said:
    """What the sums tell, with merged labels as those as which they count. kept: what is said of images, and of how
    many; alike and votes are of the others, as Agreement has them.
    """

    kept: Sequence[tuple[Pattern, int]]
    alike: Mapping[tuple[int, int], int]
    votes: Mapping[tuple[int, int, int], int]

    @classmethod
    def of(cls, sums: Agreement, aliases: Mapping[int, int]) -> "Said":
        votes: Counter[tuple[int, int, int]] = Counter()
        for (opinions, label, times), count in sums.votes.items():
            votes[opinions, aliases.get(label, label), times] += count
        return cls(list(sums.images(aliases)), sums.alike, votes)


class _Case(NamedTuple):
    """Images that are alike: how many, opinions of each, a of each, and how often each thing is said of each; None
    where that is not kept. weight: for how many images each of them stands, where not all of them are kept.
    """

    images: int
    opinions: int
    differs: float
    said: Mapping[Any, int] | None
    weight: float = 1


def overall(said: Said, *, one_label: bool) -> Measure:
    """By whole annotations, which are the same or are not. one_label: of the task type.

    Exact where all is kept that is said. Else Do is exact still, and De where an image has one label; where it may have
    several, each kept image stands for others in De.
    """
    cases, others = [], Counter[Any]()
    weight = 1.0 if one_label else _weight(said)
    for pattern, images in said.kept:
        case = _case(sum(pattern.values()), differing(pattern), pattern, images)
        cases.append(case if is_always_kept(pattern) else case._replace(weight=weight))
    cases += [_case(opinions, pairs, None, images) for (opinions, pairs), images in said.alike.items()]
    if one_label:
        for (_, label, times), images in said.votes.items():
            others[Annotation((label,))] += times * images
    return _measured(cases, others)


def _weight(said: Said) -> float:
    """For how many opinions each stands of those that are kept as far as there is room."""
    kept = sum(sum(pattern.values()) * images for pattern, images in said.kept if not is_always_kept(pattern))
    others = sum(opinions * images for (opinions, _), images in said.alike.items())
    return (kept + others) / kept if kept else 1.0


def by_label(said: Said) -> dict[int, Measure]:
    """For each label that somebody gave: whether images have it or not. Exact, whatever is not kept."""
    images, given = Counter[int](), dict[int, Counter[tuple[int, int]]]()
    for pattern, count in said.kept:
        opinions = sum(pattern.values())
        images[opinions] += count
        votes: Counter[int] = Counter()
        for annotation, times in pattern.items():
            for label in annotation.labels:
                votes[label] += times
        for label, times in votes.items():
            given.setdefault(label, Counter())[opinions, times] += count
    for (opinions, _), count in said.alike.items():
        images[opinions] += count
    for (opinions, label, times), count in said.votes.items():
        given.setdefault(label, Counter())[opinions, times] += count
    return {label: _of_label(images, given[label]) for label in sorted(given)}


def confused(said: Said) -> list[Confused]:
    """Which labels are taken for which, most often first; of images of which it is kept what is said."""
    found: Counter[tuple[int, int]] = Counter()
    for pattern, images in said.kept:
        for pair in {pair for one, other in combinations(pattern, 2) for pair in _taken(one, other)}:
            found[pair] += images
    return [Confused(*item) for item in sorted(found.items(), key=lambda item: (-item[1], item[0]))]


def _taken(one: Annotation, other: Annotation) -> Iterable[tuple[int, int]]:
    mine, theirs = set(one.labels) - set(other.labels), set(other.labels) - set(one.labels)
    return ((min(a, b), max(a, b)) for a in mine for b in theirs)


def _case(opinions: int, pairs: int, said: Mapping[Any, int] | None, images: int) -> _Case:
    return _Case(images, opinions, 2 * pairs / (opinions - 1), said)


def _of_label(images: Mapping[int, int], given: Mapping[tuple[int, int], int]) -> Measure:
    without = Counter(images)
    cases = []
    for (opinions, times), count in given.items():
        without[opinions] -= count
        cases.append(_case(opinions, times * (opinions - times), {True: times, False: opinions - times}, count))
    cases += [_case(opinions, 0, {False: opinions}, count) for opinions, count in without.items() if count]
    return _measured(cases, {})


def _measured(cases: Sequence[_Case], others: Mapping[Any, int]) -> Measure:
    """others: how often each thing is said of the images of which that is not kept, as far as it is known."""
    images = sum(case.images for case in cases)
    opinions = sum(case.images * case.opinions for case in cases)
    if not images:
        return Measure()
    differs = sum(case.images * case.differs for case in cases) / opinions
    own = [case.differs - case.opinions * differs for case in cases]
    variance = _variance(cases, [error / opinions for error in own])
    between = _interval(differs, variance, images)
    measure = Measure(images, opinions, 1 - differs, between and (1 - between[1], 1 - between[0]))
    votes = _votes(cases, others)
    # Of the pairs of opinions in all, those that are the same; a weighted opinion makes none with itself.
    same = sum(count * count for count in votes.values()) - sum(others.values())
    same -= sum(case.images * case.opinions * case.weight**2 for case in cases if case.said)
    chance = 1 - same / (opinions * (opinions - 1))
    if len(votes) < 2 or chance <= 0:
        return measure
    share = {what: count / opinions for what, count in votes.items()}
    errors = [
        (error + 2 * differs / chance * extra) / opinions
        for error, extra in zip(own, _extra(cases, share, others), strict=True)
    ]
    between = _interval(differs, max(variance, _variance(cases, errors)), images)
    return measure._replace(
        alpha=1 - differs / chance,
        alpha_interval=between and (max(-1.0, 1 - between[1] / chance), 1 - between[0] / chance),
    )


def _votes(cases: Sequence[_Case], others: Mapping[Any, int]) -> dict[Any, float]:
    """How often each thing is said, V_c."""
    votes: dict[Any, float] = dict(others)
    for case in cases:
        for what, times in (case.said or {}).items():
            votes[what] = votes.get(what, 0) + case.images * case.weight * times
    return {what: count for what, count in votes.items() if count}


def _extra(cases: Sequence[_Case], share: Mapping[Any, float], others: Mapping[Any, int]) -> list[float]:
    """How much more usual than all are the opinions on an image of each case, q - m s. Those that are not kept are
    taken for as usual as, on average, `others`, or those that stand for them.
    """
    same = sum(p * p for p in share.values())
    usual = [sum(share[what] * times for what, times in (case.said or {}).items() if times) for case in cases]
    stand = [
        (case.images * q, case.images * case.opinions) for case, q in zip(cases, usual, strict=True) if case.weight > 1
    ]
    if others:
        other = sum(share[what] * count for what, count in others.items()) / sum(others.values())
    else:
        other = sum(q for q, _ in stand) / sum(count for _, count in stand) if stand else same
    return [
        (case.opinions * other if case.said is None else q) - case.opinions * same
        for case, q in zip(cases, usual, strict=True)
    ]


def _variance(cases: Sequence[_Case], errors: Sequence[float]) -> float:
    """errors: of an image of each case."""
    images = sum(case.images for case in cases)
    squares = sum(case.images * error * error for case, error in zip(cases, errors, strict=True))
    return squares * images / max(images - 1, 1)


def _interval(share: float, variance: float, images: int) -> Interval | None:
    """Wilson's, of as many as would have the variance; of the images, where nothing differs or all."""
    if images < 2:
        return None
    spread = share * (1 - share)
    return wilson(share, spread / variance if variance > 0 and spread > 0 else images)
