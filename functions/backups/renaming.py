"""Erasing a person in the backups of this deployment: the manifest and the records in it name the pseudonym, and files
of exports that say who labeled what are left out.

A backup that is known to be made here stays so: its record learns the sum of the new manifest before that is written,
and forgets the former one afterwards.
"""

import hashlib
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from azure.core.exceptions import ResourceNotFoundError

from functions.backups.asking import load_manifest
from functions.backups.files import Damaged, Lines, read_lines
from functions.backups.manifest import MANIFEST, BackedMember, BackedPerson, Manifest, Part, line_of
from functions.backups.store import BACKUPS, RESTORES
from functions.exports.formats import csv
from functions.problems import NotFound
from functions.pseudonyms import Renaming
from functions.records import ALL
from functions.storage import BACKUPS_CONTAINER, Storage, unless_gone

log = logging.getLogger(__name__)


async def rename_in_backups(storage: Storage, who: Renaming) -> bool:
    """False: some are being made or restored; those have to be looked at again."""
    at_work = {one.folder for one in await RESTORES.list(storage, ALL, limit=1000) if not one.is_over}
    # One that is only asked for will find nothing but the pseudonym.
    is_done = all([one.status != "running" async for one in BACKUPS.of_all_projects(storage)])
    async for folder in _folders(storage):
        try:
            if not await _rename(storage, folder, who, is_free=folder not in at_work):
                is_done = False
        except NotFound:
            continue
        except Damaged as damaged:
            log.warning("the backup %s may name somebody who was erased: %s", folder, damaged.reason)
    return is_done


async def _folders(storage: Storage) -> AsyncIterator[str]:
    async for name in storage.container(BACKUPS_CONTAINER).list_blob_names():
        if name.endswith(f"/{MANIFEST}") and name.count("/") == 2:
            yield name.removesuffix(f"/{MANIFEST}")


async def _rename(storage: Storage, folder: str, who: Renaming, *, is_free: bool) -> bool:
    """False: it names them, and is not free to be changed. Raises NotFound, Damaged."""
    manifest, total = await load_manifest(storage, folder)
    people = {(one.user_id, one.sign_in_name) for one in manifest.people}
    people |= {(one.user_id or "", one.sign_in_name) for one in manifest.members}
    if not any(user in who.ids or who.whole(name) != name for user, name in people):
        return True
    if any(who.whole(who.of(*one)) != one[1] for one in people) or await _names_askers(storage, folder, manifest, who):
        if not is_free:
            return False
        manifest, text = await _renamed(storage, folder, manifest, who)
        former, total = total, hashlib.sha256(text).hexdigest()
        await _note(storage, folder, former, renewed=total)
        blob = storage.container(BACKUPS_CONTAINER).get_blob_client(f"{folder}/{MANIFEST}")
        await blob.upload_blob(text, overwrite=True)
    size = sum(part.bytes for part in manifest.parts) + len(manifest.model_dump_json().encode())
    await _note(storage, folder, total, manifest=total, renewed=None, bytes=size)
    await _tidy(storage, folder, manifest)
    return True


async def _names_askers(storage: Storage, folder: str, manifest: Manifest, who: Renaming) -> bool:
    """Whether a record has their name: of a backup that was under way when the others were changed."""
    for part in manifest.of("records"):
        async with aclosing(read_lines(storage.container(BACKUPS_CONTAINER), f"{folder}/", part)) as rows:
            async for row in rows:
                if _renamed_asker(row["document"], who) != row["document"]:
                    return True
    return False


def _renamed_asker(document: dict[str, Any], who: Renaming) -> dict[str, Any]:
    return {**document, **who.askers(document)}


def _is_of(one: BackedPerson | BackedMember, who: Renaming) -> bool:
    """Whether this names them."""
    return who.whole(who.of(one.user_id, one.sign_in_name)) != one.sign_in_name


async def _renamed(storage: Storage, folder: str, manifest: Manifest, who: Renaming) -> tuple[Manifest, bytes]:
    """Writes the parts anew that name them; the manifest that goes with these is left to be written."""
    parts: list[Part] = []
    exports: set[str] = set()
    for part in manifest.parts:
        if part.kind == "records":
            parts += await _records(storage, folder, part, len(parts), who, exports)
        elif not (part.export in exports and part.file == csv.FILE):
            parts.append(part)
    left_out = {part.name for part in manifest.of("export")} - {part.name for part in parts}
    members = tuple(one for one in manifest.members if not _is_of(one, who))
    people = [
        one.model_copy(update={"sign_in_name": who.pseudonym}) if _is_of(one, who) else one for one in manifest.people
    ]
    renamed = manifest.model_copy(
        update={
            "members": members,
            "people": tuple(people),
            "parts": tuple(parts),
            "left_out": (*manifest.left_out, *sorted(left_out)),
        }
    )
    return renamed, renamed.model_dump_json().encode()


async def _records(
    storage: Storage, folder: str, part: Part, number: int, who: Renaming, exports: set[str]
) -> list[Part]:
    """A part of records, written anew. exports: gets the ids of those whose files say who labeled what."""
    container, prefix = storage.container(BACKUPS_CONTAINER), f"{folder}/"
    lines = Lines(container, prefix, "records")
    async with aclosing(read_lines(container, prefix, part)) as rows:
        async for row in rows:
            document = row["document"]
            if row["kind"] == "export" and document["format"] == "csv":
                exports.add(document["id"])
            lines.add(line_of({**row, "document": _renamed_asker(document, who)}))
    written = await lines.flush(number)
    return [written] if written else []


async def _note(storage: Storage, folder: str, total: str, **changes: object) -> None:
    """Changes the record of a backup whose manifest had, or was about to get, this sum."""
    project_id, _, backup_id = folder.partition("/")
    try:
        backup = await BACKUPS.load(storage, project_id, backup_id)
        changed = backup.model_copy(update=changes)
        if total in (backup.manifest, backup.renewed) and changed != backup:
            await BACKUPS.save(storage, changed)
    except (NotFound, ResourceNotFoundError):
        return


async def _tidy(storage: Storage, folder: str, manifest: Manifest) -> None:
    """Deletes what was written anew or left out."""
    container, kept = storage.container(BACKUPS_CONTAINER), {part.name for part in manifest.parts}
    names = [name async for name in container.list_blob_names(name_starts_with=f"{folder}/")]
    for name in (name.removeprefix(f"{folder}/") for name in names):
        if name not in kept and (name.startswith("records-") or name in manifest.left_out):
            await unless_gone(container.delete_blob, f"{folder}/{name}")
