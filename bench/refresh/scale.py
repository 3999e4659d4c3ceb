"""What it takes to take a folder in and to look through it again, beside the bare limits in the same run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.refresh.counted import PACKS
from bench.refresh.refreshing import Cost
from bench.refresh.running import azurite, work
from bench.refresh.simulated import SimulatedContainer
from functions.projects.model import Project
from tests.running import Storage

NEW = 10
MEGABYTE = 1024 * 1024
CHANGED_SHARE = 0.01
CREATE, NOTHING_NEW = "create", "nothing new"


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and seconds of this process's work, which a busy machine does not stretch as much."""

    seconds: float
    cpu: float

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Took":
        return cls(told["seconds"], told["cpu"])

    def __add__(self, other: "Took") -> "Took":
        return Took(self.seconds + other.seconds, self.cpu + other.cpu)

    def half(self) -> "Took":
        return Took(self.seconds / 2, self.cpu / 2)


@dataclass(frozen=True)
class Line:
    """One refresh. lists: pages of the listing that it asked for. bare: the bare limit, of bare listings right before
    and right after it.
    """

    names: int
    what: str
    cost: Cost
    lists: int
    bare: Took

    def told(self) -> str:
        """In one line, for who waits for it."""
        cost = self.cost
        return (
            f"{self.names:,} names, {self.what}: {cost.seconds:.1f} s, bare {self.bare.seconds:.1f} s, "
            f"{self.lists} lists, {cost.calls.writes.total():,} entity writes, {cost.memory / MEGABYTE:.0f} MB"
        )


@dataclass
class Scale:
    """A project over a container of so many names, and its refreshes in order.

    tell: is told each of them when it is over.
    """

    storage: Storage
    container: SimulatedContainer
    names: int
    tell: Callable[[str], None]
    lines: list[Line] = field(default_factory=list)
    _project: str = ""
    _listed: Took = Took(0, 0)

    async def create(self) -> None:
        """Makes the project and takes its images in."""
        self.container.hold(self.names)
        self._project = (await work(self.storage, "make", container_url=self.container.url))["project"]
        self._listed = await self._list()
        await self._refresh(CREATE)

    async def look_again(self) -> None:
        """Looks through the container again: with nothing new, and after changes."""
        # What is not yet prepared is asked for again by each refresh.
        await work(self.storage, "settle", project_id=self._project)
        await self._refresh(NOTHING_NEW)
        self.container.alter(add=NEW)
        await self._refresh(f"{NEW} new")
        self.container.alter(change=round(self.names * CHANGED_SHARE))
        await self._refresh(f"{CHANGED_SHARE:.0%} changed")

    async def _refresh(self, what: str) -> None:
        before, _ = self.container.asked()
        cost = Cost.from_json(await work(self.storage, "refresh", project_id=self._project))
        lists = self.container.asked()[0] - before
        listed, self._listed = self._listed, await self._list()
        bare = (listed + self._listed).half()
        if what == CREATE:
            bare += await self._transact(cost.calls.writes[PACKS] // 2)
        self.lines.append(Line(self.names, what, cost, lists, bare))
        self.tell(self.lines[-1].told())

    async def _list(self) -> Took:
        return Took.of(await work(self.storage, "list", container_url=self.container.url))

    async def _transact(self, packs: int) -> Took:
        with azurite() as fresh:
            told = await work(
                fresh,
                "transact",
                source=self.storage.data_storage,
                images_table=Project.model_construct(task_type="multiClass", id=self._project).images_table,
                connection=fresh.data_storage,
                packs=packs,
            )
        return Took.of(told)
