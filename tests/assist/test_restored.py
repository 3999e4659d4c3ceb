"""A project that was put back from a backup has labels and no features: it learns by itself as these are made."""

from functions.assist.run import TrainingWork
from functions.projects.lifecycle import delete_project
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.refresh.schedule import look_around
from functions.storage import PREPARATIONS_QUEUE
from tests.assist.learning import asked_looks, leased, looked, standing, submit, trainings
from tests.assist.scene import photos, taken_in
from tests.backups.scene import backed_up, restored
from tests.refresh.scene import Account, Process, now

COUNT, LABELED = 72, 64


async def label_some(one: Process, project_id: str) -> None:
    left = LABELED
    while left:
        page = await leased(one, project_id, min(left, 20))
        await submit(one, project_id, page, {slot: 1 + slot % 2 for slot in page.lease.slots})
        left -= len(page.lease.slots)


async def test_a_restored_project_learns_from_its_labels_by_itself(account: Account) -> None:
    one = await account.process()
    _, project_id = await taken_in(one, photos(COUNT), on=True)
    await one.prepare(project_id)
    # Nobody has labeled anything: there is nothing to look at.
    assert await asked_looks(one, project_id) == []
    await label_some(one, project_id)
    await looked(one, project_id)
    assert (await standing(one, project_id)).learned_from == LABELED

    project = await one.project(project_id)
    backup = await backed_up(one.storage, project)
    await delete_project(one.storage, project)
    done = await restored(one.storage, backup.folder)
    assert done.status == "completed", done.error
    stands = await standing(one, project_id)
    assert (stands.labels, stands.learned_from, await trainings(one, project_id)) == (LABELED, 0, [])

    await look_around(one.storage, now())
    first, *others = await one.messages(project_id, PREPARATIONS_QUEUE, PreparationMessage)
    assert others
    await prepare_pack(one.storage, first, now)
    for message in await asked_looks(one, project_id):
        await TrainingWork(one.storage, message, now).run()
    (part,) = await trainings(one, project_id)
    assert (part.status, part.labels + part.lacking) == ("completed", LABELED)
    assert 0 < part.labels < LABELED
    for other in others:
        await prepare_pack(one.storage, other, now)
    for message in await asked_looks(one, project_id):
        await TrainingWork(one.storage, message, now).run()
    newest = (await trainings(one, project_id))[0]
    assert (newest.status, newest.labels, newest.lacking) == ("completed", LABELED, 0)
    assert (await standing(one, project_id)).learned_from == LABELED
