"""Members of projects: invited by sign-in name, bound to the platform's user id at their first sign-in; from then on
only the id counts.

All members share one partition of the service's table, each with the row key <project>|<hash of the sign-in name>.
"""

from dataclasses import dataclass, field, replace

from functions.conflicts import change
from functions.http.conditions import content_etag, require_match
from functions.identity import Caller, Role, sign_in_key
from functions.problems import Invalid
from functions.projects.binding import bind_row
from functions.sign_in_names import folded, refuse_lookalike, refuse_other_than_address, refuse_several
from functions.storage import Storage
from functions.tables import Row

PARTITION = "member"


@dataclass(frozen=True)
class Member:
    """One person's role in one project. user_id: None until they first signed in. etag, key: their row's, empty where
    there is none yet; a key of before may not be the one that the name would have now.
    """

    project_id: str
    sign_in_name: str
    role: Role
    user_id: str | None
    etag: str = field(default="", compare=False)
    key: str = field(default="", compare=False)

    @property
    def role_etag(self) -> str:
        """The ETag of what people set of it; a first sign-in, which the row notes, leaves it as it is."""
        return content_etag([self.sign_in_name, self.role.word])

    @property
    def row_key(self) -> str:
        return self.key or f"{self.project_id}|{sign_in_key(self.sign_in_name)}"


async def members_of(storage: Storage, project_id: str) -> list[Member]:
    """The members of a project, by sign-in name."""
    found = [_read(row) async for row in storage.service_table.under(PARTITION, project_id)]
    return sorted(found, key=lambda member: folded(member.sign_in_name))


async def all_members(storage: Storage) -> list[Member]:
    """The members of all projects."""
    return await _members(storage, "PartitionKey eq @member", member=PARTITION)


async def memberships_of(storage: Storage, caller: Caller) -> list[Member]:
    """The projects of a person; invitations that wait for them are bound now, if they are signed in themselves."""
    text = "PartitionKey eq @member and ( user eq @user or invited eq @invited )"
    found = await _members(storage, text, member=PARTITION, user=caller.user_id, invited=sign_in_key(caller.name))
    mine: dict[str, Member] = {}
    for member in sorted(found, key=lambda member: member.user_id is not None):
        bound = await bind(storage, member, caller)
        if bound:
            mine[member.project_id] = bound
    return list(mine.values())


async def projects_of(storage: Storage, user_id: str) -> set[str]:
    """The ids of the projects in which somebody of this id is a member."""
    found = await _members(storage, "PartitionKey eq @member and user eq @user", member=PARTITION, user=user_id)
    return {member.project_id for member in found}


async def bind(storage: Storage, member: Member, caller: Caller) -> Member | None:
    """Binds an invitation to the caller; None when it is somebody else's, and when an access token calls for them."""
    if member.user_id is not None or caller.token:
        return member if member.user_id == caller.user_id else None
    if not await bind_row(storage, PARTITION, member.row_key, member.etag, caller):
        current = [m for m in await members_of(storage, member.project_id) if m.row_key == member.row_key]
        return current[0] if current and current[0].user_id == caller.user_id else None
    return replace(member, user_id=caller.user_id)


async def put_member(storage: Storage, member: Member) -> None:
    """Invites a person, or changes the role of one who is there (given with their user id and ETag). Raises
    HttpResponseError (404, 409, 412) when somebody else was quicker.
    """
    row = {
        "PartitionKey": PARTITION,
        "RowKey": member.row_key,
        "signInName": member.sign_in_name,
        "role": member.role.word,
        "user": member.user_id or "",
        "invited": sign_in_key(member.sign_in_name),
    }
    if member.etag:
        await storage.service_table.replace(row, member.etag)
    else:
        await storage.service_table.insert(row)


async def find_member(storage: Storage, project_id: str, name: str) -> Member | None:
    members = await members_of(storage, project_id)
    return next((member for member in members if sign_in_key(member.sign_in_name) == sign_in_key(name)), None)


async def set_role(
    storage: Storage, project_id: str, name: str, role: Role, if_match: str | None, *, in_tenant: bool
) -> Member:
    """Invites a person, or changes the role of one who is there. Raises Invalid for a new name by which nobody signs in
    or that may be taken for another, PreconditionFailed when if_match is not of the role that they have. in_tenant: the
    platform signs people in, so their names are addresses.
    """

    def rule(known: Member | None) -> Member | None:
        require_match(if_match, known.role_etag if known else None)
        return replace(known, role=role) if known else _invited(project_id, name, role, in_tenant)

    async def read() -> tuple[Member | None, None]:
        return await find_member(storage, project_id, name), None

    async def write(_known: Member | None, wanted: Member | None, _etag: None) -> None:
        assert wanted
        await put_member(storage, wanted)

    member = await change(read, rule, write, "Somebody else is changing this member. Try again.")
    assert member
    return member


def _invited(project_id: str, name: str, role: Role, in_tenant: bool) -> Member:
    try:
        refuse_several(name)
        if in_tenant or "@" in name:
            refuse_other_than_address(name)
        refuse_lookalike(name)
    except ValueError as error:
        raise Invalid.field("signInName", str(error)) from None
    return Member(project_id, name, role, None)


async def drop_member(storage: Storage, member: Member) -> None:
    await storage.service_table.delete(PARTITION, member.row_key)


async def _members(storage: Storage, text: str, **values: str) -> list[Member]:
    return [_read(row) async for row in storage.service_table.query(text, **values)]


def _read(row: Row) -> Member:
    return Member(
        project_id=str(row["RowKey"]).split("|")[0],
        sign_in_name=row["signInName"],
        role=Role[row["role"].upper()],
        user_id=row["user"] or None,
        etag=row.etag,
        key=row["RowKey"],
    )
