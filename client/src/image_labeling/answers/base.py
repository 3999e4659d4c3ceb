"""What all answers share."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

A = TypeVar("A")


class Answer(BaseModel):
    """Something that the service has told. It is not changed by what happens afterwards."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore")


class Page(Answer, Generic[A]):
    """A page of a list. next_cursor: leads to the next one; None on the last."""

    items: list[A]
    next_cursor: str | None
