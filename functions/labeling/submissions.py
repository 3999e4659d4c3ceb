"""What a submission is answered: what was saved of it, or why not."""

from functions.labeling.rows import Record, image_id, parse_image_id
from functions.labeling.rules import WrongImages
from functions.labeling.wire import SubmissionAnswer, SubmissionRequest
from functions.problems import FieldError, Invalid, Stale, SubmittedBefore
from functions.projects.model import Project
from functions.projects.wire import LabelName


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
            f"{len(saved.labels)} were saved.",
            image_ids=others,
        )
    skipped = sum(not labels for labels in saved.labels.values())
    return SubmissionAnswer(labeled=len(saved.labels) - skipped, skipped=skipped)


def different(project: Project, pack: int, asked: SubmissionRequest, saved: Record) -> list[str]:
    """The images of which a submission says something else than what was saved; not those that the labeler had lost by
    then. A label is the same also when it was renamed, merged or removed since.
    """

    def is_other(image: str, is_same: bool) -> bool:
        slot = _slot(pack, image)
        return slot not in saved.taken and not (slot in saved.labels and is_same)

    def has(image: str, named: list[LabelName]) -> bool:
        labels = saved.labels.get(_slot(pack, image), [])
        return len(labels) == len(named) == 1 and _is_named(project, labels[0], named[0])

    def was_skipped(image: str, reason: str | None) -> bool:
        slot = _slot(pack, image)
        return saved.labels.get(slot) == [] and (saved.reasons or {}).get(slot) == (reason or None)

    labeled = [image for image, named in asked.labels.items() if is_other(image, has(image, named))]
    return labeled + [one.id for one in asked.skipped if is_other(one.id, was_skipped(one.id, one.reason))]


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
