"""Whatever is written into a text comes back as it was, or is refused with a clear 422; each text that callers send."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import yaml

from functions.cells import NUMBER, unguarded
from functions.names import refuse_unseen, without_controls
from tests.api.builders import Folder, People, Project, assert_problem, good, new_name, new_project, pictures
from tests.running import Service
from tests.security.hostile_texts import FORGED_LINE, HOSTILE_TEXTS, forms


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    made = new_project(people, Folder(people, pictures(9)))
    made.label(made.boss, 3)
    return made


# What the project's images are labeled.
LABELED = ("Cat", "Dog", "Uncertain")


def unique(text: str) -> str:
    """The text behind something that no other has, for what may be there once."""
    return f"{new_name('a')} {text}"


def named(address: str, text: str) -> str:
    return f"{address}/{quote(text, safe='')}"


def labels_with(project: Project, text: str) -> httpx.Response:
    kept = [label for label in project.get()["labels"] if label["name"] in LABELED]
    return project.change(labels=[{"name": text}, *kept])


def skipped(project: Project, text: str) -> httpx.Response:
    # Another for each text: nobody changes one image as often as there are texts.
    image, reviewer = project.images(state="labeled")[0]["id"], project.invite("reviewer")
    body = {"labels": [], "skipped": True, "reason": text}
    answer = reviewer.put(f"{project.path}/images/{image}/labels", json=body)
    reviewer.put(f"{project.path}/images/{image}/labels", json={"labels": ["Cat"]})
    return answer


def rejected(project: Project, text: str) -> httpx.Response:
    image, reviewer = project.images(state="labeled")[0]["id"], project.invite("reviewer")
    answer = reviewer.post(f"{project.path}/rejections", json={"images": [{"id": image}], "reason": text})
    if answer.status_code != 200:
        return answer
    told = project.boss.get(f"{project.path}/images/{image}")
    reviewer.put(f"{project.path}/images/{image}/labels", json={"labels": ["Cat"]})
    return told


def of_dataset(project: Project, **fields: Any) -> httpx.Response:
    body = {"name": new_name("dataset"), "datastore": "workspace", "prefix": "f/", **fields}
    return project.boss.post("/api/datasets", json=body)


def new_token(project: Project, text: str) -> httpx.Response:
    answer = project.boss.post(f"{project.path}/tokens", json={"name": text, "role": "labeler"})
    if answer.status_code == 201:
        good(project.boss.delete(f"{project.path}/tokens/{answer.json()['id']}"), 204)
    return answer


def new_service_token(project: Project, text: str) -> httpx.Response:
    answer = project.boss.post("/api/tokens", json={"name": text})
    if answer.status_code == 201:
        good(project.boss.delete(f"/api/tokens/{answer.json()['id']}"), 204)
    return answer


def uploaded(project: Project, text: str) -> httpx.Response:
    body = {"prefix": new_name("f"), "files": [{"name": text, "bytes": 1}]}
    return project.boss.post("/api/datastores/workspace/uploads", json=body)


def labels_uploaded(project: Project, text: str) -> httpx.Response:
    body = {"files": [{"name": text, "bytes": 1}]}
    return project.boss.post(f"{project.path}/imports/uploads", json=body)


def imported(project: Project, text: str) -> httpx.Response:
    body = {"format": "csv", "file": text}
    return project.boss.post(f"{project.path}/imports", json=body)


# How each text is sent, and where it is in the answer.
FIELDS: dict[str, tuple[Callable[[Project, str], httpx.Response], Callable[[Any], str]]] = {
    "a project's name": (lambda of, text: of.change(name=text), lambda got: got["name"]),
    "a label's name": (labels_with, lambda got: got["labels"][0]["name"]),
    "instructions": (
        lambda of, text: of.change(instructions={"text": text, "url": ""}),
        lambda got: got["instructions"]["text"],
    ),
    "the instructions' address": (
        lambda of, text: of.change(instructions={"text": "", "url": text}),
        lambda got: got["instructions"]["url"],
    ),
    "the address after its begin": (
        lambda of, text: of.change(instructions={"text": "", "url": f"https://example.org/{text}"}),
        lambda got: got["instructions"]["url"].removeprefix("https://example.org/"),
    ),
    "a member": (
        lambda of, text: of.boss.put(named(f"{of.path}/members", text), json={"role": "labeler"}),
        lambda got: got["signInName"],
    ),
    "an access token's name": (new_token, lambda got: got["name"]),
    "the name of one of the service": (new_service_token, lambda got: got["name"]),
    "the reason of a skip": (skipped, lambda got: got["history"][-1]["reason"]),
    "the reason of a rejection": (rejected, lambda got: got["history"][-1]["reason"]),
    "a dataset's name": (lambda of, text: of_dataset(of, name=text), lambda got: got["name"]),
    "a dataset's description": (lambda of, text: of_dataset(of, description=text), lambda got: got["description"]),
    "a folder": (lambda of, text: of_dataset(of, prefix=text), lambda got: got["prefix"].removesuffix("/")),
    "a file to upload": (uploaded, lambda got: got["uploads"][0]["name"]),
    "a file of labels to upload": (labels_uploaded, lambda got: got["uploads"][0]["name"]),
    "a file of labels": (imported, lambda got: got["file"]),
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_text_comes_back_as_it_was_or_is_refused_in_words(project: Project, service: Service, field: str) -> None:
    send, read = FIELDS[field]
    taken = 0
    for what, text in HOSTILE_TEXTS.items():
        if field == "a member" and text == "..":
            # Clients shorten such an address, and call another route.
            continue
        answer = send(project, text)
        if answer.status_code in (200, 201, 202):
            back = read(answer.json())
            assert back in forms(text) | forms(text.strip("/")), (what, back)
            taken += 1
        elif answer.status_code == 409:
            # Of datasets and projects there is one of a name.
            assert_problem(answer, 409, "conflict")
        elif answer.status_code == 404:
            # An address that is too long for the host, or has nothing where the name stands.
            assert field == "a member", what
        else:
            assert answer.status_code == 422, (what, answer.text)
            assert_problem(answer, 422, "invalid")
    assert taken > (0 if "address" in field else 5)
    assert FORGED_LINE not in service.log


QUERIES = {
    "images": ("images", "name"),
    "images by labeler": ("images", "labeler"),
    "images by label": ("images", "label"),
    "images by state": ("images", "state"),
    "a page of images": ("images", "cursor"),
    "doubted images": ("images?doubted=true", "suggested"),
    "a page of doubted images": ("images?doubted=true", "cursor"),
    "trainings": ("trainings", "cursor"),
    "members": ("members", "cursor"),
    "checks": ("checks", "cursor"),
    "exports": ("exports", "cursor"),
    "imports": ("imports", "cursor"),
    "refreshes": ("refreshes", "cursor"),
    "tokens": ("tokens", "cursor"),
    "datastores": ("/api/datastores", "cursor"),
    "a folder": ("/api/datastores/workspace/browse", "prefix"),
    "a page of a folder": ("/api/datastores/workspace/browse", "cursor"),
    "a sample": ("/api/datastores/workspace/sample", "prefix"),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_searched_text_finds_what_has_it_and_nothing_else(project: Project, query: str) -> None:
    path, parameter = QUERIES[query]
    address = path if path.startswith("/") else f"{project.path}/{path}"
    for what, text in HOSTILE_TEXTS.items():
        answer = project.boss.get(httpx.URL(address).copy_merge_params({parameter: text}))
        if answer.status_code == 200:
            got = answer.json()
            assert [got.get(name) for name in ("items", "files", "images", "folders") if got.get(name)] == [], what
        else:
            assert answer.status_code == 422, (what, answer.text)
            assert_problem(answer, 422, "invalid")


PATHS = [
    "/api/projects",
    "/api/datastores",
    "{project}/images",
    "{project}/checks",
    "{project}/exports",
    "{project}/imports",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_text_in_an_address_is_not_found(project: Project, path: str) -> None:
    for what, text in HOSTILE_TEXTS.items():
        if text == "..":
            # Clients shorten such an address, and call another route.
            continue
        answer = project.boss.get(named(path.format(project=project.path), text))
        assert answer.status_code in (404, 414), (what, answer.text)
        for end, body in (("", None), ("/submission", {"labels": {}})):
            changed = project.boss.request(
                "POST" if end else "DELETE", named(f"{project.path}/leases", text) + end, json=body
            )
            assert changed.status_code == 404, (what, changed.text)


@pytest.mark.parametrize("text", [text for text in HOSTILE_TEXTS.values() if text.isprintable() and text.strip()])
def test_somebody_with_a_hostile_name_is_somebody_else_than_everybody(
    people: People, project: Project, text: str
) -> None:
    if len(text) > 256:
        text = text[:256]
    who = people(text)
    me = good(who.get("/api/me"))
    assert (me["name"], me["isAdministrator"]) == (text, False)
    assert who.get(f"{project.path}/activity").status_code in (403, 404)
    mine = {item["id"] for item in good(who.get("/api/projects"))["items"]}
    assert mine <= {project.id}


def is_label(text: str) -> bool:
    """Whether a project takes it: control characters are refused, and what shows nothing."""
    try:
        refuse_unseen(without_controls(text))
    except ValueError:
        return False
    return text == text.strip() and len(text) <= 100


LABELS = [text for text in HOSTILE_TEXTS.values() if is_label(text)]


@pytest.fixture(scope="module")
def hostile(people: People) -> Project:
    """A project whose name and labels are hostile, all of it labeled."""
    names = list(dict.fromkeys(next(iter(forms(name) - {name}), name) for name in LABELS))
    folder = Folder(
        people, {f"{number:02}.png": content for number, content in enumerate(pictures(len(names)).values())}
    )
    project = new_project(people, folder, name=unique("'\": {x} --- <b> !!a"), labels=names, mlAssist=True)
    lease = project.lease(project.boss, len(names))
    images = [image["id"] for image in lease["images"]]
    good(project.submit(project.boss, lease, {image: [name] for image, name in zip(images, names, strict=True)}))
    return project


def files_of(project: Project, form: str) -> dict[str, bytes]:
    with httpx.Client() as web:
        return {file["name"]: web.get(file["url"]).content for file in project.export(form)["files"]}


def test_cells_and_yaml_keep_hostile_labels_as_texts(hostile: Project) -> None:
    names = {label["name"] for label in hostile.get()["labels"]}
    rows = list(csv.DictReader(io.StringIO(files_of(hostile, "csv")["labels.csv"].decode(), newline=""), strict=True))
    assert {unguarded(row["label"]) for row in rows} == names
    rows += csv.DictReader(io.StringIO(files_of(hostile, "features")["images.csv"].decode(), newline=""), strict=True)
    run = [cell for row in rows for cell in row.values() if re.match(r"[=+\-@].", cell) and not NUMBER.fullmatch(cell)]
    assert not run
    table = yaml.safe_load(files_of(hostile, "azureml")["MLTable"])
    assert isinstance(table, dict)
    with zipfile.ZipFile(io.BytesIO(files_of(hostile, "huggingface")["huggingface.zip"])) as archive:
        _, front, text = archive.read("README.md").decode().split("---\n", 2)
    card = yaml.safe_load(front)
    assert isinstance(card, dict)
    assert text


@pytest.mark.parametrize("form", ["imagefolder", "huggingface", "webdataset"])
def test_no_path_in_an_archive_leads_out_of_it(hostile: Project, form: str) -> None:
    for name, content in files_of(hostile, form).items():
        assert_plain(name)
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for entry in archive.infolist():
                    assert_plain(entry.filename)
                    assert (entry.external_attr >> 16) & 0o170000 in (0, 0o100000), "a link"


def assert_plain(path: str) -> None:
    parts = PurePosixPath(path).parts
    assert not path.startswith("/")
    assert not {"..", ".", ""} & set(parts)
    assert not set(path) & set('\\:*?"<>|\0\n\r')
