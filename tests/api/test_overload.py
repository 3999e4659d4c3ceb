"""More calls than a process can carry are turned away at once, and told when to come again."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from functions.overload import MOST_OF_ONE, MOST_UNDER_WAY
from localhost import sign_in
from tests.api.builders import Folder, People, new_name, new_project
from tests.running import Service


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of its own, whose storage can be made to stand still."""
    with Service(tmp_path_factory.mktemp("slow") / "data") as running:
        yield running


class StandingStill:
    """Storage answers nothing as long as this lasts."""

    def __init__(self, service: Service) -> None:
        self._azurite = int((service.data_dir / "azurite.pid").read_text(encoding="ascii"))

    def __enter__(self) -> None:
        os.kill(self._azurite, signal.SIGSTOP)

    def __exit__(self, *_: object) -> None:
        os.kill(self._azurite, signal.SIGCONT)


async def call(client: httpx.AsyncClient, path: str, name: str, answered: "asyncio.Queue[httpx.Response]") -> None:
    cookies = {"Cookie": f"{sign_in.COOKIE}={sign_in.encoded(sign_in.principal(name))}"}
    await answered.put(await client.get(path, headers=cookies))


@pytest.mark.parametrize(
    ("people", "each", "kind", "status"), [(1, MOST_OF_ONE + 6, "too-many", 429), (12, 18, "busy", 503)]
)
async def test_what_is_too_much_is_refused_at_once_and_the_rest_is_answered(
    slow: Service, people: int, each: int, kind: str, status: int
) -> None:
    boss = People(slow)
    names = [new_name("ann") for _ in range(people)]
    project = new_project(boss, Folder(boss))
    for name in names:
        project.invite("labeler", name)
    carried = min(people * each, MOST_UNDER_WAY, people * MOST_OF_ONE)
    refused = people * each - carried
    answered: asyncio.Queue[httpx.Response] = asyncio.Queue()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=slow.url, timeout=60, limits=limits) as client, asyncio.TaskGroup() as calls:
        with StandingStill(slow):
            for name in names * each:
                calls.create_task(call(client, f"{project.path}/progress", name, answered))
            turned_away = [await answered.get() for _ in range(refused)]
            assert {answer.status_code for answer in turned_away} == {status}
            assert (await client.get("/api/health")).status_code == 200
            assert answered.empty()
    for answer in turned_away:
        assert answer.json()["type"].endswith(f":{kind}")
        assert int(answer.headers["Retry-After"]) in range(1, 4)
    assert Counter(answered.get_nowait().status_code for _ in range(carried)) == {200: carried}
    boss.close()
