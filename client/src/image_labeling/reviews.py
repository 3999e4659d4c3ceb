"""Reviewing: what reviewers do with labels that are there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from image_labeling import routes
from image_labeling.answers.images import ImageWithHistory
from image_labeling.answers.reviews import Reviewed, Settled, UndoneReview
from image_labeling.errors import LabelingError
from image_labeling.images import ImageNamed, WithImages
from image_labeling.options import ImageFilter, LabelName
from image_labeling.route import Route
from image_labeling.spelling import body_of, listed

if TYPE_CHECKING:
    from typing_extensions import Unpack

T = TypeVar("T")
R = TypeVar("R", bound=Reviewed)

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Review:
    """What came of a review, in as many steps as it took calls. done: ids of the images that were changed; unchanged:
    of those that were so already; stale: of those that stay as they are, as they were labeled again since the caller
    looked, or cannot be changed.
    """

    steps: tuple[Reviewed, ...]

    @property
    def done(self) -> list[str]:
        return [image for step in self.steps for image in step.done]

    @property
    def unchanged(self) -> list[str]:
        return [image for step in self.steps if isinstance(step, Settled) for image in step.unchanged]

    @property
    def stale(self) -> list[str]:
        return [image for step in self.steps for image in step.stale]


class Reviewing(WithImages):
    """Images are named by themselves, their ids or their paths. Those that are handed in as they were read stay as they
    are if somebody labeled them since.
    """

    def correct(
        self,
        images: ImageNamed | Iterable[ImageNamed],
        labels: LabelName | Sequence[LabelName] = (),
        *,
        change: Literal["set", "add", "remove"] | None = None,
        skipped: bool | None = None,
        reason: str | None = None,
    ) -> Review:
        """Gives images these labels; with `add` beside those that they have, with `remove` it takes these away.
        skipped: they are skipped instead, with a reason. Raises LabelingError.
        """
        more = body_of(labels=listed(labels), change=change, skipped=skipped, reason=reason)
        return self._reviewed(routes.CORRECT, images, **more)

    def confirm(self, images: ImageNamed | Iterable[ImageNamed]) -> Review:
        """Says that their labels are right."""
        return self._reviewed(routes.CONFIRM, images)

    def reject(self, images: ImageNamed | Iterable[ImageNamed], reason: str | None = None) -> Review:
        """Takes their labels away, and has them labeled again, first of all, with the reason."""
        return self._reviewed(routes.REJECT, images, **body_of(reason=reason))

    def ask_for_opinions(
        self, images: ImageNamed | Iterable[ImageNamed] | None = None, **filters: "Unpack[ImageFilter]"
    ) -> Review:
        """Has one person more look at images; or, within some minutes, at all that match, 10,000 at most, none of which
        is named in what comes back.
        """
        if (images is None) != bool(filters):
            raise LabelingError("Name either images or filters.")
        if images is not None:
            return self._reviewed(routes.ASK_FOR_OPINIONS, images)
        return Review((self._call(routes.ASK_FOR_OPINIONS, {"filter": self._filter(filters)}),))

    def undo(self, review: Review | str, images: ImageNamed | Iterable[ImageNamed] | None = None) -> UndoneReview:
        """Makes images stand as before a review, but for those that somebody has changed since. images: these alone; a
        review that is named by its id needs them.
        """
        wanted = None if images is None else self._ids(images)
        if isinstance(review, str) and wanted is None:
            raise LabelingError("Name the images of the review, too.")
        steps = [(review, wanted)] if isinstance(review, str) else [(step.id, step.done) for step in review.steps]
        restored: list[str] = []
        stale: list[str] = []
        for review_id, done in steps:
            for some in _parts([image for image in done or () if wanted is None or image in wanted]):
                one = self._call(routes.UNDO_REVIEW, {"images": some}, review_id=review_id)
                restored += one.restored
                stale += one.stale
        return UndoneReview(restored=restored, stale=stale)

    def relabel(
        self,
        image: ImageNamed,
        labels: LabelName | Sequence[LabelName] = (),
        *,
        skipped: bool | None = None,
        reason: str | None = None,
    ) -> ImageWithHistory:
        """Says something else of one image. Labelers do so, too, with what they have labeled themselves."""
        ((image_id, seen),) = ((one.pop("id"), one) for one in self._seen([image]))
        body = body_of(labels=listed(labels), skipped=skipped, reason=reason)
        return self._call(routes.RELABEL, {**seen, **body}, image_id=image_id)

    def _reviewed(self, route: Route[R], images: ImageNamed | Iterable[ImageNamed], **more: Any) -> Review:
        """In as many calls as the images take. Where one fails, the error says how many were changed before."""
        steps: list[Reviewed] = []
        try:
            for seen in _parts(self._seen(images)):
                steps.append(self._call(route, {"images": seen, **more}))  # noqa: PERF401
        except LabelingError as error:
            if steps:
                ids = ", ".join(step.id for step in steps)
                error.detail += f" {len(Review(tuple(steps)).done)} images were changed before ({ids})."
            raise
        return Review(tuple(steps))


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), MOST_AT_ONCE):
        yield things[start : start + MOST_AT_ONCE]
