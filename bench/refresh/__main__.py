"""`python -m bench.refresh`: what it takes to take images in, written as a section into bench/RESULTS.md."""

import argparse
import asyncio
import sys

from bench import results
from bench.refresh import kills, report, turns
from bench.refresh.running import azurite
from bench.refresh.scale import Scale
from bench.refresh.simulated import SimulatedContainer

NAMES = (10_000, 100_000, 1_000_000)
SMALL, LARGE = (320, 240), (4000, 3000)
SMALL_IMAGES, LARGE_IMAGES = 10_000, 144
SMALL_WANTED, LARGE_WANTED = 0.5, 0.7
TURNS = 4
KILLED_NAMES = 30_000
KILLS = 20


async def run(asked: argparse.Namespace) -> bool:
    """What is done is written at once: the whole takes long. False: something is not as the proof wants it."""
    parts: list[str] = []
    wrong: list[str] = []

    def write(part: str) -> None:
        parts.append(part)
        results.write("refresh", "\n\n".join(parts))
        _tell(part)

    with SimulatedContainer() as container:
        if asked.names:
            write(report.scale(await _scale(container, sorted(asked.names))))
        if asked.small and asked.large:
            write(report.preparing(await _prepare(asked.small, asked.large)))
        if asked.kills:
            with azurite() as storage:
                killed = await kills.measure(storage, container, asked.killed_names, asked.kills, _tell)
            write(report.kills(killed))
            wrong = killed.wrong
    return not wrong


def _tell(words: str) -> None:
    print(words, flush=True)


async def _scale(container: SimulatedContainer, names: list[int]) -> list[Scale]:
    measured = []
    with azurite() as storage:
        for count in names:
            one = Scale(storage, container, count, _tell)
            await one.create()
            if count == max(names):
                await one.look_again()
            measured.append(one)
    return measured


async def _prepare(small: int, large: int) -> list[turns.Turns]:
    with azurite() as storage:
        return [
            await turns.measure(storage, small, SMALL, SMALL_WANTED, TURNS),
            await turns.measure(storage, large, LARGE, LARGE_WANTED, TURNS),
        ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.refresh", description=f"{__doc__} 0 leaves a part out.")
    parser.add_argument("--names", type=int, nargs="*", default=NAMES, help="of the simulated container")
    parser.add_argument("--small", type=int, default=SMALL_IMAGES, help="images to prepare")
    parser.add_argument("--large", type=int, default=LARGE_IMAGES, help="images to prepare")
    parser.add_argument("--killed-names", type=int, default=KILLED_NAMES, help="of the refreshes that are killed")
    parser.add_argument("--kills", type=int, default=KILLS)
    return 0 if asyncio.run(run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
