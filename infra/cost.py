"""What a project costs in Azure: requests that the benches counted, times prices that are given.

    python3 -m infra.cost

The counts are read from bench/RESULTS.md. The prices and what is supposed of the project are in prices.json, each with
its source; change them there. Requests and time are rounded up where it is not known how they are billed, and the free
grants of a month are taken off the idle month only.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "bench" / "RESULTS.md"
PRICES = HERE / "prices.json"

PACK = 99
# One instance of the function app (functions.bicep), and the cores of the machine that the benches ran on, which are as
# many instances.
INSTANCE_GB = 2
BENCH_CORES = 2
# Put, get, delete.
REQUESTS_A_MESSAGE = 3
# Features of an image, 1,280 numbers of two bytes.
FEATURES_GB = 1280 * 2 / 1e9
# While people label, suggestions are looked after once in so many seconds; each run is billed as one second at least,
# and takes and gives back a lock.
LOOK_SECONDS = 4
LOCK_WRITES = 2
# Packs of which a training reads the features, at most; and what it leaves: what it has learned, and doubts.
TRAINING_PACKS = 400
TRAINING_WRITES = 2
# The timer of the functions, every 10 minutes. While nobody comes each run starts an instance.
TIMER_RUNS_A_MONTH = 30 * 24 * 6


@dataclass(frozen=True)
class Counts:
    """What the benches counted: operations for a page (lease and submission), a first look at a million images, and the
    images of 12 megapixels that a machine of two cores prepares in a second."""

    operations_a_page: float
    ingest_operations: int
    ingest_lists: int
    ingest_messages: int
    prepared_a_second: float


@dataclass(frozen=True)
class Line:
    """amount: in the unit that the price is for."""

    what: str
    amount: float
    price: str
    cost: float


def read_counts(text: str) -> Counts:
    """The counts in bench/RESULTS.md. Raises ValueError where a table is not there."""
    labeling = _rows(text, "page", "labelers", "operations")
    page = max(
        (row for row in labeling if (row["page"], row["labelers"]) == ("9", "8")), key=lambda row: _int(row["images"])
    )
    (create,) = (
        row for row in _rows(text, "names", "lists", "messages") if row[""] == "create" and row["names"] == "1,000,000"
    )
    (big,) = (row for row in _rows(text, "pixels", "images/s") if row["pixels"] == "4000 x 3000")
    writes = [create[name] for name in ("packs", "directory", "record", "other", "reads")]
    return Counts(
        operations_a_page=float(page["operations"]),
        ingest_operations=sum(map(_int, writes)),
        ingest_lists=_int(create["lists"]),
        ingest_messages=_int(create["messages"]),
        prepared_a_second=float(big["images/s"]),
    )


def _rows(text: str, *columns: str) -> list[dict[str, str]]:
    """The rows of the first table that has these columns, by the names of its columns."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        head, _, *lines = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines())
        if set(columns) <= set(head):
            return [dict(zip(head, cells, strict=True)) for cells in lines]
    raise ValueError(f"bench/RESULTS.md has no table with {', '.join(columns)}")


def _int(text: str) -> int:
    return int(text.replace(",", ""))


def project(counts: Counts, work: Mapping[str, float]) -> dict[str, float]:
    """How much of everything a project takes, by the names of the prices; whole units (requests, GB, seconds)."""
    images, pages, packs = work["images"], math.ceil(work["images"] / work["page"]), math.ceil(work["images"] / PACK)
    share = images / 1_000_000
    calls = pages * (2 + work["otherCalls"])
    messages = counts.ingest_messages * share + work["exports"]
    hours = images / work["labelsPerHour"] / work["people"]
    preparing = images / counts.prepared_a_second * BENCH_CORES
    gigabytes = images * (work["previewKilobytes"] + work["thumbnailKilobytes"]) / 1_000_000
    return {
        "site": work["months"],
        # While people label, an instance is awake all the time; preparing takes as many instances as it had cores.
        "gigabyteSeconds": (hours * 3600 + preparing) * INSTANCE_GB,
        "executions": calls + messages,
        "tableOperations": (
            counts.ingest_operations * share
            + packs * work["operationsToPrepareAPack"]
            + pages * counts.operations_a_page
            + packs * 2 * work["exports"]
        ),
        "queueOperations": messages * REQUESTS_A_MESSAGE,
        # A listing is priced like a write.
        "blobWrites": images * 2 + counts.ingest_lists * share,
        "blobReads": images * (1 + work["seen"]),
        "blobGigabytes": gigabytes * work["months"],
        "egressGigabytes": images * work["seen"] * work["previewKilobytes"] / 1_000_000,
        "logGigabytes": (calls + messages) * work["logKilobytes"] / 1_000_000,
    }


def suggestions(work: Mapping[str, float]) -> dict[str, float]:
    """What a project takes besides where labels are suggested, as `project` has it."""
    images, packs, trainings = work["images"], math.ceil(work["images"] / PACK), work["trainings"]
    looks = images / work["labelsPerHour"] / work["people"] * 3600 / LOOK_SECONDS
    seconds = images * work["featureMilliseconds"] / 1000 + looks + trainings * work["trainingSeconds"]
    return {
        "gigabyteSeconds": seconds * INSTANCE_GB,
        "executions": looks,
        "tableOperations": looks * work["operationsOfALook"],
        "queueOperations": looks * REQUESTS_A_MESSAGE,
        "blobWrites": packs + looks * LOCK_WRITES + trainings * TRAINING_WRITES,
        # Once when they are written, and once when labels are suggested by them.
        "blobReads": packs * 2 + trainings * min(packs, TRAINING_PACKS),
        "blobGigabytes": images * FEATURES_GB * work["months"],
        "logGigabytes": looks * work["logKilobytes"] / 1_000_000,
    }


def idle_month(work: Mapping[str, float], free: Mapping[str, float]) -> dict[str, float]:
    """What a month takes in which nobody comes: the site, and what the free grants leave of the timer."""
    seconds = TIMER_RUNS_A_MONTH * work["secondsOfARound"] * INSTANCE_GB
    return {
        "site": 1,
        "gigabyteSeconds": max(0, seconds - free["gigabyteSeconds"]),
        "executions": max(0, TIMER_RUNS_A_MONTH - free["executions"]),
        "tableOperations": TIMER_RUNS_A_MONTH * work["tableOperationsOfARound"],
        "blobWrites": TIMER_RUNS_A_MONTH * work["blobWritesOfARound"],
        "logGigabytes": TIMER_RUNS_A_MONTH * work["logKilobytesOfARound"] / 1_000_000,
    }


UNITS = {"million": 1_000_000, "10,000": 10_000}


def bill(amounts: Mapping[str, float], prices: Mapping[str, Mapping[str, Any]]) -> list[Line]:
    """A line for each amount."""
    lines = []
    for what, amount in amounts.items():
        price = prices[what]
        units = amount / UNITS.get(price["unit"], 1)
        lines.append(Line(price["what"], units, f"{price['value']} / {price['unit']}", units * price["value"]))
    return lines


def table(lines: list[Line]) -> str:
    """The lines as Markdown, with their sum."""
    rows = [f"| {one.what} | {one.amount:,.1f} | {one.price} | {one.cost:,.2f} |" for one in lines]
    total = f"| **all** | | | **{sum(one.cost for one in lines):,.2f}** |"
    return "\n".join(["| what | amount | price, USD | USD |", "| --- | ---: | --- | ---: |", *rows, total])


def main() -> None:
    given = json.loads(PRICES.read_text("utf-8"))
    work = {name: float(entry["value"]) for name, entry in given["workload"].items()}
    free = {name: float(entry["value"]) for name, entry in given["freeEachMonth"].items()}
    counts = read_counts(RESULTS.read_text("utf-8"))
    print(given["note"], "\n")
    print(
        f"{work['images']:,.0f} images, labeled by {work['people']:.0f} people, kept for {work['months']:.0f} months:\n"
    )
    print(table(bill(project(counts, work), given["prices"])), "\n")
    print("Besides, where labels are suggested:\n")
    print(table(bill(suggestions(work), given["prices"])), "\n")
    print("A month in which nobody comes:\n")
    print(table(bill(idle_month(work, free), given["prices"])))


if __name__ == "__main__":
    main()
