"""The checks of a project: how many of its labels are right."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

from image_labeling import routes
from image_labeling.answers.checks import Check, CheckedImage, Verdicts
from image_labeling.connection import Connection
from image_labeling.listed import Listed
from image_labeling.options import LabelName
from image_labeling.spelling import body_of, listed

Verdict = Literal["right", "wrong", "unclear"]
Judged: TypeAlias = (
    tuple[CheckedImage, Verdict | None] | tuple[CheckedImage, Verdict | None, LabelName | Sequence[LabelName]]
)
MOST_AT_ONCE = 100


class Checks(Listed[Check]):
    """Newest first: `for check in project.checks`."""

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_CHECKS, project_id=project_id)

    def get(self, check_id: str) -> Check:
        """Raises LabelingError (`not-found`)."""
        return self._call(routes.GET_CHECK, check_id=check_id)

    def start(self, size: int, *, labeler: str | None = None, label: LabelName | None = None) -> Check:
        """Draws so many labeled images at random, 10 at least; or of those of one labeler (user id or sign-in name), or
        of one label.
        """
        return self._call(routes.START_CHECK, body_of(size=size, labeler=labeler, label=label))

    def images(self, check_id: str, verdict: Verdict | Literal["none"] | None = None) -> Iterator[CheckedImage]:
        """The images of the sample, in the order in which they were drawn. verdict: only those with this one."""
        return self._connection.pages(
            routes.LIST_CHECK_IMAGES, query={"verdict": verdict}, check_id=check_id, **self._names
        )

    def judge(self, check_id: str, verdicts: Iterable[Judged]) -> Verdicts:
        """Says what images are: `(image, "right")`, `(image, "wrong")`, `(image, "wrong", "Dog")`, which corrects it on
        the spot, `(image, "unclear")`; None takes a verdict back.
        """
        given = [_verdict(*one) for one in verdicts]
        saved: list[str] = []
        stale: list[str] = []
        for start in range(0, len(given), MOST_AT_ONCE):
            some = {"verdicts": given[start : start + MOST_AT_ONCE]}
            one = self._call(routes.JUDGE_IMAGES, some, check_id=check_id)
            saved += one.saved
            stale += one.stale
        return Verdicts(saved=saved, stale=stale)

    def delete(self, check_id: str) -> None:
        """Forgets the check. The labels stay as they are."""
        self._call(routes.DELETE_CHECK, check_id=check_id)


def _verdict(
    image: CheckedImage, verdict: Verdict | None, labels: LabelName | Sequence[LabelName] | None = None
) -> dict[str, Any]:
    right = None if labels is None else listed(labels)
    return {**body_of(id=image.id, labeled_at=image.labeled_at, labels=right), "verdict": verdict}
