"""What comes to an end at once for somebody who is let in no more, and that somebody must be left."""

from functions.callers.administrators import Administrators, administrators_of
from functions.callers.blocks import Blocks
from functions.labeling.removing import end_leases_of
from functions.projects.members import projects_of
from functions.projects.persons import known_as
from functions.projects.store import list_projects
from functions.storage import Storage
from functions.tokens.access import forget_tokens
from functions.tokens.store import drop_tokens_of


async def end_access(storage: Storage, user_id: str, now: int) -> None:
    """Drops a person's access tokens, and gives back the images that they hold, wherever they may work."""
    await drop_tokens_of(storage, user_id)
    forget_tokens()
    theirs = await projects_of(storage, user_id)
    is_everywhere = await administrators_of(storage).knows(user_id)
    for project in await list_projects(storage):
        is_there = is_everywhere or project.id in theirs
        if is_there and project.status != "deleting" and not project.restoring:
            await end_leases_of(storage, project, await known_as(storage, project, user_id), now)


async def is_anybody_left(blocks: Blocks, administrators: Administrators) -> bool:
    """Whether an administrator of the service may still come in. To be asked once a block is written: of two who block
    each other at the same moment, one at least sees both.
    """
    blocked = await blocks.known()
    return any(user not in blocked for user in await administrators.bound())
