"""A declared route, an authorized call of it, and its answer."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from functions.http.wire import Input, Query
from functions.identity import ByWhom, Caller, Role, TokenKind
from functions.trail import Entry

if TYPE_CHECKING:
    from functions.projects.access import Membership

LARGEST_BODY = 1024 * 1024
PROJECT_ROLES = (Role.LABELER, Role.REVIEWER, Role.ADMINISTRATOR)
READING = ("GET", "HEAD")

B = TypeVar("B")
Q = TypeVar("Q")


@dataclass(frozen=True)
class Call(Generic[B, Q]):
    """One authorized call: who, in which project and role, when, and the validated input. find_member: the caller's
    membership, or what refuses those who have none.
    """

    body: B
    query: Q
    params: Mapping[str, str]
    now: datetime
    signed_in: Caller | None
    member: "Membership | None" = None
    find_member: "Callable[[], Awaitable[Membership]] | None" = None
    if_match: str | None = None
    audit: Entry | None = None

    @property
    def caller(self) -> Caller:
        if self.signed_in is None:
            raise TypeError("a route for anyone has no caller")
        return self.signed_in

    @property
    def membership(self) -> "Membership":
        if self.member is None:
            raise TypeError("the route is not within a project")
        return self.member

    @property
    def entry(self) -> Entry:
        """What the audit log will say of this call."""
        if self.audit is None:
            raise TypeError("the route leaves no entry in the audit log")
        return self.audit

    @property
    def asker(self) -> ByWhom:
        """Who asks for long work by this call."""
        return ByWhom(by=self.member.user_id if self.member else self.caller.user_id, by_name=self.caller.name)

    async def membership_now(self) -> "Membership":
        """The same, once more: to be called after what this process knew was forgotten."""
        if self.find_member is None:
            raise TypeError("the route is not within a project")
        return await self.find_member()

    @property
    def now_ms(self) -> int:
        return int(self.now.timestamp() * 1000)


@dataclass(frozen=True)
class Answer:
    """An answer with a status other than the route's first, or with headers."""

    status: int
    body: BaseModel | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """A declared route. answers: the model of each status it answers when all is well; None = no body. most_bytes: what
    the body of a call may have. tokens: the kinds of access tokens that open it too, beside people who are signed in.
    while_restoring: it may change a project that is being restored. conditional: it goes by If-Match. unaudited: why
    what it changes leaves no entry in the audit log.
    """

    name: str
    method: str
    path: str
    role: Role
    summary: str
    answers: Mapping[int, type[BaseModel] | None]
    body: type[Input] | None
    query: type[Query] | None
    most_bytes: int = LARGEST_BODY
    tokens: Collection[TokenKind] = ()
    while_restoring: bool = False
    conditional: bool = False
    unaudited: str | None = None

    @property
    def is_within_project(self) -> bool:
        return self.role in PROJECT_ROLES

    @property
    def is_audited(self) -> bool:
        return self.method not in READING and self.unaudited is None

    @property
    def operation(self) -> str:
        return to_camel(self.name)


Rule = Callable[[Call[Any, Any]], Awaitable[BaseModel | Answer | None]]
