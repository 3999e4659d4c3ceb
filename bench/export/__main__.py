"""`python -m bench.export`: exports of 10,000 to a million labels, written as a table into bench/RESULTS.md.

Each is measured in turns with a bare scan of the same rows, and the smallest with Label Studio's export of as many
annotated tasks, in the same run.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench import results
from bench.export.measure import measure
from bench.measures import ExportMeasure, PeerExport
from bench.peers.label_studio import label_studio
from tests.running import Service, free_port

FORMATS = ("coco", "azureml", "csv")
LABELS = (10_000, 100_000, 1_000_000)
PEER_LABELS = 10_000


async def run(sizes: tuple[int, ...], rounds: int, *, with_peer: bool) -> None:
    measured: list[ExportMeasure] = []
    peer: PeerExport | None = None
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for labels in sizes:
            # A storage emulator of its own: it looks through all it has for each page of a scan.
            service = Service(Path(folder) / f"data-{labels}")
            service.start()
            try:
                measured += await measure(service, labels, FORMATS, rounds)
            finally:
                service.stop()
            for one in measured[-len(FORMATS) :]:
                print(results.told_export(one), flush=True)
        if with_peer:
            async with label_studio(free_port(), Path(folder) / "label-studio") as studio:
                project = await studio.annotated_project(PEER_LABELS)
                seconds = [await studio.export_seconds(project) for _ in range(rounds)]
                peer = PeerExport(f"Label Studio {studio.version}", PEER_LABELS, seconds)
            print(f"{peer.system}: JSON_MIN of {PEER_LABELS:,} tasks in {peer.median:.1f} s", flush=True)
    results.write("export", results.exports(measured, peer))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.export", description=__doc__)
    parser.add_argument("--labels", type=int, nargs="*", default=LABELS, help="sizes of the projects")
    parser.add_argument("--rounds", type=int, default=5, help="exports of each format, of which the median counts")
    parser.add_argument("--alone", action="store_true", help="without Label Studio")
    asked = parser.parse_args()
    asyncio.run(run(tuple(asked.labels), asked.rounds, with_peer=not asked.alone))
    return 0


if __name__ == "__main__":
    sys.exit(main())
