"""`image correct`, `confirm`, `reject`, `ask`, `undo`: what reviewers do with labels that are there."""

from typing import Annotated, Literal

import typer

from image_labeling.cli.exits import WrongUse
from image_labeling.cli.options import Json, LabelNames, ProjectName
from image_labeling.cli.output import show_one, some
from image_labeling.labeling import Labeling
from image_labeling.reviews import Review

Images = Annotated[list[str], typer.Argument(metavar="IMAGE", help="Their paths, or their ids.", show_default=False)]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why, for people.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    for command in (correct, confirm, reject, ask, undo):
        app.command()(command)


def correct(
    project: ProjectName,
    images: Images,
    labels: LabelNames = None,
    change: Annotated[
        Literal["set", "add", "remove"],
        typer.Option(help="They get these labels alone, or beside theirs, or lose them."),
    ] = "set",
    skip: Annotated[bool, typer.Option("--skip", help="They are skipped instead.")] = False,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Give images other labels."""
    if bool(labels) == skip:
        raise WrongUse("Give the images a --label, or --skip them.")
    with Labeling() as labeling:
        found = labeling.project(project)
        if skip:
            done = found.correct(images, skipped=True, reason=reason)
        else:
            done = found.correct(images, labels or (), change=change)
        _show("corrected", done, as_json)


def confirm(project: ProjectName, images: Images, as_json: Json = False) -> None:
    """Say that the labels of images are right."""
    with Labeling() as labeling:
        _show("confirmed", labeling.project(project).confirm(images), as_json)


def reject(project: ProjectName, images: Images, reason: Reason = None, as_json: Json = False) -> None:
    """Have images labeled again, first of all others."""
    with Labeling() as labeling:
        _show("rejected", labeling.project(project).reject(images, reason), as_json)


def ask(project: ProjectName, images: Images, as_json: Json = False) -> None:
    """Have one person more look at images."""
    with Labeling() as labeling:
        _show("asked", labeling.project(project).ask_for_opinions(images), as_json)


def undo(
    project: ProjectName,
    review: Annotated[str, typer.Argument(metavar="ID", help="Of what is undone, as it told.", show_default=False)],
    images: Images,
    as_json: Json = False,
) -> None:
    """Take a correction, confirmation or rejection back.

    Images that were changed since stay as they are.
    """
    with Labeling() as labeling:
        done = labeling.project(project).undo(review, images)
        show_one(done, [("restored", len(done.restored)), ("left as they are", len(done.stale))], as_json)


def _show(what: str, done: Review, as_json: bool) -> None:
    fields: list[tuple[str, object]] = [(what, len(done.done))]
    rare = (("so already", done.unchanged), ("left as they are", done.stale))
    fields += [(name, some(images)) for name, images in rare if images]
    fields += [("id, to undo it", step.id) for step in done.steps if step.done]
    show_one(done, fields, as_json)
