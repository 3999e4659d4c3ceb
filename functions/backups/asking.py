"""Asking for a restoring: what stands in its way is said before anything is written."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from azure.core.exceptions import ResourceNotFoundError

from functions.backups.accepting import Accepted, address_of
from functions.backups.checking import read_manifest
from functions.backups.files import Damaged
from functions.backups.manifest import MANIFEST, MOST_MANIFEST, Manifest
from functions.backups.store import RESTORES, Restore, send_restore
from functions.datastores.datasets import Dataset, list_datasets
from functions.identity import ITSELF, ByWhom
from functions.ids import newest_first_id
from functions.outside import by_length
from functions.problems import Conflict, Invalid, NotFound
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.store import change_project, find_project, insert_project, list_projects
from functions.records import ALL
from functions.storage import BACKUPS_CONTAINER, Storage

ATTEMPTS = 8
LONGEST_NAME = 100
MOST_LISTED = 20

NOTHING_ACCEPTED = Accepted()


async def load_manifest(storage: Storage, folder: str) -> tuple[Manifest, str]:
    """The manifest of a folder and its SHA-256. Raises NotFound where there is none, Damaged."""
    try:
        stream = await storage.container(BACKUPS_CONTAINER).download_blob(f"{folder}/{MANIFEST}")
    except ResourceNotFoundError:
        raise NotFound(
            f"There is no backup in the folder {folder!r} of the container {BACKUPS_CONTAINER!r}. "
            "One that is still being made, or copied, has no manifest yet."
        ) from None
    if stream.size > MOST_MANIFEST.bytes:
        raise Damaged("The manifest is longer than one may be.")
    text = await stream.readall()
    manifest = await by_length(len(text), lambda: read_manifest(text, folder))
    return manifest, hashlib.sha256(text).hexdigest()


async def load_whole_manifest(storage: Storage, folder: str) -> tuple[Manifest, str]:
    """As load_manifest, for who asks. Raises NotFound, Invalid."""
    try:
        return await load_manifest(storage, folder)
    except Damaged as damaged:
        raise Invalid.field("folder", damaged.reason) from None


async def ask_for_restore(
    storage: Storage, folder: str, now: datetime, accepted: Accepted = NOTHING_ACCEPTED, by: ByWhom = ITSELF
) -> Restore:
    """Makes the project, that nobody sees yet, and asks for it to be filled; asked again, goes on with what is there.

    Raises NotFound without a backup, Invalid for one that is damaged, whose datastore is missing, or whose folder was
    not accepted, Conflict when there is a project of its id, or its manifest is another than was accepted.
    """
    manifest, total = await load_whole_manifest(storage, folder)
    accepted.require(manifest, total)
    restore = Restore(
        id=newest_first_id(now),
        project_id=manifest.project.id,
        project_name=manifest.project.name,
        folder=folder,
        manifest=total,
        people=accepted.people,
        asked_at=now,
        **by.model_dump(),
    )
    current = await find_project(storage, manifest.project.id)
    if current:
        return await _again(storage, current, manifest, restore)
    datastore = (await address_of(storage, manifest)).require(manifest, accepted.address)
    project = await _make(storage, manifest, datastore.name, restore.id)
    forget(project.id)
    restore = _told(restore, manifest, project)
    await RESTORES.insert(storage, restore)
    await send_restore(storage, restore)
    return restore


async def _again(storage: Storage, current: Project, manifest: Manifest, wanted: Restore) -> Restore:
    if current.status == "deleting":
        raise Conflict("The project of this backup is being deleted. Try again in a few minutes.")
    if current.restoring is None:
        raise Conflict(
            f"The project of this backup is there: {current.name!r} has its id. "
            "Delete that one first, if it is to be replaced; its backups stay."
        )
    try:
        restore = await RESTORES.load(storage, ALL, current.restoring)
    except NotFound:
        # Whoever asked for it was cut off before its record was written.
        restore = _told(wanted.model_copy(update={"id": current.restoring, "status": "failed"}), manifest, current)
        await RESTORES.insert(storage, restore)
    if (restore.folder, restore.manifest) != (wanted.folder, wanted.manifest):
        raise Conflict(
            f"The project {current.name!r} is being restored from the folder {restore.folder!r}. "
            "Wait for that, or delete the project first."
        )
    if not restore.is_over:
        # Its message may be lost; one that comes twice is no matter.
        await send_restore(storage, restore)
        return restore
    await change_project(storage, current.id, _begun_again)
    forget(current.id)
    restore = _told(
        restore.model_copy(
            update={
                "status": "queued",
                "error": None,
                "finished_at": None,
                "asked_at": wanted.asked_at,
                "people": wanted.people or restore.people,
            }
        ),
        manifest,
        current,
    )
    await RESTORES.save(storage, restore)
    await send_restore(storage, restore)
    return restore


def _begun_again(project: Project) -> Project:
    return project.model_copy(update={"status": "creating", "refresh_trouble": None})


async def _make(storage: Storage, manifest: Manifest, datastore: str, restore: str) -> Project:
    """Inserts the project under names that are free."""
    for attempt in range(ATTEMPTS):
        datasets = await list_datasets(storage)
        dataset = manifest.dataset.model_copy(update={"datastore": datastore})
        known = next((one for one in datasets if _is_same(one, dataset)), None)
        names = {one.name.casefold() for one in datasets}
        if known is None:
            dataset = dataset.model_copy(update={"name": free_name(dataset.name, names)})
        taken = {project.name.casefold() for project in await list_projects(storage) if project.status != "deleting"}
        project = manifest.project.model_copy(
            update={
                "name": free_name(manifest.project.name, taken),
                "dataset": (known or dataset).name,
                "datastore": datastore,
                "status": "creating",
                "refresh_trouble": None,
                "preparing_trouble": None,
                "assist_trouble": None,
                "checked": None,
                "has_former_ids": True,
                "restoring": restore,
            }
        )
        try:
            await insert_project(storage, project, None if known else dataset)
        except Conflict:
            if attempt == ATTEMPTS - 1 or await find_project(storage, project.id):
                raise
            continue
        return project
    raise AssertionError("each attempt returns or raises")


def _is_same(one: Dataset, other: Dataset) -> bool:
    return (one.name.casefold(), one.datastore.casefold(), one.prefix) == (
        other.name.casefold(),
        other.datastore.casefold(),
        other.prefix,
    )


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The name, with a number where it is taken. taken: names without case."""
    for number in range(2, len(taken) + 3):
        if wanted.casefold() not in taken:
            return wanted
        ending = f" ({number})"
        base = wanted if number == 2 else wanted.rpartition(" (")[0]
        wanted = base[: LONGEST_NAME - len(ending)] + ending
    raise AssertionError("so many names cannot all be taken")


def _told(restore: Restore, manifest: Manifest, project: Project) -> Restore:
    """With what is otherwise than it was, in words."""
    return restore.model_copy(
        update={"project_name": project.name, "notes": tuple(_notes(manifest, project, restore.people))}
    )


def _notes(manifest: Manifest, project: Project, people: Collection[str]) -> list[str]:
    notes = []
    if project.name != manifest.project.name:
        notes.append(f"The name {manifest.project.name!r} is taken here; the project is named {project.name!r}.")
    if project.dataset != manifest.dataset.name:
        notes.append(f"Another dataset is named {manifest.dataset.name!r}; this one is named {project.dataset!r}.")
    if others := [member.sign_in_name for member in manifest.members if member.sign_in_name not in people]:
        notes.append(f"These people of the backup are not let in: {_listed(others)}.")
    if manifest.left_out:
        notes.append(f"These files of exports are not in the backup: {_listed(manifest.left_out)}.")
    return notes


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_LISTED
    return ", ".join(names[:MOST_LISTED]) + (f", and {more} more" if more > 0 else "")
