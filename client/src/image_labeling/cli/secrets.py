"""What nobody else may see: from an option, the environment, stdin, or typed where it is not shown."""

import sys

import typer

from image_labeling.cli.exits import WrongUse


def secret(given: str | None, what: str, option: str, variable: str) -> str:
    """given: what the option or the variable has; `-` reads it from stdin. Raises WrongUse where there is none."""
    if given == "-":
        given = sys.stdin.readline()
    elif given is None and sys.stdin.isatty() and sys.stderr.isatty():
        given = typer.prompt(what[0].upper() + what[1:], hide_input=True, err=True)
    given = (given or "").strip()
    if not given:
        raise WrongUse(f"No {what} is given. Set {variable}, or give {option} - and send it to stdin.")
    return given
