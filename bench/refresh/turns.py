"""Preparing and its bare limit in turns, each in processes of their own."""

from dataclasses import dataclass, field
from typing import Any

from bench.refresh.running import work
from tests.running import Storage


@dataclass
class Rate:
    images: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0

    def add(self, told: dict[str, Any]) -> None:
        self.images += told["images"]
        self.seconds += told["seconds"]
        self.cpu += told["cpu"]
        self.memory = max(self.memory, told["memory"])

    @property
    def per_second(self) -> float:
        return self.images / self.seconds


@dataclass
class Turns:
    """bytes: of an image, on the average. wanted: the least share of the bare rate. memory: over the idle process."""

    what: str
    wanted: float
    bytes: float
    service: Rate = field(default_factory=Rate)
    bare: Rate = field(default_factory=Rate)

    @property
    def share(self) -> float:
        return self.service.per_second / self.bare.per_second


async def measure(storage: Storage, count: int, size: tuple[int, int], wanted: float, turns: int) -> Turns:
    """Prepares so many images of width and height `size`, a part of the packs in each turn, and each part barely."""
    width, height = size
    made = await work(storage, "upload", count=count, width=width, height=height)
    measured = Turns(f"{width} x {height}", wanted, made["bytes"])
    for turn in range(turns):
        packs = list(range(turn, made["packs"], turns))
        measured.service.add(await work(storage, "prepare", project_id=made["project"], packs=packs))
        measured.bare.add(await work(storage, "prepare_bare", project_id=made["project"], packs=packs))
    return measured
