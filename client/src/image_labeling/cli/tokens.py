"""`token`: access tokens. They are made on the site, as tokens make no tokens."""

from typing import Annotated

import typer

from image_labeling.answers.tokens import AnyToken, Token
from image_labeling.cli.asking import confirm
from image_labeling.cli.options import Json, Yes
from image_labeling.cli.output import Column, say, show_list
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="List and revoke access tokens. They are made on the site.")

COLUMNS = (
    Column[Token]("NAME", lambda token: token.name, folds=True),
    Column[Token]("ROLE", lambda token: token.role),
    Column[Token]("CREATED BY", lambda token: token.made_by, spare=True),
    Column[Token]("LAST USED", lambda token: token.last_used_at, spare=True),
    Column[Token]("EXPIRES", lambda token: token.expires_at),
    Column[Token]("ID", lambda token: token.id),
)
OF_ALL = (
    Column[AnyToken]("NAME", lambda token: token.name, folds=True),
    Column[AnyToken]("OPENS", lambda token: token.project_name or "the whole service", folds=True),
    Column[AnyToken]("CREATED BY", lambda token: token.made_by, spare=True),
    Column[AnyToken]("LAST USED", lambda token: token.last_used_at, spare=True),
    Column[AnyToken]("WORKS", lambda token: token.works),
    Column[AnyToken]("EXPIRES", lambda token: token.expires_at, spare=True),
    Column[AnyToken]("ID", lambda token: token.id),
)

NONE = "There are no access tokens."

OfProject = Annotated[
    str | None, typer.Option("--project", metavar="PROJECT", help="Those of one project.", show_default=False)
]


@app.command("list")
def list_(project: OfProject = None, as_json: Json = False) -> None:
    """List access tokens.

    Those of the service and of all projects, or of one project.
    """
    with Labeling() as labeling:
        if project:
            show_list(labeling.project(project).tokens, COLUMNS, as_json, none=NONE)
        else:
            show_list(labeling.tokens, OF_ALL, as_json, none=NONE)


@app.command()
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As `token list` has it.", show_default=False)],
    project: OfProject = None,
    yes: Yes = False,
) -> None:
    """Revoke an access token: it opens nothing any more."""
    with Labeling() as labeling:
        tokens = labeling.project(project).tokens if project else labeling.tokens
        confirm("Revoke this access token?", yes=yes)
        tokens.revoke(token_id)
        say("It is revoked.")
