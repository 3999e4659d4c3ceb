"""Errors that callers see: RFC 9457 problem details. Each is an exception that carries its status.

The types are a short list, so that clients can tell them apart without reading the text:
urn:labeling:problem:<type>, where <type> is one of the class names' words below.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

TYPE_PREFIX = "urn:labeling:problem:"
# So that an answer is not many times longer than the call.
MOST_ERRORS = 20


class FieldError(NamedTuple):
    """One thing wrong with the input: the field's path ("labels.2.name"; "" = the whole body) and what is wrong, in
    words.
    """

    field: str
    message: str


class Problem(Exception):
    """An answer in the form of application/problem+json. Of many errors only the first are told."""

    type: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong on our side"
    status: ClassVar[int] = 500

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        image_ids: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = list(errors[:MOST_ERRORS])
        self.image_ids = list(image_ids)
        self.headers = dict(headers or {})

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": TYPE_PREFIX + self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [error._asdict() for error in self.errors]
        if self.image_ids:
            body["imageIds"] = self.image_ids
        return body


class Malformed(Problem):
    type, title, status = "malformed", "The request could not be read", 400


class Unauthenticated(Problem):
    type, title, status = "unauthenticated", "Sign in first", 401


class Forbidden(Problem):
    type, title, status = "forbidden", "Your role does not allow this", 403


class CrossOrigin(Problem):
    type, title, status = "cross-origin", "Changes are taken from the service's own pages only", 403


class NotFound(Problem):
    type, title, status = "not-found", "There is no such thing", 404


class NoLongerMember(NotFound):
    """To somebody who was: for everybody else, the project is not there."""

    type, title = "no-longer-member", "You are no longer a member of this project"


class Conflict(Problem):
    type, title, status = "conflict", "It conflicts with what is there", 409


class Paused(Conflict):
    type, title, status = "paused", "The project is paused", 409


class Stale(Conflict):
    type, title, status = "stale", "It has changed meanwhile", 409


class TooOften(Conflict):
    type, title, status = "too-often", "You have changed it too often", 409


class SubmittedBefore(Conflict):
    type, title, status = "submitted-before", "The page was submitted before, with other labels", 409


class PreconditionFailed(Problem):
    type, title, status = "precondition-failed", "It is no longer what you have seen", 412


class TooLarge(Problem):
    type, title, status = "too-large", "The body is too large", 413


class UnsupportedMediaType(Problem):
    type, title, status = "media-type", "The body must be JSON", 415


class Invalid(Problem):
    type, title, status = "invalid", "The input is not valid", 422

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        return cls(message, errors=[FieldError(field, message)])


class PreconditionRequired(Problem):
    type, title, status = "precondition-required", "Say what you have seen", 428


class TooMany(Problem):
    type, title, status = "too-many", "Too many calls of yours at once", 429


class Busy(Problem):
    type, title, status = "busy", "Too much at once, try again", 503


class NewerData(Problem):
    type, title, status = "newer-data", "The data are of a newer version of the service", 503


class Internal(Problem):
    pass


PROBLEMS: tuple[type[Problem], ...] = (
    Malformed,
    Unauthenticated,
    Forbidden,
    CrossOrigin,
    NotFound,
    NoLongerMember,
    Conflict,
    Paused,
    Stale,
    TooOften,
    SubmittedBefore,
    PreconditionFailed,
    TooLarge,
    UnsupportedMediaType,
    Invalid,
    PreconditionRequired,
    TooMany,
    Busy,
    NewerData,
    Internal,
)
