"""`member`: who may do what in a project."""

from typing import Annotated, Literal

import typer

from image_labeling.answers.people import Member
from image_labeling.cli.asking import confirm
from image_labeling.cli.options import Json, ProjectName, Yes
from image_labeling.cli.output import Column, say, show_list, shown, write_json
from image_labeling.labeling import Labeling

app = typer.Typer(no_args_is_help=True, help="List, invite and remove the members of a project.")

COLUMNS = (
    Column[Member]("SIGN-IN NAME", lambda member: member.sign_in_name, folds=True),
    Column[Member]("ROLE", lambda member: member.role),
    Column[Member]("HAS SIGNED IN", lambda member: member.user_id is not None),
)

SignInName = Annotated[str, typer.Argument(metavar="NAME", help="The name by which they sign in.", show_default=False)]


@app.command("list")
def list_(project: ProjectName, as_json: Json = False) -> None:
    """List the members of a project."""
    with Labeling() as labeling:
        show_list(labeling.project(project).members, COLUMNS, as_json, none="The project has no members.")


@app.command("set")
def set_(
    project: ProjectName,
    name: SignInName,
    role: Annotated[
        Literal["labeler", "reviewer", "administrator"], typer.Argument(help="What they may do.", show_default=False)
    ],
    as_json: Json = False,
) -> None:
    """Invite somebody, or give a member another role."""
    with Labeling() as labeling:
        found = labeling.project(project)
        member = found.members.set(name, role)
        say(f"{shown(name)} is {role} of {shown(found.name)}.")
        if as_json:
            write_json(member)


@app.command()
def remove(project: ProjectName, name: SignInName, yes: Yes = False) -> None:
    """Remove a member. Their labels stay."""
    with Labeling() as labeling:
        found = labeling.project(project)
        confirm(f"Remove {shown(name)} from {shown(found.name)}?", yes=yes)
        found.members.remove(name)
        say(f"{shown(name)} is no member of {shown(found.name)} any more.")
