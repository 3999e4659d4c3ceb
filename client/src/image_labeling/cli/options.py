"""Options and arguments that several commands have."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON document, with the API's names.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
ProjectName = Annotated[str, typer.Argument(metavar="PROJECT", help="Name or id of the project.", show_default=False)]
