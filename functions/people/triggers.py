"""Calls about people, for administrators of the service: who was here when, who is let in no more, and whose name is
erased.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime

import azure.functions as func

from functions.background import now, on_round
from functions.callers.administrators import administrators_of
from functions.callers.blocks import blocks_of
from functions.callers.people import Person, find_person, list_people
from functions.http.calls import Call
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Output, Page, PageQuery
from functions.identity import Role
from functions.people.erasing import begin, being_erased, erase, erase_all, let_in_again
from functions.people.leaving import end_access, is_anybody_left
from functions.problems import Conflict, NotFound
from functions.sign_in_names import folded
from functions.storage import storage

blueprint = func.Blueprint()

ROLE = Role.SERVICE_ADMINISTRATOR
# Whoever calls waits so long at most; the timer does the rest.
SECONDS_TO_ERASE = 25


class BlockAnswer(Output):
    """at: since when. byName: the sign-in name of who blocked them."""

    at: datetime
    by_name: str


class ErasureAnswer(Output):
    """at: since when their name is a pseudonym. done: false while it may still stand in records of long work and in
    backups, which are changed within some minutes, or as soon as nobody works on them.
    """

    at: datetime
    done: bool


class PersonAnswer(Output):
    """Somebody who has signed in. name: a pseudonym, where they were erased. lastSeenOn: the last day (UTC) on which
    they called while signed in.
    """

    user_id: str
    name: str
    last_seen_on: date
    is_administrator: bool
    blocked: BlockAnswer | None
    erased: ErasureAnswer | None


@route(blueprint, "GET", "people", role=ROLE, query=PageQuery, answers={200: Page[PersonAnswer]})
async def get_people(call: Call[None, PageQuery]) -> Page[PersonAnswer]:
    """Everybody who has signed in, by name."""
    page = page_of(await list_people(storage()), lambda one: f"{folded(one.name)} {one.user_id}", call.query)
    unfinished = await being_erased(storage())
    items = [await _answer(person, unfinished) for person in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


@route(blueprint, "DELETE", "people/{user_id}", role=ROLE, answers={200: PersonAnswer})
async def erase_person(call: Call[None, None]) -> PersonAnswer:
    """Blocks somebody for good, takes them out of all projects, and replaces their name by a pseudonym. What they did
    stays. Called again, it goes on with what is left.
    """
    person = await _person(call)
    if person.user_id == call.caller.user_id:
        raise Conflict("You cannot erase yourself.")
    if await administrators_of(storage()).knows(person.user_id):
        raise Conflict(
            "This person is an administrator of the service. Take their name out of ADMINISTRATORS first; they can be "
            "erased once the service runs without it."
        )
    await blocks_of(storage()).block(person.user_id, call.caller, call.now, is_erased=True)
    await begin(storage(), person)
    with suppress(TimeoutError):
        await asyncio.wait_for(erase(storage(), person.user_id, call.now), SECONDS_TO_ERASE)
    blocks_of(storage()).forget()
    return await _answer(await find_person(storage(), person.user_id) or person, await being_erased(storage()))


@on_round("erase_people")
async def erase_people() -> None:
    """Continues erasures that were interrupted or had to wait."""
    await erase_all(storage(), now())


@route(blueprint, "PUT", "people/{user_id}/block", role=ROLE, answers={204: None})
async def block_person(call: Call[None, None]) -> None:
    """Blocks somebody, and ends their access tokens and leases. They stay a member, and an administrator."""
    person = await _person(call)
    call.entry.note(name=person.name)
    if person.user_id == call.caller.user_id:
        raise Conflict("You cannot block yourself.")
    if person.erased_at:
        raise Conflict("This person was erased, and is blocked already.")
    blocks = blocks_of(storage())
    is_new = person.user_id not in await blocks.known()
    await blocks.block(person.user_id, call.caller, call.now)
    if is_new and not await is_anybody_left(blocks, administrators_of(storage())):
        await blocks.unblock(person.user_id)
        raise Conflict("This is the last administrator of the service who is not blocked: you are blocked yourself.")
    await end_access(storage(), person.user_id, call.now_ms)


@route(blueprint, "DELETE", "people/{user_id}/block", role=ROLE, answers={204: None})
async def unblock_person(call: Call[None, None]) -> None:
    """Lets somebody in again, as what they were; their access tokens are gone. The name of somebody who was erased
    stands beside what they did again from their next call on.
    """
    person = await _person(call)
    call.entry.note(name=person.name)
    if person.user_id in await being_erased(storage()):
        raise Conflict("This person is still being erased. Try again in a few minutes.")
    await let_in_again(storage(), person)
    await blocks_of(storage()).unblock(person.user_id)


async def _person(call: Call[None, None]) -> Person:
    person = await find_person(storage(), call.params["user_id"])
    if person is None:
        raise NotFound("Nobody has signed in with this user id.")
    return person


async def _answer(person: Person, unfinished: Collection[str]) -> PersonAnswer:
    block = (await blocks_of(storage()).known()).get(person.user_id)
    at, is_done = person.erased_at, person.user_id not in unfinished
    return PersonAnswer(
        user_id=person.user_id,
        name=person.name,
        last_seen_on=person.seen,
        is_administrator=await administrators_of(storage()).knows(person.user_id),
        blocked=BlockAnswer(at=block.at, by_name=block.by_name) if block else None,
        erased=ErasureAnswer(at=at, done=is_done) if at else None,
    )
