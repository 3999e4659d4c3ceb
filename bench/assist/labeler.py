"""A labeler who knows what the images show, and labels a whole project as the page does it: one page on screen and one
fetched ahead, tags as suggested until they are changed, submissions by HTTP.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import sleep
from typing import Any

import httpx

from bench.assist.counting import Seen, tag
from tests.running import until

PAGE = 36
# A person looks at a page for longer than it takes to learn and to suggest anew; who does not has to wait for it.
LEARNING_SECONDS, SUGGESTING_SECONDS = 180.0, 1.0


@dataclass(frozen=True)
class DonePage:
    """images: of which so many had a suggestion, a right one, one where the next likely label is right, a sure one, a
    sure and right one, and so many got a wrong label. hidden: those without a suggestion where others of the page have
    one, which is so on purpose. one_by_one, by_selection: keys and clicks.
    """

    images: int
    suggested: int
    right: int
    next_right: int
    sure: int
    sure_right: int
    wrong: int
    hidden: int
    one_by_one: int
    by_selection: int


@dataclass
class Work:
    """All pages of a project, in their order, and what the service says of it at the end: its trainings, oldest first,
    and how its suggestions stand.
    """

    pages: list[DonePage] = field(default_factory=list)
    trainings: list[dict[str, Any]] = field(default_factory=list)
    standing: dict[str, Any] = field(default_factory=dict)

    @property
    def images(self) -> int:
        return sum(page.images for page in self.pages)

    def actions(self, first: int = 0, last: int | None = None) -> float:
        """Actions one by one for each label, of the labels from `first` on to before `last`; those of a page are spread
        over its images.
        """
        each = [page.one_by_one / page.images for page in self.pages for _ in range(page.images)][first:last]
        return sum(each) / len(each)


class Labeler:
    """overlooks: the share of wrong suggestions that are submitted as they are."""

    def __init__(self, client: httpx.Client, project: str, truth: Mapping[str, str], overlooks: float) -> None:
        self._client = client
        self._path = f"/api/projects/{project}"
        self._truth = truth
        self._overlooks = overlooks
        self._dice = random.Random(7)  # noqa: S311

    def work(self) -> Work:
        """Labels everything."""
        work = Work()
        shown = self._take([])
        while shown:
            ahead = self._take([shown["id"]])
            work.pages.append(self._do(shown))
            self._wait_for_learning()
            shown = ahead or self._take([])
        return work

    def _take(self, holding: list[str]) -> dict[str, Any] | None:
        answer = self._client.post(f"{self._path}/leases", json={"count": PAGE, "holding": holding})
        lease: dict[str, Any] = answer.raise_for_status().json()
        return lease if lease["id"] else None

    def _do(self, lease: dict[str, Any]) -> DonePage:
        page = [self._seen(image) for image in lease["images"]]
        done = tag(page)
        labels = {image["id"]: [label] for image, label in zip(lease["images"], done.labels, strict=True)}
        self._client.post(
            f"{self._path}/leases/{lease['id']}/submission", json={"labels": labels, "skipped": []}
        ).raise_for_status()
        suggested = [image for image in page if image.suggested is not None]
        sure = [image for image in suggested if image.sure]
        return DonePage(
            images=len(page),
            suggested=len(suggested),
            right=sum(not image.is_wrong for image in suggested),
            next_right=sum(image.is_wrong and image.second == image.truth for image in suggested),
            sure=len(sure),
            sure_right=sum(not image.is_wrong for image in sure),
            wrong=sum(image.truth != label for image, label in zip(page, done.labels, strict=True)),
            hidden=len(page) - len(suggested) if suggested else 0,
            one_by_one=done.one_by_one,
            by_selection=done.by_selection,
        )

    def _seen(self, image: dict[str, Any]) -> Seen:
        truth = self._truth[image["name"].rpartition("/")[2]]
        if image["suggestions"] is None:
            return Seen(truth)
        said, *others = image["suggestions"]
        overlooked = self._dice.random() < self._overlooks
        return Seen(truth, said["label"], others[0]["label"] if others else None, said["sure"], overlooked)

    def _wait_for_learning(self) -> None:
        waited = False

        def has_learned() -> bool:
            nonlocal waited
            standing = self._client.get(f"{self._path}/assist").raise_for_status().json()
            learning = standing["status"] == "learning" or standing["labels"] >= (standing["learnsAt"] or float("inf"))
            waited = waited or learning
            return not learning

        until(has_learned, "nothing is learned from the labels", LEARNING_SECONDS)
        if waited:
            sleep(SUGGESTING_SECONDS)
