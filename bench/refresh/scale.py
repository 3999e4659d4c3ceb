"""What it takes to take a folder in and to look through it again, beside the bare limits in the same run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import fmean

from bench.refresh.refreshing import Cost
from bench.refresh.running import azurite, work
from bench.refresh.simulated import SimulatedContainer
from functions.projects.model import Project
from tests.running import Storage

NEW = 10
MEGABYTE = 1024 * 1024
CHANGED_SHARE = 0.01


@dataclass
class Line:
    """One refresh. lists: pages of the listing that it asked for."""

    names: int
    what: str
    cost: Cost
    lists: int


def told(line: Line) -> str:
    """A refresh in one line, for who waits for it."""
    cost = line.cost
    return (
        f"{line.names:,} names, {line.what}: {cost.seconds:.1f} s, {line.lists} lists, "
        f"{cost.calls.writes.total():,} entity writes, {cost.memory / MEGABYTE:.0f} MB"
    )


@dataclass
class Scale:
    """All refreshes over a container of so many names. listings, transactions: seconds of the bare limits."""

    names: int
    create: Line
    listings: list[float] = field(default_factory=list)
    transactions: float = 0.0
    later: list[Line] = field(default_factory=list)

    @property
    def listing(self) -> float:
        return fmean(self.listings)

    @property
    def lines(self) -> list[Line]:
        return [self.create, *self.later]


async def measure(
    storage: Storage, container: SimulatedContainer, names: int, tell: Callable[[str], None], *, later: bool
) -> Scale:
    """Creates a project over so many names. later: it is looked through again, with nothing new and with changes.

    tell: is told each refresh when it is over.
    """
    container.hold(names)
    listed = await work(storage, "list", container_url=container.url)
    before, _ = container.asked()
    project = (await work(storage, "make", container_url=container.url))["project"]
    cost = Cost.from_json(await work(storage, "refresh", project_id=project))
    scale = Scale(names, Line(names, "create", cost, container.asked()[0] - before), [listed["seconds"]])
    tell(told(scale.create))
    with azurite() as fresh:
        bare = await work(
            fresh,
            "transact",
            source=storage.data_storage,
            images_table=Project.model_construct(id=project).images_table,
            connection=fresh.data_storage,
            packs=cost.calls.writes["packs"] // 2,
        )
    scale.transactions = bare["seconds"]
    if later:
        await _look_again(storage, container, project, scale, tell)
    return scale


async def _look_again(
    storage: Storage, container: SimulatedContainer, project: str, scale: Scale, tell: Callable[[str], None]
) -> None:
    async def refresh(what: str) -> None:
        before, _ = container.asked()
        cost = Cost.from_json(await work(storage, "refresh", project_id=project))
        scale.later.append(Line(scale.names, what, cost, container.asked()[0] - before))
        tell(told(scale.later[-1]))

    # What is not yet prepared is asked for again by each refresh.
    await work(storage, "settle", project_id=project)
    await refresh("nothing new")
    scale.listings.append((await work(storage, "list", container_url=container.url))["seconds"])
    container.alter(add=NEW)
    await refresh(f"{NEW} new")
    container.alter(change=round(scale.names * CHANGED_SHARE))
    await refresh(f"{CHANGED_SHARE:.0%} changed")
