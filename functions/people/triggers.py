"""Calls about people, for administrators of the service: who was here when, and who is let in no more."""

from datetime import date, datetime

import azure.functions as func

from functions.administrators import administrators_of
from functions.api import Call, Output, Page, PageQuery, route
from functions.identity import Role
from functions.labeling.removing import end_leases_of
from functions.paging import page_of
from functions.people.blocks import blocks_of
from functions.problems import Conflict, NotFound
from functions.projects.members import projects_of
from functions.projects.people import Person, find_person, list_people
from functions.projects.persons import known_as
from functions.projects.store import list_projects
from functions.sign_in_names import folded
from functions.storage import storage
from functions.tokens.access import forget_tokens
from functions.tokens.store import drop_tokens_of

blueprint = func.Blueprint()

ROLE = Role.SERVICE_ADMINISTRATOR


class BlockAnswer(Output):
    """at: since when. byName: the sign-in name of who blocked them."""

    at: datetime
    by_name: str


class PersonAnswer(Output):
    """Somebody who has signed in. lastSeenOn: the last day (UTC) on which they called while signed in."""

    user_id: str
    name: str
    last_seen_on: date
    is_administrator: bool
    blocked: BlockAnswer | None


@route(blueprint, "GET", "people", role=ROLE, query=PageQuery, answers={200: Page[PersonAnswer]})
async def get_people(call: Call[None, PageQuery]) -> Page[PersonAnswer]:
    """Everybody who has signed in, by name."""
    page = page_of(await list_people(storage()), lambda one: f"{folded(one.name)} {one.user_id}", call.query)
    items = [await _answer(person) for person in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


@route(blueprint, "PUT", "people/{user_id}/block", role=ROLE, answers={204: None})
async def block_person(call: Call[None, None]) -> None:
    """Lets somebody in no more, ends their access tokens and their leases. They stay a member, and an administrator."""
    person = await _person(call)
    if person.user_id == call.caller.user_id:
        raise Conflict("You cannot block yourself.")
    await blocks_of(storage()).block(person.user_id, call.caller, call.now)
    await drop_tokens_of(storage(), person.user_id)
    forget_tokens()
    theirs = await projects_of(storage(), person.user_id)
    is_everywhere = await administrators_of(storage()).knows(person.user_id)
    for project in await list_projects(storage()):
        is_there = is_everywhere or project.id in theirs
        if is_there and project.status != "deleting" and not project.restoring:
            await end_leases_of(storage(), project, await known_as(storage(), project, person.user_id), call.now_ms)


@route(blueprint, "DELETE", "people/{user_id}/block", role=ROLE, answers={204: None})
async def unblock_person(call: Call[None, None]) -> None:
    """Lets somebody in again, as what they were; their access tokens are gone."""
    await blocks_of(storage()).unblock((await _person(call)).user_id)


async def _person(call: Call[None, None]) -> Person:
    person = await find_person(storage(), call.params["user_id"])
    if person is None:
        raise NotFound("Nobody has signed in under this user id.")
    call.entry.note(name=person.name)
    return person


async def _answer(person: Person) -> PersonAnswer:
    block = (await blocks_of(storage()).known()).get(person.user_id)
    return PersonAnswer(
        user_id=person.user_id,
        name=person.name,
        last_seen_on=person.seen,
        is_administrator=await administrators_of(storage()).knows(person.user_id),
        blocked=BlockAnswer(at=block.at, by_name=block.by_name) if block else None,
    )
