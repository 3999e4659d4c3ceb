"""A service on a machine without the libraries that learn: it starts, all its calls are answered, and labeling goes on.
So neither its start nor a call imports them.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.assist.scene import HEAVY
from tests.running import Service, until


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder: Path = tmp_path_factory.mktemp("without")
    for name in HEAVY:
        (folder / f"{name}.py").write_text("raise ImportError('this is not installed')\n")
    with Service(folder / "data", settings={"PYTHONPATH": str(folder)}) as service:
        people = People(service)
        yield new_project(people, Folder(people, pictures(6)), mlAssist=True)
        people.close()


def test_all_that_labelers_and_reviewers_call_is_answered(project: Project) -> None:
    ann, boss, path = project.invite("labeler"), project.boss, project.path
    lease = project.lease(ann, 3)
    assert [image["suggestions"] for image in lease["images"]] == [None] * 3
    good(project.submit(ann, lease, {image["id"]: ["Cat"] for image in lease["images"]}))
    image = lease["images"][0]["id"]
    good(boss.put(f"{path}/images/{image}/labels", json={"labels": ["Dog"]}))
    rejection = good(boss.post(f"{path}/rejections", json={"images": [{"id": image}]}))
    good(boss.post(f"{path}/reviews/{rejection['id']}/undo", json={"images": [image]}))
    good(boss.post(f"{path}/trainings"), 202)
    assert [one["status"] for one in project.pages("trainings")] == ["queued"]
    assert (len(project.images()), project.images(doubted=True), project.progress()["labeled"]) == (6, [], 3)
    assert project.export("csv")["images"] == 3
    good(boss.patch(path, json={"mlAssist": True, "suggestionOrder": "leastSure", "suggestionPrecision": 0.9}))


def test_it_is_said_why_nothing_is_suggested(project: Project) -> None:
    def standing() -> tuple[str, str]:
        found = good(project.boss.get(f"{project.path}/assist"))
        return found["status"], found["detail"] or ""

    until(lambda: standing()[0] == "failed", "it is not said")
    assert "what runs it is not installed" in standing()[1]
