"""What collections share: lists that page by themselves, and long work that is asked for, looked at and waited for."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from image_labeling.answers.base import Page, Work
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.route import Route
from image_labeling.spelling import body_of
from image_labeling.waiting import wait_for

A = TypeVar("A")
R = TypeVar("R")
W = TypeVar("W", bound=Work)


class Listed(Generic[A]):
    """What a route lists, read page by page while it is looped over. names: what its path names."""

    def __init__(self, connection: Connection, listed: Route[Page[A]], **names: Any) -> None:
        self._connection = connection
        self._listed = listed
        self._names = names

    def __iter__(self) -> Iterator[A]:
        return self._where()

    def _where(self, **query: Any) -> Iterator[A]:
        return self._connection.pages(self._listed, query=body_of(**query), **self._names)

    def _call(self, route: Route[R], body: Mapping[str, Any] | None = None, **names: Any) -> R:
        return self._connection.call(route, body=body, **self._names, **names)


class Works(Listed[W]):
    """Long work of one kind, newest first. what: one of it, in words."""

    what = "The work"

    def get(self, work_id: str) -> W:
        """Raises LabelingError (`not-found`)."""
        for work in self:
            if work.id == work_id:
                return work
        raise LabelingError(f"There is none with the id {work_id}.", type="not-found", status=404)

    def wait(self, work_id: str, *, timeout: float | None = None, told: Callable[[W], None] | None = None) -> W:
        """Waits until it is over. timeout: in seconds; told: is handed each reading. Raises LabelingError (`failed`
        with the reason, or `timeout`).
        """
        done = wait_for(lambda: self.get(work_id), lambda work: work.is_over, self.what, timeout=timeout, told=told)
        if done.status == "failed":
            raise LabelingError(f"{self.what} failed: {done.why_failed or 'no reason is told.'}", type="failed")
        return done

    def _started(self, work: W, wait: bool, timeout: float | None, told: Callable[[W], None] | None) -> W:
        return self.wait(work.id, timeout=timeout, told=told) if wait else work
