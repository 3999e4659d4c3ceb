"""`export` writes labels into files of this machine; `exports` are those that there are."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from image_labeling.answers.exports import Export
from image_labeling.cli.asking import confirm
from image_labeling.cli.bars import Bar
from image_labeling.cli.exits import WrongUse
from image_labeling.cli.options import Json, LabelNames, NoWait, ProjectName, Timeout, Yes
from image_labeling.cli.output import Column, say, show_list, show_one
from image_labeling.labeling import Labeling
from image_labeling.options import Format
from image_labeling.transferring.exporting import Download, ExportProgress

app = typer.Typer(no_args_is_help=True, help="List, show, download and delete exports.")

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

MEGABYTE = 1_000_000
SIDES = ("train", "validation", "test")

ExportId = Annotated[str, typer.Argument(metavar="ID", help="As `exports list` has it.", show_default=False)]


To = Annotated[
    Path, typer.Option("--to", metavar="FOLDER", help="Folder of this machine.", file_okay=False, show_default=False)
]


def add_to(main: typer.Typer) -> None:
    main.command()(export)
    main.add_typer(app, name="exports")


def export(
    project: ProjectName,
    form: Annotated[Format, typer.Argument(metavar="FORMAT", help="What the files are.", show_default=False)],
    to: To,
    with_images: Annotated[bool, typer.Option("--with-images", help="coco: a zip that has the images, too.")] = False,
    split: Annotated[
        str | None,
        typer.Option(metavar="SHARES", help="Train, validation, test, as 0.8,0.1,0.1.", show_default=False),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Of the split. The same keeps it.", show_default=False)
    ] = None,
    labels: LabelNames = None,
    states: Annotated[
        list[str] | None,
        typer.Option("--state", metavar="STATE", help="Of its images; else labeled ones.", show_default=False),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(help="Only those labeled from this moment on.", show_default=False)
    ] = None,
    suggestions: Annotated[
        bool, typer.Option("--suggestions", help="azureml, csv: with labels that are only suggested.")
    ] = False,
    opinions: Annotated[bool, typer.Option("--opinions", help="What each of several people said.")] = False,
    wide: Annotated[bool, typer.Option("--wide", help="csv: a column for each label.")] = False,
    convert_images: Annotated[bool, typer.Option("--convert-images", help="Rare kinds become JPEG or PNG.")] = False,
    datastore_name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="azureml: as Azure ML knows the container.", show_default=False),
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What people see it called in lists.", show_default=False)
    ] = None,
    no_wait: NoWait = False,
    timeout: Timeout = None,
    as_json: Json = False,
) -> None:
    """Export labels into files of this machine.

    Files are kept once their checksums are right. What was cut off goes on when
    the same is run again, and what was not waited for is fetched then.
    """
    if seed is not None and split is None:
        raise WrongUse("--seed goes with --split.")
    given: dict[str, Any] = {
        "name": name,
        "split": split and _split(split, seed),
        "labels": labels,
        "states": states,
        "since": since and since.astimezone(),
        "datastore_name": datastore_name,
        "suggestions": suggestions,
        "opinions": opinions,
        "wide": wide,
        "with_images": with_images,
        "convert_images": convert_images,
    }
    # What is not wanted is not named, so that formats that do not have it take the call.
    options = {option: value for option, value in given.items() if value}
    with Labeling() as labeling:
        found = labeling.project(project)
        with Bar(f"Exporting {found.name}") as bar:
            done = found.export(form, to=to, wait=not no_wait, timeout=timeout, told=partial(_tell, bar), **options)
        show_download(done, as_json)


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
def download(project: ProjectName, export_id: ExportId, to: To, as_json: Json = False) -> None:
    """Download the files of an export that is there already."""
    with Labeling() as labeling:
        found = labeling.project(project)
        with Bar(f"Downloading from {found.name}") as bar:
            done = found.download(export_id, to=to, told=partial(_tell, bar))
        show_download(done, as_json)


@app.command()
def delete(project: ProjectName, export_id: ExportId, yes: Yes = False) -> None:
    """Delete an export and its files. The labels stay."""
    with Labeling() as labeling:
        found = labeling.project(project).exports
        confirm(f"Delete the export {export_id} and its files?", yes=yes)
        found.delete(export_id)
        say(f"Deleted the export {export_id}.")


def _tell(bar: Bar, now: ExportProgress) -> None:
    """Building the export, then its files, of which there may be many gigabytes."""
    if now.of_bytes:
        mega, of_mega = round(now.bytes / MEGABYTE), round(now.of_bytes / MEGABYTE)
        bar.count(mega, of_mega, "MB", share=(now.bytes, now.of_bytes))
    elif now.built:
        bar.part(now.built)


def show_download(done: Download, as_json: bool) -> None:
    """What is on the disk now."""
    export = done.export
    known = ("id", "name", "status") if done.paths else ()
    fields = [(name, value) for name, value in _fields(export) if name not in known]
    files: list[tuple[str, object]] = [("file", path) for path in done.paths]
    show_one(done, [*fields, *files], as_json)


def show_export(done: Export, as_json: bool) -> None:
    files: list[tuple[str, object]] = [(file.name, f"{file.bytes:,} bytes") for file in done.files]
    show_one(done, [*_fields(done), *files], as_json)


def _fields(done: Export) -> list[tuple[str, object]]:
    rare: list[tuple[str, object]] = [
        ("without a label", done.empty),
        ("only suggested", done.suggested),
        ("converted", done.converted),
        ("left out", done.left_out.count),
    ]
    return [
        ("id", done.id),
        ("name", done.name),
        ("format", done.format),
        ("status", done.status),
        *([("why", done.error)] if done.error else []),
        ("images", done.images),
        ("labels", done.labels),
        *((name, count) for name, count in rare if count),
        *((f"  {side}", count) for side, count in done.by_side.items()),
        *((f"skipped by {one.reader}", one.count) for one in done.skipped_by),
    ]


def _split(text: str, seed: int | None) -> dict[str, float]:
    try:
        shares = [float(share) for share in text.split(",")]
    except ValueError:
        shares = []
    if not 1 < len(shares) <= len(SIDES):
        raise WrongUse("--split is like 0.8,0.1,0.1.")
    split: dict[str, float] = dict(zip(SIDES, shares, strict=False))
    return split if seed is None else {**split, "seed": seed}
