"""More calls than a process can carry are turned away at once, and told when to come again."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from functions.http.overload import A_SECOND, BURST_SECONDS, MOST_OF_ONE, MOST_UNDER_WAY, NOBODY, Gate
from functions.identity import Role
from functions.problems import TooMany
from localhost import sign_in
from tests.api.builders import Folder, People, good, new_name, new_project, service_token
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


def signed_in(name: str) -> dict[str, str]:
    return {"Cookie": f"{sign_in.COOKIE}={sign_in.encoded(sign_in.principal(name))}"}


async def call(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], answered: "asyncio.Queue[httpx.Response]"
) -> None:
    await answered.put(await client.get(path, headers=headers))


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
                calls.create_task(call(client, f"{project.path}/progress", signed_in(name), answered))
            turned_away = [await answered.get() for _ in range(refused)]
            assert {answer.status_code for answer in turned_away} == {status}
            assert (await client.get("/api/health")).status_code == 200
            assert answered.empty()
    for answer in turned_away:
        assert answer.json()["type"].endswith(f":{kind}")
        assert int(answer.headers["Retry-After"]) in range(1, 4)
    assert Counter(answered.get_nowait().status_code for _ in range(carried)) == {200: carried}
    boss.close()


async def test_all_access_tokens_and_sessions_of_one_person_count_together(slow: Service) -> None:
    boss = People(slow)
    project = new_project(boss, Folder(boss))
    name = new_name("ann")
    ann = project.invite("administrator", name)
    made = [
        good(ann.post(f"{project.path}/tokens", json={"name": what, "role": "labeler"}), 201) for what in ("one", "two")
    ]
    texts = [*(token["token"] for token in made), service_token(boss, name)]
    ways = [signed_in(name), *({"x-access-token": text} for text in texts)]
    answered: asyncio.Queue[httpx.Response] = asyncio.Queue()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    path = f"{project.path}/progress"
    async with httpx.AsyncClient(base_url=slow.url, timeout=60, limits=limits) as client, asyncio.TaskGroup() as calls:
        # From then on it is known whose each token is.
        for way in ways:
            assert (await client.get(path, headers=way)).status_code == 200
        with StandingStill(slow):
            for way in ways * (MOST_OF_ONE // 2):
                calls.create_task(call(client, path, way, answered))
            turned_away = [await answered.get() for _ in range(len(ways) * (MOST_OF_ONE // 2) - MOST_OF_ONE)]
    assert {answer.status_code for answer in turned_away} == {429}
    boss.close()


@pytest.mark.parametrize("who", ["ann", NOBODY])
def test_who_calls_too_often_is_refused_until_some_time_has_passed(who: str) -> None:
    now = 0.0
    gate = Gate(lambda: now)
    rate = A_SECOND[Role.LABELER]

    def calls_until_refused() -> int:
        for number in range(2 * rate * BURST_SECONDS):
            try:
                with gate.entered(who, Role.LABELER):
                    pass
            except TooMany:
                return number
        raise AssertionError("never refused")

    assert calls_until_refused() == rate * BURST_SECONDS
    # Others are not, nor is what is open to another role.
    for other, role in (("bob", Role.LABELER), (who, Role.REVIEWER)):
        with gate.entered(other, role):
            pass
    now = 2.0
    assert calls_until_refused() == 2 * rate
    now = 1_000_000.0
    assert calls_until_refused() == rate * BURST_SECONDS
