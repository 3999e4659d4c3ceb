"""The served OpenAPI document holds for whatever is sent: calls are made up from it, and sent by every kind of caller.

Nothing here is left to chance: the same calls are made at each run.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import APIOperation, Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from localhost import sign_in
from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures, service_token
from tests.running import PATIENCE, Service

EXAMPLES = 4
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# Its own project is gone afterwards.
LAST = "DELETE /api/projects/{project_id}"


class Callers:
    """A project, and somebody of each kind with a session of their own."""

    def __init__(self, people: People) -> None:
        self.project = new_project(people, Folder(people, pictures(6)))
        self.sessions: dict[str, requests.Session] = {"nobody": requests.Session()}
        names = {"stranger": new_name("stranger"), "service administrator": "administrator"}
        for role in ("labeler", "reviewer", "administrator"):
            names[role] = new_name(role)
            self.project.invite(role, names[role])
        for who, name in names.items():
            self.sessions[who] = requests.Session()
            self.sessions[who].headers["cookie"] = f"{sign_in.COOKIE}={sign_in.encoded(sign_in.principal(name))}"
        body = {"name": "script", "role": "administrator"}
        token = good(self.project.boss.post(f"{self.project.path}/tokens", json=body), 201)["token"]
        self.sessions["script"] = requests.Session()
        self.sessions["script"].headers["x-access-token"] = token
        self.sessions["pipeline"] = requests.Session()
        self.sessions["pipeline"].headers["x-access-token"] = service_token(people)
        self.there = self._things(self.project)

    def _things(self, project: Project) -> dict[str, str]:
        """What is there, by the name of the placeholder for it."""
        image = project.label(project.boss, 1)[0]
        correction = {"images": [{"id": image}], "labels": ["Dog"]}
        review = good(project.boss.post(f"{project.path}/corrections", json=correction))["id"]
        imported = {"format": "csv", "content": "image,label\n", "dryRun": True}
        token = {"name": "to be revoked", "role": "labeler"}
        return {
            "project_id": project.id,
            "name": "workspace",
            "label_id": "2",
            "sign_in_name": new_name("guest"),
            "image_id": image,
            "review_id": review,
            "lease_id": project.lease(project.boss, 1)["id"],
            "export_id": project.export("csv")["id"],
            "import_id": good(project.boss.post(f"{project.path}/imports", json=imported), 202)["id"],
            "backup_id": good(project.boss.post(f"{project.path}/backups"), 202)["id"],
            "restore_id": "0123456789abcdef",
            "token_id": good(project.boss.post(f"{project.path}/tokens", json=token), 201)["id"],
        }

    def close(self) -> None:
        for session in self.sessions.values():
            session.close()


@pytest.fixture(scope="module")
def callers(people: People) -> Iterator[Callers]:
    everybody = Callers(people)
    yield everybody
    everybody.close()


def made_up(document: Any) -> dict[str, APIOperation[Any, Any, Any, Any]]:
    schema = schemathesis.openapi.from_dict(document)
    named = {found.ok().label: found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)}
    return {name: named[name] for name in sorted(named, key=lambda name: (name == LAST, name))}


def test_made_up_calls_by_everybody_get_answers_as_the_document_says(
    document: Any, callers: Callers, service: Service
) -> None:
    operations = made_up(document)
    assert len(operations) == sum(len(methods) for methods in document["paths"].values())
    answered: dict[str, set[int]] = {}
    for name, operation in operations.items():
        try_operation(operation, callers, service, answered.setdefault(name, set()))
    assert all(answered.values())
    # Made-up calls come through to what the routes are for, and not only to their refusals.
    assert sum(any(status < 300 for status in statuses) for statuses in answered.values()) > len(answered) / 3


def try_operation(
    operation: APIOperation[Any, Any, Any, Any], callers: Callers, service: Service, answered: set[int]
) -> None:
    number = itertools.count(1)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def each(case: Case[Any]) -> None:
        # In turns about what is there, about what is not there in a project that is, and about nothing that is there.
        real = ({}, callers.there, {"project_id": callers.project.id})[next(number) % 3]
        case.path_parameters.update({name: value for name, value in real.items() if name in case.path_parameters})
        for session in callers.sessions.values():
            response = case.call(base_url=service.url, session=session, timeout=PATIENCE)
            case.validate_response(response, checks=CHECKS)
            answered.add(response.status_code)

    each()


def test_a_wrong_answer_would_be_noticed(document: Any, callers: Callers, service: Service) -> None:
    """The checks are not blind: a document that says something else is found out."""
    wrong = {**document, "paths": {"/api/me": {"get": {**document["paths"]["/api/me"]["get"]}}}}
    wrong["paths"]["/api/me"]["get"]["responses"] = {"204": {"description": "Done"}}
    operation = made_up(wrong)["GET /api/me"]
    with pytest.raises(FailureGroup) as caught:
        try_operation(operation, callers, service, set())
    assert [failure.title for failure in caught.value.exceptions] == ["Undocumented status code"]
