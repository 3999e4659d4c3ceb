"""The rules of verdicts: what one does to the check, and to the image that it is about. Pure.

A verdict is about what the image was labeled as when it was drawn, and counts for that, whatever it is corrected to. A
right label is confirmed and a wrong one is corrected, if it is said what is right: as reviewers do it, by a review
action. A verdict that is changed or taken back undoes that action first.
"""

from dataclasses import dataclass
from typing import Literal

from functions.checks.store import Drawn, Verdict
from functions.labeling.head import LABELED, Head
from functions.projects.model import Project
from functions.tasks.annotation import Annotation

# How an image of a sample stands: as it was drawn, as the review action of its verdict has left it, or otherwise.
Standing = Literal["drawn", "reviewed", "other"]


@dataclass(frozen=True)
class Said:
    """What a reviewer says of an image of the sample. at: when it was labeled, as they saw it, milliseconds since the
    epoch. verdict: None takes back what was said. right: of a wrong one, what it should be.
    """

    image: str
    at: int
    verdict: Verdict | None
    right: Annotation | None = None


@dataclass(frozen=True)
class Plan:
    """What a verdict does. drawn: the image as the check has it; wanted: as it shall have it. undoes: the review action
    of its former verdict is undone. acts: then it is confirmed, or gets the right labels.
    """

    drawn: Drawn
    wanted: Drawn
    right: Annotation | None = None
    undoes: bool = False
    acts: bool = False


def standing_of(head: Head | None, drawn: Drawn, project: Project) -> Standing:
    """head: of the image's pack; None where it is gone."""
    if head is None or drawn.place[1] >= len(head.slots):
        return "other"
    slot = head.slots[drawn.place[1]]
    if drawn.review and slot.reviewed == drawn.review:
        return "reviewed"
    is_as_drawn = (
        slot.state == LABELED
        and not (slot.missing or slot.outdated)
        and (slot.at, head.labeler_of(slot)) == (drawn.at, drawn.labeler)
        and project.is_same(slot.annotation, Annotation(drawn.labels))
    )
    return "drawn" if is_as_drawn else "other"


def plan(
    drawn: Drawn, said: Said, head: Head | None, project: Project, new_review: str, *, is_written: bool = False
) -> Plan | None:
    """What is to be done for a verdict; None where the image was labeled anew before it was judged. head: of its pack;
    None where it is gone. new_review: the id of the review action that the verdict may lead to. is_written: the one of
    its verdict was done; so if the image stands as it was drawn, it was undone since.
    """
    standing = standing_of(head, drawn, project)
    if said.at != drawn.at or (standing == "other" and drawn.verdict is None):
        return None
    is_again = said.verdict == drawn.verdict
    acts = standing != "other" and (said.verdict == "right" or said.right is not None)
    if is_again and (standing == "other" or (acts and standing == "reviewed" and _says(head, drawn, said, project))):
        return Plan(drawn, drawn)
    # A call that was cut off before it acted goes on under its own id.
    review = drawn.review if is_again and standing == "drawn" and not is_written else None
    wanted = drawn.model_copy(update={"verdict": said.verdict, "review": (review or new_review) if acts else None})
    return Plan(drawn, wanted, said.right, undoes=standing == "reviewed", acts=acts)


def _says(head: Head | None, drawn: Drawn, said: Said, project: Project) -> bool:
    """The image is labeled as the verdict wants it."""
    slot = head.slots[drawn.place[1]] if head else None
    return said.right is None or (slot is not None and project.is_same(slot.annotation, said.right))
