"""`project`: make, list, show, change, pause, resume, refresh and delete projects."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from image_labeling.cli.asking import confirm
from image_labeling.cli.bars import Bar
from image_labeling.cli.exits import WrongUse
from image_labeling.cli.options import Json, LabelNames, NoWait, ProjectName, Timeout, Yes
from image_labeling.cli.output import Column, say, show_list, show_one, shown, write_json
from image_labeling.labeling import Labeling
from image_labeling.project import Project

app = typer.Typer(no_args_is_help=True, help="Make, list, show, change, pause and delete projects.")

COLUMNS = (
    Column[Project]("NAME", lambda project: project.name, folds=True),
    Column[Project]("STATUS", lambda project: project.answer.status),
    Column[Project]("YOUR ROLE", lambda project: project.answer.role, spare=True),
    Column[Project]("LABELS", lambda project: len(project.labels), is_number=True, spare=True),
    Column[Project]("CREATED", lambda project: project.answer.created_at, spare=True),
    Column[Project]("ID", lambda project: project.id),
)

Instructions = Annotated[str | None, typer.Option(metavar="TEXT", help="What labelers are told.", show_default=False)]
Suggestions = Annotated[
    bool | None,
    typer.Option("--suggestions/--no-suggestions", help="Whether labels are suggested.", show_default=False),
]
Opinions = Annotated[
    int | None,
    typer.Option(min=1, metavar="NUMBER", help="So many people look at each image.", show_default=False),
]
Watched = Annotated[
    bool | None,
    typer.Option(
        "--incremental/--no-incremental",
        help="Whether the folder is looked through for new images by itself.",
        show_default=False,
    ),
]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the projects that you may see."""
    with Labeling() as labeling:
        show_list(labeling.projects, COLUMNS, as_json, none="There are no projects.")


@app.command()
def show(project: ProjectName, as_json: Json = False) -> None:
    """Show a project."""
    with Labeling() as labeling:
        show_project(labeling.project(project), as_json)


@app.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What people call it.", show_default=False)],
    label: LabelNames = None,
    images: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="Folder of the images in the datastore.", show_default=False),
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="A dataset instead of a folder.", show_default=False)
    ] = None,
    datastore: Annotated[str, typer.Option(metavar="NAME", help="Where the folder is.")] = "workspace",
    task_type: Annotated[
        Literal["multiClass", "multiLabel"], typer.Option(help="Whether an image has one label, or any number.")
    ] = "multiClass",
    from_labels: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="A file of labels that gives task type and labels, and is imported.",
            show_default=False,
        ),
    ] = None,
    instructions: Instructions = None,
    suggestions: Suggestions = None,
    opinions: Opinions = None,
    incremental: Watched = None,
    no_wait: NoWait = False,
    timeout: Timeout = None,
    as_json: Json = False,
) -> None:
    """Make a project over a folder of images.

    It waits until the folder was looked through. `image-labeling upload` brings
    images there.
    """
    if bool(label) == bool(from_labels):
        raise WrongUse("Give --label, or --from-labels instead.")
    if (images is None) == (dataset is None):
        raise WrongUse("Give --images, or --dataset instead.")
    if from_labels and images is None:
        raise WrongUse("--from-labels goes with --images.")
    settings = _settings(
        instructions=instructions, ml_assist=suggestions, opinions=opinions, incremental_refresh=incremental
    )
    with Labeling() as labeling, Bar(f"Creating {name}"):
        if from_labels and images:
            made = labeling.projects.create_from_labels(
                name, from_labels, images=images, datastore=datastore, wait=not no_wait, timeout=timeout, **settings
            )
        else:
            made = labeling.projects.create(
                name,
                labels=label or (),
                images=images,
                dataset=dataset,
                datastore=datastore,
                task_type=task_type,
                wait=not no_wait,
                timeout=timeout,
                **settings,
            )
    show_project(made, as_json)


@app.command()
def change(
    project: ProjectName,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="A new name.", show_default=False)] = None,
    add_label: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="One label more.", show_default=False)
    ] = None,
    instructions: Instructions = None,
    suggestions: Suggestions = None,
    opinions: Opinions = None,
    incremental: Watched = None,
    as_json: Json = False,
) -> None:
    """Change what is named of a project; the rest stays."""
    settings = _settings(
        instructions=instructions, ml_assist=suggestions, opinions=opinions, incremental_refresh=incremental
    )
    if not (settings or name or add_label):
        raise WrongUse("Name something that is to change.")
    with Labeling() as labeling:
        found = labeling.project(project)
        labels = [*(one.name for one in found.labels), *add_label] if add_label else None
        show_project(found.change(name=name, labels=labels, **settings), as_json)


@app.command()
def pause(project: ProjectName, as_json: Json = False) -> None:
    """Pause a project: nobody gets images."""
    with Labeling() as labeling:
        found = labeling.project(project).pause()
        say(f"{shown(found.name)} is paused.")
        if as_json:
            write_json(found)


@app.command()
def resume(project: ProjectName, as_json: Json = False) -> None:
    """Go on with a paused project."""
    with Labeling() as labeling:
        found = labeling.project(project).resume()
        say(f"{shown(found.name)} goes on.")
        if as_json:
            write_json(found)


@app.command()
def refresh(project: ProjectName, no_wait: NoWait = False, timeout: Timeout = None, as_json: Json = False) -> None:
    """Look for new, changed and missing images."""
    with Labeling() as labeling:
        found = labeling.project(project)
        with Bar(f"Looking through the folder of {found.name}"):
            done = found.refresh(wait=not no_wait, timeout=timeout)
        fields = [
            ("status", done.status),
            ("found", done.found),
            ("new", done.added),
            ("changed", done.changed),
            ("missing", done.missing),
            ("there again", done.back),
            ("passed over", done.passed_over),
        ]
        show_one(done, fields, as_json)


@app.command()
def merge(
    project: ProjectName,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="This one goes.", show_default=False)],
    into: Annotated[str, typer.Argument(metavar="INTO", help="As this one its images count.", show_default=False)],
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Let a label count as another one. `project unmerge` takes it back."""
    with Labeling() as labeling:
        found = labeling.project(project)
        confirm(f"Let {shown(label)} count as {shown(into)} in {shown(found.name)}?", yes=yes)
        show_project(found.merge_label(label, into=into), as_json)


@app.command()
def unmerge(
    project: ProjectName,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="The one that was merged.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Take the merging of a label back."""
    with Labeling() as labeling:
        show_project(labeling.project(project).unmerge_label(label), as_json)


@app.command()
def delete(project: ProjectName, yes: Yes = False) -> None:
    """Delete a project and its labels for good. The images stay."""
    with Labeling() as labeling:
        found = labeling.project(project)
        confirm(f"Delete the project {shown(found.name)} and all its labels?", yes=yes)
        found.delete()
        say(f"Deleted the project {shown(found.name)}.")


def show_project(project: Project, as_json: bool) -> None:
    answer = project.answer
    folder = answer.dataset and f"{answer.dataset.datastore}/{answer.dataset.prefix}"
    fields = [
        ("name", answer.name),
        ("id", answer.id),
        ("address", project.url),
        ("status", answer.status),
        ("task type", answer.task_type),
        ("labels", [label.name for label in answer.labels]),
        ("images", folder),
        ("suggestions", answer.ml_assist),
        ("created", answer.created_at),
        ("your role", answer.role),
    ]
    if answer.status_detail:
        fields.insert(4, ("why", answer.status_detail))
    show_one(project, fields, as_json)


def _settings(**given: object) -> Any:
    """Those that were given."""
    return {name: value for name, value in given.items() if value is not None}
