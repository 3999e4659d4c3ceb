"""The records of trainings, newest first, kept with the project; and what asks for one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.hooks import precision_changed, project_dropped
from functions.identity import ITSELF, ByWhom
from functions.ids import newest_first_id
from functions.labeling import counts
from functions.locks import drop_lock
from functions.records import Records, Work
from functions.storage import TRAININGS_QUEUE, Storage

LOCK = "trainings.lock"

TrainingStatus = Literal["queued", "running", "completed", "waiting", "failed"]


class LabelFigures(BaseModel):
    """How many images with a label it learned from, and of how many of those it said so when they were held out.
    precision: how many of those of which it said so have it; None where there were none, and in records of before.
    """

    model_config = ConfigDict(frozen=True)

    id: int
    count: int
    right: float | None
    precision: float | None = None


class Confusion(BaseModel):
    """Images with one label of which another one was said when they were held out, the surest first."""

    model_config = ConfigDict(frozen=True)

    label: int
    suggested: int
    count: int
    images: tuple[str, ...]


class Together(BaseModel):
    """How many of the images that it learned from have both labels."""

    model_config = ConfigDict(frozen=True)

    labels: tuple[int, int]
    count: int


class Shown(BaseModel):
    """What became of suggestions since the first. suggested: sure ones that people saw, and of which they set the
    image's label or skipped it; accepted: that became the label. blind: images of which the suggestion was
    hidden; blind_right: where the label is the one that would have been suggested.
    """

    model_config = ConfigDict(frozen=True)

    suggested: int = 0
    accepted: int = 0
    blind: int = 0
    blind_right: int = 0

    @classmethod
    def of(cls, work: Iterable[counts.Work]) -> "Shown":
        """What became of suggestions in the hands of some labelers."""
        everybody = list(work)
        accepted = sum(one.accepted for one in everybody)
        return cls(
            suggested=accepted + sum(one.changed for one in everybody),
            accepted=accepted,
            blind=sum(one.blind for one in everybody),
            blind_right=sum(one.blind_right for one in everybody),
        )


class Training(Work, BaseModel):
    """One run of learning from a project's labels.

    labeled: how many images had labels; labels: how many of those it learned from; lacking: how many had no features
    yet. precision: how often sure suggestions were to be right; None where it never began. right: the share of held-out
    images of which it said their labels. sure_from: the confidence from which suggestions are sure; None: none are.
    sure_right: the share of those that were right. sure_share: the share of waiting images of which it is sure. shown:
    what had become of suggestions when it began. tries: how often it was begun. detail: what it lacked, or why it
    failed, in words.
    """

    status: TrainingStatus
    seconds: float | None = None
    labeled: int = 0
    labels: int = 0
    lacking: int = 0
    precision: float | None = None
    right: float | None = None
    sure_from: float | None = None
    sure_right: float | None = None
    sure_share: float | None = None
    by_label: tuple[LabelFigures, ...] = ()
    confusion: tuple[Confusion, ...] = ()
    together: tuple[Together, ...] = ()
    shown: Shown = Shown()
    tries: int = 0
    detail: str | None = None


class TrainingMessage(BaseModel):
    """Asks to look whether there is something to learn, and whether packs lack suggestions.

    pack: one whose images were seen without suggestions. has_features: images have features that they lacked.
    """

    model_config = ConfigDict(extra="forbid")

    project_id: str
    pack: int | None = Field(default=None, ge=0, lt=1_000_000)
    has_features: bool = False


TRAININGS = Records(Training, "training", "training")


def new_training(project_id: str, status: TrainingStatus, now: datetime, by: ByWhom = ITSELF) -> Training:
    return Training(id=newest_first_id(now), project_id=project_id, status=status, asked_at=now, **by.model_dump())


def newest_completed(trainings: Sequence[Training]) -> Training | None:
    """The training by which labels are suggested. trainings: newest first."""
    return next((one for one in trainings if one.status == "completed"), None)


async def ask_for_training(storage: Storage, project_id: str, now: datetime, by: ByWhom = ITSELF) -> Training:
    """Asks for a training; where one is queued or running, that one is it."""
    newest = await TRAININGS.list(storage, project_id, limit=1)
    training = newest[0] if newest and not newest[0].is_over else None
    if training is None:
        training = new_training(project_id, "queued", now, by)
        await TRAININGS.insert(storage, training)
    # Also for one that is there: its message may be lost, and one that comes twice is no matter.
    await send_look(storage, TrainingMessage(project_id=project_id))
    return training


precision_changed.then(ask_for_training)


async def send_look(storage: Storage, message: TrainingMessage, *, delay: int = 0) -> None:
    await storage.send(TRAININGS_QUEUE, message, delay=delay)


async def drop_trainings(storage: Storage, project_id: str) -> None:
    await drop_lock(storage, project_id, LOCK)
    await TRAININGS.drop_all(storage, project_id)


project_dropped.then(drop_trainings)
