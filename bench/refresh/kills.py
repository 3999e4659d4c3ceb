"""A refresh that is killed at any moment, again and again, and what is there when it has come to its end."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bench.refresh.refreshing import STARTS
from bench.refresh.running import command, environment, work
from bench.refresh.simulated import SimulatedContainer
from tests.running import ROOT, Storage

ALTERED_SHARE = 0.02
# A refresh is let come to its end after so many.
MOST_IN_A_ROUND = 6


@dataclass
class Kills:
    """kills: of runs that were at work, by what they did. moments: when each was killed, as a share of the time that an
    undisturbed run takes. rounds: refreshes that came to their end after it. again: runs that storage let fail, beside.
    """

    names: int
    moments: dict[str, list[float]] = field(default_factory=lambda: {"create": [], "altered": []})
    rounds: int = 0
    again: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.moments.values()))


async def measure(
    storage: Storage, container: SimulatedContainer, names: int, kills: int, tell: Callable[[str], None]
) -> Kills:
    """Creates projects and looks through them again after changes, in turns, until so many runs were killed.

    tell: is told of each refresh that has come to its end.
    """
    done = Kills(names)
    container.hold(names)
    seconds = await _undisturbed(storage, container, names)
    while done.count < kills:
        project = (await work(storage, "make", container_url=container.url))["project"]
        for what in ("create", "altered"):
            if what == "altered":
                _alter(container, names)
            await _round(storage, project, what, seconds[what], done, kills)
            tell(f"{done.count} kills, {done.rounds} refreshes at their end, {'; '.join(done.wrong) or 'proved'}")
    return done


def _alter(container: SimulatedContainer, names: int) -> None:
    some = round(names * ALTERED_SHARE)
    container.alter(add=some, change=some, remove=some)


async def _undisturbed(storage: Storage, container: SimulatedContainer, names: int) -> dict[str, float]:
    project = (await work(storage, "make", container_url=container.url))["project"]
    seconds = {}
    for what in ("create", "altered"):
        if what == "altered":
            _alter(container, names)
        refresh = (await work(storage, "ask", project_id=project))["refresh"]
        process, started = await _start(storage, project, refresh), time.monotonic()
        await process.communicate()
        seconds[what] = time.monotonic() - started
    return seconds


async def _start(storage: Storage, project: str, refresh: str) -> asyncio.subprocess.Process:
    """A worker that has just begun to run the refresh."""
    process = await asyncio.create_subprocess_exec(
        *command("run", project_id=project, refresh_id=refresh),
        cwd=ROOT,
        env=environment(storage),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    if (await process.stdout.readline()).decode().strip() != STARTS:
        raise RuntimeError("the worker ended before it began")
    return process


async def _round(storage: Storage, project: str, what: str, seconds: float, done: Kills, kills: int) -> None:
    """One refresh, with a worker that is killed and started again until one comes to the end."""
    refresh = (await work(storage, "ask", project_id=project))["refresh"]
    for _ in range(MOST_IN_A_ROUND):
        if len(done.moments[what]) >= kills // 2:
            break
        process = await _start(storage, project, refresh)
        share = random.random()  # noqa: S311
        with suppress(TimeoutError):
            async with asyncio.timeout(share * seconds):
                await process.wait()
        with suppress(ProcessLookupError):
            process.kill()
        told, _ = await process.communicate()
        if told:
            # It had come to its end.
            break
        done.moments[what].append(share)
    ended = await work(storage, "run", project_id=project, refresh_id=refresh)
    done.rounds += 1
    done.again += ended["again"]
    if ended["status"] != "completed":
        done.wrong.append(f"{what}: the refresh failed: {ended['error']}")
    done.wrong += [f"{what}: {words}" for words in (await work(storage, "prove", project_id=project))["wrong"]]
