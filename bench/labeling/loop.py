"""One run: labelers at work in a project of its own, and the proof of it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import httpx

from bench.labeling.labelers import Account, Crowd
from bench.labeling.proof import prove
from bench.labeling.seeding import Seeded, seed
from bench.labeling.service import CountedService
from bench.measures import Measures
from functions.projects.model import ONE_OPINION, Opinions

SYSTEM = "this service"
PROBE_SECONDS = 0.2


async def measure(
    service: CountedService,
    images: int,
    labelers: int,
    page: int,
    seconds: float,
    settling: float = 0,
    rejected: int = 0,
    opinions: int = 1,
) -> Measures:
    """So many labelers in a new project, for so long or until it is finished. settling: how long they work before.
    rejected: how often each image was rejected by then. opinions: how many people look at each image.
    """
    measures = Measures(SYSTEM, images, labelers, page, opinions)
    account = Account(Opinions(least=opinions, most=opinions, share=float(opinions > 1)))
    async with _project(service, images, labelers, rejected, account.wants) as (boss, seeded, names):
        async with Crowd(service.url, seeded.id, names, measures, account) as crowd:
            await crowd.warm_up()
            if settling:
                await crowd.work(settling)
                measures.start_over()
            requests, operations = service.calls()
            await crowd.work(seconds)
            after = service.calls()
        measures.requests, measures.operations = after[0] - requests, after[1] - operations
        await _prove(service, boss, seeded, measures, account)
    return measures


@dataclass
class Overload:
    """The same project under what the service can carry, and under four times as many labelers.

    health_ms: how long GET /api/health took meanwhile.
    """

    carried: Measures
    overloaded: Measures
    health_ms: list[float] = field(default_factory=list)


async def measure_overload(service: CountedService, images: int, labelers: int, seconds: float) -> Overload:
    """Both crowds have settled down before they are measured."""
    carried = await measure(service, images, labelers, 9, seconds, settling=seconds)
    overload = Overload(carried, Measures(SYSTEM, images, 4 * labelers, 9))
    account = Account()
    async with _project(service, images, 4 * labelers) as (boss, seeded, names):
        async with Crowd(service.url, seeded.id, names, overload.overloaded, account) as crowd:
            await crowd.warm_up()
            await crowd.work(seconds)
            overload.overloaded.start_over()
            probing = asyncio.create_task(_probe(service.url, overload.health_ms))
            await crowd.work(seconds)
            probing.cancel()
        await _prove(service, boss, seeded, overload.overloaded, account)
    return overload


@asynccontextmanager
async def _project(
    service: CountedService, images: int, labelers: int, rejected: int = 0, opinions: Opinions = ONE_OPINION
) -> AsyncIterator[tuple[httpx.Client, Seeded, list[str]]]:
    names = [f"labeler-{number}" for number in range(labelers)]
    with service.client() as boss:
        seeded = await seed(boss, service.data_storage, images, names, rejected=rejected, opinions=opinions)
        yield boss, seeded, names
        boss.delete(f"/api/projects/{seeded.id}").raise_for_status()


async def _prove(
    service: CountedService, boss: httpx.Client, seeded: Seeded, measures: Measures, account: Account
) -> None:
    progress = (await asyncio.to_thread(boss.get, f"/api/projects/{seeded.id}/progress")).raise_for_status().json()
    proof = await prove(service.data_storage, seeded.table, progress, account.accepted)
    measures.twice = len(account.twice)
    measures.wrong = [*proof.wrong]
    if account.twice:
        measures.wrong.append(f"{len(account.twice)} images were handed to two people")
    if account.refused:
        measures.wrong.append(f"{len(account.refused)} submissions were refused")
    if proof.opinions != account.opinions:
        measures.wrong.append(f"{proof.opinions} labels are there, and {account.opinions} were accepted")


async def _probe(url: str, took_ms: list[float]) -> None:
    async with aiohttp.ClientSession(url) as session:
        while True:
            begun = time.monotonic()
            async with session.get("/api/health") as answer:
                answer.raise_for_status()
            took_ms.append((time.monotonic() - begun) * 1000)
            await asyncio.sleep(PROBE_SECONDS)
