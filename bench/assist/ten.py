"""All ten kinds of photographs: actions for each label, and what keeps them from being fewer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.assist.cifar import KINDS, Photo
from bench.assist.counting import Seen, tag
from bench.assist.labeler import PAGE, Work
from bench.assist.working import work
from bench.results import table
from tests.running import Service

# Labels after which a row is told.
EARLY = 500
STEPS = (100, EARLY, 1_000, 2_000, 5_000)


@dataclass(frozen=True)
class Ten:
    """done: with suggestions. without: actions for each label without them, for which no service is needed."""

    done: Work
    without: float


def measure(service: Service, photos: Sequence[Photo], tell: Callable[[str], None]) -> Ten:
    pages = [
        tag([Seen(photo.label) for photo in photos[first : first + PAGE]]) for first in range(0, len(photos), PAGE)
    ]
    done = work(service, photos, KINDS, "ten kinds", tell, assisted=True)
    return Ten(done, sum(page.one_by_one for page in pages) / len(photos))


def report(measured: Ten) -> str:
    """As a section of bench/RESULTS.md; actions are those one by one."""
    done = measured.done
    head = (
        f"The labeler of the section before, who overlooks nothing, and {done.images:,} photographs of all "
        f"{len(KINDS)} kinds, {PAGE} on a page. Counts only, which do not depend on the machine.\n\n"
        f"**{done.actions():.2f} actions per label** with suggestions, {measured.without:.2f} without.\n\n"
    )
    return f"{head}{_steps(done)}\n\n{_limits(done)}"


def _steps(done: Work) -> str:
    """In the order in which they were labeled."""
    rows, first = [], 0
    for last in (*(step for step in STEPS if step < done.images), done.images):
        pages, seen = [], 0
        for page in done.pages:
            if first <= seen < last:
                pages.append(page)
            seen += page.images
        suggested, right, next_right, sure, sure_right = (
            sum(getattr(page, key) for page in pages)
            for key in ("suggested", "right", "next_right", "sure", "sure_right")
        )
        learned = [one for one in done.trainings if one["labels"] <= last]
        rows.append(
            [
                *(f"{first + 1:,} to {last:,}", f"{done.actions(first, last):.2f}", _part(right, suggested)),
                *(_part(right + next_right, suggested), _part(sure, suggested), _part(sure_right, sure)),
                f"{learned[-1]['right']:.0%}" if learned else "",
            ]
        )
        first = last
    columns = ["labels", "actions per label", "right", "right or the next", "sure", "right where sure"]
    return table([*columns, "training: right"], rows)


def _limits(done: Work) -> str:
    """Which actions there are."""
    before = [page for page in done.pages if not page.suggested]
    after = [page for page in done.pages if page.suggested]
    typed = sum(page.one_by_one for page in before)
    hidden, wrong, next_right = (
        sum(count)
        for count in zip(*((page.hidden, page.suggested - page.right, page.next_right) for page in after), strict=True)
    )
    rest = sum(page.one_by_one for page in after) - hidden - len(after) - wrong
    rows = [
        [words, f"{count:,}", f"{count / done.images:.2f}"]
        for words, count in (
            ("pages before anything is suggested", typed),
            ("a key to submit each other page", len(after)),
            ("a key for each hidden suggestion", hidden),
            ("one action for each wrong suggestion", wrong),
            ("a second one where the next likely is wrong, too; keys that accept; right ones that are typed", rest),
        )
    ]
    suggested = sum(page.suggested for page in after)
    return (
        "What the actions are:\n\n"
        f"{table(['', 'actions', 'per label'], rows)}\n\n"
        f"**What limits it is how often the likeliest label is right**: of {suggested:,} suggestions "
        f"{_part(wrong, suggested)} were wrong, of which {_part(next_right, wrong)} had the right label next. "
        f"{_growing(done)}"
    )


def _growing(done: Work) -> str:
    early = [one["right"] for one in done.trainings if one["labels"] <= EARLY]
    if not early:
        return ""
    return (
        f"More labels change that slowly: of held-out photographs {early[-1]:.0%} were right with {EARLY} labels or "
        f"somewhat fewer, {done.trainings[-1]['right']:.0%} at the end."
    )


def _part(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else ""
