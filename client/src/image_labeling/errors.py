"""What goes wrong, as one type: whatever the service refuses, and whatever keeps a call from reaching it."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

PREFIX = "urn:labeling:problem:"


class LabelingError(Exception):
    """A call that was refused, failed, or found nobody.

    detail: what is wrong, in words for people. type: the problem's short name, as `not-found` or `conflict`
    (`unreachable` where no answer came, `refused` where this package itself refuses). status: of HTTP, None where no
    answer came. errors: what is wrong with which field. image_ids: where images are the matter. request_id: by which
    whoever runs the service finds the call in the log.

    Source: RFC 9457, problem details.
    """

    def __init__(
        self,
        detail: str,
        *,
        type: str = "refused",  # noqa: A002
        status: int | None = None,
        errors: Sequence[tuple[str, str]] = (),
        image_ids: Sequence[str] = (),
        request_id: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.type = type
        self.status = status
        self.errors = tuple(errors)
        self.image_ids = tuple(image_ids)
        self.request_id = request_id

    def __str__(self) -> str:
        # The detail may say already which fields are wrong.
        told = [message if not field else f"{field}: {message}" for field, message in self.errors]
        lines = [self.detail, *(line for line in told if line not in self.detail and not line.endswith(self.detail))]
        if self.request_id:
            lines.append(f"(request {self.request_id})")
        return " ".join(lines)


def error_of(response: httpx.Response) -> LabelingError:
    """The error that an answer tells of."""
    try:
        problem: Any = response.json()
    except ValueError:
        problem = None
    request_id = response.headers.get("x-request-id")
    if not isinstance(problem, Mapping) or "detail" not in problem:
        return LabelingError(
            f"{response.url.copy_with(query=None)} answers {response.status_code}, and not as the service does. "
            "Is it the address of the site?",
            type="unreachable",
            status=response.status_code,
            request_id=request_id,
        )
    return LabelingError(
        problem["detail"],
        type=str(problem.get("type", "")).removeprefix(PREFIX),
        status=response.status_code,
        errors=[(error["field"], error["message"]) for error in problem.get("errors", [])],
        image_ids=problem.get("imageIds", []),
        request_id=problem.get("requestId", request_id),
    )
