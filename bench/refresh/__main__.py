"""`python -m bench.refresh`: what it takes to take images in, written as a section into bench/RESULTS.md."""

import argparse
import asyncio

from bench import results
from bench.refresh import kills, report, scale, turns
from bench.refresh.running import azurite
from bench.refresh.simulated import SimulatedContainer

NAMES = (10_000, 100_000, 1_000_000)
KILLED_NAMES = 30_000
KILLS = 20


SMALL, LARGE = (320, 240), (4000, 3000)
SMALL_IMAGES, LARGE_IMAGES = 10_000, 144
SMALL_WANTED, LARGE_WANTED = 0.5, 0.7
TURNS = 4


async def run(asked: argparse.Namespace) -> None:
    parts = []
    with SimulatedContainer() as container:
        if asked.names:
            parts.append(await _scale(container, sorted(asked.names)))
        if asked.small and asked.large:
            parts.append(await _prepare(asked.small, asked.large))
        if asked.kills:
            with azurite() as storage:
                killed = await kills.measure(storage, container, asked.killed_names, asked.kills)
            parts.append(report.kills(killed))
            print(parts[-1], flush=True)
    results.write("refresh", "\n\n".join(parts))


async def _prepare(small: int, large: int) -> str:
    with azurite() as storage:
        prepared = [
            await turns.measure(storage, small, SMALL, SMALL_WANTED, TURNS),
            await turns.measure(storage, large, LARGE, LARGE_WANTED, TURNS),
        ]
    told = report.preparing(prepared)
    print(told, flush=True)
    return told


async def _scale(container: SimulatedContainer, names: list[int]) -> str:
    measured = []
    with azurite() as storage:
        for count in names:
            measured.append(await scale.measure(storage, container, count, later=count == max(names)))
            for line in measured[-1].lines:
                print(report.told(line), flush=True)
    return f"{report.scale(measured)}\n\n{report.limits(measured[-1])}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.refresh", description=f"{__doc__} 0 leaves a part out.")
    parser.add_argument("--names", type=int, nargs="*", default=NAMES, help="of the simulated container")
    parser.add_argument("--small", type=int, default=SMALL_IMAGES, help="images to prepare")
    parser.add_argument("--large", type=int, default=LARGE_IMAGES, help="images to prepare")
    parser.add_argument("--killed-names", type=int, default=KILLED_NAMES, help="of the refreshes that are killed")
    parser.add_argument("--kills", type=int, default=KILLS)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
