"""What the tests of the API need: people, a folder of images, and a project over it with its people."""

import io
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx
from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode
from azure.storage.blob import ContainerClient
from azure.storage.queue import QueueClient, TextBase64EncodePolicy
from PIL import Image

from functions.tokens.model import key_of_token
from localhost import sign_in
from tests.running import Service, get, until

PROBLEM = "urn:labeling:problem:"
LABELS = ("Cat", "Dog", "Uncertain")
STATES = ("preparing", "waiting", "leased", "labeled", "skipped", "disputed", "unreadable", "missing")


def picture(color: str = "red", size: tuple[int, int] = (32, 24), kind: str = "PNG", **options: Any) -> bytes:
    """A small image of one color."""
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **options)
    return out.getvalue()


def pictures(count: int) -> dict[str, bytes]:
    """Images named 00.png, 01.png, ..."""
    return {f"{number:02}.png": picture() for number in range(count)}


def user_id(name: str) -> str:
    return str(sign_in.principal(name)["userId"])


def new_name(what: str) -> str:
    """A name that no other test uses; "-1", which hostile texts look for, is in none of them."""
    return f"{what}-x{secrets.token_hex(4)}"


def good(answer: httpx.Response, status: int = 200) -> Any:
    """The answer's content; it must have this status."""
    assert answer.status_code == status, f"{answer.request.method} {answer.request.url}: {answer.text}"
    return answer.json() if answer.content else None


def assert_problem(answer: httpx.Response, status: int, kind: str, field: str | None = None) -> dict[str, Any]:
    """The answer is a clear problem of this kind, and names the field where one is the matter."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["type"] == PROBLEM + kind
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    for entry in problem.get("errors", []):
        assert entry.keys() == {"field", "message"}
        assert entry["message"]
    if field is not None:
        assert field in [entry["field"] for entry in problem["errors"]], problem
    return problem


class People:
    """Clients of a service, one for each person; closed together."""

    def __init__(self, service: Service) -> None:
        self.service = service
        # The first call makes the service's containers and queues.
        get(f"{service.url}/api/health").raise_for_status()
        self._clients: dict[str | None, httpx.Client] = {}

    def __call__(self, name: str | None = "administrator") -> httpx.Client:
        if name not in self._clients:
            self._clients[name] = self.service.client(name)
        return self._clients[name]

    def close(self) -> None:
        for client in self._clients.values():
            client.close()


def service_token(people: People, maker: str = "administrator") -> str:
    """An access token of the service. maker: whose it is, also of somebody who is no administrator of it, or no more:
    then it is theirs by its row.
    """
    made = good(people().post("/api/tokens", json={"name": "script", "days": 1}), 201)
    if maker != "administrator":
        # They are here.
        people(maker).get("/api/me")
        with TableClient.from_connection_string(people.service.data_storage, "service") as table:
            row = {"PartitionKey": "token", "RowKey": f"service|{key_of_token(made['key'])}"}
            table.update_entity({**row, "user": user_id(maker), "signInName": maker}, mode=UpdateMode.MERGE)
    return str(made["key"])


class Folder:
    """A folder of the datastore `workspace`, filled as another program would fill it."""

    def __init__(self, people: People, blobs: Mapping[str, bytes] | None = None) -> None:
        self.prefix = f"{new_name('folder')}/"
        self._connection = people.service.data_storage
        self.put(blobs or {})

    def put(self, blobs: Mapping[str, bytes]) -> None:
        with self._container() as container:
            for name, content in blobs.items():
                container.upload_blob(self.prefix + name, content, overwrite=True)

    def drop(self, *names: str) -> None:
        with self._container() as container:
            for name in names:
                container.delete_blob(self.prefix + name)

    def _container(self) -> ContainerClient:
        return ContainerClient.from_connection_string(self._connection, "workspace")


class Project:
    """A project as its administrator sees it."""

    def __init__(self, people: People, identity: str) -> None:
        self.id = identity
        self.path = f"/api/projects/{identity}"
        self._people = people
        self.boss = people()

    def get(self) -> Any:
        return good(self.boss.get(self.path))

    def change(self, **fields: Any) -> httpx.Response:
        """Changes the project as it is now."""
        return self.boss.patch(self.path, json=fields, headers={"If-Match": self.get()["etag"]})

    def invite(self, role: str, name: str | None = None) -> httpx.Client:
        """A person with this role, signed in."""
        name = name or new_name(role)
        good(self.boss.put(f"{self.path}/members/{name}", json={"role": role}))
        return self._people(name)

    def progress(self, who: httpx.Client | None = None) -> Any:
        """The figures, which must add up."""
        figures = good((who or self.boss).get(f"{self.path}/progress"))
        assert sum(figures[state] for state in STATES) == figures["total"]
        assert sum(entry["count"] for entry in figures["byLabel"]) == figures["labeled"]
        return figures

    def wait_until_ready(self) -> None:
        """Until the folder was looked through and nothing is left to prepare."""
        until(self._is_looked_through, "the project is still being created")
        until(lambda: self.progress()["preparing"] == 0, "images are still being prepared")

    def _is_looked_through(self) -> bool:
        return next(self.pages("refreshes"))["status"] in ("completed", "failed")

    def images(self, **filters: Any) -> list[dict[str, Any]]:
        """All images that match, page by page."""
        return list(self.pages("images", **filters))

    def pages(self, what: str, **query: Any) -> Iterator[dict[str, Any]]:
        cursor = None
        while True:
            page = good(
                self.boss.get(f"{self.path}/{what}", params={**query, **({"cursor": cursor} if cursor else {})})
            )
            yield from page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return

    def image(self, name_part: str) -> dict[str, Any]:
        """The one image whose name has this part, with its history."""
        found = self.images(name=name_part)
        assert len(found) == 1, found
        return dict(good(self.boss.get(f"{self.path}/images/{found[0]['id']}")))

    def lease(self, who: httpx.Client, count: int = 9, holding: Sequence[str] = ()) -> Any:
        return good(who.post(f"{self.path}/leases", json={"count": count, "holding": list(holding)}), 201)

    def lease_with_suggestions(self, who: httpx.Client, count: int, least: int) -> Any:
        """A page of which so many images come with a suggestion, where by the service's own rate some are hidden at
        random.
        """
        for _ in range(100):
            lease = self.lease(who, count)
            if sum(image["suggestions"] is not None for image in lease["images"]) >= least:
                return lease
            good(who.delete(f"{self.path}/leases/{lease['id']}"), 204)
        raise AssertionError("nothing is suggested")

    def submit(
        self,
        who: httpx.Client,
        lease: Any,
        labels: Mapping[str, list[Any]],
        skipped: Sequence[Mapping[str, Any]] = (),
    ) -> httpx.Response:
        body = {"labels": dict(labels), "skipped": list(skipped)}
        return who.post(f"{self.path}/leases/{lease['id']}/submission", json=body)

    def label(self, who: httpx.Client, count: int = 9, label: str = "Cat") -> list[str]:
        """Leases a page and labels all of it; gives the ids."""
        lease = self.lease(who, count)
        ids = [image["id"] for image in lease["images"]]
        good(self.submit(who, lease, {image: [label] for image in ids}))
        return ids

    def refresh(self) -> Any:
        """Asks for a refresh, and waits for its end and for the previews."""
        asked = good(self.boss.post(f"{self.path}/refreshes"), 202)
        return self.wait_for_refresh(asked["id"])

    def wait_for_refresh(self, refresh: str) -> Any:
        done: list[Any] = []

        def is_over() -> bool:
            found = next(item for item in self.pages("refreshes") if item["id"] == refresh)
            done[:] = [found]
            return found["status"] in ("completed", "failed")

        until(is_over, "the refresh does not end")
        if done[0]["status"] == "completed":
            self.wait_until_ready()
        return done[0]

    def export(self, form: str, who: httpx.Client | None = None, **options: Any) -> Any:
        """A finished export."""
        who = who or self.boss
        asked = who.post(f"{self.path}/exports", json={"format": form, **options})
        good(asked, 202)
        address, done = asked.headers["location"], [asked.json()]

        def is_over() -> bool:
            done[:] = [good(who.get(address))]
            return done[0]["status"] in ("completed", "failed")

        until(is_over, "the export does not end")
        assert done[0]["status"] == "completed", done[0]
        return done[0]


def project_request(prefix: str, **fields: Any) -> dict[str, Any]:
    """A valid request for a project over a folder of `workspace`."""
    return {
        "name": new_name("project"),
        "taskType": "multiClass",
        "dataset": {"datastore": "workspace", "prefix": prefix},
        "order": "name",
        "labels": list(LABELS),
        **fields,
    }


def new_project(people: People, folder: Folder, **fields: Any) -> Project:
    """A project over a folder, with its images ready to be labeled."""
    made = good(people().post("/api/projects", json=project_request(folder.prefix, **fields)), 201)
    project = Project(people, made["id"])
    project.wait_until_ready()
    return project


def send(service: Service, queue: str, text: str) -> None:
    """Puts a message into a queue of the service, encoded as the host has it."""
    with _queue(service, queue) as client:
        client.send_message(text)


def waiting_messages(service: Service, queue: str) -> int:
    """How many messages are in a queue, those that are being worked on too."""
    try:
        with _queue(service, queue) as client:
            return client.get_queue_properties().approximate_message_count or 0
    except ResourceNotFoundError:
        return 0


def _queue(service: Service, name: str) -> QueueClient:
    return QueueClient.from_connection_string(
        service.data_storage, name, message_encode_policy=TextBase64EncodePolicy()
    )
