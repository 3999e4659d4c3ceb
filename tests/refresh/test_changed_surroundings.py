"""What changes around a project while it is at work: the credentials of its datastore, and all of its folder."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from starlette.requests import Request
from starlette.responses import Response

from bench.refresh.container import Names
from functions.datastores.secrets import secrets_of
from functions.datastores.store import replace_credentials
from functions.datastores.troubles import LACKS, READ
from functions.exports import building
from functions.labeling import relabeling
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.refresh import run as run_module
from functions.refresh.troubles import NO_IMAGES
from tests.exports.scene import ask, build
from tests.labeling.heads import saying
from tests.refresh.moody import Mood, MoodyContainer, refusal
from tests.refresh.scene import Account, Process

COUNT = 50


class Guarded(MoodyContainer):
    """It takes one signature; after some more answers `changes` is called, and then it takes another."""

    signature = "old"
    changes: Callable[[], Awaitable[None]] | None = None
    answers = 0

    async def list(self, request: Request) -> Response:
        return await self._guard(request, super().list)

    async def blob(self, request: Request) -> Response:
        return await self._guard(request, super().blob)

    async def _guard(self, request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        if self.changes and self.answers == 0:
            changes, self.changes = self.changes, None
            await changes()
            self.signature = "new"
        self.answers -= 1
        return await answer(request) if request.query_params.get("sig") == self.signature else refusal(Mood.DENIED)


@pytest_asyncio.fixture
async def container() -> AsyncIterator[Guarded]:
    async with Guarded(COUNT).serving() as made:
        assert isinstance(made, Guarded)
        yield made


async def give(one: Process, project: str, signature: str) -> None:
    """Gives the project's datastore a token."""
    name, secrets = (await one.project(project)).datastore, secrets_of(one.storage.config)
    await replace_credentials(one.storage, secrets, name, "sas", f"sv=2021-12-02&sr=c&sp=rl&sig={signature}")


async def guarded(account: Account, container: Guarded) -> tuple[Process, str]:
    project, one = await account.over(container.url), await account.process()
    await give(one, project, "old")
    return one, project


async def test_a_refresh_goes_on_with_credentials_that_were_changed_while_it_ran(
    account: Account, container: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "PAGE_SIZE", 20)
    one, project = await guarded(account, container)
    container.answers, container.changes = 1, lambda: give(one, project, "new")
    refresh = await one.refresh(project)
    assert (refresh.status, refresh.found, refresh.failures) == ("completed", COUNT, 0)
    await one.prove(project)


async def test_preparing_goes_on_with_credentials_that_were_changed_meanwhile(
    account: Account, container: Guarded
) -> None:
    one, project = await guarded(account, container)
    await one.refresh(project)
    container.answers, container.changes = 0, lambda: give(one, project, "new")
    await one.prepare(project)
    assert await one.states(project) == {"waiting": COUNT}
    assert (await one.project(project)).trouble is None


async def test_an_export_goes_on_with_credentials_that_were_changed_meanwhile(
    account: Account, container: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "STAGE_BYTES", 1)
    one, project = await guarded(account, container)
    await one.refresh(project)
    await one.prepare(project)
    await label_all(one, project)
    export = await ask(one.storage, await one.project(project), "webdataset")
    container.answers, container.changes = COUNT - 5, lambda: give(one, project, "new")
    assert (await build(one.storage, export)).status == "running"
    done = await build(one.storage, export)
    assert (done.status, done.images, done.left_out.count) == ("completed", COUNT, 0)


async def test_an_export_fails_where_credentials_do_not_work_any_more(account: Account, container: Guarded) -> None:
    one, project = await guarded(account, container)
    await one.refresh(project)
    await one.prepare(project)
    await label_all(one, project)
    container.signature = "another"
    done = await build(one.storage, await ask(one.storage, await one.project(project), "webdataset"))
    assert (done.status, done.error) == ("failed", LACKS["sas"].format(permission=READ))


async def label_all(one: Process, project: str) -> None:
    board = await one.board(project)

    def label(head: Head) -> Change[None]:
        slots = dict.fromkeys(range(len(head.slots)))
        return Change(relabeling.correct(head, slots=slots, say=saying(1), labeler="rita", now=5).head, None)

    for pack in range(sum(len(known.letters) for known in await board.directory.ranges(fresh=True))):
        await board.packs.change(pack, label, now=5)


async def test_credentials_that_do_not_work_any_more_are_the_datastores_trouble(
    account: Account, container: Guarded
) -> None:
    one, project = await guarded(account, container)
    container.signature = "another"
    assert (await one.refresh(project)).status == "failed"


async def test_an_emptied_folder_is_told_with_what_it_had(account: Account, container: Guarded) -> None:
    one, project = await guarded(account, container)
    await one.refresh(project)
    everything, container.names = container.names, Names(0)
    for _ in range(2):
        await one.refresh(project)
        assert f"had {COUNT} images, and now has none" in str((await one.project(project)).note)
    container.names = everything
    await one.refresh(project)
    assert (await one.project(project)).note is None


async def test_a_folder_that_never_had_images_is_told_as_such(account: Account, container: Guarded) -> None:
    container.names = Names(0)
    one, project = await guarded(account, container)
    await one.refresh(project)
    assert (await one.project(project)).note == NO_IMAGES
