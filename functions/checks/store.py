"""The records of checks, newest first, kept with the project: each with its whole sample, so that a verdict is one
write.
"""

from datetime import datetime
from typing import Literal

from azure.core.exceptions import ResourceNotFoundError
from pydantic import BaseModel, ConfigDict, Field

from functions.conflicts import Lost
from functions.hooks import project_dropped
from functions.identity import LONGEST_ID
from functions.ids import LATEST_MS
from functions.labeling.rows import parse_image_id
from functions.locks import LockedByOther
from functions.records import Asked, Records
from functions.storage import Storage
from functions.tasks.base import MOST_LABELS

Verdict = Literal["right", "wrong", "unclear"]
Place = tuple[int, int]

MOST_IMAGES = 1000

CHECK_BUSY = "Others judge images of this check at this moment. Try again."


class Drawn(BaseModel):
    """An image of a sample, and what it was labeled as when it was drawn, which is what is judged.

    image: its id. labels: label ids as they are stored; none for "none of these". labeler: the user id of whose label
    it was. at: when it was labeled, milliseconds since the epoch. verdict: None until it is judged. review: the id of
    the review action that the verdict led to, if it did: it was confirmed or corrected.
    """

    model_config = ConfigDict(frozen=True)

    image: str = Field(pattern=r"^[0-9]{6}-[0-9]{2}$")
    labels: tuple[int, ...] = Field(max_length=MOST_LABELS)
    labeler: str = Field(max_length=LONGEST_ID)
    at: int = Field(ge=0, le=LATEST_MS)
    verdict: Verdict | None = None
    review: str | None = Field(default=None, pattern=r"^[0-9a-f]{16}$")

    @property
    def place(self) -> Place:
        """Its pack and slot."""
        parsed = parse_image_id(self.image)
        assert parsed, "a sample names images by their ids"
        return parsed


class Check(Asked, BaseModel):
    """A simple random sample of labeled images, and what a reviewer finds of them. images: in the order in which they
    were drawn, which is random, too: the first of them are a sample as well. labeler, label: whose images alone were
    drawn (a user id), or those with which label (its id). finished_at: when the last of the images was judged; None
    while some are to be, and in checks of before it was kept.
    """

    labeler: str | None = Field(default=None, max_length=LONGEST_ID)
    label: int | None = None
    images: tuple[Drawn, ...] = Field(default=(), max_length=MOST_IMAGES)
    finished_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return all(drawn.verdict for drawn in self.images)

    @property
    def is_of_all(self) -> bool:
        """It tells how right the labels of the whole project are."""
        return self.labeler is None and self.label is None


CHECKS = Records(Check, "check", "check", columns=("is_done", "is_of_all"))


async def save_over(storage: Storage, check: Check, etag: str, now: datetime) -> None:
    """Writes a check over the version of that ETag. Raises Lost where somebody else has written or deleted it."""
    finished_at = (check.finished_at or now) if check.is_done else None
    check = check.model_copy(update={"finished_at": finished_at})
    try:
        await CHECKS.save(storage, check, etag)
    except (LockedByOther, ResourceNotFoundError):
        raise Lost from None


async def newest_done(storage: Storage, project_id: str) -> Check | None:
    """The newest check of the whole project of which all images are judged."""
    text = "PartitionKey eq @partition and is_done eq true and is_of_all eq true"
    found = await storage.service_table.first(1, text, partition=CHECKS.partition(project_id))
    return CHECKS.read(found[0]) if found else None


async def done_checks(storage: Storage, project_id: str, most: int) -> list[Check]:
    """At most so many of the checks of which all images are judged, newest first; of one labeler or label, too."""
    text = "PartitionKey eq @partition and is_done eq true"
    found = await storage.service_table.first(most, text, partition=CHECKS.partition(project_id))
    return [CHECKS.read(row) for row in found]


project_dropped.then(CHECKS.drop_all)
