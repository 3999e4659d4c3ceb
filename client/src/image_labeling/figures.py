"""How far a project is, and how well it goes."""

import time
from collections.abc import Callable

from image_labeling import routes
from image_labeling.answers.assist import Assist
from image_labeling.answers.figures import Activity, Agreement, Labeler
from image_labeling.answers.projects import Progress
from image_labeling.errors import LabelingError
from image_labeling.of_project import OfProject

POLL_SECONDS = 2.0


class WithFigures(OfProject):
    """Each is as it stands when it is asked for."""

    def progress(self) -> Progress:
        """How many images are in which state, and have which label."""
        return self._call(routes.GET_PROGRESS)

    def labelers(self) -> list[Labeler]:
        """What each labeler has done, and how well; those who have labeled most come first."""
        return self._call(routes.GET_LABELERS).items

    def activity(self) -> Activity:
        """Labels that stand, by the hour and by the day."""
        return self._call(routes.GET_ACTIVITY)

    def agreement(self) -> Agreement:
        """How far people agree, where several look at an image."""
        return self._call(routes.GET_AGREEMENT)

    def assist(self) -> Assist:
        """How suggestions stand."""
        return self._call(routes.GET_ASSIST)

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
