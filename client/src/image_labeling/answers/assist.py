"""How suggestions stand, and the trainings that they come from."""

from image_labeling.answers.base import Answer, Work


class Lately(Answer):
    """Of the latest some hundred sure suggestions that people saw, how many they accepted."""

    suggested: int
    right: int


class Hidden(Answer):
    """Images that came without their suggestion on purpose, and for how many of them it was right."""

    images: int
    right: int
    interval: tuple[float, float]


class Waiting(Answer):
    """An estimate of how many waiting images will come with a sure suggestion, and how many are left to people."""

    sure: int
    unsure: int


class LabelerAssist(Answer):
    """What a labeler did with the sure suggestions that they saw."""

    user_id: str
    name: str
    accepted: int
    changed: int


class Assist(Answer):
    """status: off, waiting, learning, ready or failed; detail: what they wait for, or what is wrong. labels: that are
    set now. learned_from: how many the newest training learned from; learns_at: it learns again at so many.
    """

    enabled: bool
    status: str
    detail: str | None
    labels: int
    learned_from: int
    learns_at: int | None
    lately: Lately | None
    hidden: Hidden | None
    waiting: Waiting | None
    by_labeler: list[LabelerAssist]


class LabelRight(Answer):
    """count: images with this label. right: of what share of them it said so when they were held out; precision: what
    share of those of which it said so have it; None where there were none.
    """

    label: str
    count: int
    right: float | None
    precision: float | None


class Confusion(Answer):
    """count: images with this label of which it said the suggested one; images: the ids of the surest of them."""

    label: str
    suggested: str
    count: int
    images: list[str]


class Together(Answer):
    """How many images have both labels."""

    labels: tuple[str, str]
    count: int


class Training(Work):
    """One run of learning from the project's labels. status: waiting, too, where there was too little to learn from.
    labels: how many it learned from. right: the share of held-out images of which it said their labels. sure_from: the
    confidence from which suggestions are sure; sure_right: the share of those that were right; sure_share: of the
    waiting images those of which it is sure.
    """

    seconds: float | None
    labels: int
    right: float | None
    sure_from: float | None
    sure_right: float | None
    sure_share: float | None
    by_label: list[LabelRight]
    confusion: list[Confusion]
    together: list[Together]
    detail: str | None

    @property
    def why_failed(self) -> str | None:
        return self.detail
