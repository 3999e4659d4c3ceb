"""Label Studio as it is by default: `label-studio start`, its development server and SQLite, in a directory given.

Only what would call home is off: Sentry, analytics, the check for a newer version. Its locks are per user, so every
labeler signs up with an account of their own, all in its one organization. They use legacy API tokens, which
`LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN` allows: a personal access token would have to be traded for a new short-lived one
again and again, which would be measured too.
"""

import asyncio
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bench.measures import Measures
from bench.peers.labelers import CHOICES, Labelers, result_of

ENVIRONMENT = Path(__file__).parent / ".venv"
LOOPBACK = "127.0.0.1"
OPTIONS = ("start", "--no-browser", "--internal-host", LOOPBACK)
LOG = "label-studio.log"
ADMINISTRATOR = "administrator@example.com"
# The first start makes the tables: hundreds of migrations.
START_SECONDS = 300.0
STOP_SECONDS = 10.0
IMPORT_SECONDS = 600.0
LABEL_CONFIG = (
    '<View><Image name="image" value="$image"/><Choices name="label" toName="image">'
    + "".join(f'<Choice value="{choice}"/>' for choice in CHOICES)
    + "</Choices></View>"
)


@dataclass(frozen=True)
class Project:
    id: int
    tasks: int


class LabelStudio:
    """A running Label Studio."""

    def __init__(self, url: str, version: str, administrator: str, database: Path) -> None:
        self.version = version
        self.url = url
        self._administrator = administrator
        self._labelers: list[str] = []
        self._database = database

    async def project(self, tasks: int, labelers: int) -> Project:
        """A new project with that many images to classify, and accounts for that many labelers."""
        while len(self._labelers) < labelers:
            self._labelers.append(await _token(self.url, f"labeler{len(self._labelers)}@example.com"))
        return await self.project_of([f"https://images.example.com/{number:06}.jpg" for number in range(tasks)])

    async def project_of(self, images: Sequence[str]) -> Project:
        """A new project with the images at these addresses."""
        return await self._import([{"image": image} for image in images])

    async def session(self) -> dict[str, str]:
        """The cookies of a new account that has signed in."""
        async with _new_account(self.url, "visitor@example.com") as session:
            return {cookie.key: cookie.value for cookie in session.cookie_jar}

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            self.url,
            headers={"Authorization": f"Token {self._administrator}"},
            timeout=aiohttp.ClientTimeout(total=IMPORT_SECONDS),
            raise_for_status=True,
        )

    async def _import(self, images: Sequence[Mapping[str, Any]]) -> Project:
        async with self._session() as session:
            async with session.post("/api/projects/", json={"title": "Bench", "label_config": LABEL_CONFIG}) as answer:
                number = int((await answer.json())["id"])
            async with session.post(f"/api/projects/{number}/import", json=images):
                pass
            async with session.get(f"/api/projects/{number}/") as answer:
                found = (await answer.json())["task_number"]
        if found != len(images):
            raise RuntimeError(f"Label Studio imported {found} of {len(images)} tasks")
        return Project(number, found)

    async def annotated_project(self, tasks: int) -> Project:
        """A new project with that many images, each with one annotation."""
        images = [
            {
                "data": {"image": f"https://images.example.com/{number:06}.jpg"},
                "annotations": [{"result": [result_of(CHOICES[number % len(CHOICES)])]}],
            }
            for number in range(tasks)
        ]
        return await self._import(images)

    async def export_seconds(self, project: Project) -> float:
        """How long its JSON_MIN export takes, to the last byte."""
        async with self._session() as session:
            begun = time.monotonic()
            async with session.get(f"/api/projects/{project.id}/export", params={"exportType": "JSON_MIN"}) as answer:
                exported = await answer.json(content_type=None)
            seconds = time.monotonic() - begun
        if len(exported) != project.tasks:
            raise RuntimeError(f"Label Studio exported {len(exported)} of {project.tasks} tasks")
        return seconds

    async def measure(self, project: Project, labelers: int, seconds: float) -> Measures:
        """So many labelers at work in the project for so long, after a few rounds that are not measured."""
        measures = Measures(f"Label Studio {self.version}", project.tasks, labelers, page=1)
        async with Labelers(self.url, project.id, self._labelers[:labelers], measures) as crowd:
            await crowd.warm_up()
            twice = self._labeled_twice(project)
            await crowd.work(seconds)
        measures.twice = self._labeled_twice(project) - twice
        return measures

    def _labeled_twice(self, project: Project) -> int:
        """The tasks with more than one annotation, as its database has them."""
        with closing(sqlite3.connect(f"{self._database.absolute().as_uri()}?mode=ro", uri=True)) as database:
            row = database.execute(
                "SELECT COUNT(*) FROM"
                " (SELECT task_id FROM task_completion WHERE project_id = ? GROUP BY task_id HAVING COUNT(*) > 1)",
                (project.id,),
            ).fetchone()
        return int(row[0])


@asynccontextmanager
async def label_studio(port: int, data_dir: Path) -> AsyncIterator[LabelStudio]:
    """Label Studio at that port of this machine until the block ends. Its data and log are in `data_dir`."""
    program = ENVIRONMENT / "bin" / "label-studio"
    if not program.exists():
        raise RuntimeError(f"{ENVIRONMENT} is missing: run make bench-peers")
    with socket.socket() as probe:
        # It would quietly take the next free port.
        if probe.connect_ex((LOOPBACK, port)) == 0:
            raise RuntimeError(f"port {port} is in use")
    token = secrets.token_hex(20)
    process = _start([str(program), *OPTIONS, "--port", str(port)], data_dir, token)
    try:
        url = f"http://{LOOPBACK}:{port}"
        yield LabelStudio(url, await _version(url, process, data_dir), token, data_dir / "label_studio.sqlite3")
    finally:
        await asyncio.to_thread(_stop, process)


def _start(command: list[str], data_dir: Path, token: str) -> subprocess.Popen[bytes]:
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / LOG).open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=data_dir,
            env=_environment(data_dir, token),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # so that its children can be ended with it
        )


def _environment(data_dir: Path, token: str) -> dict[str, str]:
    return {
        # No more of ours: names as plain as HOST, PORT or DEBUG are settings of its own.
        "PATH": os.environ["PATH"],
        "HOME": str(data_dir.absolute()),
        # Not --data-dir: that is read only after a default one has been made.
        "LABEL_STUDIO_BASE_DATA_DIR": str(data_dir.absolute()),
        "LABEL_STUDIO_USERNAME": ADMINISTRATOR,
        "LABEL_STUDIO_PASSWORD": secrets.token_urlsafe(),
        "LABEL_STUDIO_USER_TOKEN": token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
    }


async def _version(url: str, process: subprocess.Popen[bytes], data_dir: Path) -> str:
    """Its version, as soon as it answers."""
    deadline = time.monotonic() + START_SECONDS
    async with aiohttp.ClientSession(url) as session:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"Label Studio ended at its start:\n{_log(data_dir)}")
            try:
                async with session.get("/api/version/") as answer:
                    if answer.status == 200:
                        return str((await answer.json())["release"])
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)
    raise RuntimeError(f"Label Studio does not answer at {url} after {START_SECONDS:.0f} s:\n{_log(data_dir)}")


def _log(data_dir: Path) -> str:
    return (data_dir / LOG).read_text(encoding="utf-8", errors="replace")


@asynccontextmanager
async def _new_account(url: str, email: str) -> AsyncIterator[aiohttp.ClientSession]:
    """The session of a new account, made as a person makes one: by the form."""
    password = secrets.token_urlsafe()
    async with aiohttp.ClientSession(url, cookie_jar=aiohttp.CookieJar(unsafe=True), raise_for_status=True) as session:
        async with session.get("/user/signup/") as page:
            form = {"email": email, "password": password, "csrfmiddlewaretoken": page.cookies["csrftoken"].value}
        async with session.post("/user/signup/", data=form, allow_redirects=False) as answer:
            if answer.status != 302:
                raise RuntimeError(f"Label Studio refused the account {email}")
        yield session


async def _token(url: str, email: str) -> str:
    """The token of a new account."""
    async with _new_account(url, email) as session, session.get("/api/current-user/token") as answer:
        found: dict[str, Any] = await answer.json()
    return str(found["token"])


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
