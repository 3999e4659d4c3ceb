"""`python -m bench.assist`: what suggestions save and cost, and what several people and the model know together of an
image, written as sections into bench/RESULTS.md.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench import results
from bench.assist import features, report, several, ten, weighing, working
from bench.assist.cifar import KINDS, photos
from tests.running import Service


def run(asked: argparse.Namespace) -> None:
    parts: list[str] = []

    def write(part: str) -> None:
        parts.append(part)
        results.write("assist", "\n\n".join(parts))
        _tell(part)

    if asked.labels:
        found = photos(asked.labels)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, Service(Path(folder) / "data") as service:
            write(report.told(working.measure(service, found, _tell)))
    if asked.several:
        write(several.report(several.measure(_tell)))
    if asked.features:
        write(features.report(asyncio.run(features.measure(_tell, asked.features))))
    if asked.ten:
        found = photos(asked.ten, KINDS)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, Service(Path(folder) / "data") as service:
            told = ten.report(ten.measure(service, found, _tell))
        results.write("ten", told)
        _tell(told)
    if asked.weighing:
        told = weighing.report(weighing.measure(_tell, asked.weighing))
        results.write("weighing", told)
        _tell(told)


def _tell(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.assist", description=__doc__)
    parser.add_argument("--labels", type=int, default=2_000, help="photographs to label, 0: none")
    parser.add_argument("--several", action=argparse.BooleanOptionalAction, default=True, help="learn several labels")
    parser.add_argument("--features", type=int, default=features.IMAGES, help="large images to prepare, 0: none")
    parser.add_argument("--ten", type=int, default=5_000, help="photographs of ten kinds to label, 0: none")
    parser.add_argument("--weighing", type=int, default=2_000, help="photographs that several people label, 0: none")
    run(parser.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
