"""`python -m bench.start`: what a cold start imports, written as a section into bench/RESULTS.md.

Each row imports what the one before it does, and more. All are measured in turns, in processes of their own, by the
processor's time; the least of each counts, as a share of the last row's.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import results

ROOT = Path(__file__).resolve().parents[1]
TURNS = 7
STEPS = [
    ("azure-functions and pydantic", "import azure.functions, pydantic"),
    ("the app: what a cold start imports", "import function_app"),
    ("and what any call needs in Azure: HTTP, identity", "import aiohttp, azure.identity.aio"),
    ("and the SDK of blobs: signed addresses of pictures, locks", "import azure.storage.blob.aio"),
    ("and the SDK of queues: whatever asks for work", "import azure.storage.queue.aio"),
]


def processor_seconds(code: str, environment: dict[str, str]) -> float:
    """What a new interpreter takes to run the code: of all its threads, system included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environment}, check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def shares(environment: dict[str, str]) -> list[float]:
    """The time of each step, with those before it, as a share of the last one's."""
    least = [float("inf")] * len(STEPS)
    for _ in range(TURNS):
        for number in range(len(STEPS)):
            code = "; ".join(code for _, code in STEPS[: number + 1])
            least[number] = min(least[number], processor_seconds(code, environment))
    return [one / least[-1] for one in least]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as nothing:
        # The platform compiles the packages when it builds, and the app's own code at each start.
        as_deployed = shares({"PYTHONDONTWRITEBYTECODE": "1"})
        uncompiled = shares({"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": nothing})
    rows = [
        f"| {what} | {one:.2f} | {other:.2f} |"
        for (what, _), one, other in zip(STEPS, as_deployed, uncompiled, strict=True)
    ]
    head = ["| imported | packages compiled | nothing compiled |", "| --- | ---: | ---: |"]
    words = f"Processor time of imports in a new process, the least of {TURNS} in turns, as a share of all together."
    content = "\n".join([words, "", *head, *rows])
    results.write("start", content)
    print(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
