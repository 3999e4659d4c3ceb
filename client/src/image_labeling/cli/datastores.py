"""`datastore`: connections to blob containers."""

from typing import Annotated, Literal

import typer

from image_labeling.answers.datastores import BrowsedFile, BrowsedFolder, Datastore
from image_labeling.cli.asking import confirm
from image_labeling.cli.options import Json, Yes
from image_labeling.cli.output import Column, say, show_list, show_one, shown
from image_labeling.cli.secrets import secret
from image_labeling.labeling import Labeling
from image_labeling.options import Auth

app = typer.Typer(no_args_is_help=True, help="List, browse, make and delete datastores.")

VARIABLE = "LABELING_DATASTORE_SECRET"
COLUMNS = (
    Column[Datastore]("NAME", lambda one: one.name),
    Column[Datastore]("ACCESS", lambda one: one.auth),
    Column[Datastore]("CONTAINER", lambda one: _container(one), folds=True),
)
ENTRIES = (
    Column[BrowsedFolder | BrowsedFile](
        "NAME", lambda one: one.name + "/" * isinstance(one, BrowsedFolder), folds=True
    ),
    Column[BrowsedFolder | BrowsedFile](
        "BYTES", lambda one: one.bytes if isinstance(one, BrowsedFile) else None, is_number=True
    ),
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name.", show_default=False)]
Access = Annotated[
    Literal["sas", "accountKey", "identity", "anonymous"],
    typer.Option("--access", help="How the container is opened.", show_default=False),
]
Secret = Annotated[
    str | None,
    typer.Option(
        "--secret",
        envvar=VARIABLE,
        help="The SAS token or account key. Without it, it is asked for; - reads it from stdin.",
        show_default=False,
    ),
]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the datastores of the service."""
    with Labeling() as labeling:
        show_list(labeling.datastores, COLUMNS, as_json, none="There are no datastores.")


@app.command()
def show(name: Name, as_json: Json = False) -> None:
    """Show a datastore."""
    with Labeling() as labeling:
        _show(labeling.datastores.get(name), as_json)


@app.command()
def browse(
    name: Name,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="All of it without one.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """List what is in a folder of a datastore."""
    prefix = f"{folder.rstrip('/')}/" if folder else ""
    with Labeling() as labeling:
        show_list(labeling.datastores.browse(name, prefix), ENTRIES, as_json, none="Nothing is there.")


@app.command()
def create(
    name: Name,
    container: Annotated[str, typer.Argument(metavar="URL", help="Address of the blob container.", show_default=False)],
    access: Access,
    token: Secret = None,
    folder: Annotated[str, typer.Option(metavar="FOLDER", help="Only this folder of it.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Connect a blob container."""
    with Labeling() as labeling:
        auth = _auth(access, token)
        _show(labeling.datastores.create(name, container, auth=auth, folder=folder), as_json)


@app.command()
def change(name: Name, access: Access, token: Secret = None, as_json: Json = False) -> None:
    """Open a datastore by another token, key or identity."""
    with Labeling() as labeling:
        _show(labeling.datastores.change(name, auth=_auth(access, token)), as_json)


@app.command()
def delete(name: Name, yes: Yes = False) -> None:
    """Disconnect a datastore. Its files stay."""
    with Labeling() as labeling:
        confirm(f"Disconnect the datastore {shown(name)}?", yes=yes)
        labeling.datastores.delete(name)
        say(f"Disconnected {shown(name)}. Its files stay.")


def _auth(access: str, given: str | None) -> Auth:
    if access == "sas":
        return {"kind": access, "token": secret(given, "SAS token", "--secret", VARIABLE)}
    if access == "accountKey":
        return {"kind": access, "key": secret(given, "account key", "--secret", VARIABLE)}
    return {"kind": access}


def _show(one: Datastore, as_json: bool) -> None:
    warnings = {
        "changes": "its SAS token may do more than read and list",
        "long": "its SAS token is good for more than a year",
    }
    told = [warnings.get(warning, warning) for warning in one.warnings]
    fields: list[tuple[str, object]] = [
        ("name", one.name),
        ("container", _container(one)),
        ("access", one.auth),
        ("created", one.created_at),
        *([("note", told)] if told else []),
    ]
    show_one(one, fields, as_json)


def _container(one: Datastore) -> str:
    return f"{one.container_url}/{one.folder}".rstrip("/")
