"""Pages of images that are handed out to be labeled."""

from datetime import datetime

from image_labeling.answers.base import Answer
from image_labeling.answers.images import Suggestion


class Rejected(Answer):
    """Why an image came back, and the labels it had. skipped: it had none, as it had been skipped, or was disputed."""

    reason: str | None
    labels: list[str]
    skipped: bool


class LeasedImage(Answer):
    """name: the path in its container, to a labeler the file's name. Its addresses are to be read for some hours.
    width, height: in pixels. suggestions: likeliest first; None where nothing is suggested.
    """

    id: str
    name: str
    preview_url: str
    thumbnail_url: str
    width: int
    height: int
    suggestions: list[Suggestion] | None
    rejected: Rejected | None


class LeaseAnswer(Answer):
    """short: why there are fewer images than were asked for: divided, rejected or rest; None where there are not.

    Where nothing is left to hand out, id is None: leased_by_others are with others, the first of them may come free at
    next_free_at; awaiting_others: images of which the caller has said something, and others have yet to.
    """

    id: str | None
    images: list[LeasedImage]
    expires_at: datetime | None = None
    short: str | None = None
    leased_by_others: int = 0
    next_free_at: datetime | None = None
    awaiting_others: int = 0


class Renewal(Answer):
    expires_at: datetime


class Submission(Answer):
    """How many images were labeled, and skipped."""

    labeled: int
    skipped: int
