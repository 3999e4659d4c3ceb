"""Moving a project between two deployments over the API, as docs/operations.md says it, and looking at all of it."""

import hashlib
from collections.abc import Mapping
from typing import Any

import httpx
from azure.data.tables import TableClient
from azure.storage.blob import ContainerClient

from tests.api.builders import People, Project, good
from tests.running import PATIENCE, Service, get, until

BACKUPS = "backups"
# Of a head: all but leases, what is to be prepared, and whether the directory counts it.
KEPT = (
    "states",
    "labels",
    "by",
    "at",
    "asked",
    "rejections",
    "reviewed",
    "missing",
    "changed",
    "labelers",
    "rejected",
    "records",
)


def finished(who: httpx.Client, asked: httpx.Response) -> dict[str, Any]:
    """A backup or a restoring when it is over."""
    good(asked, 202)
    done: list[dict[str, Any]] = []

    def is_over() -> bool:
        done[:] = [good(who.get(asked.headers["location"]))]
        return done[0]["status"] in ("completed", "failed")

    until(is_over, "it does not end", 2 * PATIENCE)
    return done[0]


def backed_up(project: Project) -> dict[str, Any]:
    done = finished(project.boss, project.boss.post(f"{project.path}/backups"))
    assert done["status"] == "completed", done
    return done


def all_of(boss: httpx.Client, folder: str) -> dict[str, Any]:
    """What accepts all that the preview of a backup asks about."""
    told = good(boss.post("/api/restores/preview", json={"folder": folder}))
    people = [member["signInName"] for member in told["members"]]
    return {"folder": folder, "manifest": told["manifest"], "people": people, "address": told["address"]["here"]}


def restored(people: People, folder: str) -> tuple[Project, dict[str, Any]]:
    boss = people()
    done = finished(boss, boss.post("/api/restores", json=all_of(boss, folder)))
    assert done["status"] == "completed", done
    return Project(people, done["projectId"]), done


def copy_folder(source: Service, target: Service, container: str, folder: str) -> None:
    """As azcopy does it between two accounts."""
    with (
        ContainerClient.from_connection_string(source.data_storage, container) as ours,
        ContainerClient.from_connection_string(target.data_storage, container) as theirs,
    ):
        for name in list(ours.list_blob_names(name_starts_with=folder)):
            theirs.upload_blob(name, ours.download_blob(name).readall(), overwrite=True)


def blobs_in(service: Service, container: str, folder: str) -> dict[str, bytes]:
    with ContainerClient.from_connection_string(service.data_storage, container) as client:
        names = list(client.list_blob_names(name_starts_with=folder))
        return {name.removeprefix(folder): client.download_blob(name).readall() for name in names}


def without(answer: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in names}


def whole(project: Project) -> dict[str, Any]:
    """All that the API tells of a project, but addresses, and what depends on the moment of asking."""
    boss, path = project.boss, project.path
    progress = good(boss.get(f"{path}/progress"))
    images = [good(boss.get(f"{path}/images/{image['id']}")) for image in project.images(limit=200)]
    exports = list(project.pages("exports"))
    return {
        "project": project.get(),
        "progress": {
            **without(progress, "labeledPerHour"),
            "byLabeler": [without(one, "labeledPerHour", "lastHours") for one in progress["byLabeler"]],
        },
        "activity": good(boss.get(f"{path}/activity")),
        "images": [without(image, "previewUrl", "thumbnailUrl", "likely") for image in images],
        "exports": [{**export, "files": [without(file, "url") for file in export["files"]]} for export in exports],
        "files": {(export["id"], file["name"]): sum_of(file["url"]) for export in exports for file in export["files"]},
        "imports": list(project.pages("imports")),
        "refreshes": list(project.pages("refreshes")),
        "members": [without(member, "userId") for member in project.pages("members")],
    }


def sum_of(url: str) -> str:
    answer = get(url)
    assert answer.status_code == 200, answer.text
    return hashlib.sha256(answer.content).hexdigest()


def rows_of(service: Service, project: Project) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a project's packs."""
    with TableClient.from_connection_string(service.data_storage, f"images{project.id}") as table:
        rows = table.query_entities("PartitionKey lt 'a'")
        return {(row["PartitionKey"], row["RowKey"]): dict(row) for row in rows}


def kept(head: Mapping[str, Any]) -> dict[str, Any]:
    """What of a head's row is there again. Preparing counts the writes of the images row."""
    return {name: value for name, value in head.items() if name in KEPT or name.startswith("opinions")}
