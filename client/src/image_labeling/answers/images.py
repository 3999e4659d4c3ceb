"""Images of a project, what is said of them, and what happened to them."""

from datetime import datetime

from image_labeling.answers.base import Answer


class Suggestion(Answer):
    """A label that an image may have. confidence: 0 to 1. sure: suggestions of this confidence are right so often that
    the labeling page may label the image so by itself, for the labeler to submit or to change. likely: they are right
    at least as often as wrong.
    """

    label: str
    confidence: float
    sure: bool
    likely: bool


class Image(Answer):
    """An image of a project. name: its path in its container; to a labeler its file's name alone. state: preparing,
    waiting, leased, labeled, skipped, disputed, unreadable or missing. labeler: a user id. problem: why it is
    unreadable. width, height: in pixels. preview_url, thumbnail_url: to be read for some hours; None while there is no
    preview. reviewed: a reviewer has confirmed its label or set it. rejected: it waits because it was rejected.
    suggestions: what the model says of an image whose label it doubts; None unless such images are asked for.
    """

    id: str
    name: str
    state: str
    labels: list[str]
    labeler: str | None
    labeler_name: str | None
    labeled_at: datetime | None
    changed_since_labeled: bool
    reviewed: bool
    rejected: bool
    problem: str | None
    width: int
    height: int
    preview_url: str | None
    thumbnail_url: str | None
    suggestions: list[Suggestion] | None


class Opinion(Answer):
    """What one of several people says of an image. decided: it says what was decided; None while nothing is."""

    user_id: str
    name: str
    labels: list[str]
    skipped: bool
    at: datetime
    decided: bool | None


class LikelyLabel(Answer):
    """How likely an image has a label, 0 to 1: by who says so and how often they are right, and by the model."""

    label: str
    probability: float


class HistoryEntry(Answer):
    """One thing that happened to an image. by: a user id; None for a refresh. action: labeled, skipped, rejected,
    corrected, confirmed, asked, merged, restored, imported, missing, back or changed.
    """

    at: datetime
    by: str | None
    by_name: str | None
    action: str
    labels: list[str]
    reason: str | None


class ImageWithHistory(Image):
    """An image and its history, oldest first. opinions: where several people look at it, in the order in which they
    came; likely: beside them, how likely each label is, the likeliest first.
    """

    opinions: list[Opinion]
    likely: list[LikelyLabel]
    history: list[HistoryEntry]
    next_cursor: str | None


class Detail(Answer):
    """An image with as many of its own pixels as can be shown, upright. url: to be read for some hours. width, height:
    in pixels.
    """

    url: str
    width: int
    height: int


class Example(Answer):
    """An image that shows what a label means. Its addresses are to be read for some hours."""

    id: str
    preview_url: str
    thumbnail_url: str
    width: int
    height: int


class Examples(Answer):
    items: list[Example]
