"""`import`, `suggest` and `label` bring labels; `imports` are those that there are."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from image_labeling.answers.imports import Import
from image_labeling.cli.asking import confirm
from image_labeling.cli.bars import Bar
from image_labeling.cli.exits import Code, WrongUse
from image_labeling.cli.options import Json, LabelNames, NoWait, ProjectName, Timeout, Yes
from image_labeling.cli.output import Column, percent, show_list, show_one, shown, some
from image_labeling.labeling import Labeling
from image_labeling.options import ImportFormat

app = typer.Typer(no_args_is_help=True, help="List, show and undo imports.")

COLUMNS = (
    Column[Import]("ID", lambda one: one.id),
    Column[Import]("AS", lambda one: one.as_),
    Column[Import]("STATUS", lambda one: "undone" if one.undone else "dry run" if one.dry_run else one.status),
    Column[Import]("LABELED", lambda one: one.labeled, is_number=True),
    Column[Import]("RIGHT", lambda one: percent(one.accuracy.share) if one.accuracy else None, spare=True),
    Column[Import]("ASKED FOR", lambda one: one.created_at, spare=True),
    Column[Import]("BY", lambda one: one.by_name, spare=True),
    Column[Import]("NAME", lambda one: one.name or one.upload_files or one.file, folds=True),
)

FILES = typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Files of one format.", show_default=False)
Files = Annotated[list[Path], FILES]
AnyFiles = Annotated[list[Path] | None, FILES]
ImportId = Annotated[str, typer.Argument(metavar="ID", help="As `imports list` has it.", show_default=False)]
Format = Annotated[
    ImportFormat,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="coco, csv, azureml, labelstudio, mltable, cvat, huggingface, imagefolder or vott; auto finds it by the "
        "content.",
    ),
]
Rename = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FROM=TO",
        help="A label of the file that is another of the project; without TO it is left out.",
        show_default=False,
    ),
]
Name = Annotated[
    str | None, typer.Option(metavar="TEXT", help="What people see it called in lists.", show_default=False)
]
WaitForImages = Annotated[
    bool, typer.Option("--wait-for-images", help="Begin when all images of the project have previews.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")]


def add_to(main: typer.Typer) -> None:
    main.command("import")(import_)
    main.command()(suggest)
    main.command()(label)
    main.add_typer(app, name="imports")


def import_(
    project: ProjectName,
    files: AnyFiles = None,
    part: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            help="No file: the folders that images are in are their labels. 1 is the first one in the project's "
            "folder, -2 the one an image is in.",
            show_default=False,
        ),
    ] = None,
    file_format: Format = "auto",
    as_: Annotated[Literal["labels", "suggestions"], typer.Option("--as", help="What they become.")] = "labels",
    replace: Annotated[bool, typer.Option("--replace", help="Also change labels that images have already.")] = False,
    rename: Rename = None,
    image_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a table, which names the images.", show_default=False)
    ] = None,
    label_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a table, which has the labels.", show_default=False)
    ] = None,
    duplicates: Annotated[
        Literal["leave", "first", "last"],
        typer.Option(help="What an image gets to which lines give different labels where it can have one."),
    ] = "leave",
    name: Name = None,
    wait_for_images: WaitForImages = False,
    dry_run: DryRun = False,
    no_wait: NoWait = False,
    timeout: Timeout = None,
    as_json: Json = False,
) -> None:
    """Import labels from files: COCO, CSV, JSON Lines and more.

    A folder for each label needs no file: give --part.
    """
    if bool(files) == (part is not None):
        raise WrongUse("Give files, or --part instead.")
    options: dict[str, Any] = {
        "part": part,
        "format": file_format if files else None,
        "as_": as_,
        "replace": replace,
        "duplicates": duplicates,
    }
    options.update(name=name, wait_for_images=wait_for_images, dry_run=dry_run)
    columns = {"image": image_column, "label": label_column}
    options["columns"] = {name: column for name, column in columns.items() if column is not None} or None
    if rename:
        options["labels"] = dict(_renamed(one) for one in rename)
    _import(project, files, no_wait, timeout, as_json, options)


def suggest(
    project: ProjectName,
    files: Files,
    file_format: Format = "auto",
    name: Name = None,
    wait_for_images: WaitForImages = False,
    dry_run: DryRun = False,
    no_wait: NoWait = False,
    timeout: Timeout = None,
    as_json: Json = False,
) -> None:
    """Import a model's predictions as suggestions.

    People accept or change each of them. A table with the columns image, label and confidence will do. The newest
    predictions count; a --name tells the runs apart.
    """
    options: dict[str, Any] = {"format": file_format, "as_": "suggestions", "name": name}
    options.update(wait_for_images=wait_for_images, dry_run=dry_run)
    _import(project, files, no_wait, timeout, as_json, options)


def label(
    project: ProjectName,
    images: Annotated[
        list[str], typer.Argument(metavar="IMAGE", help="Paths of images of the project.", show_default=False)
    ],
    labels: LabelNames = None,
    replace: Annotated[bool, typer.Option("--replace", help="Also change labels that images have already.")] = False,
    as_json: Json = False,
) -> None:
    """Label images: each of these gets these labels.

    The exit code is 3 where the project has not all of the images and labels; the
    others are labeled.
    """
    if not labels:
        raise WrongUse("Give the images a --label.")
    with Labeling() as labeling:
        done = labeling.project(project).label(dict.fromkeys(images, labels), replace=replace)
        show_import(done, as_json)
    # Each was typed; of files it is usual that some of their lines are of something else.
    if done.unmatched.count or done.unknown_labels:
        raise typer.Exit(Code.NOT_FOUND)


@app.command("list")
def list_(project: ProjectName, as_json: Json = False) -> None:
    """List the imports of a project, newest first."""
    with Labeling() as labeling:
        show_list(labeling.project(project).imports, COLUMNS, as_json, none="There are no imports.")


@app.command()
def show(project: ProjectName, import_id: ImportId, as_json: Json = False) -> None:
    """Show an import and what came of it."""
    with Labeling() as labeling:
        show_import(labeling.project(project).imports.get(import_id), as_json)


@app.command()
def undo(
    project: ProjectName,
    import_id: ImportId,
    yes: Yes = False,
    no_wait: NoWait = False,
    timeout: Timeout = None,
    as_json: Json = False,
) -> None:
    """Take an import back.

    Its images stand as before, but for those that were changed since.
    """
    with Labeling() as labeling:
        found = labeling.project(project)
        confirm(f"Take back this import of {shown(found.name)}?", yes=yes)
        with Bar("Taking back the import") as bar:
            done = found.imports.undo(
                import_id,
                wait=not no_wait,
                timeout=timeout,
                told=lambda now: bar.share(now.undone) if now.undone else None,
            )
        undone = done.undone
        fields = [("status", undone.status), ("restored", undone.restored), ("left", undone.left)] if undone else []
        show_one(done, fields, as_json)


def show_import(done: Import, as_json: bool) -> None:
    """What came of an import; what there was none of is left out."""
    named = {
        "not in the project": done.unmatched,
        "several images fit": done.unclear,
        "different labels": done.ambiguous,
        "labels not possible": done.refused,
        "not ready": done.not_ready,
        "unusable lines": done.loose,
    }
    would = "would be labeled" if done.dry_run else "labeled"
    counts = [("unchanged", done.unchanged), ("kept as they were", done.kept), ("lines left out", done.left_out)]
    counts += [("regions passed over", done.regions)]
    fields: list[tuple[str, object]] = [
        ("id", done.id),
        ("status", done.status),
        *([("format", done.format)] if done.upload or done.file else []),
        ("images named", done.images),
        (would if done.as_ == "labels" else would.replace("labeled", "suggested"), done.labeled),
        *((name, count) for name, count in counts if count),
        *((name, some(found.first, found.count)) for name, found in named.items() if found.count),
    ]
    if done.unknown_labels:
        fields.append(("unknown labels", [f"{one.label} ({one.count:,})" for one in done.unknown_labels]))
    show_one(done, fields, as_json)


def _import(
    project: str, files: list[Path] | None, no_wait: bool, timeout: float | None, as_json: bool, options: dict[str, Any]
) -> None:
    options = {name: value for name, value in options.items() if value is not None}
    with Labeling() as labeling:
        found = labeling.project(project)
        with Bar(f"Importing into {found.name}") as bar:
            upload = found.imports.upload(files) if files else None
            done = found.imports.start(upload=upload, wait=not no_wait, timeout=timeout, told=bar.share, **options)
        show_import(done, as_json)


def _renamed(text: str) -> tuple[str, str | None]:
    before, between, after = text.partition("=")
    if not between:
        raise WrongUse("--rename is like Kitten=Cat.")
    return before, after or None
