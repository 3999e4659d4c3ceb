"""`dataset`: folders of datastores that have a name, and finished exports."""

from typing import Annotated

import typer

from image_labeling.answers.datastores import Dataset, ExportedDataset
from image_labeling.cli.asking import confirm
from image_labeling.cli.options import Json, Yes
from image_labeling.cli.output import Column, say, show_list, show_one, shown
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="List, make and delete datasets: folders that have a name.")

COLUMNS = (
    Column[Dataset | ExportedDataset]("NAME", lambda one: one.name, folds=True),
    Column[Dataset | ExportedDataset]("KIND", lambda one: "folder" if isinstance(one, Dataset) else "export"),
    Column[Dataset | ExportedDataset]("OF", lambda one: _source(one), folds=True),
    Column[Dataset | ExportedDataset]("CREATED", lambda one: one.created_at, spare=True),
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name.", show_default=False)]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the datasets of the service, finished exports among them."""
    with Labeling() as labeling:
        show_list(labeling.datasets, COLUMNS, as_json, none="There are no datasets.")


@app.command()
def create(
    name: Name,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Folder of the datastore.", show_default=False)],
    datastore: Annotated[str, typer.Option(metavar="NAME", help="Where the folder is.")] = "workspace",
    description: Annotated[str, typer.Option(metavar="TEXT", help="For people.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Give a folder of a datastore a name."""
    with Labeling() as labeling:
        made = labeling.datasets.create(name, datastore, folder, description=description)
        show_one(made, [("name", made.name), ("folder", _source(made)), ("description", made.description)], as_json)


@app.command()
def delete(name: Name, yes: Yes = False) -> None:
    """Forget the name of a folder. Its images stay."""
    with Labeling() as labeling:
        confirm(f"Delete the dataset {shown(name)}? Its images stay.", yes=yes)
        labeling.datasets.delete(name)
        say(f"Deleted the dataset {shown(name)}. Its images stay.")


def _source(one: Dataset | ExportedDataset) -> str:
    return f"{one.datastore}/{one.prefix}" if isinstance(one, Dataset) else one.project.name
