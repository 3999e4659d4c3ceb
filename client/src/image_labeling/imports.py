"""The imports of a project: labels and suggestions from elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from image_labeling import routes
from image_labeling.answers.imports import Import
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.label_files import PathLike, upload_for_import
from image_labeling.listed import Works
from image_labeling.options import ImportOptions
from image_labeling.spelling import body_of
from image_labeling.waiting import wait_for

if TYPE_CHECKING:
    from typing_extensions import Unpack

Told = Callable[[Import], None]


class Imports(Works[Import]):
    """Newest first: `for one in project.imports`."""

    what = "The import"

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_IMPORTS, project_id=project_id)

    def where(self, *, dry_run: bool) -> Iterator[Import]:
        """Those that were only tried, or those that were not."""
        return self._where(dry_run=dry_run)

    def get(self, work_id: str) -> Import:
        """Raises LabelingError (`not-found`)."""
        return self._call(routes.GET_IMPORT, import_id=work_id)

    def start(
        self,
        *,
        content: str | None = None,
        file: str | None = None,
        upload: str | None = None,
        upload_file: str | None = None,
        part: int | None = None,
        wait: bool = True,
        timeout: float | None = None,
        told: Told | None = None,
        **options: "Unpack[ImportOptions]",
    ) -> Import:
        """Imports what one of these says, and waits until it is done.

        content: the text itself, of up to 20 million characters. file: a file in the project's folder. upload: what was
        uploaded, all its files or one (upload_file). part: no file but the images' own paths: 1 is the
        first folder in the project's, -2 the image's own. timeout: in seconds; told: is handed each reading.
        """
        source = body_of(content=content, file=file, upload=upload, upload_file=upload_file, part=part)
        form = options.pop("format", "auto" if part is None else "folders")
        asked = self._call(routes.START_IMPORT, {**body_of(**options), **source, "format": form})
        return self._started(asked, wait, timeout, told)

    def undo(
        self, import_id: str, *, wait: bool = True, timeout: float | None = None, told: Told | None = None
    ) -> Import:
        """Makes its images stand as before, but for those that somebody has changed since."""
        asked = self._call(routes.UNDO_IMPORT, import_id=import_id)
        if not wait:
            return asked
        done = wait_for(
            lambda: self.get(import_id),
            lambda one: one.undone is not None and one.undone.is_over,
            "Undoing the import",
            timeout=timeout,
            told=told,
        )
        if done.undone and done.undone.status == "failed":
            raise LabelingError(f"Undoing the import failed: {done.undone.error}", type="failed")
        return done

    def upload(self, files: PathLike | Sequence[PathLike]) -> str:
        """Uploads files of labels, up to 20 and 2 GiB together, and gives the id by which `start` names them (`upload`)
        for some hours. Raises LabelingError.
        """
        return upload_for_import(self._connection, self._names["project_id"], files)
