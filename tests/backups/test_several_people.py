"""What several people said of the images of a project is there again when it was backed up and put back."""

from typing import Any

from tests.api.builders import LABELS, People, Project, good, new_name, pictures
from tests.api.reviewing import correct, named, reject, undo
from tests.backups.moving import BACKUPS, backed_up, copy_folder, kept, restored, rows_of, whole
from tests.datastores.customer import Customer

IMAGES = 10
ANN, BOB, CLEO = "ann.of.three@example.org", "bob.of.three@example.org", "cleo.of.three@example.org"


def moved(people: People, elsewhere: People, customer: Customer) -> tuple[Project, Project, dict[str, Any]]:
    """The project, the same one on another deployment, and what was asked for last."""
    container = customer.container(pictures(IMAGES))
    connection = {
        "name": new_name("photos"),
        "containerUrl": customer.container_url(container),
        "auth": {"kind": "accountKey", "key": customer.key},
    }
    boss = people()
    good(boss.post("/api/datastores", json=connection), 201)
    request = {
        "name": new_name("opinions"),
        "taskType": "multiClass",
        "order": "name",
        "dataset": {"name": new_name("pets"), "description": "", "datastore": connection["name"], "prefix": ""},
        "labels": [*LABELS, "Kitten"],
        "opinions": {"least": 2, "most": 2, "share": 1, "until": 0.5},
    }
    project = Project(people, good(boss.post("/api/projects", json=request), 201)["id"])
    project.wait_until_ready()
    asked = work(project)
    before = backed_up(project)
    good(elsewhere().post("/api/datastores", json=connection), 201)
    copy_folder(people.service, elsewhere.service, BACKUPS, before["folder"])
    return project, restored(elsewhere, before["folder"])[0], asked


def work(project: Project) -> dict[str, Any]:
    """Decided, disputed, corrected, rejected, amended, merged, asked for again, and waiting for a second person."""
    ann, bob, cleo = (project.invite("labeler", name) for name in (ANN, BOB, CLEO))
    ids = say(project, ann, 8, "Cat") + say(project, ann, 1, "Cat")
    say(project, bob, 5, "Dog")
    say(project, cleo, 2, "Cat")
    say(project, bob, 1, "Kitten")
    correct(project, project.boss, named(ids[:1]), "Uncertain")
    reject(project, project.boss, ids[1:2], "Look again.")
    good(ann.put(f"{project.path}/images/{ids[2]}/labels", json={"labels": ["Dog"]}))
    labels = {label["name"]: label["id"] for label in project.get()["labels"]}
    good(project.boss.post(f"{project.path}/labels/{labels['Kitten']}/merge", json={"into": "Cat"}))
    return dict(good(project.boss.post(f"{project.path}/opinions", json={"images": named([ids[3], ids[5]])})))


def say(project: Project, who: Any, count: int, label: str) -> list[str]:
    return sorted(project.label(who, count, label))


def test_opinions_disputes_and_what_was_asked_for_are_there_again(
    people: People, elsewhere: People, customer: Customer
) -> None:
    here, there, asked = moved(people, elsewhere, customer)
    before, after = whole(here), whole(there)
    assert {image["state"] for image in before["images"]} == {"waiting", "labeled", "disputed"}
    assert before["progress"]["awaitingOpinions"] > len(asked["asked"]) == 2
    for what in ("project", "progress", "activity", "images"):
        assert after[what] == before[what], what
    assert good(there.boss.get(f"{there.path}/agreement")) == good(here.boss.get(f"{here.path}/agreement"))

    there.wait_until_ready()
    ours, theirs = rows_of(people.service, here), rows_of(elsewhere.service, there)
    heads = [key for key in ours if key[1].startswith("head|")]
    assert [kept(theirs[key]) for key in heads] == [kept(ours[key]) for key in heads]
    assert any("opinions2" in ours[key] and ours[key]["asked"] != "{}" for key in heads)
    records = [key for key in ours if key[1].startswith(("s|", "r|"))]
    assert [theirs[key] for key in records] == [ours[key] for key in records]

    assert undo(there.boss, there, asked, asked["asked"]) == (asked["asked"], [])
    assert there.progress()["awaitingOpinions"] == before["progress"]["awaitingOpinions"] - 2
    ann = elsewhere(ANN)
    there.label(ann, 99, "Dog")
    left = good(ann.post(f"{there.path}/leases", json={"count": 99, "holding": []}))
    assert left["awaitingOthers"] == there.progress()["waiting"] > 0
