"""The OpenAPI document: valid, whole, and true."""

from typing import Any

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.api.test_roles import EVERYTHING_ELSE, registered
from tests.backups.moving import all_of, backed_up, finished

DOCUMENT = "urn:labeling:openapi"


@pytest.fixture(scope="module")
def document(people: People) -> Any:
    return good(people(None).get("/api/openapi.json"))


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(4)))


def operations(document: Any) -> dict[str, Any]:
    return {
        f"{method.upper()} {path.removeprefix('/api/')}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def validate(document: Any, route: str, answer: httpx.Response) -> None:
    """The answer is one that the document declares for its route and status."""
    declared = operations(document)[route]["responses"][str(answer.status_code)]
    if not answer.content:
        assert "content" not in declared
        return
    schema = declared["content"][answer.headers["content-type"].split(";")[0]]["schema"]
    registry: Any = Registry().with_resource(DOCUMENT, DRAFT202012.create_resource(document))
    anchored = {"$ref": DOCUMENT + schema["$ref"]} if "$ref" in schema else schema
    validator = OAS31Validator(anchored, registry=registry, format_checker=OAS31Validator.FORMAT_CHECKER)
    validator.validate(answer.json())


def test_the_document_is_valid_openapi(document: Any) -> None:
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


def test_every_registered_route_is_in_the_document_and_nothing_else(document: Any) -> None:
    assert sorted(operations(document)) == sorted(set(registered()) - {EVERYTHING_ELSE})


def test_every_operation_has_a_name_of_its_own_a_summary_and_its_paths_parameters(document: Any) -> None:
    listed = operations(document)
    names = [operation["operationId"] for operation in listed.values()]
    assert len(set(names)) == len(names)
    for route, operation in listed.items():
        assert operation["summary"], route
        in_path = [item["name"] for item in operation["parameters"] if item["in"] == "path"]
        assert all(f"{{{name}}}" in route for name in in_path)
        assert len(in_path) == route.count("{")


def test_answers_are_as_the_document_says(document: Any, people: People, project: Project) -> None:
    boss, path = people(), project.path
    validate(document, "GET health", people(None).get("/api/health"))
    validate(document, "GET me", boss.get("/api/me"))
    validate(document, "GET projects", boss.get("/api/projects"))
    validate(document, "GET projects/{project_id}", boss.get(path))
    validate(document, "PATCH projects/{project_id}", boss.patch(path, json={"leaseMinutes": 20}))
    validate(document, "GET datastores", boss.get("/api/datastores"))
    validate(document, "GET datastores/{name}", boss.get("/api/datastores/workspace"))
    validate(document, "GET datastores/{name}/browse", boss.get("/api/datastores/workspace/browse"))
    validate(document, "GET datastores/{name}/sample", boss.get("/api/datastores/workspace/sample"))
    member = boss.put(f"{path}/members/guest", json={"role": "labeler"})
    validate(document, "PUT projects/{project_id}/members/{sign_in_name}", member)
    validate(document, "GET projects/{project_id}/members", boss.get(f"{path}/members"))
    gone = boss.delete(f"{path}/members/guest")
    validate(document, "DELETE projects/{project_id}/members/{sign_in_name}", gone)


def test_answers_about_labeling_and_review_are_as_the_document_says(document: Any, project: Project) -> None:
    boss, path = project.boss, project.path
    leased = boss.post(f"{path}/leases", json={"count": 2, "holding": []})
    validate(document, "POST projects/{project_id}/leases", leased)
    renewed = boss.post(f"{path}/leases/{leased.json()['id']}/renewal")
    validate(document, "POST projects/{project_id}/leases/{lease_id}/renewal", renewed)
    images = [image["id"] for image in leased.json()["images"]]
    submitted = project.submit(boss, leased.json(), {image: ["Cat"] for image in images})
    validate(document, "POST projects/{project_id}/leases/{lease_id}/submission", submitted)
    listed = boss.get(f"{path}/images")
    assert len(listed.json()["items"]) == 4
    validate(document, "GET projects/{project_id}/images", listed)
    rejected = boss.post(f"{path}/rejections", json={"images": [{"id": images[0]}], "reason": "no"})
    validate(document, "POST projects/{project_id}/rejections", rejected)
    many = boss.post(f"{path}/corrections", json={"images": [{"id": images[1]}], "labels": ["Dog"]})
    validate(document, "POST projects/{project_id}/corrections", many)
    confirmed = boss.post(f"{path}/confirmations", json={"images": [{"id": images[1]}]})
    validate(document, "POST projects/{project_id}/confirmations", confirmed)
    undone = boss.post(f"{path}/reviews/{many.json()['id']}/undo", json={"images": [images[1]]})
    validate(document, "POST projects/{project_id}/reviews/{review_id}/undo", undone)
    corrected = boss.put(f"{path}/images/{images[1]}/labels", json={"labels": ["Dog"]})
    validate(document, "PUT projects/{project_id}/images/{image_id}/labels", corrected)
    image = boss.get(f"{path}/images/{images[1]}")
    assert len(image.json()["history"]) == 4
    validate(document, "GET projects/{project_id}/images/{image_id}", image)
    validate(document, "GET projects/{project_id}/progress", boss.get(f"{path}/progress"))
    validate(document, "GET projects/{project_id}/refreshes", boss.get(f"{path}/refreshes"))
    drawn = boss.post(f"{path}/checks", json={"size": 10})
    validate(document, "POST projects/{project_id}/checks", drawn)
    sample = boss.get(f"{path}/checks/{drawn.json()['id']}/images")
    validate(document, "GET projects/{project_id}/checks/{check_id}/images", sample)
    said = [{"id": one["id"], "labeledAt": one["labeledAt"], "verdict": "right"} for one in sample.json()["items"]]
    judged = boss.post(f"{path}/checks/{drawn.json()['id']}/verdicts", json={"verdicts": said})
    validate(document, "POST projects/{project_id}/checks/{check_id}/verdicts", judged)
    validate(document, "GET projects/{project_id}/checks", boss.get(f"{path}/checks"))
    export = project.export("azureml")
    got = boss.get(f"{path}/exports/{export['id']}")
    validate(document, "GET projects/{project_id}/exports/{export_id}", got)
    validate(document, "GET datasets", boss.get("/api/datasets"))


def test_answers_about_backups_are_as_the_document_says(document: Any, people: People) -> None:
    project = new_project(people, Folder(people, pictures(2)))
    boss, path = project.boss, project.path
    validate(document, "POST projects/{project_id}/backups", boss.post(f"{path}/backups"))
    backup = backed_up(project)
    validate(document, "GET projects/{project_id}/backups", boss.get(f"{path}/backups"))
    validate(document, "GET projects/{project_id}/backups/{backup_id}", boss.get(f"{path}/backups/{backup['id']}"))
    folder = {"folder": backup["folder"]}
    validate(document, "POST restores", boss.post("/api/restores", json=folder))
    validate(document, "POST restores/preview", boss.post("/api/restores/preview", json=folder))
    good(boss.delete(path), 204)
    validate(document, "POST restores/preview", boss.post("/api/restores/preview", json=folder))
    asked = boss.post("/api/restores", json=all_of(boss, backup["folder"]))
    validate(document, "POST restores", asked)
    assert finished(boss, asked)["status"] == "completed"
    validate(document, "GET restores", boss.get("/api/restores"))
    validate(document, "GET restores/{restore_id}", boss.get(asked.headers["location"]))
    gone = boss.delete(f"{path}/backups/{backup['id']}")
    validate(document, "DELETE projects/{project_id}/backups/{backup_id}", gone)


def test_problems_are_as_the_document_says(document: Any, people: People, project: Project) -> None:
    route, path = "POST projects/{project_id}/leases", f"{project.path}/leases"
    boss = project.boss
    refused = {
        401: people(None).post(path, json={"count": 1}),
        404: people("stranger@example.org").post(path, json={"count": 1}),
        400: boss.post(path, content=b"{", headers={"content-type": "application/json"}),
        415: boss.post(path, content=b"{}", headers={"content-type": "text/plain"}),
        422: boss.post(path, json={"count": "one"}),
    }
    assert {status: answer.status_code for status, answer in refused.items()} == {status: status for status in refused}
    for answer in refused.values():
        validate(document, route, answer)


def test_a_wrong_answer_would_be_noticed(document: Any, people: People) -> None:
    answer = people().get("/api/me")
    wrong = httpx.Response(200, json={**answer.json(), "isAdministrator": "yes"})
    with pytest.raises(Exception, match="is not of type 'boolean'"):
        validate(document, "GET me", wrong)
