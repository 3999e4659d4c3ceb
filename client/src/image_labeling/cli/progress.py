"""`progress`: how far a project is, once, or until it is done."""

import time
from typing import Annotated

import typer

from image_labeling.answers.projects import Progress
from image_labeling.cli.bars import Bar
from image_labeling.cli.exits import WrongUse
from image_labeling.cli.options import Json, ProjectName, Timeout
from image_labeling.cli.output import percent, show_one
from image_labeling.figures import POLL_SECONDS
from image_labeling.labeling import Labeling
from image_labeling.project import Project


def add_to(app: typer.Typer) -> None:
    app.command()(progress)


def progress(
    project: ProjectName,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until nothing is left to label, or Ctrl-C.")] = False,
    until: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, metavar="SHARE", help="Wait until this share is labeled: 0.9 for 90%.", show_default=False
        ),
    ] = None,
    timeout: Timeout = None,
    as_json: Json = False,
) -> None:
    """Show how far a project is.

    With --watch or --until, what it is at the end is shown when it is reached.
    """
    if timeout is not None and until is None:
        raise WrongUse("--timeout goes with --until.")
    with Labeling() as labeling:
        found = labeling.project(project)
        reached = _watched(found, until, timeout) if until is not None or watch else found.progress()
        show_one(reached, fields_of(reached), as_json)


def fields_of(progress: Progress) -> list[tuple[str, object]]:
    rare = [
        ("preparing", progress.preparing),
        ("disputed", progress.disputed),
        ("unreadable", progress.unreadable),
        ("missing", progress.missing),
    ]
    return [
        ("images", progress.total),
        ("labeled", _labeled(progress)),
        ("skipped", progress.skipped),
        ("waiting", progress.waiting),
        ("with labelers", progress.leased),
        *((name, count) for name, count in rare if count),
        ("reviewed", progress.reviewed),
        *((f"  {entry.label}", entry.count) for entry in progress.by_label),
    ]


def _labeled(progress: Progress) -> str:
    told = f"{progress.labeled:,} ({percent(progress.share_labeled)})"
    lately = int(progress.labeled_per_hour)
    return f"{told}, {lately:,} of them in the last hour" if lately else told


def _watched(project: Project, until: float | None, timeout: float | None) -> Progress:
    with Bar(f"Labeling {project.name}") as bar:

        def told(progress: Progress) -> None:
            bar.count(progress.labeled, progress.total - progress.unreadable - progress.missing, "images")

        if until is not None:
            return project.wait_until(labeled=until, timeout=timeout, told=told)
        while True:
            reached = project.progress()
            told(reached)
            if not (reached.preparing or reached.waiting or reached.leased):
                return reached
            time.sleep(POLL_SECONDS)
