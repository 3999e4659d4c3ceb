"""Labels and suggestions that a script gives."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from image_labeling import routes
from image_labeling.answers.imports import Import
from image_labeling.imports import Imports
from image_labeling.label_files import PathLike
from image_labeling.lease import Lease
from image_labeling.of_project import OfProject
from image_labeling.options import SINGLE_LABEL, ImportOptions
from image_labeling.saying import FORMAT, Sure, label_lines, suggestion_lines

if TYPE_CHECKING:
    from typing_extensions import Unpack

Told = Callable[[Import], None]

# What is longer goes straight to storage.
MOST_SENT = 4_000_000


class WithLabels(OfProject):
    """How labels come to a project's images."""

    @property
    def imports(self) -> Imports:
        return Imports(self._connection, self.id)

    def lease(self, count: int = 25) -> Lease:
        """A page of images to be labeled, up to 99, as labelers get them. It is false where nothing is left."""
        return Lease(self._connection, self.id, self._call(routes.LEASE_IMAGES, {"count": count}))

    def label(
        self,
        labels: Mapping[str, str | Sequence[str]],
        *,
        replace: bool = False,
        wait: bool = True,
        timeout: float | None = None,
        told: Told | None = None,
    ) -> Import:
        """Labels any images, by their paths in the project's folder or in the container: a label's name, or several.

        replace: labels that images have already are changed, too; else they are kept. The answer tells what was done,
        and which paths (`unmatched`) and labels (`unknown_labels`) the project has not. Raises LabelingError.
        """
        return self._said(label_lines(labels), wait, timeout, told, as_="labels", replace=replace)

    def suggest(
        self,
        suggestions: Mapping[str, Sure | Iterable[Sure]],
        *,
        name: str | None = None,
        wait: bool = True,
        timeout: float | None = None,
        told: Told | None = None,
    ) -> Import:
        """Suggests labels for images by their paths, each with its confidence (0 to 1), as `{"a.jpg": ("Cat", 0.93)}`;
        or several for an image, of which the surest is suggested. name: what people are to call it, as the model and
        its version.

        Nothing is labeled: those who label see each suggestion and decide. The newest one of an image counts. The
        answer tells what found no image; how right an import was is told by `project.imports`. Raises LabelingError.
        """
        options: ImportOptions = {"as_": "suggestions"} if name is None else {"as_": "suggestions", "name": name}
        return self._said(suggestion_lines(suggestions, self.task_type == SINGLE_LABEL), wait, timeout, told, **options)

    def import_labels(
        self,
        files: PathLike | Sequence[PathLike],
        *,
        wait: bool = True,
        timeout: float | None = None,
        told: Told | None = None,
        **options: "Unpack[ImportOptions]",
    ) -> Import:
        """Imports files of labels of this machine, several as one import, and waits until it is done. Its answer tells
        what found no image. Raises LabelingError.
        """
        upload = self.imports.upload(files)
        return self.imports.start(upload=upload, wait=wait, timeout=timeout, told=told, **options)

    def _said(
        self,
        lines: Iterable[str],
        wait: bool,
        timeout: float | None,
        told: Told | None,
        **options: "Unpack[ImportOptions]",
    ) -> Import:
        content = "".join(lines)
        options["format"] = FORMAT
        if len(content) <= MOST_SENT:
            return self.imports.start(content=content, wait=wait, timeout=timeout, told=told, **options)
        with tempfile.TemporaryDirectory() as aside:
            file = Path(aside, "labels.jsonl")
            file.write_text(content, encoding="utf-8")
            return self.import_labels(file, wait=wait, timeout=timeout, told=told, **options)
