"""How calls are made: tried again where that does no harm, and told as one error where they fail."""

import time
from collections.abc import Callable
from email.utils import formatdate

import httpx
import pytest

from image_labeling import LabelingError, routes
from image_labeling.connection import MOST_TRIES, Connection

PROGRESS = {
    **dict.fromkeys(("total", "preparing", "waiting", "leased", "labeled", "skipped", "disputed", "unreadable"), 0),
    **dict.fromkeys(("missing", "deferred", "returned", "awaitingOpinions", "reviewed", "empty", "labeledPerHour"), 0),
    "byLabel": [],
    "byLabeler": [],
}


class Wire:
    """Answers one after the other; the last one stays."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.waits: list[float] = []
        self.connection = Connection(
            "https://labels.example.org/",
            "lbs_secret",
            transport=httpx.MockTransport(self._answer),
            wait=self.waits.append,
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def good() -> httpx.Response:
    return httpx.Response(200, json=PROGRESS)


def problem(status: int, detail: str = "No.", **more: object) -> httpx.Response:
    body = {"type": "urn:labeling:problem:busy", "title": "t", "status": status, "detail": detail, "requestId": "r1"}
    return httpx.Response(status, json={**body, **more}, headers={"retry-after": "2"})


def read(wire: Wire) -> int:
    return wire.connection.call(routes.GET_PROGRESS, project_id="p").total


def create(wire: Wire) -> str:
    return wire.connection.call(routes.CREATE_PROJECT, body={"name": "a"}).id


def test_a_call_has_the_token_and_names_are_quoted() -> None:
    wire = Wire(good())
    wire.connection.call(routes.GET_PROGRESS, project_id="a/../b c")
    assert wire.requests[0].headers["x-access-token"] == "lbs_secret"
    assert wire.requests[0].url.raw_path == b"/api/projects/a%2F..%2Fb%20c/progress"


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_no_name_makes_it_the_path_of_something_else(name: str) -> None:
    wire = Wire(good())
    with pytest.raises(LabelingError, match="There is nothing named") as told:
        wire.connection.call(routes.DELETE_EXPORT, project_id="p", export_id=name)
    assert (told.value.type, wire.requests) == ("not-found", [])


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_tried_again_as_late_as_the_service_says(status: int) -> None:
    wire = Wire(problem(status), problem(status), good())
    assert read(wire) == 0
    assert len(wire.requests) == 3
    assert all(2 <= waited < 2.5 for waited in wire.waits)


def test_retry_after_may_be_a_date() -> None:
    late = httpx.Response(503, json={}, headers={"retry-after": formatdate(time.time() + 30, usegmt=True)})
    wire = Wire(late, good())
    read(wire)
    assert 25 < wire.waits[0] < 31


def test_after_so_many_tries_the_error_is_told() -> None:
    wire = Wire(problem(503, "Storage is busy."))
    with pytest.raises(LabelingError, match=r"Storage is busy\. \(request r1\)") as told:
        read(wire)
    assert (len(wire.requests), told.value.status, told.value.request_id) == (MOST_TRIES, 503, "r1")


def test_a_post_is_tried_again_only_where_nothing_was_done() -> None:
    wire = Wire(problem(429), problem(503))
    with pytest.raises(LabelingError):
        create(wire)
    assert len(wire.requests) == 2
    never_sent = Wire(httpx.ConnectError("refused"), problem(409, "It is there."))
    with pytest.raises(LabelingError, match=r"It is there\."):
        create(never_sent)
    assert len(never_sent.requests) == 2
    cut_off = Wire(httpx.ReadError("reset"))
    with pytest.raises(LabelingError, match="does not answer"):
        create(cut_off)
    assert len(cut_off.requests) == 1


@pytest.mark.parametrize(
    "trouble", [httpx.ReadError("reset"), httpx.ConnectTimeout("slow"), httpx.RemoteProtocolError("")]
)
def test_a_read_that_is_cut_off_is_tried_again(trouble: Exception) -> None:
    assert read(Wire(trouble, good())) == 0


def test_an_error_says_which_field_is_wrong_and_what() -> None:
    errors = [{"field": "labels.2", "message": "Too long."}, {"field": "", "message": "No."}]
    wire = Wire(problem(422, "No.", type="urn:labeling:problem:invalid", errors=errors, imageIds=["i1"]))
    with pytest.raises(LabelingError) as told:
        read(wire)
    assert str(told.value) == "No. labels.2: Too long. (request r1)"
    assert (told.value.type, told.value.errors[0], told.value.image_ids) == (
        "invalid",
        ("labels.2", "Too long."),
        ("i1",),
    )


def test_fields_that_the_words_name_are_not_named_again() -> None:
    errors = [{"field": name, "message": "must be at most 1"} for name in ("train", "test")]
    wire = Wire(problem(422, "train: must be at most 1; test: must be at most 1", errors=errors))
    with pytest.raises(LabelingError) as told:
        read(wire)
    assert str(told.value) == "train: must be at most 1; test: must be at most 1 (request r1)"


Answer = Callable[[], httpx.Response]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: httpx.Response(404, html="<h1>Not found</h1>"),
        lambda: httpx.Response(302, headers={"location": "/.auth/login"}),
        lambda: httpx.Response(400, json=["?"]),
    ],
)
def test_what_is_not_the_service_is_said_to_be_none(answer: Answer) -> None:
    with pytest.raises(LabelingError, match="not as the service does") as told:
        read(Wire(answer()))
    assert told.value.type == "unreachable"


@pytest.mark.parametrize(
    "answer", [lambda: httpx.Response(200, html="<p>Welcome"), lambda: httpx.Response(200, json={})]
)
def test_an_answer_of_another_shape_is_no_crash(answer: Answer) -> None:
    with pytest.raises(LabelingError, match="otherwise than this version"):
        read(Wire(answer()))


def test_a_list_is_read_page_by_page_and_no_further_than_asked() -> None:
    def page(*ids: str, after: str | None) -> httpx.Response:
        return httpx.Response(200, json={"items": [{"label": i, "count": 1} for i in ids], "nextCursor": after})

    from image_labeling.answers.base import Page
    from image_labeling.answers.projects import LabelCount
    from image_labeling.route import Route

    route = Route("GET", "things", Page[LabelCount])
    wire = Wire(page("a", "b", after="c1"), page("c", after=None))
    listed = wire.connection.pages(route)
    assert [next(listed).label for _ in range(2)] == ["a", "b"]
    assert len(wire.requests) == 1
    assert [item.label for item in listed] == ["c"]
    assert wire.requests[1].url.params["cursor"] == "c1"
