"""`login`, `logout`."""

import os
import sys
from typing import Annotated

import typer

from image_labeling.cli.exits import WrongUse
from image_labeling.cli.output import say
from image_labeling.credentials import TOKEN, URL, Credentials, checked, drop_login, write_login
from image_labeling.labeling import Labeling

OF_A_PROJECT = "lbl_"


def add_to(app: typer.Typer) -> None:
    app.command()(login)
    app.command()(logout)


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
    """Keep the service's address and an access token, in a file that only you can read.

    Administrators make access tokens on the site: People, Access tokens.
    """
    site = checked(url)
    given = Credentials(site, _token(token))
    is_of_a_project = given.token.startswith(OF_A_PROJECT)
    if not is_of_a_project:
        with Labeling(given.url, given.token) as labeling:
            next(iter(labeling.projects), None)
    file = write_login(given)
    if is_of_a_project:
        say(f"Kept in {file}. It is a project's token: name the project by its id.")
    else:
        say(f"Logged in to {site}. Kept in {file}.")
    if (shadow := os.environ.get(URL)) and checked(shadow) != site:
        say(f"{URL} is set to {shadow}, and counts before this login.")


def logout() -> None:
    """Forget the login. The access token stays good until it is revoked."""
    say("Logged out." if drop_login() else "Nobody was logged in.")


def _token(given: str | None) -> str:
    if given == "-":
        given = sys.stdin.readline().strip()
    elif given is None and sys.stdin.isatty() and sys.stderr.isatty():
        given = typer.prompt("Access token", hide_input=True, err=True).strip()
    if not given:
        raise WrongUse(f"An access token is needed: --token, {TOKEN}, or --token - to read it from stdin.")
    return str(given)
