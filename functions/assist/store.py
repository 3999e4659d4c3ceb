"""The records of trainings, newest first, kept with the project; and what asks for one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.hooks import precision_changed, project_dropped
from functions.identity import ITSELF, ByWhom
from functions.ids import newest_first_id
from functions.labeling.counts import Work
from functions.locks import break_lock
from functions.records import list_records, record_row, save_record
from functions.storage import SNAPSHOTS_CONTAINER, TRAININGS_QUEUE, Storage, unless_gone

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient

TrainingStatus = Literal["queued", "running", "completed", "waiting", "failed"]


class LabelFigures(BaseModel):
    """How many images with a label it learned from, and of how many of those it said so when they were held out."""

    model_config = ConfigDict(frozen=True)

    id: int
    count: int
    right: float | None


class Confusion(BaseModel):
    """Images with one label of which another one was said when they were held out, the surest first."""

    model_config = ConfigDict(frozen=True)

    label: int
    suggested: int
    count: int
    images: tuple[str, ...]


class Shown(BaseModel):
    """What became of suggestions since the first. suggested: sure ones that people saw, and of which they set the
    image's label or skipped it; accepted: that became the label. blind: images of pages without suggestions;
    blind_right: where the label is the one that would have been suggested.
    """

    model_config = ConfigDict(frozen=True)

    suggested: int = 0
    accepted: int = 0
    blind: int = 0
    blind_right: int = 0

    @classmethod
    def of(cls, work: Iterable[Work]) -> "Shown":
        """What became of suggestions in the hands of some labelers."""
        everybody = list(work)
        accepted = sum(one.accepted for one in everybody)
        return cls(
            suggested=accepted + sum(one.changed for one in everybody),
            accepted=accepted,
            blind=sum(one.blind for one in everybody),
            blind_right=sum(one.blind_right for one in everybody),
        )


class Training(ByWhom, BaseModel):
    """One run of learning from a project's labels.

    labeled: how many images had labels; labels: how many of those it learned from; lacking: how many had no features
    yet. precision: how often sure suggestions were to be right; None where it never began. right: the share of held-out
    images of which it said their label. sure_from: the confidence from which suggestions are sure; None: none are.
    sure_right: the share of those that were right. sure_share: the share of waiting images of which it is sure. shown:
    what had become of suggestions when it began. tries: how often it was begun. detail: what it lacked, or why it
    failed, in words.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    project_id: str
    status: TrainingStatus
    asked_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
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
    shown: Shown = Shown()
    tries: int = 0
    detail: str | None = None

    @property
    def is_over(self) -> bool:
        return self.status in ("completed", "waiting", "failed")


class TrainingMessage(BaseModel):
    """Asks to look whether there is something to learn, and whether packs lack suggestions.

    pack: one whose images were seen without suggestions. has_features: images have features that they lacked.
    """

    model_config = ConfigDict(extra="forbid")

    project_id: str
    pack: int | None = Field(default=None, ge=0, lt=1_000_000)
    has_features: bool = False


def _partition(project_id: str) -> str:
    return f"training|{project_id}"


def _row(training: Training) -> dict[str, Any]:
    return record_row(_partition(training.project_id), training.id, training)


def new_training(project_id: str, status: TrainingStatus, now: datetime, by: ByWhom = ITSELF) -> Training:
    return Training(id=newest_first_id(now), project_id=project_id, status=status, asked_at=now, **by.model_dump())


async def insert_training(storage: Storage, training: Training) -> None:
    await storage.service_table.insert(_row(training))


async def save_training(storage: Storage, training: Training) -> None:
    """Raises ResourceNotFoundError when its project was deleted in the meantime."""
    await save_record(storage, _row(training))


async def list_trainings(storage: Storage, project_id: str, *, limit: int, after: str = "") -> list[Training]:
    """At most `limit` trainings that come after the given id, newest first."""
    return await list_records(storage, Training, _partition(project_id), limit=limit, after=after)


def newest_completed(trainings: Sequence[Training]) -> Training | None:
    """The training by which labels are suggested. trainings: newest first."""
    return next((one for one in trainings if one.status == "completed"), None)


async def ask_for_training(storage: Storage, project_id: str, now: datetime, by: ByWhom = ITSELF) -> Training:
    """Asks for a training; where one is queued or running, that one is it."""
    newest = await list_trainings(storage, project_id, limit=1)
    training = newest[0] if newest and not newest[0].is_over else None
    if training is None:
        training = new_training(project_id, "queued", now, by)
        await insert_training(storage, training)
    # Also for one that is there: its message may be lost, and one that comes twice is no matter.
    await send_look(storage, TrainingMessage(project_id=project_id))
    return training


precision_changed.then(ask_for_training)


async def send_look(storage: Storage, message: TrainingMessage, *, delay: int = 0) -> None:
    await storage.send(TRAININGS_QUEUE, message, delay=delay)


def training_lock(storage: Storage, project_id: str) -> "BlobClient":
    """The blob whose lease lets one training of the project run at a time."""
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(f"{project_id}.trainings.lock")


async def drop_trainings(storage: Storage, project_id: str) -> None:
    lock = training_lock(storage, project_id)
    await break_lock(lock)
    await unless_gone(lock.delete_blob)
    partition = _partition(project_id)
    async for row in storage.service_table.query("PartitionKey eq @partition", partition=partition):
        await storage.service_table.delete(partition, row["RowKey"])


project_dropped.then(drop_trainings)
