"""`python -m bench.refresh`: what it takes to take images in, written as a section into bench/RESULTS.md."""

import argparse
import asyncio
import sys

from bench import results
from bench.refresh import report, scale
from bench.refresh.running import azurite
from bench.refresh.simulated import SimulatedContainer

NAMES = (10_000, 100_000, 1_000_000)


async def run(names: list[int]) -> None:
    measured = []
    with azurite() as storage, SimulatedContainer() as container:
        for count in names:
            measured.append(await scale.measure(storage, container, count, later=count == max(names)))
            for line in measured[-1].lines:
                print(report.told(line), flush=True)
    results.write("refresh", f"{report.scale(measured)}\n\n{report.limits(measured[-1])}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.refresh", description=__doc__)
    parser.add_argument("--names", type=int, nargs="+", default=NAMES, help="of the simulated container")
    asyncio.run(run(sorted(parser.parse_args().names)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
