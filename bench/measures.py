"""What the simulated labelers measured, and how it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Measures:
    """One loop of labelers. lease_ms, submission_ms: each call as its caller waited for it, retries included.

    opinions: how many people look at each image. labels: images whose labels were accepted in `seconds`, from each
    labeler. pages: submissions that were accepted, also after that.
    requests, operations: what storage was asked for all of them. conflicts: answers 409 and 412. retries: calls sent
    again after 429, 5xx, or no answer. twice: images that were labeled more than once. wrong: what the proof at the end
    found not to hold.
    """

    system: str
    images: int
    labelers: int
    page: int
    opinions: int = 1
    labels: int = 0
    pages: int = 0
    seconds: float = 0.0
    lease_ms: list[float] = field(default_factory=list)
    submission_ms: list[float] = field(default_factory=list)
    conflicts: int = 0
    retries: int = 0
    twice: int = 0
    requests: int = 0
    operations: int = 0
    wrong: list[str] = field(default_factory=list)

    def start_over(self) -> None:
        """Forgets what was measured so far: a crowd that has just come opens packs as it never does again."""
        self.labels = self.pages = self.conflicts = self.retries = 0
        self.seconds = 0.0
        self.lease_ms.clear()
        self.submission_ms.clear()

    @property
    def labels_per_second(self) -> float:
        return self.labels / self.seconds if self.seconds else 0.0


def percentile(values: Sequence[float], percent: int) -> float:
    """The percentile by linear interpolation between the two nearest values; 0.0 of nothing."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[percent - 1]


@dataclass
class ExportMeasure:
    """Exports of one format of a project, each right after a bare scan of its rows.

    labels: images, each with one. seconds: from startedAt to finishedAt. memory_bytes: what the service's process held
    at most meanwhile, less what it held before the first of them all. file_bytes: of all files of one export.
    """

    format: str
    labels: int
    seconds: list[float] = field(default_factory=list)
    scan_seconds: list[float] = field(default_factory=list)
    memory_bytes: list[int] = field(default_factory=list)
    file_bytes: int = 0

    @property
    def ratio(self) -> float:
        """The median export to the median scan."""
        return median(self.seconds) / median(self.scan_seconds)


@dataclass(frozen=True)
class PeerExport:
    """Exports of a project with so many annotated tasks elsewhere, to the last byte."""

    system: str
    labels: int
    seconds: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds)


@dataclass
class Loads:
    """A page for labeling, loaded again and again. usable_ms: from the navigation until its images are painted."""

    system: str
    usable_ms: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Scroll:
    """A grid under the wheel. long_tasks_ms: what kept the page from answering for 50 ms and more. drawn: tiles in the
    document at the end.
    """

    images: int
    pixels: int
    long_tasks_ms: list[float]
    drawn: int


@dataclass(frozen=True)
class FirstVisit:
    """A page in a browser that has never been there. script_bytes: compressed."""

    title: str
    requests: int
    script_bytes: int


@dataclass(frozen=True)
class PageMeasures:
    """What people wait for. turns_ms: from the key that submits a page until the next one is painted."""

    loads: list[Loads]
    turns_ms: list[float]
    scroll: Scroll
    visits: list[FirstVisit]
