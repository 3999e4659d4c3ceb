"""A page of images that is the caller's for a while."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar

from image_labeling import routes
from image_labeling.answers.leases import LeaseAnswer, LeasedImage, Submission
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.options import LabelName
from image_labeling.route import Route
from image_labeling.spelling import listed

R = TypeVar("R")


class Lease:
    """Images that nobody else gets meanwhile. As a context manager it gives them back at the end, if they were not
    submitted:

        with project.lease(10) as lease:
            lease.submit({image.id: "Cat" for image in lease.images})

    It is false where nothing is left to hand out; `answer` tells how many images are with others then.
    """

    def __init__(self, connection: Connection, project_id: str, answer: LeaseAnswer) -> None:
        self._connection = connection
        self._project_id = project_id
        self.answer = answer
        self.is_open = answer.id is not None
        self.expires_at: datetime | None = answer.expires_at

    @property
    def images(self) -> list[LeasedImage]:
        """In the order in which they are to be shown."""
        return self.answer.images

    def __bool__(self) -> bool:
        return bool(self.images)

    def submit(
        self,
        labels: Mapping[str, LabelName | Sequence[LabelName] | None],
        skipped: Mapping[str, str | None] | None = None,
    ) -> Submission:
        """What is said of each image of the page, by its id or its name: a label, several, or None to skip it. skipped:
        images with the reasons why they are skipped. Raises LabelingError, also where one is not named.
        """
        said = {self._id(image): label for image, label in labels.items()}
        reasons = dict.fromkeys(image for image, label in said.items() if label is None)
        reasons.update({self._id(image): reason for image, reason in (skipped or {}).items()})
        done = self._call(
            routes.SUBMIT_LEASE,
            body={
                "labels": {image: listed(label) for image, label in said.items() if label is not None},
                "skipped": [{"id": image, "reason": reason} for image, reason in reasons.items()],
            },
        )
        self.is_open = False
        return done

    def renew(self) -> datetime:
        """Keeps the images for as long once more; until when is told."""
        self.expires_at = self._call(routes.RENEW_LEASE).expires_at
        return self.expires_at

    def release(self) -> None:
        """Gives the images back, for others to label."""
        self._call(routes.RELEASE_LEASE)
        self.is_open = False

    def __enter__(self) -> "Lease":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What cannot be given back comes free when its time is over.
        with suppress(LabelingError):
            if self.is_open:
                self.release()

    def _id(self, named: str) -> str:
        for image in self.images:
            if named in (image.id, image.name):
                return image.id
        raise LabelingError(f"{named} is no image of this page.", type="invalid")

    def _call(self, route: Route[R], body: Mapping[str, Any] | None = None) -> R:
        if self.answer.id is None:
            raise LabelingError("Nothing is left to label.", type="conflict")
        return self._connection.call(route, body=body, project_id=self._project_id, lease_id=self.answer.id)
