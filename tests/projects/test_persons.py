"""Who is whom in a project that came from another deployment: bound at the first sign-in, and for good."""

from dataclasses import replace

import pytest
import pytest_asyncio

from functions.identity import Caller, Role, TokenKind, TokenUsed
from functions.problems import NotFound
from functions.projects.access import forget, membership
from functions.projects.members import Member, drop_member, members_of, memberships_of, put_member
from functions.projects.model import Project
from functions.projects.persons import Person, drop_persons, names_in, persons_of, put_person, recognize
from functions.projects.store import change_project
from functions.storage import Storage
from tests.api.builders import new_name
from tests.exports.scene import project_of


@pytest_asyncio.fixture
async def project(storage: Storage) -> Project:
    """A project whose rows know Ann as `former-ann`, and that has invited her and Bob."""
    made = await project_of(storage, [])
    made = await change_project(storage, made.id, lambda one: one.model_copy(update={"has_former_ids": True}))
    await put_person(storage, Person(made.id, "Ann", "former-ann", None))
    for name in ("Ann", "Bob"):
        await put_member(storage, Member(made.id, name, Role.LABELER, None))
    return made


def caller(name: str, user_id: str | None = None) -> Caller:
    return Caller(user_id or new_name(name), name, is_administrator=False)


async def user_in(storage: Storage, project: Project, who: Caller) -> str:
    forget(project.id)
    return (await membership(storage, project.id, who)).user_id


async def test_who_signs_in_under_the_name_is_who_the_rows_name(storage: Storage, project: Project) -> None:
    ann, bob = caller("ANN"), caller("Bob")
    assert await user_in(storage, project, ann) == "former-ann"
    assert await user_in(storage, project, bob) == bob.user_id


async def test_afterwards_only_the_id_counts(storage: Storage, project: Project) -> None:
    ann = caller("Ann")
    await user_in(storage, project, ann)
    assert await user_in(storage, project, caller("renamed", ann.user_id)) == "former-ann"
    with pytest.raises(NotFound):
        await user_in(storage, project, caller("Ann"))


async def test_an_account_made_anew_comes_in_once_its_name_is_removed_and_invited_again(
    storage: Storage, project: Project
) -> None:
    former, anew = caller("Bob"), caller("Bob")
    await user_in(storage, project, former)
    [bob] = [member for member in await members_of(storage, project.id) if member.sign_in_name == "Bob"]
    await drop_member(storage, bob)
    await put_member(storage, Member(project.id, "Bob", Role.LABELER, None))
    assert await user_in(storage, project, anew) == anew.user_id
    with pytest.raises(NotFound):
        await user_in(storage, project, former)


async def test_of_two_who_come_at_once_one_is_the_person(storage: Storage, project: Project) -> None:
    [person] = await persons_of(storage, project)
    first, second = caller("Ann"), caller("Ann")
    bound = await recognize(storage, project, person, first)
    assert bound is not None
    assert (bound.user_id, bound.known_as) == (first.user_id, "former-ann")
    assert await recognize(storage, project, person, second) is None


async def test_an_access_token_works_as_its_makers_person(storage: Storage, project: Project) -> None:
    ann = caller("Ann")
    await user_in(storage, project, ann)
    forget(project.id)
    by_token = replace(ann, token=TokenUsed("id", TokenKind.PROJECT, Role.LABELER))
    assert await user_in(storage, project, by_token) == "former-ann"


async def test_an_access_token_takes_up_nothing_that_waits_for_its_makers_name(
    storage: Storage, project: Project
) -> None:
    ann = replace(caller("Ann"), token=TokenUsed("id", TokenKind.SERVICE, Role.SERVICE_ADMINISTRATOR))
    with pytest.raises(NotFound):
        await user_in(storage, project, ann)
    assert await memberships_of(storage, ann) == []
    boss = replace(ann, is_administrator=True)
    assert await user_in(storage, project, boss) == ann.user_id
    assert [one.user_id for one in await persons_of(storage, project)] == [None]
    assert [one.user_id for one in await members_of(storage, project.id)] == [None, None]


async def test_names_are_told_for_former_ids(storage: Storage, project: Project) -> None:
    assert (await names_in(storage, project))["former-ann"] == "Ann"


async def test_nothing_of_persons_is_left_of_a_deleted_project(storage: Storage, project: Project) -> None:
    await drop_persons(storage, project)
    assert await persons_of(storage, project) == []


@pytest.mark.parametrize("name", ["\u212alaus.strasse", "klaus.stra\u00dfe", "kl\u0430us.strasse", "klaus.strasse "])
async def test_nobody_is_a_member_by_a_name_that_only_looks_like_theirs(
    storage: Storage, project: Project, name: str
) -> None:
    await put_member(storage, Member(project.id, "klaus.strasse", Role.LABELER, None))
    with pytest.raises(NotFound):
        await user_in(storage, project, caller(name))
    assert [member for member in await members_of(storage, project.id) if member.user_id] == []
    klaus = caller("Klaus.Strasse")
    assert await user_in(storage, project, klaus) == klaus.user_id


async def test_what_lies_under_a_key_of_before_is_bound_and_taken_away_like_any(
    storage: Storage, project: Project
) -> None:
    for partition, more in (("member", {"role": "labeler"}), ("former", {"knownAs": "former-elodie"})):
        row = {"PartitionKey": partition, "RowKey": f"{project.id}|a-key-of-before", "user": ""}
        await storage.service_table.insert({**row, "signInName": "\u00c9lodie", **more})
    elodie = caller("\u00c9lodie")
    assert await user_in(storage, project, elodie) == "former-elodie"
    [bound] = [member for member in await members_of(storage, project.id) if member.user_id]
    assert (bound.sign_in_name, bound.user_id) == ("\u00c9lodie", elodie.user_id)
    await drop_persons(storage, project)
    assert await persons_of(storage, project) == []
    await drop_member(storage, bound)
    with pytest.raises(NotFound):
        await user_in(storage, project, elodie)
