"""Calls that cannot be: each gets a clear problem, and nothing is changed."""

import json
from typing import Any

import pytest

from tests.api.builders import People, Project, assert_problem

JSON = {"content-type": "application/json"}

WRONG_CALLS: dict[str, tuple[str, str, Any, str]] = {
    "a lease of none": ("POST", "leases", {"count": 0}, "count"),
    "a lease of 100": ("POST", "leases", {"count": 100}, "count"),
    "a lease of a text": ("POST", "leases", {"count": "9"}, "count"),
    "a lease of true": ("POST", "leases", {"count": True}, "count"),
    "a lease with an unknown field": ("POST", "leases", {"count": 9, "size": 9}, "size"),
    "a rejection with a long reason": (
        "POST",
        "rejections",
        {"images": [{"id": "000000-00"}], "reason": "r" * 501},
        "reason",
    ),
    "many corrected to no label": ("POST", "corrections", {"images": [{"id": "000000-00"}], "labels": []}, "labels"),
    "many corrected to two": ("POST", "corrections", {"images": [{"id": "000000-00"}], "labels": [1, 2]}, "labels"),
    "many corrected to a label that is none": (
        "POST",
        "corrections",
        {"images": [{"id": "000000-00"}], "labels": ["Bird"]},
        "labels",
    ),
    "a correction to no label": ("PUT", "images/000000-00/labels", {"labels": []}, "labels"),
    "a correction to two labels": ("PUT", "images/000000-00/labels", {"labels": ["Cat", "Dog"]}, "labels"),
    "a correction to an unknown label": ("PUT", "images/000000-00/labels", {"labels": ["Bird"]}, "labels"),
    "a correction to an unknown id": ("PUT", "images/000000-00/labels", {"labels": [99]}, "labels"),
    "a correction to a label without end": ("PUT", "images/000000-00/labels", {"labels": [10**70]}, "labels"),
    "an export since before all": ("POST", "exports", {"format": "csv", "since": "0001-01-01T00:00:00+14:00"}, "since"),
    "an export since after all": ("POST", "exports", {"format": "csv", "since": "9999-12-31T23:59:59-14:00"}, "since"),
    "a rejection of what was seen before all": (
        "POST",
        "rejections",
        {"images": [{"id": "000000-00", "labeledAt": "0001-01-01T00:00:00"}]},
        "images.0.labeledAt",
    ),
    "a skip with a label": ("PUT", "images/000000-00/labels", {"labels": ["Cat"], "skipped": True}, "labels"),
    "a label with a reason": ("PUT", "images/000000-00/labels", {"labels": ["Cat"], "reason": "dark"}, "reason"),
    "a skip with a long reason": (
        "PUT",
        "images/000000-00/labels",
        {"labels": [], "skipped": True, "reason": "r" * 501},
        "reason",
    ),
    "a skip that says no": ("PUT", "images/000000-00/labels", {"labels": [], "skipped": False}, "labels"),
    "a skip of many that have labels": (
        "POST",
        "corrections",
        {"images": [{"id": "000000-00"}], "labels": ["Cat"], "skipped": True},
        "labels",
    ),
    "an export of an unknown format": ("POST", "exports", {"format": "xml"}, "format"),
    "a member of an unknown role": ("PUT", "members/somebody", {"role": "king"}, "role"),
    "a member with an endless name": ("PUT", f"members/{'n' * 321}", {"role": "labeler"}, "signInName"),
    "images of an unknown state": ("GET", "images?state=lost", None, "state"),
    "images of an unknown label": ("GET", "images?label=Bird", None, "label"),
    "images that are perhaps reviewed": ("GET", "images?reviewed=perhaps", None, "reviewed"),
    "images by an unknown filter": ("GET", "images?color=red", None, "color"),
    "a page of none": ("GET", "images?limit=0", None, "limit"),
    "a page of 201": ("GET", "images?limit=201", None, "limit"),
    "a page of many": ("GET", "images?limit=many", None, "limit"),
}


@pytest.mark.parametrize("wrong", WRONG_CALLS)
def test_a_project_refuses(untouched: Project, wrong: str) -> None:
    method, path, body, field = WRONG_CALLS[wrong]
    answer = untouched.boss.request(method, f"{untouched.path}/{path}", json=body)
    assert_problem(answer, 422, "invalid", field)


OF_MANY: dict[str, dict[str, Any]] = {"rejections": {}, "confirmations": {}, "corrections": {"labels": ["Cat"]}}
WRONG_IMAGES: dict[str, tuple[list[str], str]] = {
    "none": ([], "images"),
    "an unknown one": (["000000-00", "000000-98"], "images.1.id"),
    "one of an unknown pack": (["000099-00"], "images.0.id"),
    "what is no id": (["first"], "images.0.id"),
    "one twice": (["000000-00", "000000-00"], "images.1.id"),
    "too many": ([f"{pack:06}-00" for pack in range(1001)], "images"),
}


@pytest.mark.parametrize("images", WRONG_IMAGES)
@pytest.mark.parametrize("call", OF_MANY)
def test_a_call_about_many_images_refuses(untouched: Project, call: str, images: str) -> None:
    named, field = WRONG_IMAGES[images]
    body = {**OF_MANY[call], "images": [{"id": image} for image in named]}
    answer = untouched.boss.post(f"{untouched.path}/{call}", json=body)
    assert_problem(answer, 422, "invalid", field)


@pytest.mark.parametrize("path", ["images/000000-98", "images/000099-00", "images/x", "exports/x", "exports/a'b"])
def test_what_is_not_there_is_not_found(untouched: Project, path: str) -> None:
    assert_problem(untouched.boss.get(f"{untouched.path}/{path}"), 404, "not-found")


@pytest.mark.parametrize("lease", ["000000-0123456789abcdef", "000099-0123456789abcdef", "x", "000000-'; drop"])
def test_an_unknown_lease_is_not_found(untouched: Project, lease: str) -> None:
    path = f"{untouched.path}/leases/{lease}"
    assert_problem(untouched.boss.post(f"{path}/renewal"), 404, "not-found")
    assert_problem(untouched.boss.post(f"{path}/submission", json={"labels": {}}), 404, "not-found")


@pytest.mark.parametrize("project_id", ["abcdefghijkm", "x", "..%2F..", "%FF", "%ED%A0%80", "a'b", "x" * 2000])
def test_an_unknown_project_is_not_found(people: People, project_id: str) -> None:
    assert_problem(people().get(f"/api/projects/{project_id}"), 404, "not-found")


LISTS = ["/api/projects", "members", "refreshes", "exports", "images"]
# Not base64; not text; text that no list has given; a place before the first; control characters.
CURSORS = ["%", "é", "_w", "eCB4", "LTU", "AAAA"]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_no_list_has_given_is_refused(untouched: Project, path: str, cursor: str) -> None:
    address = path if path.startswith("/") else f"{untouched.path}/{path}"
    assert_problem(untouched.boss.get(address, params={"cursor": cursor}), 422, "invalid", "cursor")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'count': 9}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"count": 9} {"count": 9}',
        b'{"count": ' + b"9" * 5000,
    ],
    ids=["nothing", "half", "quotes", "no UTF-8", "deep", "two", "endless number"],
)
def test_a_body_that_is_not_json_is_malformed(untouched: Project, body: bytes) -> None:
    answer = untouched.boss.post(f"{untouched.path}/leases", content=body, headers=JSON)
    assert_problem(answer, 400, "malformed")


@pytest.mark.parametrize("body", [b"[]", b"9", b"null", b'"text"', b'{"count": NaN}', b'{"count": "\\ud800"}'])
def test_a_body_of_another_shape_is_invalid(untouched: Project, body: bytes) -> None:
    answer = untouched.boss.post(f"{untouched.path}/leases", content=body, headers=JSON)
    assert_problem(answer, 422, "invalid")


@pytest.mark.parametrize("key", ["count", "\\ud800"])
def test_a_field_that_is_there_twice_is_invalid(untouched: Project, key: str) -> None:
    body = f'{{"{key}": 1, "{key}": 2}}'.encode()
    assert_problem(untouched.boss.post(f"{untouched.path}/leases", content=body, headers=JSON), 422, "invalid")


def test_a_body_of_more_than_a_mebibyte_is_too_large(untouched: Project) -> None:
    def body(size: int) -> bytes:
        rest = size - len(json.dumps({"format": ""}))
        return json.dumps({"format": "x" * rest}).encode()

    path = f"{untouched.path}/exports"
    assert_problem(untouched.boss.post(path, content=body(2**20), headers=JSON), 422, "invalid", "format")
    assert_problem(untouched.boss.post(path, content=body(2**20 + 1), headers=JSON), 413, "too-large")


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"labels": [0] * 10_000}).encode(),
        json.dumps({str(key): 0 for key in range(10_001)}).encode(),
        b'{"count": ' + b"[" * 20 + b"]" * 20 + b"}",
        b'{"count": ' + b"9" * 400 + b"}",
    ],
    ids=["items", "keys", "depth", "digits"],
)
def test_a_body_of_more_than_any_call_needs_is_malformed(untouched: Project, body: bytes) -> None:
    answer = untouched.boss.post(f"{untouched.path}/leases", content=body, headers=JSON)
    assert_problem(answer, 400, "malformed")


def test_what_is_between_quotes_is_no_structure(untouched: Project) -> None:
    """Tables have commas, and texts may have brackets, quotes and digits."""
    content = "image,label\n" + 'a"b\\,Cat\n' * 5_000 + "[" * 100 + "1" * 400
    body = {"format": "csv", "content": content, "dryRun": True}
    assert untouched.boss.post(f"{untouched.path}/imports", json=body).status_code == 202


@pytest.mark.parametrize(
    "body", [{"labels": [None] * 5_000}, {f"{key}" * 1000: 0 for key in range(300)}], ids=["items", "long keys"]
)
def test_the_answer_to_a_wrong_body_lists_20_errors_at_most(people: People, body: dict[str, Any]) -> None:
    answer = people().post("/api/projects", json=body)
    problem = assert_problem(answer, 422, "invalid")
    assert len(problem["errors"]) == 20
    assert len(answer.content) < 20_000
