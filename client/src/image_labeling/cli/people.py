"""`people`: everybody who has signed in; `audit`: who changed what."""

from datetime import datetime
from itertools import islice
from typing import Annotated

import typer

from image_labeling.answers.audit import AuditEntry
from image_labeling.answers.people import Person
from image_labeling.cli.asking import confirm
from image_labeling.cli.options import Json, Yes
from image_labeling.cli.output import Column, say, show_list, shown, write_json
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="List, block and erase people who have signed in.")

COLUMNS = (
    Column[Person]("NAME", lambda person: person.name, folds=True),
    Column[Person]("ADMINISTRATOR", lambda person: person.is_administrator),
    Column[Person]("STATE", lambda person: "erased" if person.erased else "blocked" if person.blocked else None),
    Column[Person]("LAST SEEN", lambda person: person.last_seen_on, spare=True),
    Column[Person]("ID", lambda person: person.user_id),
)
CHANGES = (
    Column[AuditEntry]("AT", lambda entry: entry.at),
    Column[AuditEntry]("BY", lambda entry: entry.name),
    Column[AuditEntry]("ACTION", lambda entry: entry.action),
    Column[AuditEntry]("OUTCOME", lambda entry: entry.outcome, spare=True),
    Column[AuditEntry]("PROJECT", lambda entry: entry.project_name, folds=True, spare=True),
    Column[AuditEntry]("TO", lambda entry: entry.target, folds=True),
)

UserId = Annotated[str, typer.Argument(metavar="ID", help="As `people list` has it.", show_default=False)]


def add_to(main: typer.Typer) -> None:
    main.add_typer(app, name="people")
    main.command()(audit)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List everybody who has signed in."""
    with Labeling() as labeling:
        show_list(labeling.people, COLUMNS, as_json, none="Nobody has signed in.")


@app.command()
def block(user_id: UserId) -> None:
    """Block somebody, and the tokens that they made."""
    with Labeling() as labeling:
        labeling.people.block(user_id)
        say("They are blocked.")


@app.command()
def unblock(user_id: UserId) -> None:
    """Let somebody in again."""
    with Labeling() as labeling:
        labeling.people.unblock(user_id)
        say("They are let in again.")


@app.command()
def erase(user_id: UserId, yes: Yes = False, as_json: Json = False) -> None:
    """Replace somebody's name by a pseudonym for good. Their labels stay."""
    with Labeling() as labeling:
        confirm(f"Erase the name of {shown(user_id)} for good?", yes=yes)
        person = labeling.people.erase(user_id)
        say(f"They are {shown(person.name)} now.")
        if as_json:
            write_json(person)


def audit(
    project: Annotated[
        str | None, typer.Option(metavar="PROJECT", help="Name or id of a project.", show_default=False)
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Who made it.", show_default=False)] = None,
    action: Annotated[str | None, typer.Option(metavar="ACTION", help="As startExport.", show_default=False)] = None,
    since: Annotated[datetime | None, typer.Option(help="From this moment on.", show_default=False)] = None,
    until: Annotated[datetime | None, typer.Option(help="Before this moment.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="NUMBER", help="List so many at most.")] = 100,
    as_json: Json = False,
) -> None:
    """List who changed what, newest first."""
    with Labeling() as labeling:
        entries = labeling.audit.where(
            project=project and labeling.project(project).id,
            person=person,
            action=action,
            since=since and since.astimezone(),
            until=until and until.astimezone(),
        )
        show_list(islice(entries, limit), CHANGES, as_json, none="No change matches.")
