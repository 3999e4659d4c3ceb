"""Options and arguments that several commands have."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON document, with the API's names.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
ProjectName = Annotated[str, typer.Argument(metavar="PROJECT", help="Name or id of the project.", show_default=False)]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Do not wait until it is done.")]
Timeout = Annotated[
    float | None,
    typer.Option(min=0, metavar="SECONDS", help="Wait so long at most; exit code 6 after it.", show_default=False),
]
Limit = Annotated[int | None, typer.Option(min=1, metavar="NUMBER", help="List so many at most.", show_default=False)]
LabelNames = Annotated[
    list[str] | None,
    typer.Option("--label", metavar="NAME", help="A label; may be given several times.", show_default=False),
]
