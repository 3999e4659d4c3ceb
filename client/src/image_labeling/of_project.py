"""What everything of a project starts from."""

from collections.abc import Mapping
from typing import Any, TypeVar

from image_labeling import routes
from image_labeling.answers.projects import Label, ProjectAnswer
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.options import LabelName
from image_labeling.route import Route

P = TypeVar("P", bound="OfProject")
R = TypeVar("R")


class OfProject:
    """answer: the project as it was when it was last read."""

    def __init__(self, connection: Connection, answer: ProjectAnswer) -> None:
        self._connection = connection
        self.answer = answer

    @property
    def id(self) -> str:
        return self.answer.id

    @property
    def name(self) -> str:
        return self.answer.name

    @property
    def url(self) -> str:
        """Where people see it."""
        return f"{self._connection.url}/projects/{self.id}"

    @property
    def task_type(self) -> str:
        """multiClass, where an image has one label, or multiLabel, where it has any number."""
        return self.answer.task_type

    @property
    def labels(self) -> list[Label]:
        """In the project's order."""
        return self.answer.labels

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r} {self.id}>"

    def reload(self: P) -> P:
        """The same, read once more."""
        self.answer = self._call(routes.GET_PROJECT)
        return self

    def _label_id(self, named: LabelName) -> int:
        """Raises LabelingError for what is no label of the project."""
        for label in self.labels:
            if named in (label.id, label.name):
                return label.id
        raise LabelingError(f"{self.name} has no label {named!r}.", type="invalid")

    def _call(self, route: Route[R], body: Mapping[str, Any] | None = None, **names: Any) -> R:
        return self._connection.call(route, body=body, project_id=self.id, **names)
