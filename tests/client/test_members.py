"""Who may do what: members, access tokens, people, and the audit log that tells it all."""

from datetime import UTC, datetime, timedelta

import pytest

from image_labeling import Labeling, LabelingError, Project
from tests.api.builders import People, good, new_name, user_id


def test_a_token_says_whose_it_is(labeling: Labeling) -> None:
    me = labeling.me()
    assert (me.name, me.is_administrator) == ("administrator", True)


def test_members_are_invited_changed_and_removed(project: Project) -> None:
    name = new_name("kim")
    assert project.members.set(name, "labeler").user_id is None
    assert project.members.set(name, "reviewer").role == "reviewer"
    assert name in {member.sign_in_name for member in project.members}
    project.members.remove(name)
    assert name not in {member.sign_in_name for member in project.members}


@pytest.fixture
def project_token(project: Project, people: People) -> dict[str, str]:
    body = {"name": new_name("job"), "role": "reviewer"}
    token: dict[str, str] = good(people().post(f"/api/projects/{project.id}/tokens", json=body), 201)
    return token


def test_a_projects_token_opens_it_and_nothing_else_until_it_is_revoked(
    labeling: Labeling, project: Project, people: People, project_token: dict[str, str]
) -> None:
    assert project_token["id"] in {token.id for token in project.tokens}
    with Labeling(people.service.url, project_token["token"], environment={}) as narrow:
        assert narrow.project(project.id).progress().total == 6
        with pytest.raises(LabelingError, match=r"does not work here\..* opens it by its id alone"):
            narrow.project(project.name)
        with pytest.raises(LabelingError) as told:
            narrow.project(project.id).pause()
        assert told.value.type == "forbidden"
        project.tokens.revoke(project_token["id"])
        with pytest.raises(LabelingError) as told:
            narrow.project(project.id)
        assert (told.value.type, told.value.status) == ("unauthenticated", 401)


def test_all_tokens_are_listed_and_revoked_by_administrators(
    labeling: Labeling, project: Project, project_token: dict[str, str]
) -> None:
    listed = {token.id: token for token in labeling.tokens}
    assert (listed[project_token["id"]].project_name, listed[project_token["id"]].works) == (project.name, True)
    assert any(token.project_id is None and token.made_by == "administrator" for token in listed.values())
    labeling.tokens.revoke(project_token["id"])
    assert project_token["id"] not in {token.id for token in labeling.tokens}


def test_somebody_is_blocked_unblocked_and_erased(labeling: Labeling, people: People) -> None:
    name = new_name("kim")
    good(people(name).get("/api/me"))
    person = next(one for one in labeling.people if one.name == name)
    assert (person.user_id, person.blocked) == (user_id(name), None)
    labeling.people.block(person.user_id)
    blocked = next(one for one in labeling.people if one.name == name).blocked
    assert blocked is not None
    assert blocked.by_name == "administrator"
    labeling.people.unblock(person.user_id)
    erased = labeling.people.erase(person.user_id)
    assert erased.erased is not None
    assert erased.name != name


def test_who_changed_what_is_told(labeling: Labeling, project: Project) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=5)
    name = new_name("kim")
    project.members.set(name, "labeler")
    newest = next(iter(labeling.audit))
    assert (newest.action, newest.outcome, newest.project_id, newest.target) == ("setMember", "done", project.id, name)
    assert newest.token is not None
    wanted = {"project": project.id, "person": "administrator", "action": "setMember"}
    found = list(labeling.audit.where(**wanted, since=begun))  # type: ignore[arg-type]
    assert found[0] == newest
    assert list(labeling.audit.where(project=project.id, until=begun - timedelta(days=1))) == []
