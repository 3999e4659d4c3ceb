"""Questions before what cannot be undone. Where there is no terminal, nothing is asked."""

import sys

import typer

from image_labeling.cli.exits import Code, WrongUse
from image_labeling.cli.output import say


def confirm(question: str, *, yes: bool) -> None:
    """Goes on only if the person wants it, or has said so with --yes."""
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise WrongUse(f"{question} There is no terminal to ask at; add --yes to do it.")
    if not typer.confirm(question, err=True):
        say("Nothing was changed.")
        raise typer.Exit(Code.FAILED)
