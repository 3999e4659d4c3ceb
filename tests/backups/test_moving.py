"""A project that is backed up, deleted and restored on another deployment is the same project, to the last label."""

from typing import Any

import pytest

from functions.labeling.board import make_board
from functions.labeling.counts import Counts
from functions.labeling.directory import CLOSED
from functions.storage import transport
from functions.tables import Tables
from tests.api.builders import LABELS, People, Project, assert_problem, good, new_name, picture, pictures
from tests.backups.moving import (
    BACKUPS,
    backed_up,
    blobs_in,
    copy_folder,
    finished,
    kept,
    restored,
    rows_of,
    sum_of,
    whole,
    without,
)
from tests.datastores.customer import Customer
from tests.running import get, until

IMAGES, ANNS_THERE = 120, 4
IMPORTED, GONE = "00.png", "gone.png"
ANN, BOB, EVE = "Ann@example.org", "bob@example.org", "eve@example.org"


class Moved:
    """A project with a history, before and after. before, after: all that the API told of it."""

    def __init__(self, people: People, elsewhere: People, customer: Customer) -> None:
        self.people, self.elsewhere = people, elsewhere
        self.datastore = new_name("photos")
        content = {**pictures(IMAGES), "broken.png": b"no image", GONE: picture()}
        container = customer.container(content)
        self.connection = {
            "name": self.datastore,
            "containerUrl": customer.container_url(container),
            "auth": {"kind": "accountKey", "key": customer.key},
        }
        self.project = self._make()
        self.ann = self.project.invite("labeler", ANN)
        self.bob = self.project.invite("labeler", BOB)
        self.project.invite("reviewer", EVE)
        good(self.project.boss.put(f"{self.project.path}/members/yet@example.org", json={"role": "labeler"}))
        self._work()
        customer.drop(container, GONE)
        self.project.refresh()
        self.lease = self.project.lease(self.bob, 5)
        self.before = whole(self.project)
        self.rows = rows_of(people.service, self.project)
        self.backup = backed_up(self.project)
        good(self.project.boss.delete(self.project.path), 204)
        copy_folder(people.service, elsewhere.service, BACKUPS, self.backup["folder"])

    def _make(self) -> Project:
        boss = self.people()
        good(boss.post("/api/datastores", json=self.connection), 201)
        request = {
            "name": new_name("moved"),
            "taskType": "multiClass",
            "dataset": {"name": new_name("pets"), "description": "Of cats.", "datastore": self.datastore, "prefix": ""},
            "labels": [*LABELS, "Kitten"],
            "instructions": {"text": "Look *twice*.", "url": "https://example.org/"},
            "leaseMinutes": 20,
        }
        project = Project(self.people, good(boss.post("/api/projects", json=request), 201)["id"])
        project.wait_until_ready()
        return project

    def _work(self) -> None:
        project, boss = self.project, self.project.boss
        first = project.label(self.ann, 20, "Cat")
        project.label(self.ann, 7, "Kitten")
        second = project.label(self.bob, 15, "Dog")
        lease = project.lease(self.bob, 2)
        one, other = (image["id"] for image in lease["images"])
        good(project.submit(self.bob, lease, {one: ["Dog"]}, [{"id": other, "reason": "Dark."}]))
        # One more than Ann labels on the other side: what is left is for Bob, whichever packs the two got here; and
        # none that is labeled by the import below, or that goes missing.
        names = {image["id"]: image["name"] for image in project.images(limit=200)}
        waiting = [image for image in (first[0], *second) if names[image] not in (IMPORTED, GONE)]
        reject = {"images": [{"id": image} for image in waiting[: ANNS_THERE + 1]], "reason": "Look again."}
        good(boss.post(f"{project.path}/rejections", json=reject))
        corrected = {"images": [{"id": image} for image in first[1:4]], "labels": ["Dog"]}
        done = good(boss.post(f"{project.path}/corrections", json=corrected))
        good(boss.post(f"{project.path}/reviews/{done['id']}/undo", json={"images": [first[1]]}))
        good(boss.post(f"{project.path}/confirmations", json={"images": [{"id": image} for image in first[3:9]]}))
        labels = {label["name"]: label["id"] for label in project.get()["labels"]}
        good(boss.post(f"{project.path}/labels/{labels['Kitten']}/merge", json={"into": "Cat"}))
        self._import(f"image,label\n{IMPORTED},Dog\nno.png,Cat\n")
        self._import("image,label\n01.png,Cat\n02.png,Dog\n", **{"as": "suggestions"})
        for form in ("csv", "coco", "imagefolder"):
            project.export(form)

    def _import(self, content: str, **more: Any) -> None:
        body = {"format": "csv", "content": content, **more}
        asked = self.project.boss.post(f"{self.project.path}/imports", json=body)
        assert finished(self.project.boss, asked)["status"] == "completed"


@pytest.fixture(scope="module")
def moved(people: People, elsewhere: People, customer: Customer) -> Moved:
    return Moved(people, elsewhere, customer)


@pytest.fixture(scope="module")
def there(moved: Moved) -> Project:
    """The project on the other deployment."""
    missing = moved.elsewhere().post("/api/restores", json={"folder": moved.backup["folder"]})
    problem = assert_problem(missing, 422, "invalid", "folder")
    assert moved.datastore in problem["detail"]
    assert moved.connection["containerUrl"] in problem["detail"]
    good(moved.elsewhere().post("/api/datastores", json=moved.connection), 201)
    unknown = moved.elsewhere().post("/api/restores", json={"folder": moved.backup["folder"]})
    assert_problem(unknown, 422, "invalid", "address")
    project, done = restored(moved.elsewhere, moved.backup["folder"])
    assert done["notes"] == []
    return project


def test_the_project_its_figures_labels_history_exports_and_members_are_the_same(moved: Moved, there: Project) -> None:
    after = whole(there)
    before = {
        **moved.before,
        # Leases are not restored: what bob held may be handed out.
        "progress": {**moved.before["progress"], "leased": 0, "waiting": moved.before["progress"]["waiting"] + 5},
        "images": [
            {**image, "state": "waiting" if image["state"] == "leased" else image["state"]}
            for image in moved.before["images"]
        ],
    }
    assert after.keys() == before.keys()
    for what, told in before.items():
        assert after[what] == told, what
    assert {image["state"] for image in before["images"]} == {"waiting", "labeled", "skipped", "unreadable", "missing"}
    assert len(before["files"]) >= 6


def test_the_rows_are_the_same_but_for_leases_and_previews(moved: Moved, there: Project) -> None:
    there.wait_until_ready()
    after = rows_of(moved.elsewhere.service, there)
    assert after.keys() == moved.rows.keys()
    for key, row in moved.rows.items():
        ours, theirs = dict(row), dict(after[key])
        if key[1].startswith("head|"):
            ours, theirs = kept(ours), kept(theirs)
        assert without(theirs, "revision") == without(ours, "revision"), key


async def test_the_directory_obeys_its_one_rule(moved: Moved, there: Project) -> None:
    tables = Tables.by_connection_string(moved.elsewhere.service.data_storage, transport())
    board = make_board(tables.table(f"images{there.id}"))
    for known in await board.directory.ranges(fresh=True):
        sums = Counts()
        for pack in known.packs(*"npwarod"):
            head = (await board.rows.read_head(pack)).head
            assert head.frozen == (known.letter(pack) in CLOSED)
            if head.frozen:
                sums.add(head.counts())
        assert known.letters
        assert (sums.states, sums.labels, sums.work) == (known.sums.states, known.sums.labels, known.sums.work)
    await tables.aclose()


def test_previews_are_made_anew(moved: Moved, there: Project) -> None:
    def shown() -> list[dict[str, Any]]:
        return [image for image in there.images(limit=200) if image["previewUrl"]]

    wanted = sum(image["state"] not in ("unreadable", "missing") for image in moved.before["images"])
    until(lambda: len(shown()) == wanted, "previews are lacking")
    for image in shown()[:3]:
        assert sum_of(image["previewUrl"])
        assert sum_of(image["thumbnailUrl"])


def test_people_are_who_they_were_when_they_sign_in_under_other_ids(moved: Moved, there: Project) -> None:
    there.wait_until_ready()
    until(lambda: not unprepared(there), "previews are lacking")
    ann, bob = moved.elsewhere(ANN.lower()), moved.elsewhere(BOB)
    me = good(ann.get("/api/me"))["userId"]
    rows = {one["name"]: one for one in moved.before["progress"]["byLabeler"]}
    assert me != rows[ANN]["userId"]

    (own,) = good(ann.get(f"{there.path}/progress"))["byLabeler"]
    assert (own["userId"], own["labeled"]) == (rows[ANN]["userId"], rows[ANN]["labeled"])
    assert {member["signInName"]: member["userId"] for member in there.pages("members")}[ANN] == me

    image = next(image for image in moved.before["images"] if image["labelerName"] == ANN)
    assert_problem(bob.get(f"{there.path}/images/{image['id']}"), 404, "not-found")
    seen = good(ann.get(f"{there.path}/images/{image['id']}"))
    assert [entry["byName"].casefold() for entry in seen["history"] if entry["by"] == own["userId"]]
    corrected = good(ann.put(f"{there.path}/images/{image['id']}/labels", json={"labels": ["Uncertain"]}))
    assert corrected["labeler"] == rows[ANN]["userId"]

    labeled = there.label(ann, ANNS_THERE, "Cat")
    (now,) = good(ann.get(f"{there.path}/progress"))["byLabeler"]
    assert (now["userId"], now["labeled"]) == (own["userId"], own["labeled"] + ANNS_THERE)
    everybody = [one["userId"] for one in there.progress()["byLabeler"]]
    assert sorted(everybody) == sorted(one["userId"] for one in rows.values())
    for named in (ANN, ANN.lower(), me, own["userId"]):
        assert {one["id"] for one in there.images(labeler=named)} >= {*labeled, image["id"]}
    assert me not in {one["labeler"] for one in there.images()}


def unprepared(project: Project) -> list[Any]:
    return [
        image
        for image in project.images(limit=200)
        if not image["previewUrl"] and image["state"] not in ("unreadable", "missing")
    ]


def test_labeling_reviewing_and_exporting_go_on(moved: Moved, there: Project) -> None:
    until(lambda: not unprepared(there), "previews are lacking")
    bob, eve = moved.elsewhere(BOB), moved.elsewhere(EVE)
    before = there.progress()
    leases: list[Any] = []
    assert any(image["rejected"] and image["state"] == "waiting" for image in there.images(limit=200))

    def is_rejected_one_handed_out() -> bool:
        """It comes first, as soon as it is known that its pack is prepared, some seconds later."""
        leases.append(there.lease(bob, 3))
        if any(image["rejected"] for image in leases[-1]["images"]):
            return True
        good(bob.delete(f"{there.path}/leases/{leases[-1]['id']}"), 204)
        return False

    until(is_rejected_one_handed_out, "the rejected image is not handed out")
    lease = leases[-1]
    assert get(lease["images"][0]["previewUrl"]).status_code == 200
    ids = [image["id"] for image in lease["images"]]
    good(there.submit(bob, lease, {image: ["Dog"] for image in ids}))
    good(eve.post(f"{there.path}/rejections", json={"images": [{"id": ids[0]}]}))
    assert there.progress()["labeled"] == before["labeled"] + 2
    export = there.export("csv", eve)
    assert export["images"] == before["labeled"] + 2
    assert export["changes"]["since"] == next(one["id"] for one in moved.before["exports"] if one["format"] == "csv")
    found = there.refresh()
    assert (found["added"], found["changed"], found["missing"]) == (0, 0, 0)


def test_the_backup_names_no_secret_and_is_there_after_the_project(moved: Moved, customer: Customer) -> None:
    for name, content in blobs_in(moved.people.service, BACKUPS, moved.backup["folder"]).items():
        assert customer.key.encode() not in content, name
        assert b"sig=" not in content, name
    path = f"/api/projects/{moved.project.id}/backups"
    assert [one["id"] for one in good(moved.people().get(path))["items"]] == [moved.backup["id"]]
    assert_problem(moved.people().get(moved.project.path), 404, "not-found")
