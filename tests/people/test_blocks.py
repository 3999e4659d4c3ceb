"""Blocking somebody: by one call their calls, their access tokens and their leases come to an end."""

import time
from dataclasses import replace
from typing import Any

from functions.callers.administrators import Administrators
from functions.callers.blocks import Blocks
from functions.identity import Caller
from functions.people.leaving import is_anybody_left
from functions.storage import Storage
from tests.api.builders import People, Project, assert_problem, good, new_name, user_id
from tests.people.test_makers import NOW


def block(people: People, name: str, method: str = "PUT") -> Any:
    return people().request(method, f"/api/people/{user_id(name)}/block")


def listed(people: People, name: str) -> Any:
    pages: list[Any] = []
    cursor = None
    while not pages or cursor:
        page = good(people().get("/api/people", params={"limit": 200, **({"cursor": cursor} if cursor else {})}))
        pages, cursor = [*pages, *page["items"]], page["nextCursor"]
    return next(one for one in pages if one["name"] == name)


def test_whoever_is_blocked_is_out_with_their_tokens_and_leases_and_may_be_let_in_again(
    people: People, project: Project
) -> None:
    name = new_name("leaver")
    leaver = project.invite("labeler", name)
    token = good(leaver.post(f"{project.path}/tokens", json={"name": "a", "role": "labeler"}), 201)["token"]
    by_token = {"x-access-token": token}
    good(people(None).get(project.path, headers=by_token))
    before = project.progress()["leased"]
    project.lease(leaver, 2)
    assert project.progress()["leased"] == before + 2

    good(block(people, name), 204)
    assert_problem(leaver.get("/api/me"), 403, "forbidden")
    assert_problem(leaver.get(project.path), 403, "forbidden")
    assert_problem(people(None).get(project.path, headers=by_token), 401, "unauthenticated")
    assert project.progress()["leased"] == before
    assert listed(people, name)["blocked"]["byName"] == "administrator"
    assert name in [member["signInName"] for member in project.pages("members")]

    good(block(people, name, "DELETE"), 204)
    assert good(leaver.get(project.path))["role"] == "labeler"
    assert_problem(people(None).get(project.path, headers=by_token), 401, "unauthenticated")
    assert listed(people, name)["blocked"] is None


def test_nobody_blocks_themselves_or_somebody_who_was_never_here(people: People) -> None:
    good(people().get("/api/me"))
    assert_problem(block(people, "administrator"), 409, "conflict")
    assert_problem(block(people, new_name("stranger")), 404, "not-found")


async def test_somebody_is_left_as_long_as_one_administrator_is_not_blocked(storage: Storage) -> None:
    ann, bob = Caller("ann-1", "ann"), Caller("bob-1", "bob")
    storage.config = replace(storage.config, administrators={"ann": 1, "bob": 1, "never-here": 1})
    administrators = Administrators(storage)
    for one in (ann, bob):
        administrators._bound[f"{one.name}|1"] = one.user_id
    blocks = Blocks(storage)
    await blocks.block(ann.user_id, bob, NOW)
    assert await is_anybody_left(blocks, administrators)
    await blocks.block(bob.user_id, ann, NOW)
    assert not await is_anybody_left(blocks, administrators)


async def test_another_process_knows_it_after_some_seconds(storage: Storage) -> None:
    one, other, name = Blocks(storage), Blocks(storage), new_name("anna")
    assert name not in await other.known()
    await one.block(name, Caller("boss-1", "boss"), NOW)
    assert (await one.known())[name].by_name == "boss"
    assert name not in await other.known()
    other._known._clock = lambda: time.monotonic() + 5
    assert name in await other.known()
    await other.unblock(name)
    assert name not in await other.known()


def test_the_list_of_all_tokens_says_who_made_them_and_when_they_were_used(people: People, project: Project) -> None:
    name = new_name("maker")
    maker = project.invite("reviewer", name)
    made = good(maker.post(f"{project.path}/tokens", json={"name": "training", "role": "reviewer"}), 201)
    good(people(None).get(project.path, headers={"x-access-token": made["token"]}))
    told = next(one for one in good(people().get("/api/tokens"))["items"] if one["id"] == made["id"])
    assert (told["madeBy"], told["projectId"], told["works"]) == (name, project.id, True)
    assert told["lastUsedAt"]
    assert "token" not in told
