"""The projects of the service."""

from collections.abc import Iterator

from image_labeling import routes
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.project import Project


class Projects:
    """Those that the caller may see: `for project in labeling.projects`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __iter__(self) -> Iterator[Project]:
        for answer in self._connection.pages(routes.LIST_PROJECTS):
            yield Project(self._connection, answer)

    def get(self, name_or_id: str) -> Project:
        """The project of this id, or else of this name. Raises LabelingError where there is none, or several."""
        try:
            return Project(self._connection, self._connection.call(routes.GET_PROJECT, project_id=name_or_id))
        except LabelingError as error:
            # A project's token does not open what is no project's id, and cannot list projects.
            if error.type not in ("not-found", "unauthenticated"):
                raise
            found = [project for project in self if project.name == name_or_id]
            if not found:
                raise
        if len(found) > 1:
            ids = ", ".join(project.id for project in found)
            raise LabelingError(f"{len(found)} projects are called {name_or_id}. Name one by its id: {ids}.")
        return found[0]
