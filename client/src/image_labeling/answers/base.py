"""What all answers share."""

from datetime import datetime
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


class Named(Answer):
    """So many, and the names of the first of them."""

    count: int
    first: list[str]


class Work(Answer):
    """Long work. status: queued, running, completed or failed. by, by_name: who asked for it."""

    id: str
    status: str
    by: str | None
    by_name: str | None
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.status not in ("queued", "running")

    @property
    def why_failed(self) -> str | None:
        """In words."""
        return None


class MeasuredWork(Work):
    """Long work that tells how far it is. progress: 0 to 1. error: why it failed, in words."""

    progress: float
    created_at: datetime
    error: str | None

    @property
    def why_failed(self) -> str | None:
        return self.error
