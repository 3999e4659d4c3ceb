"""`upload`: images of this machine, into a project's folder or any other."""

from pathlib import Path
from typing import Annotated

import typer

from image_labeling.cli.bars import Bar
from image_labeling.cli.exits import WrongUse
from image_labeling.cli.options import Json
from image_labeling.cli.output import show_one, some
from image_labeling.labeling import Labeling
from image_labeling.transferring.uploading import Upload, UploadProgress


def add_to(app: typer.Typer) -> None:
    app.command()(upload)


def upload(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", exists=True, file_okay=False, help="Of this machine.", show_default=False),
    ],
    to: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Folder of the datastore.", show_default=False)
    ] = None,
    project: Annotated[
        str | None, typer.Option(metavar="PROJECT", help="Into this project's folder.", show_default=False)
    ] = None,
    datastore: Annotated[str, typer.Option(metavar="NAME", help="Where --to is.")] = "workspace",
    at_once: Annotated[int, typer.Option(min=1, max=64, metavar="NUMBER", help="So many files at a time.")] = 16,
    as_json: Json = False,
) -> None:
    """Upload the images of a folder and of those in it.

    What is there already is not sent again: run it once more to go on where it
    was cut off. A project has new images after its next refresh
    (image-labeling project refresh).
    """
    if (to is None) == (project is None):
        raise WrongUse("Say where to: --to a folder, or --project.")
    with Labeling() as labeling, Bar(f"Uploading {folder}") as bar:

        def told(now: UploadProgress) -> None:
            bar.count(now.files, now.of_files, "images", share=(now.bytes, now.of_bytes))

        if project is not None:
            done = labeling.project(project).upload_folder(folder, at_once=at_once, told=told)
        else:
            done = labeling.upload_folder(folder, to or "", datastore=datastore, at_once=at_once, told=told)
    show_one(done, _fields(done), as_json)


def _fields(done: Upload) -> list[tuple[str, object]]:
    left = done.left_out
    kinds = [f"{count:,} {kind}" for kind, count in sorted(left.kinds.items())]
    rare = [
        ("other images there", some(done.conflicting) if done.conflicting else None),
        ("not images", kinds),
        ("empty", some(left.empty) if left.empty else None),
        ("larger than 96 MiB", some(left.too_large) if left.too_large else None),
    ]
    return [
        ("uploaded", len(done.uploaded)),
        ("there already", len(done.existing)),
        *((name, value) for name, value in rare if value),
    ]
