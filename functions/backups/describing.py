"""How far a backup is, and the manifest that is made of that in the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from functions.backups.manifest import BackedDatastore, BackedMember, BackedPerson, Counts, Manifest, Part
from functions.datastores.datasets import load_dataset
from functions.datastores.store import load_datastore
from functions.labeling.record import SERVICE
from functions.projects.members import members_of
from functions.projects.persons import names_in, persons_of
from functions.projects.store import load_project
from functions.storage import Storage


class Checkpoint(BaseModel):
    """How far a backup is. next_pack: all before it are in parts. is_read: all packs are."""

    parts: list[Part] = []
    next_pack: int = 0
    is_read: bool = False
    has_snapshot: bool = False
    has_records: bool = False
    packs: int = 0
    images: int = 0
    records: int = 0
    people: list[str] = []
    left_out: list[str] = []


async def describe(
    storage: Storage, project_id: str, done: Checkpoint, begun_at: datetime, clock: Callable[[], datetime]
) -> bytes:
    """The manifest of a backup whose parts are all there."""
    # As it is now: a label that came meanwhile may be on an image that was read after that.
    project = await load_project(storage, project_id)
    datastore, members = await load_datastore(storage, project.datastore), await members_of(storage, project_id)
    persons, names = await persons_of(storage, project), await names_in(storage, project, fresh=True)
    known_as = {person.user_id: person.known_as for person in persons}
    bound = {member.user_id: known_as.get(member.user_id, member.user_id) for member in members}
    people = {*done.people, *(person.known_as for person in persons), *bound.values()} - {SERVICE, None}
    roles: dict[str, Any] = {member.sign_in_name: member.role.word for member in members}
    manifest = Manifest(
        begun_at=begun_at,
        finished_at=clock(),
        schema_version=project.schema_version,
        project=project,
        dataset=await load_dataset(storage, project.dataset),
        datastore=BackedDatastore(name=datastore.name, container_url=datastore.container_url),
        members=tuple(
            BackedMember(
                sign_in_name=member.sign_in_name, role=roles[member.sign_in_name], user_id=bound[member.user_id]
            )
            for member in members
        ),
        people=tuple(
            BackedPerson(user_id=user, sign_in_name=name) for user, name in sorted(names.items()) if user in people
        ),
        counts=Counts(packs=done.packs, images=done.images, records=done.records),
        parts=tuple(done.parts),
        left_out=tuple(done.left_out),
    )
    return manifest.model_dump_json().encode()
