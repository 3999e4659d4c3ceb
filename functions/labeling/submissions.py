"""The rule of submissions: what of a page is saved, and what its labeler made of suggestions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from functions.labeling.counts import Judged
from functions.labeling.head import WAITING, Guided, Head, Opinion, Run
from functions.labeling.leases import expire, strike
from functions.labeling.opinions import Asking
from functions.labeling.record import Guess, Predicted
from functions.labeling.refusals import UnknownLease, WrongImages, refuse_frozen
from functions.tasks.annotation import Annotation, Given

NO_GUESSES: Mapping[int, Guess] = {}
NO_PREDICTIONS: Mapping[int, Predicted] = {}
# Of so many imports of suggestions, the newest, a pack tells how right they were.
MOST_RUNS = 100


@dataclass(frozen=True)
class Submitted:
    """What a submission saved; taken: the slots that it names and that are not the labeler's any more."""

    head: Head
    given: dict[int, Annotation | None]
    taken: tuple[int, ...]


def submit(
    head: Head,
    *,
    lease_id: str,
    labeler: str,
    given: Given,
    now: int,
    asking: Asking,
    suggested: Mapping[int, Guess] = NO_GUESSES,
    hidden: Collection[int] = (),
    predicted: Mapping[int, Predicted] = NO_PREDICTIONS,
) -> Submitted:
    """Saves a page: what is said of its images, by slot; None: they are skipped.

    It is saved for every slot that waits and that nobody else has been handed meanwhile, also when its lease is over.
    asking: how many people's opinions an image waits for. suggested: what was suggested for its slots; hidden: those of
    which it was not shown; predicted: of these what an import had suggested.
    """
    head = expire(head, now)
    known = next(
        (item for item in (*head.leases, *head.ended) if item.id == lease_id and item.labeler == labeler), None
    )
    if known is None:
        raise UnknownLease(lease_id)
    lacking, foreign = set(known.open) - given.keys(), given.keys() - set(known.slots)
    if lacking or foreign:
        raise WrongImages(lacking, foreign)
    refuse_frozen(head)
    with_others = {slot for item in head.leases if item.labeler != labeler for slot in item.open}
    author = head.index_of(labeler)
    accepted = {
        index
        for index in known.open
        if head.slots[index].state == WAITING
        and not head.slots[index].has_opinion_of(author)
        and index not in with_others
    }
    # A lease is submitted once: what it did not get now it never gets, so that the same submission again is known.
    head = replace(
        head,
        leases=tuple(item for item in head.leases if item is not known),
        ended=tuple(item for item in head.ended if item is not known),
    )
    if not accepted:
        return Submitted(head, {}, tuple(sorted(given)))
    head, who = head.with_labeler(labeler)
    saved = {index: said for index, said in given.items() if index in accepted}
    asking = asking.among(head.labelers)
    changes = {index: asking.given(index, head.slots[index], Opinion(who, now, said)) for index, said in saved.items()}
    head = strike(head.with_slots(changes), [index for index, slot in changes.items() if slot.state != WAITING])
    head = strike(head, accepted, labeler)
    judged = [(guess, saved[index], index in hidden) for index, guess in suggested.items() if index in accepted]
    return Submitted(
        head=_judged(
            _guided(head, who, judged), [(one, saved[slot]) for slot, one in predicted.items() if slot in accepted]
        ),
        given=saved,
        taken=tuple(sorted(given.keys() - accepted)),
    )


def _guided(head: Head, who: int, judged: Sequence[tuple[Guess, Annotation | None, bool]]) -> Head:
    """The head that counts what a labeler made of suggestions: each with what was said then, None of a skipped
    image, and whether it was hidden.
    """
    if not judged:
        return head
    guided = list(head.guided_by_labeler())
    accepted, changed, blind, blind_right = guided[who]
    for guess, said, is_hidden in judged:
        is_same = guess.said == said
        if is_hidden:
            blind, blind_right = blind + 1, blind_right + is_same
        elif guess.sure:
            accepted, changed = accepted + is_same, changed + (not is_same)
    guided[who] = Guided(accepted, changed, blind, blind_right)
    return replace(head, guided=tuple(guided))


def _judged(head: Head, said: Sequence[tuple[Predicted, Annotation | None]]) -> Head:
    """The head that counts how right imports were: each with what was said then, None of a skipped image."""
    if not said:
        return head
    runs = {run.import_id: run.judged for run in head.runs}
    for one, given in said:
        has_own = one.own is not None
        verdict = Judged(1, one.said == given, has_own, has_own and one.own == given)
        runs[one.import_id] = runs.get(one.import_id, Judged()).plus(verdict)
    # The ids of newer imports come first.
    return replace(head, runs=tuple(Run(run, runs[run]) for run in sorted(runs)[:MOST_RUNS]))
