"""The trainings of a project, from which suggestions come."""

from collections.abc import Callable

from image_labeling import routes
from image_labeling.answers.assist import Training
from image_labeling.connection import Connection
from image_labeling.listed import Works


class Trainings(Works[Training]):
    """Newest first: `for training in project.trainings`."""

    what = "The training"

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_TRAININGS, project_id=project_id)

    def start(
        self, *, wait: bool = True, timeout: float | None = None, told: Callable[[Training], None] | None = None
    ) -> Training:
        """Learns from the labels of now, and waits until it is done."""
        return self._started(self._call(routes.START_TRAINING), wait, timeout, told)
