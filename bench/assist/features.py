"""What features cost while images are prepared: the same images in turns with them and without, each turn in a process
of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench.refresh.running import azurite, work
from bench.refresh.scale import MEGABYTE
from bench.refresh.turns import Rate
from bench.results import table

SIZE = (4000, 3000)
IMAGES = 144
TURNS = 4
MOST_MORE = 0.30


@dataclass
class Cost:
    """Preparing images of `size` pixels, with features and without. more: of each pair of turns, how much longer an
    image took with them. loading: seconds until the model was there, before each turn with features.
    """

    size: tuple[int, int]
    plain: Rate = field(default_factory=Rate)
    featured: Rate = field(default_factory=Rate)
    more: list[float] = field(default_factory=list)
    loading: list[float] = field(default_factory=list)

    @property
    def more_of_all(self) -> float:
        return self.plain.per_second / self.featured.per_second - 1

    @property
    def more_work(self) -> float:
        return self.featured.cpu / self.featured.images / (self.plain.cpu / self.plain.images) - 1


async def measure(tell: Callable[[str], None], images: int = IMAGES, turns: int = TURNS) -> Cost:
    """Each pair of turns begins with the other of the two, so that neither has the better half of the time."""
    width, height = SIZE
    cost = Cost(SIZE)
    with azurite() as storage:
        plain = await work(storage, "upload", count=images, width=width, height=height)
        featured = await work(storage, "take_in", prefix=plain["prefix"], ml_assist=True)
        for turn in range(turns):
            packs = list(range(turn, plain["packs"], turns))
            both = [(plain, cost.plain), (featured, cost.featured)]
            seconds = {}
            for made, rate in both if turn % 2 == 0 else reversed(both):
                told = await work(storage, "prepare", project_id=made["project"], packs=packs)
                rate.add(told)
                seconds[made["project"]] = told["seconds"] / told["images"]
                if made is featured:
                    cost.loading.append(told["loading"])
            cost.more.append(seconds[featured["project"]] / seconds[plain["project"]] - 1)
            tell(f"features, turn {turn + 1} of {turns}: {cost.more[-1]:+.0%} time for each image")
    return cost


def report(cost: Cost) -> str:
    """As a part of bench/RESULTS.md."""
    width, height = cost.size
    head = (
        f"Preparing JPEGs of {width} x {height} pixels in Azurite, the same images in turns with features and without, "
        "each turn in a process of its own. CPU: the process's work, which a busy machine stretches less. MB: the peak "
        "over the idle process, the model's included. Until it is loaded, once in a process: "
        f"{median(cost.loading):.1f} s.\n\n"
    )
    rows = [
        [
            *(words, f"{rate.images:,}", f"{1000 * rate.seconds / rate.images:.0f}"),
            *(f"{1000 * rate.cpu / rate.images:.0f}", f"{rate.per_second:.1f}", f"{rate.memory / MEGABYTE:.0f}"),
        ]
        for words, rate in (("without", cost.plain), ("with features", cost.featured))
    ]
    lines = table(["", "images", "ms each", "CPU ms each", "images/s", "MB"], rows)
    return (
        f"{head}{lines}\n\n"
        f"**More time for each image**: {cost.more_of_all:.0%} of all turns ({median(cost.more):.0%} as the median of "
        f"{len(cost.more)} pairs), {cost.more_work:.0%} of CPU; {MOST_MORE:.0%} is the most that is wanted."
    )
