"""`python -m bench.peers`: the labeling loop here and in Label Studio, in turns, written into bench/RESULTS.md."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench import results
from bench.labeling.loop import measure
from bench.labeling.service import CountedService
from bench.measures import Measures
from bench.peers.label_studio import label_studio
from tests.running import free_port

IMAGES = 10_000
LABELERS = (1, 8)
PAGES = (9, 1)


async def run(seconds: float) -> bool:
    measured: list[Measures] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for labelers in LABELERS:
            with CountedService(Path(folder) / f"data-{labelers}") as service:
                for page in PAGES:
                    measured.append(await measure(service, IMAGES, labelers, page, seconds))
                    print(results.told(measured[-1]), flush=True)
            # Neither runs while the other is measured.
            async with label_studio(free_port(), Path(folder) / f"label-studio-{labelers}") as peer:
                project = await peer.project(IMAGES, labelers)
                measured.append(await peer.measure(project, labelers, seconds * 3))
                print(results.told(measured[-1]), flush=True)
    results.write("peers", results.peers(measured))
    return not any(one.wrong for one in measured)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=10, help="of each run here; Label Studio gets three times that"
    )
    return 0 if asyncio.run(run(parser.parse_args().seconds)) else 1


if __name__ == "__main__":
    sys.exit(main())
