"""The images of a project."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from image_labeling import routes
from image_labeling.answers.images import Detail, Example, Image, ImageWithHistory
from image_labeling.errors import LabelingError
from image_labeling.of_project import OfProject
from image_labeling.options import ImageFilter, LabelName
from image_labeling.spelling import body_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

ImageNamed: TypeAlias = Image | str
"""An image, its id, or its path: whole in its container, or in the project's folder."""

IS_ID = re.compile(r"[0-9]{6}-[0-9]{2}")
# So many are asked for one by one; for more, all images are listed once.
FEW = 20
# Entries of a page.
HISTORY = 200


class WithImages(OfProject):
    """What can be seen of a project's images."""

    def images(self, *, order: Literal["unsure"] | None = None, **filters: "Unpack[ImageFilter]") -> Iterator[Image]:
        """The images that match, read page by page while it is looped over. order: of disputed images, those first of
        which it is least sure what is right.
        """
        wanted = {**self._filter(filters), **body_of(order=order)}
        return self._connection.pages(routes.LIST_IMAGES, query=wanted, project_id=self.id)

    def image(self, image: ImageNamed) -> ImageWithHistory:
        """One image, with all of its history. Raises LabelingError (`not-found`)."""
        (image_id,) = self._ids([image])
        newest = self._history(image_id, None)
        history, before = newest.history, newest.next_cursor
        while before is not None:
            earlier = self._history(image_id, before)
            history, before = [*earlier.history, *history], earlier.next_cursor
        return newest.model_copy(update={"history": history, "next_cursor": None})

    def _history(self, image_id: str, before: str | None) -> ImageWithHistory:
        query = {"limit": HISTORY, "cursor": before}
        return self._connection.call(routes.GET_IMAGE, query=query, project_id=self.id, image_id=image_id)

    def detail(self, image: ImageNamed) -> Detail:
        """The address of an image with as many of its own pixels as can be shown."""
        (image_id,) = self._ids([image])
        return self._call(routes.GET_DETAIL, image_id=image_id)

    def examples(self, label: LabelName) -> list[Example]:
        """Images that show what a label means."""
        return self._call(routes.GET_EXAMPLES, label_id=self._label_id(label)).items

    def _filter(self, filters: ImageFilter) -> dict[str, Any]:
        """As the API takes it: labels by their ids, in one text."""
        wanted = body_of(**filters)
        if "labels" in wanted:
            wanted["labels"] = ",".join(str(self._label_id(label)) for label in filters["labels"])
        return wanted

    def _ids(self, images: ImageNamed | Iterable[ImageNamed]) -> list[str]:
        return [seen["id"] for seen in self._seen(images)]

    def _seen(self, images: ImageNamed | Iterable[ImageNamed]) -> list[dict[str, str]]:
        """Their ids, and when the caller saw them labeled, where that is known: those that were labeled again since are
        not touched. Raises LabelingError (`not-found`) before anything is done, where one is no image of the project.
        """
        # One is no list of its letters.
        given = [images] if isinstance(images, str | Image) else list(images)
        paths = {one for one in given if isinstance(one, str) and not IS_ID.fullmatch(one)}
        found = self._by_path(paths)
        missing = sorted(paths - found.keys())
        if missing:
            told = ", ".join(missing[:5]) + (f", ... ({len(missing):,} in all)" if len(missing) > 5 else "")
            raise LabelingError(f"{self.name} has no image {told}.", type="not-found")
        return [
            {"id": one}
            if isinstance(one, str) and one not in found
            else as_seen(found[one] if isinstance(one, str) else one)
            for one in given
        ]

    def _by_path(self, paths: set[str]) -> dict[str, Image]:
        """By the paths that were given, the images of exactly these."""
        if not paths:
            return {}
        prefix = self.answer.dataset.prefix if self.answer.dataset else ""
        listed = (image for path in paths for image in self.images(name=path)) if len(paths) <= FEW else self.images()
        found: dict[str, Image] = {}
        for image in listed:
            for path in (image.name.removeprefix(prefix), image.name):
                if path in paths:
                    found[path] = image
        return found


def as_seen(image: Image) -> dict[str, str]:
    return body_of(id=image.id, labeled_at=image.labeled_at)
