"""`python -m bench.client`: a folder of 10,000 images uploaded by the client, beside the storage SDK's own upload_blob,
written as a table into bench/RESULTS.md.

Both in turns, each time in a process of its own, with as many threads, from the same files into the same emulator. The
client asks the service for an address of each file, which says what is there already; the SDK has the account's key and
asks nobody.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import results
from functions.storage import WORKSPACE_CONTAINER
from tests.api.builders import People, good
from tests.running import ServiceInMemory

IMAGES, BYTES, FOLDERS, ROUNDS, THREADS = 10_000, 20_000, 10, 3, 16
CONNECTION = "BENCH_CONNECTION"


class Measure(NamedTuple):
    """seconds: as somebody waits. processor: of the process that uploads."""

    seconds: float
    processor: float


def write(folder: Path, images: int) -> None:
    dice = random.Random(1)  # noqa: S311
    for number in range(images):
        file = folder / f"class-{number % FOLDERS}" / f"IMG_{number:05}.jpg"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(dice.randbytes(BYTES))


def by_sdk(folder: Path, prefix: str, threads: int) -> int:
    import requests
    from azure.core.pipeline.transport import RequestsTransport
    from azure.storage.blob import ContainerClient

    # By default ten connections are kept, and further threads make a new one for each file.
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=threads))
    container = ContainerClient.from_connection_string(
        os.environ[CONNECTION], WORKSPACE_CONTAINER, transport=RequestsTransport(session=session)
    )

    def upload(file: Path) -> None:
        with file.open("rb") as content:
            container.upload_blob(f"{prefix}/{file.relative_to(folder).as_posix()}", content)

    with container, ThreadPoolExecutor(threads) as pool:
        return sum(1 for _ in pool.map(upload, sorted(folder.rglob("*.jpg"))))


def by_client(folder: Path, prefix: str, threads: int) -> int:
    from image_labeling import Labeling

    with Labeling() as labeling:
        return len(labeling.upload_folder(folder, prefix, at_once=threads).uploaded)


WAYS: dict[str, Callable[[Path, str, int], int]] = {"SDK": by_sdk, "client": by_client}


def measured(way: str, folder: Path, prefix: str, threads: int, images: int) -> Measure:
    """In this process. images: how many it has to send."""
    began, before = time.perf_counter(), time.process_time()
    sent = WAYS[way](folder, prefix, threads)
    took = Measure(time.perf_counter() - began, time.process_time() - before)
    if sent != images:
        raise RuntimeError(f"{way} has sent {sent} of {images} images")
    return took


def run(images: int, rounds: int, threads: int) -> None:
    taken: dict[str, list[Measure]] = {"SDK": [], "client": [], "client, all there": []}
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        folder = Path(made) / "images"
        folder.mkdir()
        write(folder, images)
        with ServiceInMemory(Path(made) / "data") as service:
            environment = _environment(service)
            for number in range(rounds):
                for way in sorted(WAYS, reverse=bool(number % 2)):
                    prefix = f"bench-{way}-{number}"
                    taken[way].append(_apart(environment, way, folder, prefix, threads, images))
                taken["client, all there"].append(
                    _apart(environment, "client", folder, f"bench-client-{number}", threads, 0)
                )
                print(" ".join(f"{way}: {one[-1].seconds:.1f} s" for way, one in taken.items()), flush=True)
    results.write("client", _told(taken, images, threads))


def _environment(service: ServiceInMemory) -> dict[str, str]:
    people = People(service)
    token = good(people().post("/api/tokens", json={"name": "bench"}), 201)["key"]
    people.close()
    path = os.pathsep.join(("client/src", *sys.path))
    known = {"LABELING_URL": service.url, "LABELING_TOKEN": token, CONNECTION: service.data_storage}
    return {**os.environ, **known, "PYTHONPATH": path}


def _apart(environment: dict[str, str], way: str, folder: Path, prefix: str, threads: int, images: int) -> Measure:
    command = [sys.executable, "-m", "bench.client", "--measure", way, str(folder), prefix, str(threads), str(images)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)  # noqa: S603
    return Measure(*json.loads(done.stdout))


def _told(taken: dict[str, list[Measure]], images: int, threads: int) -> str:
    sdk = median(one.seconds for one in taken["SDK"])
    rows = [
        [
            *(way, f"{seconds:.1f}", f"{images / seconds:,.0f}"),
            f"{sdk / seconds:.2f}",
            f"{median(one.processor for one in measures) / images * 1000:.2f}",
        ]
        for way, measures in taken.items()
        if (seconds := median(one.seconds for one in measures))
    ]
    head = (
        f"{images:,} images of {BYTES // 1000} KB in {FOLDERS} folders, by {threads} threads; medians of "
        f"{len(taken['SDK'])} in turns, each in a process of its own. As fast: as the SDK's upload_blob with the "
        "account's key. Processor: of the process that uploads, for each image.\n\n"
    )
    return head + results.table(["by", "s", "images/s", "as fast", "processor ms"], rows)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.client", description=__doc__)
    parser.add_argument("--images", type=int, default=IMAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of which the median counts")
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--measure", nargs=5, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        way, folder, prefix, threads, images = asked.measure
        print(json.dumps(measured(way, Path(folder), prefix, int(threads), int(images))))
    else:
        run(asked.images, asked.rounds, asked.threads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
