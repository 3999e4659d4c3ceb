"""`check`: how many of the labels are right, by random samples that reviewers judge."""

from itertools import islice
from typing import Annotated, Literal

import typer

from image_labeling.answers.checks import Check, CheckedImage, Figures
from image_labeling.cli.asking import confirm
from image_labeling.cli.exits import WrongUse
from image_labeling.cli.options import Json, LabelNames, Limit, ProjectName, Yes
from image_labeling.cli.output import Column, percent, say, show_list, show_one
from image_labeling.errors import LabelingError
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="Measure how many labels are right, by random samples.")

COLUMNS = (
    Column[Check]("ID", lambda check: check.id),
    Column[Check]("OF", lambda check: _of(check), folds=True),
    Column[Check]("STATUS", lambda check: check.status),
    Column[Check]("JUDGED", lambda check: f"{check.judged:,} of {check.size:,}", is_number=True),
    Column[Check]("RIGHT", lambda check: right(check)),
    Column[Check]("DRAWN", lambda check: check.created_at, spare=True),
)
IMAGES = (
    Column[CheckedImage]("NAME", lambda image: image.name, folds=True),
    Column[CheckedImage]("LABELS", lambda image: image.labels),
    Column[CheckedImage]("VERDICT", lambda image: image.verdict),
    Column[CheckedImage]("BY", lambda image: image.labeler_name, spare=True),
    Column[CheckedImage]("ID", lambda image: image.id),
)

CheckId = Annotated[str, typer.Argument(metavar="ID", help="As `check list` has it.", show_default=False)]


@app.command("list")
def list_(project: ProjectName, as_json: Json = False) -> None:
    """List the checks of a project, newest first."""
    with Labeling() as labeling:
        show_list(labeling.project(project).checks, COLUMNS, as_json, none="There are no checks.")


@app.command()
def start(
    project: ProjectName,
    size: Annotated[int, typer.Option(min=10, metavar="NUMBER", help="So many images are drawn.")] = 100,
    labeler: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only of those labeled by this person.", show_default=False)
    ] = None,
    label: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only of those that have this label.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Draw labeled images at random, for reviewers to judge on the site."""
    if labeler and label:
        raise WrongUse("Give --labeler or --label, not both.")
    with Labeling() as labeling:
        show_check(labeling.project(project).checks.start(size, labeler=labeler, label=label), as_json)


@app.command()
def show(project: ProjectName, check_id: CheckId, as_json: Json = False) -> None:
    """Show what a check has found so far."""
    with Labeling() as labeling:
        show_check(labeling.project(project).checks.get(check_id), as_json)


@app.command()
def images(
    project: ProjectName,
    check_id: CheckId,
    verdict: Annotated[
        Literal["right", "wrong", "unclear", "none"] | None,
        typer.Option(help="Only those with this verdict, or with none.", show_default=False),
    ] = None,
    limit: Limit = None,
    as_json: Json = False,
) -> None:
    """List the images of a check's sample."""
    with Labeling() as labeling:
        found = labeling.project(project).checks.images(check_id, verdict)
        show_list(islice(found, limit), IMAGES, as_json, none="No image matches.")


@app.command()
def judge(
    project: ProjectName,
    check_id: CheckId,
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="Its id or its path.", show_default=False)],
    verdict: Annotated[
        Literal["right", "wrong", "unclear"], typer.Argument(help="What its labels are.", show_default=False)
    ],
    labels: LabelNames = None,
    as_json: Json = False,
) -> None:
    """Judge an image of a check. A wrong one gets these labels, if some are given."""
    if labels and verdict != "wrong":
        raise WrongUse("--label goes with wrong.")
    with Labeling() as labeling:
        checks = labeling.project(project).checks
        found = next((one for one in checks.images(check_id) if image in (one.id, one.name)), None)
        if found is None:
            raise LabelingError(f"The check has no image {image}.", type="not-found")
        done = checks.judge(check_id, [(found, verdict, labels) if labels else (found, verdict)])
        show_one(done, [("saved", len(done.saved)), ("left as they are", len(done.stale))], as_json)


@app.command()
def delete(project: ProjectName, check_id: CheckId, yes: Yes = False) -> None:
    """Delete a check. The labels stay as they are."""
    with Labeling() as labeling:
        checks = labeling.project(project).checks
        confirm(f"Delete the check {check_id}?", yes=yes)
        checks.delete(check_id)
        say(f"Deleted the check {check_id}.")


def show_check(check: Check, as_json: bool) -> None:
    fields: list[tuple[str, object]] = [
        ("id", check.id),
        ("of", _of(check)),
        ("status", check.status),
        ("drawn", f"{check.size:,} images"),
        ("judged", check.judged),
        ("right", right(check)),
        ("wrong", check.wrong),
        ("unclear", check.unclear),
        *((f"  {part.label or 'no label'}", right(part)) for part in check.by_label if part.judged),
        *((f"  by {labeler.name}", right(labeler)) for labeler in check.by_labeler if labeler.judged),
    ]
    show_one(check, fields, as_json)


def right(figures: Figures) -> str:
    return percent(figures.share, figures.interval)


def _of(check: Check) -> str:
    return check.labeler_name or check.label or "all labels"
