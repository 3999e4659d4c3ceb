"""Short words for reviewers' calls about many images, and for what they leave."""

from collections.abc import Iterable
from typing import Any

import httpx

from tests.api.builders import Project, good


def named(ids: Iterable[str]) -> list[dict[str, Any]]:
    return [{"id": image} for image in ids]


def correct(project: Project, who: httpx.Client, images: list[dict[str, Any]], label: str = "Dog") -> Any:
    return good(who.post(f"{project.path}/corrections", json={"images": images, "labels": [label]}))


def reject(project: Project, who: httpx.Client, ids: Iterable[str], reason: str | None = None) -> Any:
    return good(who.post(f"{project.path}/rejections", json={"images": named(ids), "reason": reason}))


def confirm(project: Project, who: httpx.Client, images: list[dict[str, Any]]) -> Any:
    return good(who.post(f"{project.path}/confirmations", json={"images": images}))


def undo(who: httpx.Client, project: Project, review: Any, ids: Iterable[str]) -> tuple[list[str], list[str]]:
    """The images that are as they were before, and the others."""
    answer = good(who.post(f"{project.path}/reviews/{review['id']}/undo", json={"images": list(ids)}))
    return answer["restored"], answer["stale"]


def label_all(project: Project, who: httpx.Client, label: str = "Cat") -> list[str]:
    """Labels all of the project; gives an image of each pack, the last pack's first."""
    ids: list[str] = []
    while project.progress()["waiting"]:
        ids += project.label(who, 99, label)
    packs = {image[:6]: image for image in sorted(ids)}
    return sorted(packs.values(), reverse=True)


def counts_of(project: Project) -> dict[str, int]:
    return {item["label"]: item["count"] for item in project.progress()["byLabel"] if item["count"]}


def labeled_by(project: Project) -> dict[str, int]:
    return {row["name"]: row["labeled"] for row in project.progress()["byLabeler"] if row["labeled"]}
