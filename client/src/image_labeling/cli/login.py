"""`login`, `logout`, `whoami`."""

import os
from typing import Annotated

import typer

from image_labeling.cli.options import Json
from image_labeling.cli.output import say, show_one, shown
from image_labeling.cli.secrets import secret
from image_labeling.credentials import TOKEN, URL, Credentials, checked, drop_login, well_formed, write_login
from image_labeling.labeling import Labeling

OF_A_PROJECT = "lbl_"


def add_to(app: typer.Typer) -> None:
    app.command()(login)
    app.command()(logout)
    app.command()(whoami)


def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the site.", show_default=False)],
    token: Annotated[
        str | None,
        typer.Option(
            help="An access token. Without it, it is asked for; - reads it from stdin.",
            envvar=TOKEN,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Keep the service's address and an access token.

    They are kept in a file that only you can read.
    Administrators of the service make access tokens on the site: People, Access
    tokens. Those of one project are under its Details.
    """
    site = checked(url)
    given = Credentials(site, well_formed(secret(token, "access token", "--token", TOKEN)))
    is_of_a_project = given.token.startswith(OF_A_PROJECT)
    if not is_of_a_project:
        with Labeling(given.url, given.token) as labeling:
            name = labeling.me().name
    file = write_login(given)
    if is_of_a_project:
        say(f"Kept in {file}. It is a project's token: name the project by its id.")
    else:
        say(f"Logged in to {site} as {shown(name)}. Kept in {file}.")
    if (shadow := os.environ.get(URL)) and checked(shadow) != site:
        say(f"{URL} is set to {shadow}, and counts before this login.")


def logout() -> None:
    """Forget the login. The access token stays good until it is revoked."""
    say("Logged out." if drop_login() else "Nobody was logged in.")


def whoami(as_json: Json = False) -> None:
    """Show where the service is, and who you are there."""
    with Labeling() as labeling:
        me = labeling.me()
        show_one(
            me,
            [("service", labeling.url), ("name", me.name), ("administrator of the service", me.is_administrator)],
            as_json,
        )
