"""`make demo`: the tutorial's project, from the sample images, made in the running service as any client would."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from localhost import sign_in
from localhost.errors import StartError
from localhost.settings import LOOPBACK

IMAGES = Path(__file__).parent.parent / "samples" / "cats-and-dogs" / "images"
DATASTORE = "workspace"
FOLDER = "cats-and-dogs/"
PROJECT = "tutorial-cats-n-dogs"
LABELS = ["Cat", "Dog", "Uncertain"]
INSTRUCTIONS = "Labeling tutorial - Cats & Dogs."
SECONDS_TO_CREATE = 120


def make(client: httpx.Client, say: Callable[[str], None]) -> None:
    project = _named(client, PROJECT)
    if project is None:
        say(f"Uploading {upload(client)} sample images")
        project = create(client)
        say(f"Made the project {PROJECT}")
    else:
        say(f"The project {PROJECT} is there already")
    deadline = time.monotonic() + SECONDS_TO_CREATE
    while project["status"] == "creating":
        if time.monotonic() > deadline:
            raise StartError(f"The project is still not created after {SECONDS_TO_CREATE} s; see the service's output.")
        time.sleep(0.5)
        project = _answer(client.get(f"/api/projects/{project['id']}"))
    if project["status"] == "failed":
        raise StartError(f"The project could not be created: {project['statusDetail']}")
    say(f"Label it at {client.base_url.join('/projects/' + project['id'])}")


def upload(client: httpx.Client) -> int:
    """Put the sample images that are not there yet into the built-in datastore."""
    there = {file["name"].rpartition("/")[2] for file in _all(client, f"/api/datastores/{DATASTORE}/browse", "files")}
    images = [image for image in sorted(IMAGES.iterdir()) if image.name not in there]
    if not images:
        return 0
    files = [{"name": image.name, "bytes": image.stat().st_size} for image in images]
    answer = _answer(client.post(f"/api/datastores/{DATASTORE}/uploads", json={"prefix": FOLDER, "files": files}))
    with httpx.Client() as storage:
        for image, target in zip(images, answer["uploads"], strict=True):
            headers = {"x-ms-blob-type": "BlockBlob", "content-type": "image/png"}
            _succeeded(storage.put(target["url"], content=image.read_bytes(), headers=headers))
    return len(images)


def create(client: httpx.Client) -> dict[str, Any]:
    return _answer(
        client.post(
            "/api/projects",
            json={
                "name": PROJECT,
                "taskType": "multiClass",
                "dataset": {"datastore": DATASTORE, "prefix": FOLDER},
                "labels": LABELS,
                "instructions": {"text": INSTRUCTIONS},
            },
        )
    )


def _named(client: httpx.Client, name: str) -> dict[str, Any] | None:
    return next((project for project in _all(client, "/api/projects", "items") if project["name"] == name), None)


def _all(client: httpx.Client, path: str, member: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    query = {"prefix": FOLDER} if member == "files" else {}
    while True:
        page = _answer(client.get(path, params=query))
        found += page[member]
        if not page.get("nextCursor"):
            return found
        query["cursor"] = page["nextCursor"]


def _answer(response: httpx.Response) -> dict[str, Any]:
    value: dict[str, Any] = _succeeded(response).json()
    return value


def _succeeded(response: httpx.Response) -> httpx.Response:
    """The response, or what the service says is wrong. Not the address: a signature might be in it."""
    if response.is_success:
        return response
    said = response.json() if "json" in response.headers.get("content-type", "") else {}
    detail = said.get("detail") or said.get("title") or f"HTTP status {response.status_code}"
    raise StartError(f"The service refused: {detail}")


def main() -> int:
    url = f"http://{LOOPBACK}:{os.environ.get('PORT') or '7071'}"
    cookie = {sign_in.COOKIE: sign_in.encoded(sign_in.principal("administrator"))}
    try:
        with httpx.Client(base_url=url, cookies=cookie, timeout=60) as client:
            make(client, print)
    except httpx.ConnectError:
        print(f"The service does not run at {url}: start it with `make run` first.", file=sys.stderr)
        return 1
    except (StartError, httpx.TransportError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
