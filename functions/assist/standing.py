"""How a project's suggestions stand, in words and figures."""

from collections.abc import Sequence

from functions.assist.schedule import learns_at, not_suggested, what_lacks
from functions.assist.store import TRAININGS, Shown, Training, newest_completed
from functions.assist.wire import (
    AssistAnswer,
    AssistStatus,
    HiddenAnswer,
    LabelerAssistAnswer,
    LatelyAnswer,
    WaitingAnswer,
)
from functions.intervals import wilson
from functions.labeling.board import board_of
from functions.labeling.counts import Counts
from functions.labeling.progress import Progress, read_progress
from functions.projects.model import Project
from functions.projects.persons import names_in
from functions.storage import Storage

# So many suggestions are lately.
LATELY = 200
MOST_TRAININGS = 20
WITHOUT = "Until then labeling goes on without them."
BY_FORMER = "Until then they go by what was learned before."
NEVER_SURE = "No suggestion is confident enough yet to pre-label images. More labels help."


async def standing_of(storage: Storage, project: Project, *, sees_all: bool, now: int) -> AssistAnswer:
    """sees_all: what others did and what waits is for reviewers."""
    progress = await read_progress(board_of(storage, project), now)
    trainings = await TRAININGS.list(storage, project.id, limit=MOST_TRAININGS)
    counts, learned = progress.counts, newest_completed(trainings)
    status, detail = _status(project, trainings, progress)
    shown = Shown.of(counts.work.values())
    lately = _lately(shown, trainings)
    names = await names_in(storage, project) if sees_all else {}
    return AssistAnswer(
        enabled=project.ml_assist,
        status=status,
        detail=detail,
        labels=counts.states["labeled"],
        learned_from=learned.labels if learned else 0,
        learns_at=learns_at(trainings) if project.ml_assist else None,
        lately=lately if lately.suggested else None,
        hidden=_hidden(shown) if sees_all and shown.blind else None,
        waiting=_waiting(counts, learned) if sees_all and project.ml_assist else None,
        by_labeler=[
            LabelerAssistAnswer(user_id=user, name=names.get(user, user), accepted=one.accepted, changed=one.changed)
            for user, one in sorted(counts.work.items(), key=lambda item: -item[1].accepted - item[1].changed)
            if sees_all and one.accepted + one.changed
        ],
    )


def _status(project: Project, trainings: Sequence[Training], progress: Progress) -> tuple[AssistStatus, str | None]:
    if not project.ml_assist:
        return "off", None
    if project.assist_trouble:
        return "failed", project.assist_trouble
    newest, learned = next(iter(trainings), None), newest_completed(trainings)
    if newest and not newest.is_over:
        return "learning", None
    if newest and newest.status == "failed":
        return "ready" if learned else "failed", newest.detail
    due_at, counts = learns_at(trainings), progress.by_label(project.aliases)
    lacks = what_lacks(project, counts) or _not_looked_at(newest)
    if learned:
        told = [
            _taken_back(learned, progress.counts.states["labeled"]),
            f"{lacks} {BY_FORMER}" if lacks else not_suggested(project, learned, counts, due_at),
            NEVER_SURE if learned.sure_from is None else None,
        ]
        return "ready", " ".join(filter(None, told)) or None
    if lacks:
        return "waiting", f"{lacks} {WITHOUT}"
    return "waiting", f"Suggestions are learned for the first time at {due_at} labels."


def _not_looked_at(newest: Training | None) -> str | None:
    """Why there was too little to learn from, where that is not for want of labels."""
    return newest.detail if newest and newest.status == "waiting" and newest.lacking else None


def _taken_back(learned: Training, labeled: int) -> str | None:
    gone = learned.labeled - labeled
    if gone <= 0:
        return None
    return (
        f"{gone:,} of the labels that suggestions were learned from were taken back since. They are learned anew "
        "when more have changed, or when an administrator asks for it."
    )


def _lately(now: Shown, trainings: Sequence[Training]) -> LatelyAnswer:
    """What became of the suggestions since the newest training before which there were enough of them."""
    former = next((one.shown for one in trainings if now.suggested - one.shown.suggested >= LATELY), Shown())
    return LatelyAnswer(suggested=now.suggested - former.suggested, right=now.accepted - former.accepted)


def _hidden(shown: Shown) -> HiddenAnswer:
    images, right = shown.blind, shown.blind_right
    return HiddenAnswer(images=images, right=right, interval=[*wilson(right / images, images)])


def _waiting(counts: Counts, learned: Training | None) -> WaitingAnswer:
    waiting = counts.states["waiting"]
    sure = round(waiting * (learned.sure_share or 0)) if learned else 0
    return WaitingAnswer(sure=sure, unsure=waiting - sure)
