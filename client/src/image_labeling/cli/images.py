"""`image`: what a project's images are labeled as, and what happened to them."""

from itertools import islice
from typing import Annotated, Any, Literal

import typer

from image_labeling.answers.images import HistoryEntry, Image, ImageWithHistory
from image_labeling.cli.options import Json, LabelNames, Limit, ProjectName
from image_labeling.cli.output import Column, show_list, show_one, shown
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="List, show and review images.")

COLUMNS = (
    Column[Image]("NAME", lambda image: image.name, folds=True),
    Column[Image]("STATE", lambda image: image.state),
    Column[Image]("LABELS", lambda image: image.labels),
    Column[Image]("BY", lambda image: image.labeler_name, spare=True),
    Column[Image]("LABELED", lambda image: image.labeled_at, spare=True),
    Column[Image]("ID", lambda image: image.id),
)


@app.command("list")
def list_(
    project: ProjectName,
    state: Annotated[
        Literal["waiting", "leased", "labeled", "skipped", "disputed", "preparing", "unreadable", "missing"] | None,
        typer.Option(help="Those in this state.", show_default=False),
    ] = None,
    labels: LabelNames = None,
    match: Annotated[
        Literal["any", "all", "none"], typer.Option(help="Whether they have any, all or none of the labels.")
    ] = "any",
    labeler: Annotated[
        str | None, typer.Option(metavar="NAME", help="Labeled by this person.", show_default=False)
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", help="With this in their path.", show_default=False)
    ] = None,
    reviewed: Annotated[
        bool | None,
        typer.Option("--reviewed/--not-reviewed", help="Whether a reviewer saw the label.", show_default=False),
    ] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Those that wait because they were rejected.")] = False,
    doubted: Annotated[bool, typer.Option("--doubted", help="Those of which the model says another label.")] = False,
    limit: Limit = None,
    as_json: Json = False,
) -> None:
    """List images of a project that match all that is named."""
    filters: dict[str, Any] = {"state": state, "labeler": labeler, "name": name, "reviewed": reviewed}
    filters = {key: value for key, value in filters.items() if value is not None}
    if labels or match == "none":
        filters.update(labels=labels or [], match=match)
    filters.update({key: True for key, is_wanted in (("rejected", rejected), ("doubted", doubted)) if is_wanted})
    with Labeling() as labeling:
        found = labeling.project(project).images(**filters)
        show_list(islice(found, limit), COLUMNS, as_json, none="No image matches.")


@app.command()
def show(
    project: ProjectName,
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="Its path, or its id.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Show an image and what happened to it."""
    with Labeling() as labeling:
        found = labeling.project(project).image(image)
        show_one(found, _fields(found), as_json)


def _fields(image: ImageWithHistory) -> list[tuple[str, object]]:
    return [
        ("name", image.name),
        ("id", image.id),
        ("state", image.state),
        ("labels", image.labels),
        ("by", image.labeler_name),
        ("reviewed", image.reviewed),
        ("size", f"{image.width:,} x {image.height:,} pixels" if image.width else None),
        *([("why", image.problem)] if image.problem else []),
        *((f"  {shown(entry.at)}", _happened(entry)) for entry in image.history),
    ]


def _happened(entry: HistoryEntry) -> str:
    """As `labeled by ann: Cat, Dog`."""
    by = f" by {entry.by_name}" if entry.by_name else ""
    said = "; ".join(filter(None, (", ".join(entry.labels), entry.reason)))
    return f"{entry.action}{by}{f': {said}' if said else ''}"
