"""What reviewers' calls send and get."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from functions.http.wire import Input, Moment, Output, PageQuery, Query
from functions.labeling.wire import Reason, SuggestionAnswer
from functions.projects.groups import LONGEST_PATH
from functions.projects.label_wire import ImageId, LabelName
from functions.tasks.base import MOST_LABELS, Change

MOST_AT_ONCE = 1000

StateWord = Literal["preparing", "waiting", "leased", "labeled", "skipped", "disputed", "unreadable", "missing"]
Match = Literal["any", "all", "none"]
ActionWord = Literal[
    "labeled",
    "skipped",
    "rejected",
    "corrected",
    "confirmed",
    "asked",
    "merged",
    "restored",
    "imported",
    "missing",
    "back",
    "changed",
]


class ImagesFilter(Query):
    """Filters over a project's images. label: name or id; labels: ids of several, with commas between them; group: the
    path of one, for all labels in it and below it; match: any or all of these labels are wanted, or labeled images
    that have none of them, which without labels are those that have no label. labeler: user id or sign-in name;
    name: a part of the blob's name. reviewed: only labels that a reviewer has confirmed or set, or only those that
    none has; rejected: only images that wait because they were rejected. doubted: only labeled images of which the
    model that learned from the others says another label, those first whose own labels it takes for the least
    likely, without those that a reviewer has confirmed or set; suggested: that other label, by name or id.
    """

    state: StateWord | None = None
    label: str | None = Field(default=None, max_length=100)
    labels: str | None = Field(default=None, max_length=6000, pattern=r"^[0-9]{1,9}(,[0-9]{1,9})*$")
    group: str | None = Field(default=None, max_length=LONGEST_PATH)
    match: Match = "any"
    labeler: str | None = Field(default=None, max_length=320)
    name: str | None = Field(default=None, max_length=1024)
    changed_since_labeled: bool | None = None
    reviewed: bool | None = None
    rejected: bool = False
    doubted: bool = False
    suggested: str | None = Field(default=None, max_length=100)


class ImagesQuery(PageQuery, ImagesFilter):
    """Asks for one page of the images that match. order: of disputed images only, unsure: first those of which it is
    least sure what is right (`likely` of an image), by some thousand images at a time; else they come in a fixed order.
    """

    order: Literal["unsure"] | None = None


class ImageAnswer(Output):
    """An image of a project. name: its blob's, whole; to a labeler only the file's. The addresses are null while there
    is no preview. reviewed: a reviewer has confirmed its label or set it; rejected: it waits because it was rejected.
    suggestions: what the model says of an image whose label it doubts; null in all other lists.
    """

    id: str
    name: str
    state: StateWord
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
    suggestions: list[SuggestionAnswer] | None = None


class DetailAnswer(Output):
    """An image with as many of its own pixels as can be shown, upright. url: to be read for some hours. width, height:
    in pixels; less than the image's where it has more than memory allows to decode.
    """

    url: str
    width: int
    height: int


class OpinionAnswer(Output):
    """What one of several people says of an image. decided: it says what was decided; null while nothing is."""

    user_id: str
    name: str
    labels: list[str]
    skipped: bool
    at: datetime
    decided: bool | None


class LikelyLabel(Output):
    """How likely an image has a label, 0 to 1: by who says so and how often they are right, and by the model."""

    label: str
    probability: float


class HistoryEntry(Output):
    """One thing that happened to an image. by: a user id; null for a refresh."""

    at: datetime
    by: str | None
    by_name: str | None
    action: ActionWord
    labels: list[str]
    reason: str | None


class ImageWithHistory(ImageAnswer):
    """An image and a page of its history, oldest first: without a cursor the newest of it; to a labeler only what they
    did themselves, and refreshes. nextCursor: leads to what happened before; null where nothing did. opinions: to a
    reviewer, of an image at which several people look or have looked, in the order in which they came; to a labeler
    none. likely: beside them, as advice, how likely each label is, the likeliest first. labels, state and labeledAt
    tell a labeler of such an image what they said of it themselves.
    """

    opinions: list[OpinionAnswer]
    likely: list[LikelyLabel]
    history: list[HistoryEntry]
    next_cursor: str | None


class CorrectionRequest(Input):
    """What is said of the image: its labels, as the task type has them; or that it is skipped, with a reason.
    labeledAt: when the caller saw it labeled; if it was labeled again since, nothing is changed.
    """

    labels: list[LabelName] = Field(max_length=MOST_LABELS)
    skipped: bool = False
    reason: Reason | None = None
    labeled_at: Moment | None = None


class SeenImage(Input):
    """An image, and when the caller saw it labeled: if it was labeled again since, it stays as it is."""

    id: ImageId
    labeled_at: Moment | None = None


SeenImages = Annotated[list[SeenImage], Field(min_length=1, max_length=MOST_AT_ONCE)]


class RejectionRequest(Input):
    images: SeenImages
    reason: Reason | None = None


class RejectionAnswer(Output):
    """id: of this rejection, to undo it. stale: images that are not labeled any more, were labeled again since the
    caller looked, or were changed 50 times by the caller within 24 hours; they stay as they are.
    """

    id: str
    rejected: list[str]
    stale: list[str]


class ConfirmationRequest(Input):
    images: SeenImages


class ConfirmationAnswer(Output):
    """id: of this confirmation, to undo it. unchanged: images whose label was reviewed already. stale: images that are
    not labeled any more, were labeled again since the caller looked, have no preview of their file, or were changed 50
    times by the caller within 24 hours. Both stay as they are.
    """

    id: str
    confirmed: list[str]
    unchanged: list[str]
    stale: list[str]


class CorrectionsRequest(Input):
    """change: all of the images get these labels alone; or they get them beside those that they have, or these are
    taken away, where the task type has several labels an image. skipped: they are skipped instead, with a reason.
    """

    images: SeenImages
    labels: list[LabelName] = Field(max_length=MOST_LABELS)
    change: Change = "set"
    skipped: bool = False
    reason: Reason | None = None


class CorrectionsAnswer(Output):
    """id: of this correction, to undo it. unchanged: images whose labels are so already. stale: images that have no
    preview, were labeled again since the caller looked, or were changed 50 times by the caller within 24 hours. Both
    stay as they are.
    """

    id: str
    corrected: list[str]
    unchanged: list[str]
    stale: list[str]


class OpinionsRequest(Input):
    """Either images, or a filter: of the labeled, skipped and disputed images that match, 10,000 at most."""

    images: SeenImages | None = None
    filter: ImagesFilter | None = None

    @model_validator(mode="after")
    def _names_one(self) -> "OpinionsRequest":
        if (self.images is None) == (self.filter is None):
            raise ValueError("name either images or a filter")
        return self


class OpinionsBegun(Output):
    """id: of this asking, to undo it. Those that match wait for one more opinion within some minutes; awaitingOpinions
    of the progress counts them.
    """

    id: str


class OpinionsAnswer(Output):
    """id: of this asking, to undo it. asked: images that wait for one more opinion now. stale: those that have no
    label, were labeled again since the caller looked, have nine opinions, or a file that has changed or is missing;
    they stay as they are.
    """

    id: str
    asked: list[str]
    stale: list[str]


class UndoRequest(Input):
    images: Annotated[list[ImageId], Field(min_length=1, max_length=MOST_AT_ONCE)]


class UndoAnswer(Output):
    """restored: images that stand again as they did before. stale: those that were handed out or changed since, those
    that were not part of it, and those that the caller has changed 50 times within 24 hours; they stay as they are.
    """

    restored: list[str]
    stale: list[str]


class ExampleAnswer(Output):
    """An image that shows what a label means. Its addresses are valid for some hours."""

    id: str
    preview_url: str
    thumbnail_url: str
    width: int
    height: int


class ExamplesAnswer(Output):
    items: list[ExampleAnswer]
