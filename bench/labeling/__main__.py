"""`python -m bench.labeling`: the labeling loop at every size, written as a table into bench/RESULTS.md.

Each run is a project of its own, labeled for some seconds or until it is finished, and then proved to the last image.
"""

import argparse
import asyncio
import itertools
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench import results
from bench.labeling.loop import measure, measure_overload
from bench.labeling.service import CountedService
from bench.measures import Measures

PAGES = (1, 9)
LABELERS = (1, 8, 32, 128)
# Sizes that are compared are measured one right after the other.
IMAGES = (1_000, 10_000, 100_000)
# Images that were labeled and rejected so often are labeled once more: each time leaves two records with their pack.
REJECTED, REJECTED_IMAGES, REJECTED_LABELERS = (1, 30, 300), 3_000, 12
# One person an image and several, in turns: the small project until all is done, the other until the time is up.
OPINIONS, OPINIONS_IMAGES, OPINIONS_LABELERS, OPINIONS_TURNS = (1, 3), (3_000, 10_000), 8, 3


async def run(seconds: float) -> bool:
    measured: list[Measures] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, CountedService(Path(folder) / "data") as service:
        for page, labelers, images in itertools.product(PAGES, LABELERS, IMAGES):
            measured.append(await measure(service, images, labelers, page, seconds))
            print(results.told(measured[-1]), flush=True)
        overload = await measure_overload(service, max(IMAGES), max(LABELERS), seconds)
        is_rest_right = [await _measure_opinions(service, seconds), await _measure_history(service, seconds)]
    results.write("labeling", results.labeling(measured, overload))
    return all(is_rest_right) and not any(one.wrong for one in (*measured, overload.carried, overload.overloaded))


async def run_one(measure_it: Callable[[CountedService, float], Awaitable[bool]], seconds: float) -> bool:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, CountedService(Path(folder) / "data") as service:
        return await measure_it(service, seconds)


async def _measure_opinions(service: CountedService, seconds: float) -> bool:
    measured: list[Measures] = []
    for images, _ in itertools.product(OPINIONS_IMAGES, range(OPINIONS_TURNS)):
        for opinions in OPINIONS:
            one = await measure(service, images, OPINIONS_LABELERS, max(PAGES), seconds, opinions=opinions)
            measured.append(one)
            print(f"{opinions} people an image: {results.told(one)}", flush=True)
    results.write("opinions", results.opinions(measured))
    return not any(one.wrong for one in measured)


async def _measure_history(service: CountedService, seconds: float) -> bool:
    measured: dict[int, Measures] = {}
    for times in REJECTED:
        one = await measure(service, REJECTED_IMAGES, REJECTED_LABELERS, max(PAGES), seconds, rejected=times)
        measured[times] = one
        print(f"each image was rejected {times} times: {results.told(one)}", flush=True)
    results.write("history", results.history(measured))
    return not any(one.wrong for one in measured.values())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.labeling", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="of each run, at most")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--opinions", action="store_true", help="only several people an image, beside one")
    only.add_argument("--history", action="store_true", help="only images that were rejected again and again")
    asked = parser.parse_args()
    if asked.opinions or asked.history:
        work = run_one(_measure_opinions if asked.opinions else _measure_history, asked.seconds)
    else:
        work = run(asked.seconds)
    return 0 if asyncio.run(work) else 1


if __name__ == "__main__":
    sys.exit(main())
