"""What was measured, as a part of the section "Suggestions" of bench/RESULTS.md."""

from bench.assist.labeler import PAGE, Work
from bench.assist.working import OVERLOOKED, Worked
from bench.results import table

FIRST = 100
MOST_ACTIONS = 0.40
MOST_SECONDS = 5.0
# Trainings that are shown.
SHOWN = 10


def told(worked: Worked) -> str:
    head = (
        f"A simulated labeler who knows what the images show labels photographs of cats and dogs (CIFAR-10, 32 x 32 "
        f"pixels) at {PAGE} on a page, one page fetched ahead, and goes on when what was due to be learned is learned. "
        "An action is a key or a click (bench/assist/counting.py). One by one: a key for each image that has no tag, "
        "a click for each that was suggested wrongly (the other label is the next likely one), a key for all "
        "suggestions of a page where that is quicker, a key to submit. By selection: several images are clicked and "
        "tagged by one key, and one key tags the rest. Hasty: one wrong suggestion in "
        f"{1 / OVERLOOKED:.0f} is overlooked and submitted.\n\n"
    )
    rows = [
        _row(name, work)
        for name, work in (
            ("without suggestions", worked.without),
            ("with suggestions", worked.careful),
            ("with suggestions, hasty", worked.hasty),
        )
    ]
    columns = ["", "labels", "actions per label", f"first {FIRST}", "later", "by selection", "sure", "wrong labels"]
    careful = worked.careful
    return "\n\n".join([head + table(columns, rows), _verdict(worked), _trainings(careful), _shown(careful)])


def _row(name: str, work: Work) -> list[str]:
    wrong, sure = (sum(getattr(page, key) for page in work.pages) for key in ("wrong", "sure"))
    return [
        *(name, f"{work.images:,}", f"{work.actions():.2f}", f"{work.actions(0, FIRST):.2f}"),
        *(f"{work.actions(FIRST):.2f}", f"{sum(page.by_selection for page in work.pages) / work.images:.2f}"),
        *(f"{sure / work.images:.0%}", f"{wrong:,} ({wrong / work.images:.1%})"),
    ]


def _verdict(worked: Worked) -> str:
    with_them, without = worked.careful.actions(), worked.without.actions()
    slowest = max((one["seconds"] for one in worked.careful.trainings), default=0.0)
    return (
        f"**{with_them:.2f} actions per label** with suggestions, {without:.2f} without; {MOST_ACTIONS:.2f} is the "
        f"most that is wanted. {_hidden(worked.careful)} The slowest training took {slowest:.1f} s; "
        f"{MOST_SECONDS:.0f} s is the most that is wanted."
    )


def _hidden(work: Work) -> str:
    """Suggestions are hidden by lot, and each that is costs a key."""
    hidden = sum(page.hidden for page in work.pages)
    images = hidden + sum(page.suggested for page in work.pages)
    return f"Of {images:,} suggestions {hidden:,} were hidden, which takes a key each."


def _trainings(work: Work) -> str:
    step = max(1, -(-len(work.trainings) // SHOWN))
    shown = work.trainings[::-step][::-1]
    rows = [
        [
            *(f"{one['labels']:,}", f"{one['seconds']:.1f}", _share(one["right"]), _share(one["sureFrom"])),
            *(_share(one["sureRight"]), _share(one["sureShare"])),
        ]
        for one in shown
    ]
    columns = ["labels learned from", "seconds", "right", "sure from", "right where sure", "sure of what waits"]
    return f"Trainings ({len(shown)} of {len(work.trainings)}), as their records say:\n\n{table(columns, rows)}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _shown(work: Work) -> str:
    """What was shown, and what images without suggestions say of it."""
    pages, hidden = work.pages, work.standing["hidden"] or {"images": 0, "right": 0}
    suggested, right, sure, sure_right = (
        sum(getattr(page, key) for page in pages) for key in ("suggested", "right", "sure", "sure_right")
    )
    return (
        f"Shown were {suggested:,} suggestions, {_part(right, suggested)} of them right; {sure:,} of them sure, "
        f"{_part(sure_right, sure)} of these right. Of the hidden suggestions "
        f"{_part(hidden['right'], hidden['images'])} of {hidden['images']:,} are right."
    )


def _part(some: int, of: int) -> str:
    return f"{some / of:.1%}" if of else "none"
