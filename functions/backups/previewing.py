"""What a restoring would do, told before anybody is asked to accept it; nothing is written."""

from datetime import datetime
from typing import Any

from functions.backups.accepting import address_of
from functions.backups.asking import load_whole_manifest
from functions.backups.manifest import Manifest
from functions.backups.store import BACKUPS
from functions.backups.wire import BackedMemberAnswer, Difference, PreviewAnswer, PreviewedAddress, What
from functions.callers.people import names
from functions.labeling.board import board_of
from functions.labeling.progress import read_progress
from functions.problems import NotFound
from functions.projects.members import Member, members_of
from functions.projects.model import Project
from functions.projects.store import find_project
from functions.storage import Storage
from functions.wording import shortened


async def preview(storage: Storage, folder: str, now: datetime) -> PreviewAnswer:
    """Raises NotFound without a backup, Invalid for one that is damaged."""
    manifest, total = await load_whole_manifest(storage, folder)
    address, original = await address_of(storage, manifest), await _original(storage, manifest)
    members = await members_of(storage, original.id) if original else []
    return PreviewAnswer(
        folder=folder,
        manifest=total,
        made_here=await _is_made_here(storage, folder, total),
        project_id=manifest.project.id,
        project_name=manifest.project.name,
        backed_up_at=manifest.finished_at,
        images=manifest.counts.images,
        bytes=sum(part.bytes for part in manifest.parts),
        labels=[label.name for label in manifest.project.labels],
        address=PreviewedAddress(
            datastore=manifest.datastore.name,
            prefix=manifest.dataset.prefix,
            was=address.was,
            here=address.here,
            known=address.is_known,
        ),
        members=await _members(storage, manifest, members),
        original=await _differences(storage, original, members, manifest, now) if original else None,
    )


async def _is_made_here(storage: Storage, folder: str, total: str) -> bool | None:
    """None: a backup was made here under this id, before sums were kept."""
    project_id, _, backup_id = folder.partition("/")
    try:
        backup = await BACKUPS.load(storage, project_id, backup_id)
    except NotFound:
        return False
    if backup.status == "completed" and backup.manifest is None:
        return None
    return total in (backup.manifest, backup.renewed)


async def _original(storage: Storage, manifest: Manifest) -> Project | None:
    project = await find_project(storage, manifest.project.id)
    return None if project is None or project.restoring or project.status == "deleting" else project


async def _members(storage: Storage, manifest: Manifest, current: list[Member]) -> list[BackedMemberAnswer]:
    roles: dict[str, Any] = {member.sign_in_name: member.role.word for member in current}
    known = await names(storage, fresh=True)
    return [
        BackedMemberAnswer(
            sign_in_name=member.sign_in_name,
            role=member.role,
            known_as=known.get(member.user_id or ""),
            role_now=roles.get(member.sign_in_name),
        )
        for member in manifest.members
    ]


async def _differences(
    storage: Storage, original: Project, members: list[Member], manifest: Manifest, now: datetime
) -> list[Difference]:
    counts = (await read_progress(board_of(storage, original), int(now.timestamp() * 1000))).counts
    backed = {member.sign_in_name for member in manifest.members}
    others = [member.sign_in_name for member in members if member.sign_in_name not in backed]
    before, after = _told(manifest.project), _told(original)
    before["images"], after["images"] = str(manifest.counts.images), str(sum(counts.states.values()))
    before["members"], after["members"] = "", ", ".join(others)
    return [
        Difference(what=what, backup=shortened(before[what]), now=shortened(after[what]))
        for what in before
        if before[what] != after[what]
    ]


def _told(project: Project) -> dict[What, str]:
    return {
        "name": project.name,
        "folder": f"{project.datastore}/{project.prefix}",
        "labels": ", ".join(label.name for label in project.labels),
        "mergedLabels": ", ".join(label.name for label in project.merged),
        "instructions": " ".join(filter(None, (project.instructions_text, project.instructions_url))),
    }
