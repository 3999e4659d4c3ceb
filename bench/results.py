"""bench/RESULTS.md: a section for each bench, written anew by it, with the machine and the date."""

import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.labeling.labelers import ERRS_ONE_IN
from bench.labeling.loop import Overload
from bench.measures import ExportMeasure, Measures, PageMeasures, PeerExport, percentile

FILE = Path(__file__).parent / "RESULTS.md"
TITLES = {
    "labeling": "The labeling loop",
    "opinions": "The labeling loop with several people an image",
    "history": "Images that were rejected again and again",
    "peers": "The same loop against Label Studio",
    "refresh": "Refresh and ingest",
    "export": "Exports",
    "imports": "Imports",
    "client": "Uploads by the client",
    "page": "The pages in the browser",
    "assist": "Suggestions",
    "ten": "Suggestions for ten kinds of photographs",
    "weighing": "Who is right when labelers disagree",
    "tables": "Rows of tables",
    "start": "Start",
}
INTRODUCTION = """# What it costs

Written by `make bench`, `make bench-peers`, `make bench-refresh`, `make bench-export`, `make bench-import`,
`make bench-client`, `make bench-page`, `make bench-assist`, `make bench-start` and `python -m bench.tables`. A lone
time says little on a shared machine: compare lines of one run.
"""


def write(section: str, content: str) -> None:
    """Replaces one section of the file and keeps the others."""
    found = dict(re.findall(r"^## (.+?)\n\n(.*?)(?=^## |\Z)", _read(), re.MULTILINE | re.DOTALL))
    found[TITLES[section]] = f"{_machine()}\n\n{content}"
    sections = [f"## {title}\n\n{found[title].strip()}\n\n" for title in TITLES.values() if title in found]
    FILE.write_text(f"{INTRODUCTION}\n{''.join(sections)}".rstrip() + "\n", encoding="utf-8")


def _read() -> str:
    return FILE.read_text(encoding="utf-8") if FILE.exists() else ""


def _machine() -> str:
    words = re.search(r"^model name\s*: (.+)$", _cpu_info(), re.MULTILINE)
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S607
    cores = f"{os.cpu_count()} cores of {words[1] if words else platform.machine()}"
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cores}, Python {platform.python_version()}, Node {node}, "
        f"{platform.system()}; the service, its storage emulator and the labelers share them."
    )


def _cpu_info() -> str:
    file = Path("/proc/cpuinfo")
    return file.read_text(encoding="utf-8") if file.exists() else ""


def told(one: Measures) -> str:
    """A run in one line, for who waits for it."""
    proved = "; ".join(one.wrong) or "proved"
    return (
        f"{one.system}: {one.images:,} images, {one.labelers} labelers, pages of {one.page}: "
        f"{one.labels_per_second:,.0f} labels/s, lease {percentile(one.lease_ms, 50):.0f} ms, "
        f"submission {percentile(one.submission_ms, 50):.0f} ms; {proved}"
    )


def labeling(measured: Sequence[Measures], overload: Overload) -> str:
    head = (
        "Labelers without a pause, each with an identity of their own. Times in ms, as the labeler waits for them. "
        "Requests and entity operations are those of lease and submission together, opening and closing of packs "
        "included.\n\n"
    )
    wrong = [f"- {told(one)}" for one in (*measured, overload.carried, overload.overloaded) if one.wrong]
    proof = (
        "**Not proved:**\n" + "\n".join(wrong)
        if wrong
        else "Proved after each run: no image was handed to two people or labeled twice, no accepted label is missing, "
        "and the directory, the heads and the dashboard's figures are the fold of the audit rows."
    )
    measures = table(
        ["page", "labelers", "images", "labels/s", *_TIMES, "requests", "operations", "conflicts", "retries"],
        [
            [
                *(str(one.page), str(one.labelers), f"{one.images:,}", f"{one.labels_per_second:,.0f}", *_times(one)),
                f"{one.requests / max(one.pages, 1):.1f}",
                f"{one.operations / max(one.pages, 1):.1f}",
                *(f"{one.conflicts:,}", f"{one.retries:,}"),
            ]
            for one in measured
        ],
    )
    return f"{head}{measures}\n\n{proof}\n\n{_overload(overload)}"


def _overload(overload: Overload) -> str:
    carried, over = overload.carried, overload.overloaded
    share = over.labels_per_second / carried.labels_per_second if carried.labels_per_second else 0
    return (
        f"**Overload.** {carried.labelers} labelers without a pause are as much as it carries: "
        f"{carried.labels_per_second:,.0f} labels/s. With {over.labelers} it carries {over.labels_per_second:,.0f}, "
        f"{share:.0%} of that; {over.retries:,} calls were turned away with Retry-After. Health answered "
        f"{len(overload.health_ms)} times meanwhile, in {percentile(overload.health_ms, 50):.0f} ms (median), "
        f"{max(overload.health_ms, default=0):.0f} ms at most."
    )


def opinions(measured: Sequence[Measures]) -> str:
    """Runs with one person an image and with several, in turns."""
    one, most = measured[0], max(run.opinions for run in measured)
    head = (
        f"One person an image and {most}, in turns; {one.labelers} labelers without a pause, pages of {one.page}. A "
        f"label is what one person says of an image; of {most} each errs at one image in {ERRS_ONE_IN}. Figures are "
        "the medians of the runs, the ratio that of their labels/s.\n\n"
    )
    rows = []
    for images in dict.fromkeys(run.images for run in measured):
        by_opinions = {
            number: [run for run in measured if (run.images, run.opinions) == (images, number)]
            for number in dict.fromkeys(run.opinions for run in measured)
        }
        alone = median(run.labels_per_second for run in by_opinions[one.opinions])
        for number, runs in by_opinions.items():
            speed = median(run.labels_per_second for run in runs)
            rows.append(
                [
                    *(str(number), f"{images:,}", f"{speed:,.0f}", f"{speed / alone:.2f}" if alone else ""),
                    f"{median(percentile(run.lease_ms, 50) for run in runs):,.0f}",
                    f"{median(percentile(run.submission_ms, 50) for run in runs):,.0f}",
                    f"{median(run.requests / max(run.pages, 1) for run in runs):.1f}",
                    f"{median(run.operations / max(run.pages, 1) for run in runs):.1f}",
                    f"{sum(run.conflicts for run in runs):,}",
                ]
            )
    columns = ["people an image", "images", "labels/s", "ratio", "lease p50", "submission p50"]
    wrong = [f"- {told(run)}" for run in measured if run.wrong]
    proof = (
        "**Not proved:**\n" + "\n".join(wrong)
        if wrong
        else "Proved after each run: nobody was handed an image again at which they had looked, no image has an "
        "opinion more than were asked for, none that was accepted is missing, and what is decided or disputed follows "
        "from them."
    )
    return f"{head}{table([*columns, 'requests', 'operations', 'conflicts'], rows)}\n\n{proof}"


def history(measured: Mapping[int, Measures]) -> str:
    """By how often each image was rejected before."""
    one, *_ = measured.values()
    head = (
        f"{one.images:,} images in full packs that were all labeled and rejected so often before; {one.labelers} "
        f"labelers without a pause, pages of {one.page}. A page's cost does not grow with its pack's history.\n\n"
    )
    rows = [
        [
            *(f"{times:,}", f"{2 * times:,}", f"{one.labels_per_second:,.0f}", *_times(one)),
            *(f"{count / max(one.pages, 1):.1f}" for count in (one.requests, one.operations)),
        ]
        for times, one in measured.items()
    ]
    columns = ["rejected", "records of each pack", "labels/s", *_TIMES, "requests", "operations"]
    wrong = [f"- {told(one)}" for one in measured.values() if one.wrong]
    proof = "**Not proved:**\n" + "\n".join(wrong) if wrong else "Proved after each run, as the labeling loop is."
    return f"{head}{table(columns, rows)}\n\n{proof}"


def peers(measured: Sequence[Measures]) -> str:
    """Runs of the service and of its peer, made in turns; ratios are to the peer's run with as many labelers."""
    theirs = {one.labelers: one for one in measured if one.system != measured[0].system}
    rows = []
    for one in measured:
        peer = theirs[one.labelers]
        ratio = one.labels_per_second / peer.labels_per_second if peer.labels_per_second else 0
        rows.append(
            [
                *(one.system, str(one.labelers), str(one.page), f"{one.images:,}"),
                *(f"{one.labels_per_second:,.1f}", "1" if one is peer else f"{ratio:,.0f}", *_times(one)),
                f"{one.twice:,} of {one.labels:,}",
            ]
        )
    head = ["", "labelers", "page", "images", "labels/s", "ratio", *_TIMES, "labeled twice"]
    return f"A call is the next task (lease) or an annotation (submission); times in ms.\n\n{table(head, rows)}"


def told_export(one: ExportMeasure) -> str:
    """An export in one line, for who waits for it."""
    return (
        f"{one.format}: {one.labels:,} labels in {median(one.seconds):.2f} s, a bare scan in "
        f"{median(one.scan_seconds):.2f} s ({one.ratio:.1f} times), {max(one.memory_bytes) / 2**20:.0f} MiB over idle"
    )


def exports(measured: Sequence[ExportMeasure], peer: PeerExport | None) -> str:
    head = (
        "From startedAt to finishedAt, with the sums of the files. A bare scan reads the same rows with the Tables SDK "
        "and does nothing with them; each export comes right after one. Medians of the rounds. Memory is the most that "
        "the service's process held meanwhile, less what it held before the first export.\n\n"
    )
    lines = table(
        ["format", "labels", "export s", "scan s", "export to scan", "labels/s", "MiB over idle", "MB of files"],
        [
            [
                *(one.format, f"{one.labels:,}", f"{median(one.seconds):.2f}", f"{median(one.scan_seconds):.2f}"),
                *(f"{one.ratio:.2f}", f"{one.labels / median(one.seconds):,.0f}"),
                *(f"{max(one.memory_bytes) / 2**20:.0f}", f"{one.file_bytes / 1e6:.1f}"),
            ]
            for one in measured
        ],
    )
    return f"{head}{lines}\n\n{_peer_export(measured, peer)}" if peer else f"{head}{lines}"


def imports(rows: Sequence[Sequence[str]]) -> str:
    head = (
        "Files of made labels. Standard: a loop over csv.reader, json.loads of each line, or json.load; of zipped ones "
        "through zipfile. Read: its format is found, and it is read to lines as imports do it. Matched: read, and each "
        "line found among as many images of a project. CPU time, each in a process of its own, in turns; medians. "
        "Memory is the most over that of a process that has imported the same modules.\n\n"
    )
    ways = ("standard", "read", "matched")
    columns = [
        "format",
        "labels",
        "MB",
        *(f"{way} s" for way in ways),
        "read to standard",
        *(f"{way} MiB" for way in ways),
    ]
    return head + table(columns, rows)


def _peer_export(measured: Sequence[ExportMeasure], peer: PeerExport) -> str:
    ratios = ", ".join(
        f"{one.format} {peer.median / median(one.seconds):,.0f} times faster"
        for one in measured
        if one.labels == peer.labels
    )
    return (
        f"**{peer.system}**, JSON_MIN of {peer.labels:,} annotated tasks in the same run: {peer.median:.1f} s. "
        f"The same number of labels here: {ratios}."
    )


def page(measured: PageMeasures) -> str:
    loads = table(
        ["", "loads", "usable p50 ms", "p95", "requests"],
        [
            [
                *(one.system, str(len(one.usable_ms)), f"{percentile(one.usable_ms, 50):,.0f}"),
                *(f"{percentile(one.usable_ms, 95):,.0f}", f"{median(one.requests):.0f}"),
            ]
            for one in measured.loads
        ],
    )
    turns, scroll = measured.turns_ms, measured.scroll
    visits = table(
        ["page", "requests", "KB of scripts"],
        [[one.title, str(one.requests), f"{one.script_bytes / 1e3:.0f}"] for one in measured.visits],
    )
    return (
        "Headless Chromium, 1280 x 800. Usable: from the navigation until all images are decoded and painted, in a "
        "browser that has been there before; here nine images, in Label Studio the one of its task.\n\n"
        f"{loads}\n\n"
        "**Submit to the next page painted**, pages of 9, images already loaded: "
        f"{percentile(turns, 50):.0f} ms (median), p95 {percentile(turns, 95):.0f}, at most "
        f"{max(turns):.0f}, of {len(turns)} pages.\n\n"
        f"**The grid of {scroll.images:,} images**, {scroll.pixels:,} pixels under the wheel: the longest task "
        f"{max(scroll.long_tasks_ms, default=0):.0f} ms, {sum(one > 100 for one in scroll.long_tasks_ms)} over 100 ms, "
        f"{len(scroll.long_tasks_ms)} over 50 ms; {scroll.drawn} images in the document.\n\n"
        "**Each page** in a browser that has never been there: all its requests, images and calls included, and its "
        f"scripts, compressed by gzip.\n\n{visits}"
    )


_TIMES = ["lease p50", "p95", "p99", "submission p50", "p95", "p99"]


def _times(one: Measures) -> list[str]:
    return [
        f"{percentile(took, percent):,.0f}" for took in (one.lease_ms, one.submission_ms) for percent in (50, 95, 99)
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """As Markdown; the first column is words, the others are numbers."""
    lines = [head, ["---" if index == 0 else "---:" for index in range(len(head))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
