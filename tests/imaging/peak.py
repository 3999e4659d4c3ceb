"""A process of its own that renders files and tells how much memory that took. Each line it reads is a JSON list of
paths; each is rendered by a thread, as many at a time as their estimates allow. It answers with the growth of its
memory, the whole of it, and what became of each file. With the argument "features" it is the whole service that does
this, with the model loaded, and makes features of each, too; with "details" it makes those.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from functions.imaging.budget import DECODERS
from functions.imaging.memory import MOST_MEMORY, memory_needed, plan_detail
from functions.imaging.rendering import Unreadable, render, render_detail
from tests.imaging.corpus import detailed, saved


def status(name: str) -> int:
    """One of this process's figures, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def no_features(thumbnail: bytes) -> None:
    """Where none are to be made."""


def making_features() -> Callable[[bytes], None]:
    """Loads the service and the model. Features are made as the budgets allow it."""
    import function_app  # noqa: F401
    from functions.assist.extractor import features_of, load

    load()
    gate = threading.Semaphore(DECODERS)

    def make(thumbnail: bytes) -> None:
        with gate:
            features_of([thumbnail])

    return make


Work = tuple[int, Callable[[], object]]


def rendering(data: bytes, make_features: Callable[[bytes], None]) -> Work:
    """What it needs, and how it is done."""
    return memory_needed(data), lambda: make_features(render(data).thumbnail)


def making_detail(data: bytes) -> Work:
    plan = plan_detail(data)
    assert plan
    return plan.memory, lambda: render_detail(data, plan)


def measure(paths: list[str], prepare: Callable[[bytes], Work]) -> dict[str, Any]:
    before = status("VmRSS")
    problems: dict[str, str | None] = {}
    free, changed = MOST_MEMORY, threading.Condition()

    def work(path: str) -> None:
        nonlocal free
        data = Path(path).read_bytes()
        try:
            needed, do = prepare(data)
        except Unreadable as trouble:
            problems[path] = trouble.reason
            return
        with changed:
            changed.wait_for(lambda: free >= needed)
            free -= needed
        try:
            do()
            problems[path] = None
        except Unreadable as trouble:
            problems[path] = trouble.reason
        with changed:
            free += needed
            changed.notify_all()

    threads = [threading.Thread(target=work, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    peak = status("VmHWM")
    return {"grown": peak - before, "peak": peak, "problems": [problems[path] for path in paths]}


def main() -> None:
    """Each list in a fork, whose memory begins anew."""
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "HEIF", "JPEG2000"):
        render(saved(detailed(300, 300), kind))
    make_features = making_features() if "features" in sys.argv else no_features
    prepare = making_detail if "details" in sys.argv else partial(rendering, make_features=make_features)
    for line in sys.stdin:
        if child := os.fork():
            os.waitpid(child, 0)
            continue
        print(json.dumps(measure(json.loads(line), prepare)), flush=True)
        os._exit(0)


if __name__ == "__main__":
    main()
