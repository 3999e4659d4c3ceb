"""Where the command line begins: its commands, and how what goes wrong is told."""

import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from image_labeling.cli import (
    backups,
    checks,
    datasets,
    datastores,
    exports,
    figures,
    images,
    imports,
    login,
    members,
    people,
    progress,
    projects,
    reviews,
    tokens,
    uploads,
)
from image_labeling.cli.exits import MEANINGS, Code, WrongUse, code_of
from image_labeling.cli.output import say
from image_labeling.errors import LabelingError
from image_labeling.version import __version__

NAME = "image-labeling"
TRACEBACK = "LABELING_TRACEBACK"

HELP = """The image labeling service from a shell: images in, labels out.

Log in once (image-labeling login), or set LABELING_URL and LABELING_TOKEN.
Projects are named by their name or id. Lists are tables for people; --json
gives them to programs. Nothing asks where there is no terminal.
"""
EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {meaning}" for code, meaning in MEANINGS.items())


class Commands(TyperGroup):
    """The commands, each of which ends with a code and, where it fails, a line of words."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except LabelingError as error:
            say(f"Error: {error}")
            raise typer.Exit(code_of(error)) from error
        except WrongUse as error:
            say(f"Error: {error}")
            raise typer.Exit(Code.WRONG_USE) from error
        except (KeyboardInterrupt, typer.Abort) as error:
            # Abort: at a question.
            say("Interrupted.")
            raise typer.Exit(Code.INTERRUPTED) from error
        except BrokenPipeError as error:
            # Whoever reads has read enough. What is left must not be written when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Code.GOOD) from error
        except OSError as error:
            # Of this machine: a full disk, a folder that may not be written to.
            say(f"Error: {error.strerror or error}" + (f": {error.filename}" if error.filename else ""))
            raise typer.Exit(Code.FAILED) from error
        except Exception as error:
            if type(error).__module__.startswith(("typer", "click")):
                raise
            if os.environ.get(TRACEBACK):
                traceback.print_exc()
            say(f"Error: This is a fault of {NAME}: {type(error).__name__}: {error}. {TRACEBACK}=1 shows where.")
            raise typer.Exit(Code.FAILED) from error


app = typer.Typer(
    cls=Commands,
    name=NAME,
    help=HELP,
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


figures.add_to(projects.app)
reviews.add_to(images.app)
# In the order of --help.
login.add_to(app)
app.add_typer(projects.app, name="project")
uploads.add_to(app)
progress.add_to(app)
imports.add_to(app)
exports.add_to(app)
app.add_typer(images.app, name="image")
app.add_typer(members.app, name="member")
app.add_typer(checks.app, name="check")
app.add_typer(backups.app, name="backup")
app.add_typer(datastores.app, name="datastore")
app.add_typer(datasets.app, name="dataset")
app.add_typer(tokens.app, name="token")
people.add_to(app)


def main() -> None:
    """What `image-labeling` runs."""
    # Whoever has closed one of them wants nothing of it; it must not come by the other one.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        # Names are in any language, and not every terminal can show them.
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app(prog_name=NAME)
    except KeyboardInterrupt:
        sys.exit(Code.INTERRUPTED)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
