"""`backup`: of projects, and restoring them."""

from typing import Annotated

import typer

from image_labeling.answers.backups import Backup, RestorePreview
from image_labeling.cli.asking import confirm
from image_labeling.cli.bars import Bar
from image_labeling.cli.options import Json, NoWait, ProjectName, Timeout, Yes
from image_labeling.cli.output import Column, say, show_list, show_one, shown
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="Back projects up, and restore them.")

COLUMNS = (
    Column[Backup]("ID", lambda one: one.id),
    Column[Backup]("STATUS", lambda one: one.status),
    Column[Backup]("IMAGES", lambda one: one.images, is_number=True),
    Column[Backup]("BYTES", lambda one: one.bytes, is_number=True, spare=True),
    Column[Backup]("ASKED FOR", lambda one: one.created_at),
    Column[Backup]("BY", lambda one: one.by_name, spare=True),
)

BackupId = Annotated[str, typer.Argument(metavar="ID", help="As `backup list` has it.", show_default=False)]
Folder = Annotated[
    str,
    typer.Argument(metavar="FOLDER", help="Of the backup, as `backup show` has it.", show_default=False),
]


@app.command("list")
def list_(project: ProjectName, as_json: Json = False) -> None:
    """List the backups of a project, newest first."""
    with Labeling() as labeling:
        show_list(labeling.project(project).backups, COLUMNS, as_json, none="There are no backups.")


@app.command()
def start(project: ProjectName, no_wait: NoWait = False, timeout: Timeout = None, as_json: Json = False) -> None:
    """Back a project up, and wait until it is done."""
    with Labeling() as labeling:
        found = labeling.project(project)
        with Bar(f"Backing up {found.name}") as bar:
            done = found.backups.start(wait=not no_wait, timeout=timeout, told=bar.share)
        _show(done, as_json)


@app.command()
def show(project: ProjectName, backup_id: BackupId, as_json: Json = False) -> None:
    """Show a backup."""
    with Labeling() as labeling:
        _show(labeling.project(project).backups.get(backup_id), as_json)


@app.command()
def delete(project: ProjectName, backup_id: BackupId, yes: Yes = False) -> None:
    """Delete a backup for good."""
    with Labeling() as labeling:
        backups = labeling.project(project).backups
        confirm(f"Delete the backup {backup_id} for good?", yes=yes)
        backups.delete(backup_id)
        say(f"Deleted the backup {backup_id}.")


@app.command()
def preview(folder: Folder, as_json: Json = False) -> None:
    """Tell what restoring a backup would do, and what has to be accepted."""
    with Labeling() as labeling:
        found = labeling.restores.preview(folder)
        show_one(found, _previewed(found), as_json)


@app.command()
def restore(
    folder: Folder,
    manifest: Annotated[
        str | None,
        typer.Option(metavar="SHA256", help="Accept a backup that was not made here.", show_default=False),
    ] = None,
    people: Annotated[
        list[str] | None,
        typer.Option("--member", metavar="NAME", help="A member who is let in.", show_default=False),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Accept this address of the images.", show_default=False),
    ] = None,
    no_wait: NoWait = False,
    timeout: Timeout = None,
    as_json: Json = False,
) -> None:
    """Restore a project from a backup. `backup preview` tells what to accept."""
    with Labeling() as labeling, Bar("Restoring") as bar:
        done = labeling.restores.start(
            folder,
            manifest=manifest,
            people=people or (),
            address=address,
            wait=not no_wait,
            timeout=timeout,
            told=bar.share,
        )
    fields: list[tuple[str, object]] = [
        ("status", done.status),
        ("project", done.project_name),
        ("id", done.project_id),
        ("images", done.images),
        *(("note", note) for note in done.notes),
    ]
    show_one(done, fields, as_json)


def _show(one: Backup, as_json: bool) -> None:
    fields: list[tuple[str, object]] = [
        ("id", one.id),
        ("project", one.project_name),
        ("status", one.status),
        ("folder", one.folder),
        ("images", one.images),
        ("bytes", one.bytes),
        ("asked for", one.created_at),
        *([("why", one.error)] if one.error else []),
    ]
    show_one(one, fields, as_json)


def _previewed(found: RestorePreview) -> list[tuple[str, object]]:
    made_here = {True: "yes", False: "no: accept it by --manifest", None: "unknown: accept it by --manifest"}
    address = found.address
    return [
        ("project", found.project_name),
        ("id", found.project_id),
        ("backed up", found.backed_up_at),
        ("images", found.images),
        ("labels", found.labels),
        ("made here", made_here[found.made_here]),
        ("manifest", found.manifest),
        ("images lie at", address.was if address.known else f"{shown(address.here)}: accept it by --address"),
        *(("member", f"{member.sign_in_name} ({member.role})") for member in found.members),
        *((f"{one.what} differ", f"{one.backup} there, {one.now} now") for one in found.original or ()),
    ]
