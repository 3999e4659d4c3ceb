"""Who may do what in a project: the project and its members, as this process has last read them.

Every call within a project needs both, so they are cached. A change made by another instance is seen at most
MOST_AGE_SECONDS later; one made by this instance at once.
"""

from dataclasses import dataclass

from functions.hooks import member_found
from functions.identity import Caller, Role
from functions.ids import is_project_id
from functions.kept import Kept
from functions.problems import NoLongerMember, NotFound
from functions.projects.binding import find_awaited
from functions.projects.members import Member, bind, members_of
from functions.projects.model import Project
from functions.projects.persons import Person, persons_of, recognize
from functions.projects.removed import was_removed
from functions.projects.store import load_project
from functions.storage import Storage

MOST_AGE_SECONDS = 5.0
# More projects than one process serves within that time.
MOST_KEPT = 1000


@dataclass(frozen=True)
class Membership:
    """The caller's place in a project. user_id: the id by which the project's rows name them."""

    project: Project
    role: Role
    members: tuple[Member, ...]
    user_id: str


@dataclass(frozen=True)
class _Entry:
    project: Project
    members: list[Member]
    persons: list[Person]


_entries: Kept[str, _Entry] = Kept(MOST_KEPT, MOST_AGE_SECONDS)


def forget(project_id: str) -> None:
    """To be called after a change to the project or its members."""
    _entries.forget(project_id)


async def membership(storage: Storage, project_id: str, caller: Caller) -> Membership:
    """The caller's role in the project; through an access token never more than its role, and never what its maker was
    only invited to. Raises NotFound for those who have none, as if the project were not there, and NoLongerMember for
    those who had one.
    """
    entry = await _read(storage, project_id)
    if entry.project.restoring and not caller.is_administrator:
        raise NotFound("There is no such project.")
    member = find_awaited(entry.members, caller)
    if member and member.user_id is None:
        member = await bind(storage, member, caller)
        forget(project_id)
    if caller.is_administrator:
        role = Role.SERVICE_ADMINISTRATOR
    elif member:
        role = member.role
    elif await was_removed(storage, project_id, caller.user_id):
        raise NoLongerMember("You were removed from this project. Ask its administrators to invite you again.")
    else:
        raise NotFound("There is no such project.")
    person = find_awaited(entry.persons, caller)
    if person and person.user_id is None:
        person = await recognize(storage, entry.project, person, caller)
        forget(project_id)
    known_as = person.known_as if person else caller.user_id
    return Membership(entry.project, min(role, caller.most), tuple(entry.members), known_as)


member_found.answered_by(membership)


async def _read(storage: Storage, project_id: str) -> _Entry:
    # Anybody who is signed in may send anything as an id: what is none leaves nothing here.
    if not is_project_id(project_id):
        raise NotFound("There is no such project.")

    async def read() -> _Entry:
        # One after the other: who knows an edition knows who was removed before it.
        project = await load_project(storage, project_id)
        return _Entry(project, await members_of(storage, project_id), await persons_of(storage, project))

    return await _entries.get(project_id, read)
