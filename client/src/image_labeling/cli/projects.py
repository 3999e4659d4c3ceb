"""`project`: list, show, delete."""

import typer

from image_labeling.cli.asking import confirm
from image_labeling.cli.options import Json, ProjectName, Yes
from image_labeling.cli.output import Column, say, show_list, show_one, shown
from image_labeling.labeling import Labeling
from image_labeling.project import Project

app = typer.Typer(no_args_is_help=True, help="Projects: make them, look at them, pause them, delete them.")

COLUMNS = (
    Column[Project]("NAME", lambda project: project.name, folds=True),
    Column[Project]("STATUS", lambda project: project.answer.status),
    Column[Project]("YOUR ROLE", lambda project: project.answer.role, spare=True),
    Column[Project]("LABELS", lambda project: len(project.answer.labels), is_number=True, spare=True),
    Column[Project]("MADE", lambda project: project.answer.created_at, spare=True),
    Column[Project]("ID", lambda project: project.id),
)


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
        ("made", answer.created_at),
        ("your role", answer.role),
    ]
    if answer.status_detail:
        fields.insert(4, ("why", answer.status_detail))
    show_one(project, fields, as_json)
