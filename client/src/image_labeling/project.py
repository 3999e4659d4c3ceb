"""One project."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from image_labeling import routes
from image_labeling.answers.projects import Progress
from image_labeling.errors import LabelingError
from image_labeling.exports import Exports
from image_labeling.labels import WithLabels
from image_labeling.options import ProjectSettings
from image_labeling.reviews import Reviewing
from image_labeling.settings import settings_body
from image_labeling.transferring import uploading

if TYPE_CHECKING:
    from typing_extensions import Unpack

POLL_SECONDS = 2.0


class Project(Reviewing, WithLabels):
    """A project of the service."""

    @property
    def exports(self) -> Exports:
        return Exports(self._connection, self.id)

    def reload(self) -> "Project":
        """The same, read once more."""
        self.answer = self._call(routes.GET_PROJECT)
        return self

    def change(
        self,
        *,
        name: str | None = None,
        labels: Sequence[str | Mapping[str, Any]] | None = None,
        status: Literal["paused", "created"] | None = None,
        **settings: "Unpack[ProjectSettings]",
    ) -> "Project":
        """Changes what is named, and nothing if somebody has changed the project since it was read (`reload` it then).

        labels: the whole list in order; names that are not there yet are new labels, and those that are left out are
        removed. A mapping says more of a label: id (to rename it), name, group, key, description, examples.
        """
        body = settings_body(settings, name=name, status=status)
        if labels is not None:
            body["labels"] = [self._kept(label) for label in labels]
        self.answer = self._connection.call(
            routes.CHANGE_PROJECT, body=body, if_match=self.answer.etag, project_id=self.id
        )
        return self

    def _kept(self, label: str | Mapping[str, Any]) -> Mapping[str, Any]:
        if not isinstance(label, str):
            return label
        known = next((one.id for one in self.labels if one.name == label), None)
        return {"name": label} if known is None else {"id": known, "name": label}

    def pause(self) -> "Project":
        """Nobody gets images until it is resumed."""
        return self.change(status="paused")

    def resume(self) -> "Project":
        return self.change(status="created")

    def delete(self) -> None:
        """Deletes the project and its labels for good. The images stay."""
        self._call(routes.DELETE_PROJECT)

    def progress(self) -> Progress:
        return self._call(routes.GET_PROGRESS)

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
