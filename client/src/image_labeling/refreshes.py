"""Looks through a project's folder."""

from collections.abc import Callable

from image_labeling import routes
from image_labeling.answers.refreshes import Refresh
from image_labeling.connection import Connection
from image_labeling.listed import Works


class Refreshes(Works[Refresh]):
    """Newest first: `for refresh in project.refreshes`."""

    what = "The refresh"

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_REFRESHES, project_id=project_id)

    def start(
        self, *, wait: bool = True, timeout: float | None = None, told: Callable[[Refresh], None] | None = None
    ) -> Refresh:
        """Looks for new, changed and vanished images, and waits until it is done; joins one that is running."""
        return self._started(self._call(routes.START_REFRESH), wait, timeout, told)
