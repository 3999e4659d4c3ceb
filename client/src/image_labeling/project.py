"""One project."""

import time
from collections.abc import Callable
from pathlib import Path

from image_labeling import routes
from image_labeling.answers.projects import Progress, ProjectAnswer
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.transferring import uploading

POLL_SECONDS = 2.0


class Project:
    """A project of the service. answer: as it was when it was last read."""

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

    def __repr__(self) -> str:
        return f"<Project {self.name!r} {self.id}>"

    def reload(self) -> "Project":
        """The same, read once more."""
        self.answer = self._connection.call(routes.GET_PROJECT, project_id=self.id)
        return self

    def progress(self) -> Progress:
        return self._connection.call(routes.GET_PROGRESS, project_id=self.id)

    def delete(self) -> None:
        """Deletes the project and its labels for good. The images stay."""
        self._connection.call(routes.DELETE_PROJECT, project_id=self.id)

    def upload_folder(
        self, folder: str | Path, *, at_once: int = uploading.AT_ONCE, told: uploading.Told | None = None
    ) -> uploading.Upload:
        """Uploads the images of a folder on this machine into the project's own folder, as Labeling.upload_folder does.
        The project has them after its next refresh.
        """
        ask = uploading.asking(self._connection, routes.OFFER_PROJECT_UPLOADS, project_id=self.id)
        return uploading.upload_folder(folder, ask, at_once=at_once, told=told)

    def wait_until(
        self,
        *,
        labeled: float,
        timeout: float | None = None,
        told: Callable[[Progress], None] | None = None,
        every: float = POLL_SECONDS,
    ) -> Progress:
        """Waits until this share of the images (0 to 1) is labeled. told: is handed each reading.

        timeout: in seconds, without one for as long as it takes. Raises LabelingError (`timeout`).
        """
        if not 0 <= labeled <= 1:
            raise LabelingError(f"labeled is a share between 0 and 1, not {labeled}.")
        ends = None if timeout is None else time.monotonic() + timeout
        while True:
            progress = self.progress()
            if told:
                told(progress)
            if progress.total and progress.share_labeled >= labeled:
                return progress
            if ends is not None and time.monotonic() >= ends:
                raise LabelingError(
                    f"{progress.share_labeled:.0%} of {self.name} is labeled after {timeout:.0f} s.", type="timeout"
                )
            time.sleep(every)
