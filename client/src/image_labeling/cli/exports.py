"""`exports`: those that there are."""

from typing import Annotated

import typer

from image_labeling.answers.exports import Export
from image_labeling.cli.asking import confirm
from image_labeling.cli.options import Json, ProjectName, Yes
from image_labeling.cli.output import Column, say, show_list, show_one
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="List, show and delete exports.")

COLUMNS = (
    Column[Export]("ID", lambda one: one.id),
    Column[Export]("FORMAT", lambda one: one.format),
    Column[Export]("STATUS", lambda one: "expired" if one.expired_at else one.status),
    Column[Export]("IMAGES", lambda one: one.images, is_number=True),
    Column[Export]("BYTES", lambda one: sum(file.bytes for file in one.files), is_number=True, spare=True),
    Column[Export]("ASKED FOR", lambda one: one.created_at, spare=True),
    Column[Export]("BY", lambda one: one.by_name, spare=True),
    Column[Export]("NAME", lambda one: one.name, folds=True),
)

ExportId = Annotated[str, typer.Argument(metavar="ID", help="As `exports list` has it.", show_default=False)]


@app.command("list")
def list_(project: ProjectName, as_json: Json = False) -> None:
    """List the exports of a project, newest first."""
    with Labeling() as labeling:
        show_list(labeling.project(project).exports, COLUMNS, as_json, none="There are no exports.")


@app.command()
def show(project: ProjectName, export_id: ExportId, as_json: Json = False) -> None:
    """Show an export. --json has the addresses of its files, good for some minutes."""
    with Labeling() as labeling:
        show_export(labeling.project(project).exports.get(export_id), as_json)


@app.command()
def delete(project: ProjectName, export_id: ExportId, yes: Yes = False) -> None:
    """Delete an export and its files. The labels stay."""
    with Labeling() as labeling:
        found = labeling.project(project).exports
        confirm(f"Delete the export {export_id} and its files?", yes=yes)
        found.delete(export_id)
        say(f"Deleted the export {export_id}.")


def show_export(done: Export, as_json: bool) -> None:
    rare: list[tuple[str, object]] = [
        ("without a label", done.empty),
        ("only suggested", done.suggested),
        ("converted", done.converted),
        ("could not be read", done.left_out.count),
    ]
    fields = [
        ("id", done.id),
        ("name", done.name),
        ("format", done.format),
        ("status", done.status),
        ("images", done.images),
        ("labels", done.labels),
        *((name, count) for name, count in rare if count),
        *((f"  {side}", count) for side, count in done.by_side.items()),
        *((f"skipped by {one.reader}", one.count) for one in done.skipped_by),
        *((file.name, f"{file.bytes:,} bytes") for file in done.files),
    ]
    if done.error:
        fields.insert(4, ("why", done.error))
    show_one(done, fields, as_json)
