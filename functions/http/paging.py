"""Lists by pages. A cursor is the key of the last item shown: what comes or goes meanwhile moves nothing else."""

import base64
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

import azure.functions as func

from functions.http.calls import Call
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role
from functions.ids import is_id
from functions.problems import Invalid
from functions.records import ALL
from functions.storage import storage

T = TypeVar("T")


class Listed(Protocol):
    @property
    def id(self) -> str: ...


A = TypeVar("A")
R = TypeVar("R", bound=Listed)
Tell = Callable[[Call[None, PageQuery], R], Awaitable[A]]

# Tells a cursor from other text.
MARK = "after "


def encode_cursor(text: str) -> str:
    return base64.urlsafe_b64encode(f"{MARK}{text}".encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> str:
    """The text behind a cursor, "" for none. Raises Invalid for what no list has given."""
    if cursor is None:
        return ""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars="-_", validate=True).decode()
    except ValueError:
        raise unknown_cursor() from None
    if not text.startswith(MARK):
        raise unknown_cursor()
    return text.removeprefix(MARK)


def read_id(cursor: str | None) -> str:
    """The id behind a cursor, "" for none. Raises Invalid."""
    text = read_cursor(cursor)
    if text and not is_id(text):
        raise unknown_cursor()
    return text


def unknown_cursor() -> Invalid:
    return Invalid.field("cursor", "This cursor did not come from a list.")


def page_of(items: Sequence[T], key: Callable[[T], str], query: PageQuery) -> Page[T]:
    """The asked-for page of all items, in the order of `key`, which is another for each."""
    after = read_cursor(query.cursor)
    rest = sorted((item for item in items if key(item) > after), key=key)
    return page_with_more(rest, key, query)


def page_with_more(found: Sequence[T], key: Callable[[T], str], query: PageQuery) -> Page[T]:
    """The page that begins with what was found; anything beyond its limit only says that there is another."""
    page = found[: query.limit]
    return Page[T](items=page, next_cursor=encode_cursor(key(page[-1])) if len(found) > len(page) else None)


def newest_first(
    blueprint: func.Blueprint,
    path: str,
    find: Callable[..., Awaitable[Sequence[R]]],
    *,
    role: Role,
    page: type[Page[A]],
) -> Callable[[Tell[R, A]], Tell[R, A]]:
    """Registers a route that lists records, newest first; the decorated function tells one of them.

    find: gives those of a project, or without one all, that come after an id: at most `limit`.
    """

    def declare(tell: Tell[R, A]) -> Tell[R, A]:
        async def rule(call: Call[None, PageQuery]) -> Page[A]:
            query, project = call.query, call.params.get("project_id", ALL)
            found = await find(storage(), project, limit=query.limit + 1, after=read_id(query.cursor))
            shown = page_with_more(found, lambda one: one.id, query)
            return page(items=[await tell(call, one) for one in shown.items], next_cursor=shown.next_cursor)

        rule.__name__, rule.__doc__ = tell.__name__, tell.__doc__
        route(blueprint, "GET", path, role=role, query=PageQuery, answers={200: page})(rule)
        return tell

    return declare
