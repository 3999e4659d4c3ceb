"""The images of a project that show what its labels mean."""

import asyncio
from collections.abc import Sequence

from functions.hooks import examples_required
from functions.labeling.board import Board, board_of
from functions.labeling.rows import parse_image_id
from functions.problems import Invalid
from functions.projects.model import Label, Project
from functions.review.images import Found, find_image
from functions.storage import Storage


async def shown_examples(board: Board, label: Label, now: int) -> list[Found]:
    """Those of a label's that can be seen: files may have gone or changed since they were chosen."""
    found = await asyncio.gather(*(_find(board, image, now) for image in label.examples))
    return [image for image in found if image and image.is_shown]


async def require_examples(
    storage: Storage, project: Project, wanted: Sequence[Sequence[str]], known: frozenset[str], now: int
) -> None:
    """Raises Invalid for an example that is none of the project's images; what is known was looked for before."""
    board = board_of(storage, project)
    for index, images in enumerate(wanted):
        for image in images:
            if image not in known and await _find(board, image, now) is None:
                raise Invalid.field(f"labels.{index}.examples", f"The project has no image {image!r}.")


examples_required.answered_by(require_examples)


async def _find(board: Board, image: str, now: int) -> Found | None:
    parsed = parse_image_id(image)
    return await find_image(board, *parsed, now) if parsed else None
