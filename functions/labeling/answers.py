"""How leases and submissions are told to labelers: the images of a page, and what was saved of it or why not."""

from collections.abc import Collection
from datetime import datetime

from functions.identity import Role
from functions.labeling.choice import NothingLeft
from functions.labeling.head import moment
from functions.labeling.previews import preview_urls
from functions.labeling.record import Record
from functions.labeling.refusals import WrongImages
from functions.labeling.rows import image_id, parse_image_id
from functions.labeling.wire import (
    LeaseAnswer,
    LeasedImage,
    NothingLeftAnswer,
    Rejected,
    SubmissionAnswer,
    SubmissionRequest,
    suggestion_answers,
)
from functions.labeling.work_queue import Page
from functions.problems import FieldError, Invalid, Stale, SubmittedBefore
from functions.projects.access import Membership
from functions.projects.label_wire import LabelName
from functions.projects.model import Project
from functions.storage import storage


def nothing_left_answer(left: NothingLeft) -> NothingLeftAnswer:
    free_at = moment(left.next_free_at) if left.next_free_at else None
    return NothingLeftAnswer(
        leased_by_others=left.leased_by_others, next_free_at=free_at, awaiting_others=left.awaiting_others
    )


async def lease_answer(member: Membership, page: Page, now: datetime) -> LeaseAnswer:
    return LeaseAnswer(
        id=page.lease.id,
        expires_at=moment(page.lease.until),
        short=page.short,
        images=[await _leased_image(member, page, slot, now) for slot in page.images],
    )


async def _leased_image(member: Membership, page: Page, slot: int, now: datetime) -> LeasedImage:
    project, image = member.project, page.images[slot]
    suggested, action = page.suggestions.shown(slot), page.rejections.get(slot)
    preview, thumbnail = await preview_urls(storage(), project, page.pack, slot, image, now)
    return LeasedImage(
        id=image_id(page.pack, slot),
        name=image.file_name if member.role < Role.REVIEWER else image.name,
        preview_url=preview,
        thumbnail_url=thumbnail,
        width=image.width,
        height=image.height,
        suggestions=suggestion_answers(project, suggested) if suggested else None,
        rejected=_rejected(project, action, slot) if action else None,
    )


def _rejected(project: Project, action: Record, slot: int) -> Rejected:
    former = action.given.get(slot)
    labels = project.image_labels(former.labels if former else ())
    return Rejected(reason=action.reason, labels=labels, skipped=former is None)


def submission_answer(project: Project, pack: int, asked: SubmissionRequest, saved: Record) -> SubmissionAnswer:
    """saved: the record of this submission, or of the one that was saved for its lease before."""
    otherwise = different(project, pack, asked, saved)
    if otherwise:
        raise SubmittedBefore(
            f"The page was submitted before, and {len(otherwise)} of its images were labeled otherwise then. "
            "Those labels stay.",
            image_ids=otherwise,
        )
    if saved.taken:
        others = [image_id(pack, slot) for slot in saved.taken]
        raise Stale(
            f"{len(others)} of the images were labeled by others or are with them now, or their files have changed; "
            f"{len(saved.given)} were saved.",
            image_ids=others,
        )
    skipped = sum(said is None for said in saved.given.values())
    return SubmissionAnswer(labeled=len(saved.given) - skipped, skipped=skipped)


def different(project: Project, pack: int, asked: SubmissionRequest, saved: Record) -> list[str]:
    """The images of which a submission says something else than what was saved; not those that the labeler had lost by
    then. A label is the same also when it was renamed, merged or removed since.
    """

    def is_other(image: str, is_same: bool) -> bool:
        slot = _slot(pack, image)
        return slot not in saved.taken and not (slot in saved.given and is_same)

    def has(image: str, named: list[LabelName]) -> bool:
        said = saved.given.get(_slot(pack, image))
        return said is not None and _are_named(project, said.labels, named)

    def was_skipped(image: str, reason: str | None) -> bool:
        slot = _slot(pack, image)
        return saved.given.get(slot) is None and saved.reasons.get(slot) == (reason or None)

    labeled = [image for image, named in asked.labels.items() if is_other(image, has(image, named))]
    return labeled + [one.id for one in asked.skipped if is_other(one.id, was_skipped(one.id, one.reason))]


def _are_named(project: Project, labels: Collection[int], named: Collection[LabelName]) -> bool:
    return all(any(_is_named(project, label, one) for one in named) for label in labels) and all(
        any(_is_named(project, label, one) for label in labels) for one in named
    )


def _is_named(project: Project, label_id: int, named: LabelName) -> bool:
    found = project.find_label(named)
    by_id = (label for label in project.all_labels if label.id == label_id)
    return (found is not None and found.id == label_id) or any(named in (label.id, label.name) for label in by_id)


def _slot(pack: int, image: str) -> int:
    """-1 for an image of another pack."""
    parsed = parse_image_id(image)
    return parsed[1] if parsed and parsed[0] == pack else -1


def wrong_images(pack: int, wrong: WrongImages) -> Invalid:
    errors = [
        FieldError(f"labels.{image_id(pack, slot)}", "This image of the lease is neither labeled nor skipped.")
        for slot in wrong.lacking
    ]
    errors += [
        FieldError(f"labels.{image_id(pack, slot)}", "This image is not in the lease.") for slot in wrong.foreign
    ]
    return Invalid(
        "Name every image of the lease exactly once. Nothing was saved.",
        errors=errors,
        image_ids=[image_id(pack, slot) for slot in (*wrong.lacking, *wrong.foreign)],
    )
