"""How far the building of an export is: kept in a small blob beside its files, so that a build that was cut off goes on
where it was.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from functions.exports.changes import Difference
from functions.exports.formats.base import ExportedImage
from functions.exports.sides import Borders
from functions.exports.store import Changes, ExportFile
from functions.projects.model import Label

MOST_NAMED = 20


class Tally(BaseModel):
    """What an export holds so far. labels: images that people gave each label id, by side; suggested: for how many it
    is suggested. suggested_images: how many have only suggested labels; empty: how many are labeled and have none.
    endings: how many of its image files have each; converted: how many of them are. left_out: as in the export's
    record.
    """

    images: int = 0
    empty: int = 0
    suggested_images: int = 0
    sides: dict[str, int] = {}
    labels: dict[int, dict[str, int]] = {}
    suggested: dict[int, int] = {}
    endings: dict[str, int] = {}
    converted: int = 0
    left_out: int = 0
    first_left_out: list[tuple[str, str]] = []
    added: int = 0
    changed: int = 0
    removed: int = 0

    def count(self, images: Sequence[ExportedImage]) -> None:
        self.images += len(images)
        self.empty += sum([image.is_labeled and not image.labels for image in images])
        for side, count in Counter([image.side for image in images if image.side]).items():
            self.sides[side] = self.sides.get(side, 0) + count
        for ending, count in Counter([image.ending for image in images if image.ending is not None]).items():
            self.endings[ending] = self.endings.get(ending, 0) + count
            self.converted += sum(image.converted for image in images if image.ending == ending)
        set_by_people = [image for image in images if image.suggested is None]
        labels = Counter([(image.side, label.id) for image in set_by_people for label in image.labels])
        for (side, label), count in labels.items():
            sides = self.labels.setdefault(label, {})
            sides[side] = sides.get(side, 0) + count
        if len(set_by_people) < len(images):
            suggested = [label.id for image in images if image.suggested is not None for label in image.labels]
            self.suggested_images += len(images) - len(set_by_people)
            for label, count in Counter(suggested).items():
                self.suggested[label] = self.suggested.get(label, 0) + count

    def differ(self, found: Sequence[Difference]) -> None:
        kinds = Counter(one.kind for one in found)
        self.added += kinds["added"]
        self.changed += kinds["changed"]
        self.removed += kinds["removed"]

    def leave_out(self, name: str, reason: str) -> None:
        self.left_out += 1
        if len(self.first_left_out) < MOST_NAMED:
            self.first_left_out.append((name, reason))


class Checkpoint(BaseModel):
    """labels, aliases: the project's when the build began. training: whose model suggests labels for all images that
    wait; None where none does. former: the export that this one is compared with. next_counted: all packs before it
    are counted for the sides of a split, in survey; borders: of the sides, once all are, by label id, the rarest label
    first. next_pack: all before it are in the files. is_read: all packs are. files, format: what Files and the format
    made of their states. sealed: files that are finished and summed up.
    """

    labels: list[Label]
    aliases: dict[int, int] = {}
    training: str | None = None
    former: Changes | None
    next_counted: int = 0
    survey: dict[int, str] = {}
    borders: dict[int, Borders] | None = None
    next_pack: int = 0
    is_read: bool = False
    files: dict[str, Any] = {}
    format: dict[str, Any] | None = None
    tally: Tally
    sealed: list[ExportFile] = []
