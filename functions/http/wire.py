"""What all models of calls and answers derive from."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

MOST_ITEMS = 200
EARLIEST_YEAR, LATEST_YEAR = 1971, 2200

Share = Annotated[float, Field(ge=0, le=1)]
# A share's, low and high.
Interval = Annotated[Sequence[Share], Field(min_length=2, max_length=2)]

T = TypeVar("T")


class Input(BaseModel):
    """What callers send: camelCase, exact types, no unknown fields."""

    # What does not fit might be a secret, and what says so gets into the log.
    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", strict=True, frozen=True, hide_input_in_errors=True
    )


class Output(BaseModel):
    """What callers get: camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=False,
        serialize_by_alias=True,
        frozen=True,
        hide_input_in_errors=True,
        json_schema_serialization_defaults_required=True,
    )


class Versioned(Output):
    """What can be changed on condition that it is as it was read: its ETag, here and in the header, is what If-Match
    takes.
    """

    etag: str


def _in_reach(moment: datetime) -> datetime:
    # At either end of the calendar there is no such moment elsewhere on Earth, and none that storage can tell.
    if not EARLIEST_YEAR <= moment.year < LATEST_YEAR:
        raise ValueError(f"must be between the years {EARLIEST_YEAR} and {LATEST_YEAR}")
    return moment


Moment = Annotated[datetime, AfterValidator(_in_reach)]


def milliseconds(time: datetime | None) -> int | None:
    """Since the epoch. Without a zone it is UTC."""
    if time is None:
        return None
    return round((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)


class Query(Input):
    """What a caller may put behind the question mark. Everything there is text, so types are converted."""

    model_config = ConfigDict(strict=False)


class PageQuery(Query):
    """Asks for one page of a list."""

    limit: int = Field(default=50, ge=1, le=MOST_ITEMS)
    cursor: str | None = Field(default=None, max_length=2000)


class CsvFile(BaseModel):
    """A table, which is answered as it is, and saved by browsers under its name."""

    name: str
    text: str


class Page(Output, Generic[T]):
    """One page of a list; an empty one with a nextCursor is legal."""

    items: Sequence[T]
    next_cursor: str | None = None
