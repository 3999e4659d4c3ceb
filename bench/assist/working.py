"""Projects of the same photographs, each labeled as a whole: without suggestions, with them, and by somebody who
overlooks some of the wrong ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import httpx

from bench.assist.cifar import LABELS, Photo
from bench.assist.labeler import Labeler, Work
from tests.running import Service, until

LABELER = "labeler"
OVERLOOKED = 0.1
# Files of one call for upload addresses.
AT_ONCE = 200
PREPARING_SECONDS = 900.0


@dataclass(frozen=True)
class Worked:
    """without: suggestions were off. careful: no wrong one was overlooked. hasty: one in ten was."""

    without: Work
    careful: Work
    hasty: Work


def measure(service: Service, photos: Sequence[Photo], tell: Callable[[str], None]) -> Worked:
    ways = (("without", False, 0.0), ("careful", True, 0.0), ("hasty", True, OVERLOOKED))
    return Worked(
        **{
            name: work(service, photos, LABELS, name, tell, assisted=assisted, overlooks=overlooks)
            for name, assisted, overlooks in ways
        }
    )


def work(
    service: Service,
    photos: Sequence[Photo],
    kinds: Mapping[int, str],
    name: str,
    tell: Callable[[str], None],
    *,
    assisted: bool,
    overlooks: float = 0.0,
) -> Work:
    """A project of this name of photographs of these kinds, made and labeled as a whole. It has a folder of its own,
    since no upload writes over what is there.
    """
    prefix = name.replace(" ", "-")
    with service.client() as boss, service.client(LABELER) as labeler:
        _upload(boss, photos, prefix)
        project = _project(boss, name, prefix, kinds, len(photos), assisted=assisted)
        done = Labeler(labeler, project, {photo.name: photo.label for photo in photos}, overlooks).work()
        _look_back(boss, project, done)
    tell(f"{name}: {done.actions():.3f} actions per label, {len(done.trainings)} trainings")
    return done


def _upload(boss: httpx.Client, photos: Sequence[Photo], prefix: str) -> None:
    with httpx.Client(headers={"x-ms-blob-type": "BlockBlob"}) as storage:
        for first in range(0, len(photos), AT_ONCE):
            some = photos[first : first + AT_ONCE]
            files = [{"name": photo.name, "bytes": len(photo.content)} for photo in some]
            answer = boss.post("/api/datastores/workspace/uploads", json={"prefix": prefix, "files": files})
            for photo, upload in zip(some, answer.raise_for_status().json()["uploads"], strict=True):
                storage.put(upload["url"], content=photo.content).raise_for_status()


def _project(
    boss: httpx.Client, name: str, prefix: str, kinds: Mapping[int, str], images: int, *, assisted: bool
) -> str:
    """Its images are ready to be labeled."""
    request = {
        "name": name,
        "taskType": "multiClass",
        "dataset": {"datastore": "workspace", "prefix": prefix},
        "labels": [*kinds.values()],
        "mlAssist": assisted,
    }
    project: str = boss.post("/api/projects", json=request).raise_for_status().json()["id"]
    boss.put(f"/api/projects/{project}/members/{LABELER}", json={"role": "labeler"}).raise_for_status()

    def is_ready() -> bool:
        progress = boss.get(f"/api/projects/{project}/progress").raise_for_status().json()
        return bool(progress["waiting"] == images)

    until(is_ready, "the images are not prepared", PREPARING_SECONDS)
    return project


def _look_back(boss: httpx.Client, project: str, work: Work) -> None:
    path = f"/api/projects/{project}"
    labeled = boss.get(f"{path}/progress").raise_for_status().json()["labeled"]
    if labeled != work.images:
        raise AssertionError(f"{work.images:,} images were labeled, and the service says {labeled:,}")
    trainings = boss.get(f"{path}/trainings", params={"limit": 200}).raise_for_status().json()["items"]
    work.trainings = [one for one in reversed(trainings) if one["status"] == "completed"]
    work.standing = boss.get(f"{path}/assist").raise_for_status().json()
