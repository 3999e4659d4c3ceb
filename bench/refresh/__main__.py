"""`python -m bench.refresh`: what it takes to take images in, written as a section into bench/RESULTS.md."""

import argparse
import asyncio
import sys

from bench import results
from bench.refresh import report, scale
from bench.refresh.kills import measure as measure_kills
from bench.refresh.running import azurite
from bench.refresh.simulated import SimulatedContainer

NAMES = (10_000, 100_000, 1_000_000)
KILLED_NAMES = 30_000
KILLS = 20


async def run(names: list[int], killed_names: int, kills: int) -> bool:
    parts = []
    with SimulatedContainer() as container:
        if names:
            parts.append(await _scale(container, names))
        if kills:
            with azurite() as storage:
                killed = await measure_kills(storage, container, killed_names, kills)
            parts.append(report.kills(killed))
            print(parts[-1], flush=True)
    results.write("refresh", "\n\n".join(parts))
    return True


async def _scale(container: SimulatedContainer, names: list[int]) -> str:
    measured = []
    with azurite() as storage:
        for count in names:
            measured.append(await scale.measure(storage, container, count, later=count == max(names)))
            for line in measured[-1].lines:
                print(report.told(line), flush=True)
    return f"{report.scale(measured)}\n\n{report.limits(measured[-1])}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.refresh", description=__doc__)
    parser.add_argument("--names", type=int, nargs="*", default=NAMES, help="of the simulated container")
    parser.add_argument("--killed-names", type=int, default=KILLED_NAMES, help="of the refreshes that are killed")
    parser.add_argument("--kills", type=int, default=KILLS, help="0 leaves them out")
    asked = parser.parse_args()
    return 0 if asyncio.run(run(sorted(asked.names), asked.killed_names, asked.kills)) else 1


if __name__ == "__main__":
    sys.exit(main())
