"""Every address with a signature that the service gives away does one thing to one blob for a short time: all kinds,
taken apart and tried against storage.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from azure.storage.blob import BlobClient

from functions.settings import Settings
from functions.storage import CLOCK_SKEW, EXPORTS_CONTAINER, WORKSPACE_CONTAINER, Storage
from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.running import Service
from tests.running import Storage as Azurite

READ, CREATE = "r", "c"
# A preview's address outlasts a lease, and gigabytes take hours to upload; the end is on a full hour.
LONGEST, LONGEST_OF_LABELS = timedelta(hours=3), timedelta(hours=7)
MARK = "sig="

Address = tuple[str, str]


@pytest.fixture(scope="module")
def web() -> Iterator[httpx.Client]:
    """Somebody who has an address, and is otherwise nobody."""
    with httpx.Client() as client:
        yield client


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    made = new_project(people, Folder(people, pictures(4)))
    made.label(made.boss, 2)
    return made


@pytest.fixture(scope="module")
def given(people: People, project: Project) -> dict[str, list[Address]]:
    """Addresses of each kind, each with what it permits."""
    boss, folder = project.boss, new_name("uploads")
    lease = project.lease(boss, 2)
    export = project.export("azureml")
    files = [{"name": f"{number}.png", "bytes": 3} for number in range(2)]
    asked = {"prefix": folder, "files": files}
    uploads = good(boss.post("/api/datastores/workspace/uploads", json=asked))["uploads"]
    labels = {"files": [{"name": f"{number}.csv", "bytes": 3} for number in range(2)]}
    of_labels = [
        good(boss.post(address, json=labels), 201)["uploads"]
        for address in ("/api/label-files/uploads", f"{project.path}/imports/uploads")
    ]
    added = good(boss.post(f"{project.path}/uploads", json={"files": files}))["uploads"]
    check = good(boss.post(f"{project.path}/checks", json={"size": 10}), 201)
    sample = list(project.pages(f"checks/{check['id']}/images"))
    images = project.images()
    one = good(boss.get(f"{project.path}/images/{images[0]['id']}"))
    return {
        "leased previews": [(image["previewUrl"], READ) for image in lease["images"]],
        "leased thumbnails": [(image["thumbnailUrl"], READ) for image in lease["images"]],
        "checked previews": [(image["previewUrl"], READ) for image in sample],
        "checked thumbnails": [(image["thumbnailUrl"], READ) for image in sample],
        "listed previews": [(image["previewUrl"], READ) for image in images],
        "listed thumbnails": [(image["thumbnailUrl"], READ) for image in images],
        "one image": [(one["previewUrl"], READ), (one["thumbnailUrl"], READ)],
        "export": [(file["url"], READ) for file in export["files"]],
        "listed export": [
            (file["url"], READ) for listed in project.pages("exports") for file in listed.get("files", [])
        ],
        "listed dataset": [
            (file["url"], READ)
            for item in good(boss.get("/api/datasets?limit=200"))["items"]
            if item.get("exportId") == export["id"]
            for file in item["files"]
        ],
        "uploads": [(upload["url"], CREATE) for upload in uploads],
        "uploads into a project": [(upload["url"], CREATE) for upload in added],
        "uploads of labels": [(upload["url"], CREATE) for uploads in of_labels for upload in uploads],
    }


KINDS = [
    *("leased previews", "leased thumbnails", "listed previews", "listed thumbnails", "one image"),
    *("checked previews", "checked thumbnails"),
    *("export", "listed export", "listed dataset", "uploads", "uploads into a project", "uploads of labels"),
]


def rights(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def signed(answer: Any) -> list[str]:
    """The addresses with a signature in an answer."""
    match answer:
        case str():
            return [answer] if MARK in answer else []
        case dict():
            return [url for value in answer.values() for url in signed(value)]
        case list():
            return [url for value in answer for url in signed(value)]
    return []


def test_no_route_gives_away_an_address_that_the_table_has_not(
    document: Any, people: People, project: Project, given: dict[str, list[Address]]
) -> None:
    """All GET routes are asked; whatever has a signature must be of a kind that is tried below."""
    known = {urlsplit(url).path for addresses in given.values() for url, _ in addresses}
    image, label = project.images()[0]["id"], project.get()["labels"][0]
    # An example of a label, so that its address is given away, too.
    good(project.change(labels=[{**one, "examples": [image]} for one in project.get()["labels"]]))
    export = next(project.pages("exports"))["id"]
    values = {
        "project_id": project.id,
        "name": "workspace",
        "image_id": image,
        "label_id": label["id"],
        "export_id": export,
        "check_id": next(project.pages("checks"))["id"],
        "import_id": "x",
        "backup_id": "x",
        "restore_id": "x",
    }
    found = 0
    for path, methods in document["paths"].items():
        if "get" not in methods:
            continue
        answer = people().get(path.format(**values), params={"limit": 200} if "limit" in str(methods["get"]) else {})
        is_json = "json" in answer.headers["content-type"]
        for url in signed(answer.json() if is_json else answer.text):
            assert urlsplit(url).path in known or is_of_others(url, project), (path, urlsplit(url).path)
            found += 1
    assert found > 10


def is_of_others(url: str, project: Project) -> bool:
    """Exports of other tests' projects are among the datasets."""
    return urlsplit(url).path.split("/")[2] == EXPORTS_CONTAINER and project.id not in url


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_permits_one_thing_on_one_blob_for_some_hours(given: dict[str, list[Address]], kind: str) -> None:
    assert given[kind]
    now = datetime.now(UTC)
    for url, permission in given[kind]:
        says = rights(url)
        assert says["sp"] == permission
        assert says["sr"] == "b"
        assert not says.keys() & {"si", "ss", "srt", "sdd", "saoid", "suoid"}
        start, end = (datetime.fromisoformat(says[name]) for name in ("st", "se"))
        assert start <= now < end
        assert end - start <= (LONGEST_OF_LABELS if kind == "uploads of labels" else LONGEST) + CLOCK_SKEW
        assert end - now > timedelta(minutes=59)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("uploads")])
def test_an_address_to_read_reads_its_blob_and_does_nothing_else(
    web: httpx.Client, given: dict[str, list[Address]], kind: str
) -> None:
    url, _ = given[kind][0]
    content = good_bytes(web, url)
    parts = urlsplit(url)
    container = url.split("?")[0].split("/")[:5]
    others = {other for addresses in given.values() for other, _ in addresses if urlsplit(other).path != parts.path}
    refused = [
        put(web, url, b"over"),
        web.delete(url),
        web.put(f"{url}&comp=metadata", headers={"x-ms-meta-a": "b"}),
        web.put(f"{url}&comp=block&blockid=AAAA", content=b"x"),
        web.put(f"{url}&comp=lease", headers={"x-ms-lease-action": "acquire", "x-ms-lease-duration": "15"}),
        web.put(f"{url}&comp=tags", content=b"<Tags/>"),
        web.get(f"{'/'.join(container)}?restype=container&comp=list&{parts.query}"),
        web.get(f"{'/'.join(container)}?restype=container&{parts.query}"),
        web.get(f"{'/'.join(container[:4])}?comp=list&{parts.query}"),
        web.get(url.split("?")[0]),
        web.get(url.replace("sp=r", "sp=rwdl")),
        web.get(url.replace("se=20", "se=21")),
        web.get(url.replace("sr=b", "sr=c")),
        *(web.get(f"{other.split('?')[0]}?{parts.query}") for other in sorted(others)[:5]),
        put(web, f"{'/'.join(container)}/another.png?{parts.query}", b"new"),
    ]
    assert [answer.status_code for answer in refused if answer.status_code not in (401, 403, 404, 400)] == []
    assert all(content not in answer.content for answer in refused)
    assert good_bytes(web, url) == content


def good_bytes(web: httpx.Client, url: str) -> bytes:
    answer = web.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.content
    return answer.content


def status(web: httpx.Client, url: str) -> int:
    return web.get(url).status_code


def put(web: httpx.Client, url: str, content: bytes) -> httpx.Response:
    return web.put(url, content=content, headers={"x-ms-blob-type": "BlockBlob"})


@pytest.mark.parametrize("kind", ["uploads", "uploads of labels"])
def test_an_address_to_upload_creates_once_and_neither_overwrites_nor_reads(
    web: httpx.Client, service: Service, given: dict[str, list[Address]], kind: str
) -> None:
    (url, _), (second, _) = given[kind][:2]
    query = urlsplit(url).query
    container = "/".join(url.split("?")[0].split("/")[:5])
    assert put(web, f"{second.split('?')[0]}?{query}", b"other").status_code == 403
    assert put(web, f"{container}/elsewhere.png?{query}", b"other").status_code == 403
    assert put(web, url, b"one").status_code == 201
    copy = {"x-ms-blob-type": "BlockBlob", "x-ms-copy-source": second}
    refused = [
        put(web, url, b"two"),
        web.put(url, headers=copy),
        web.put(f"{url}&comp=metadata", headers={"x-ms-meta-a": "b"}),
        web.get(url),
        web.head(url),
        web.delete(url),
        web.get(f"{container}?restype=container&comp=list&{query}"),
        put(web, url.replace("sp=c", "sp=cw"), b"two"),
    ]
    assert [answer.status_code for answer in refused if answer.is_success] == []
    assert all(answer.content != b"one" for answer in refused)
    container_name, _, blob = urlsplit(url).path.split("/", 2)[2].partition("/")
    with BlobClient.from_connection_string(service.data_storage, container_name, unquote(blob)) as kept:
        assert kept.download_blob().readall() == b"one"
        assert kept.get_blob_properties().metadata == {}


def test_an_export_is_saved_under_its_own_name_and_never_shown_as_a_page(
    web: httpx.Client, given: dict[str, list[Address]]
) -> None:
    for url, _ in given["export"]:
        answer = web.get(url)
        name = unquote(urlsplit(url).path).rpartition("/")[2]
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert "html" not in answer.headers["content-type"]
    for url, _ in given["listed previews"]:
        assert web.get(url).headers["content-type"] == "image/webp"


async def test_an_address_expires(web: httpx.Client, storage: Storage) -> None:
    name, now = new_name("blob"), datetime.now(UTC)
    await storage.container(EXPORTS_CONTAINER).upload_blob(name, b"content")
    good_address = await storage.sign(EXPORTS_CONTAINER, name, now=now)
    too_late = await storage.sign(EXPORTS_CONTAINER, name, now=now - timedelta(hours=2))
    too_early = await storage.sign(EXPORTS_CONTAINER, name, now=now + timedelta(hours=3))
    late_upload = await storage.sign(WORKSPACE_CONTAINER, name, now=now - timedelta(hours=2), create=True)
    assert good_bytes(web, good_address) == b"content"
    for refused in (too_late, too_early):
        assert status(web, refused) == 403
    assert put(web, late_upload, b"late").status_code == 403


async def test_where_storage_has_https_an_address_is_for_https_only(azurite: Azurite, tmp_path: Path) -> None:
    over_https = azurite.data_storage.replace("http://", "https://").replace("Protocol=http;", "Protocol=https;")
    settings = {"DATA_STORAGE": over_https, "SECRETS_FILE": str(tmp_path / "secrets.json")}
    own = Storage(Settings.from_environment(settings))
    try:
        assert rights(await own.sign(EXPORTS_CONTAINER, "a.csv", now=datetime.now(UTC)))["spr"] == "https"
    finally:
        await own.close()
