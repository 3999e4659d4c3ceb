"""What was measured, as the section "Refresh and ingest" of bench/RESULTS.md."""

from collections.abc import Sequence

from bench.refresh.counted import DIRECTORY, OTHER, PACKS, RECORD
from bench.refresh.kills import Kills
from bench.refresh.scale import CREATE, MEGABYTE, NEW, NOTHING_NEW, Line, Scale
from bench.refresh.turns import Turns
from bench.results import table

WORDS = {"create": "a folder was taken in", "altered": "a folder that had changed was looked through"}
COLUMNS = [
    *("", "names", "seconds", "bare", "CPU", "bare CPU", "lists", "packs", "directory", "record", "other", "reads"),
    *("snapshot reads", "writes", "messages", "runs", "MB"),
]


def scale(measured: Sequence[Scale]) -> str:
    head = (
        "A simulated container that makes its names up, and Azurite. Each refresh runs in a process of its own. Bare: "
        "listings by the SDK alone, before and after it; for a creation also the SDK's transactions of the same rows. "
        "CPU: seconds of the process's work, which a busy machine stretches less. Packs, directory, record (the "
        "refresh's own) and other are entity operations that write; reads those that read. MB: the peak over the idle "
        "process. After the creation the packs are made what preparing makes of them.\n\n"
    )
    rows = [_row(line) for one in measured for line in one.lines]
    return f"{head}{table(COLUMNS, rows)}\n\n{_limits(measured[-1])}"


def _row(line: Line) -> list[str]:
    cost, writes = line.cost, line.cost.calls.writes
    return [
        *(line.what, f"{line.names:,}", f"{cost.seconds:.1f}", f"{line.bare.seconds:.1f}"),
        *(f"{cost.cpu:.1f}", f"{line.bare.cpu:.1f}", f"{line.lists:,}"),
        *(f"{writes[kind]:,}" for kind in (PACKS, DIRECTORY, RECORD, OTHER)),
        f"{cost.calls.reads:,}",
        *(f"{cost.calls.snapshots[method]:,}" for method in ("GET", "PUT")),
        *(f"{cost.calls.messages.total():,}", str(cost.runs), f"{cost.memory / MEGABYTE:.0f}"),
    ]


def _limits(one: Scale) -> str:
    """What is demanded of the largest project, and what it is."""
    by_what = {line.what: line for line in one.lines}
    create, nothing, new = by_what[CREATE], by_what[NOTHING_NEW], by_what[f"{NEW} new"]
    writes = nothing.cost.calls.writes
    rows = [
        *(_limit(f"{line.what} / bare", line.cost.seconds / line.bare.seconds, 1.5, 2) for line in (create, nothing)),
        _limit("create, entity writes", create.cost.calls.writes.total(), 25_000),
        _limit("nothing new, entity writes beside the record", writes.total() - writes[RECORD], 0),
        _limit(f"{new.what}, entity writes", new.cost.calls.writes.total(), 10),
        _limit("most memory, MB", max(line.cost.memory for line in one.lines) / MEGABYTE, 200),
    ]
    return table([f"at {one.names:,} names", "is", "at most", ""], rows)


def _limit(what: str, found: float, most: float, digits: int = 0) -> list[str]:
    return [what, f"{found:,.{digits}f}", f"{most:,}", "yes" if found <= most else "**no**"]


def preparing(prepared: Sequence[Turns]) -> str:
    head = (
        "Preparing, in turns with the bare limit on the same images in Azurite: the SDK's download, Pillow, and the "
        "SDK's upload of preview and thumbnail, as many at once. MB: the peak over the idle process.\n\n"
    )
    rows = [
        [
            *(one.what, f"{one.service.images:,}", f"{one.bytes / 1000:,.0f}"),
            *(f"{one.service.per_second:.1f}", f"{one.bare.per_second:.1f}", f"{one.share:.0%}", f"{one.wanted:.0%}"),
            f"{one.service.memory / MEGABYTE:.0f}",
        ]
        for one in prepared
    ]
    return head + table(["pixels", "images", "KB each", "images/s", "bare", "share", "at least", "MB"], rows)


def kills(killed: Kills) -> str:
    by_what = " and ".join(
        f"{len(moments)} while {WORDS[what]} (at {_shares(moments)} of the time that an undisturbed run takes)"
        for what, moments in killed.moments.items()
    )
    proof = (
        "**Not proved:**\n" + "\n".join(f"- {words}" for words in killed.wrong)
        if killed.wrong
        else "Proved after each: every listed image is exactly once in the packs, the snapshot names exactly these "
        "where they are, and the directory's letters and sums agree with the heads."
    )
    return (
        f"**Killed.** {killed.names:,} names; runs were ended by SIGKILL {killed.count} times: {by_what}. "
        f"{killed.rounds} refreshes came to their end in spite of it; {killed.again} runs failed by themselves and "
        f"were delivered again. {proof}"
    )


def _shares(moments: Sequence[float]) -> str:
    return ", ".join(f"{share:.0%}" for share in sorted(moments))
