"""What a project costs: counts from the benches times prices, as one would reckon by hand."""

import json
from urllib.parse import urlsplit

import pytest

from functions.assist.model import FEATURES
from functions.assist.noting import LOOK_AFTER_SECONDS
from functions.assist.sampling import MOST_PACKS
from infra.cost import (
    FEATURES_GB,
    LOOK_SECONDS,
    PRICES,
    RESULTS,
    TRAINING_PACKS,
    Counts,
    bill,
    idle_month,
    project,
    read_counts,
    suggestions,
    table,
)

COUNTED = """
| page | labelers | images | labels/s | operations |
| --- | ---: | ---: | ---: | ---: |
| 1 | 8 | 1,000 | 222 | 4.2 |
| 9 | 8 | 1,000 | 1,157 | 5.5 |
| 9 | 8 | 100,000 | 1,708 | 4.8 |

|  | names | seconds | lists | packs | directory | record | other | reads | messages |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| create | 10,000 | 1 | 2 | 204 | 2 | 3 | 1 | 8 | 103 |
| create | 1,000,000 | 104.1 | 200 | 20,400 | 239 | 44 | 1 | 86 | 10,201 |
| nothing new | 1,000,000 | 25.6 | 200 | 0 | 0 | 4 | 0 | 8 | 1 |

| pixels | images | images/s |
| --- | ---: | ---: |
| 320 x 240 | 10,000 | 29.0 |
| 4000 x 3000 | 144 | 10.0 |
"""
COUNTS = Counts(4.8, 20_770, 200, 10_201, 10.0)
WORK = {
    "images": 990_000,
    "people": 10,
    "page": 9,
    "labelsPerHour": 990,
    "months": 3,
    "previewKilobytes": 80,
    "thumbnailKilobytes": 20,
    "seen": 1,
    "otherCalls": 0,
    "operationsToPrepareAPack": 10,
    "exports": 1,
    "logKilobytes": 2,
    "featureMilliseconds": 10,
    "trainings": 5,
    "trainingSeconds": 20,
    "operationsOfALook": 30,
    "secondsOfARound": 3,
    "tableOperationsOfARound": 5,
    "blobWritesOfARound": 4,
    "logKilobytesOfARound": 10,
}


def test_the_counts_are_those_of_the_largest_benches() -> None:
    assert read_counts(COUNTED) == COUNTS


def test_the_counts_are_read_from_what_the_benches_wrote() -> None:
    counts = read_counts(RESULTS.read_text("utf-8"))
    assert 2 < counts.operations_a_page <= 9
    assert 10_000 < counts.ingest_operations < 30_000
    assert counts.prepared_a_second > 1


def test_a_bench_that_is_missing_is_told() -> None:
    with pytest.raises(ValueError, match="no table with pixels, images/s"):
        read_counts(COUNTED[: COUNTED.index("| pixels")])


def test_a_project_takes_what_one_reckons_by_hand() -> None:
    amounts = project(COUNTS, WORK)
    assert amounts == pytest.approx(
        {
            "site": 3,
            # 100 hours of labeling, and 198,000 s of preparing, at 2 GB.
            "gigabyteSeconds": (360_000 + 198_000) * 2,
            "executions": 220_000 + 10_201 * 0.99 + 1,
            # Taking in, preparing 10,000 packs, 110,000 pages, one export.
            "tableOperations": 20_770 * 0.99 + 100_000 + 110_000 * 4.8 + 20_000,
            "queueOperations": (10_201 * 0.99 + 1) * 3,
            "blobWrites": 1_980_000 + 198,
            "blobReads": 1_980_000,
            "blobGigabytes": 99 * 3,
            "egressGigabytes": 79.2,
            "logGigabytes": (220_000 + 10_201 * 0.99 + 1) * 2 / 1_000_000,
        }
    )


def test_suggestions_take_what_one_reckons_by_hand() -> None:
    assert suggestions(WORK) == pytest.approx(
        {
            # 100 hours with a look every four seconds.
            "gigabyteSeconds": (9_900 + 90_000 + 100) * 2,
            "executions": 90_000,
            "tableOperations": 2_700_000,
            "queueOperations": 270_000,
            "blobWrites": 10_000 + 180_000 + 10,
            "blobReads": 20_000 + 2_000,
            "blobGigabytes": 990_000 * 2_560 * 3 / 1e9,
            "logGigabytes": 90_000 * 2 / 1_000_000,
        }
    )


def test_what_is_supposed_of_suggestions_is_what_they_do() -> None:
    assert (LOOK_SECONDS, FEATURES_GB * 1e9) == (LOOK_AFTER_SECONDS, FEATURES * 2)
    assert TRAINING_PACKS == MOST_PACKS


def test_a_bill_is_amounts_times_prices() -> None:
    prices = {
        "executions": {"what": "calls", "value": 0.4, "unit": "million"},
        "blobReads": {"what": "reads", "value": 0.5, "unit": "10,000"},
        "site": {"what": "the site", "value": 9, "unit": "month"},
    }
    lines = bill({"executions": 2_500_000, "blobReads": 30_000, "site": 2}, prices)
    assert [(line.what, line.cost) for line in lines] == [("calls", 1.0), ("reads", 1.5), ("the site", 18)]
    assert table(lines).endswith("| **all** | | | **20.50** |")


def test_while_nobody_comes_the_site_is_paid_and_what_the_timer_leaves() -> None:
    free = {"gigabyteSeconds": 100_000, "executions": 250_000}
    assert idle_month(WORK, free) == {
        "site": 1,
        "gigabyteSeconds": 0,
        "executions": 0,
        "tableOperations": 4_320 * 5,
        "blobWrites": 4_320 * 4,
        "logGigabytes": 0.0432,
    }
    assert idle_month(WORK, dict.fromkeys(free, 0))["gigabyteSeconds"] == 4_320 * 3 * 2


def test_every_price_has_its_source_and_its_date_and_is_said_to_be_unchecked() -> None:
    given = json.loads(PRICES.read_text("utf-8"))
    assert "check each" in given["note"]
    for entry in [*given["prices"].values(), *given["freeEachMonth"].values()]:
        assert urlsplit(entry["source"]).hostname == "azure.microsoft.com"
        assert entry["asOf"].isdigit()
    for entry in given["workload"].values():
        assert entry["why"]


def test_there_is_a_price_for_everything_that_a_project_takes() -> None:
    assert set(json.loads(PRICES.read_text("utf-8"))["prices"]) == set(project(COUNTS, WORK))
    assert set(suggestions(WORK)) < set(project(COUNTS, WORK))
