"""The exports of a project: its labels as files."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from image_labeling import routes
from image_labeling.answers.exports import Export
from image_labeling.connection import Connection
from image_labeling.listed import Works
from image_labeling.options import ExportOptions, Format
from image_labeling.spelling import body_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

SIDES = ("train", "validation", "test")


class Exports(Works[Export]):
    """Newest first: `for export in project.exports`. `project.export(...)` downloads the files as well."""

    what = "The export"

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_EXPORTS, project_id=project_id)

    def get(self, work_id: str) -> Export:
        """With fresh addresses of its files. Raises LabelingError (`not-found`)."""
        return self._call(routes.GET_EXPORT, export_id=work_id)

    def start(
        self,
        format: Format,  # noqa: A002
        *,
        wait: bool = True,
        timeout: float | None = None,
        told: Callable[[Export], None] | None = None,
        **options: "Unpack[ExportOptions]",
    ) -> Export:
        """Has the labels of this moment written as files, and waits until they are there."""
        asked = self._call(routes.START_EXPORT, _body(format, options))
        return self._started(asked, wait, timeout, told)

    def delete(self, export_id: str) -> None:
        """Deletes its files and its record."""
        self._call(routes.DELETE_EXPORT, export_id=export_id)


def _body(form: str, options: ExportOptions) -> dict[str, Any]:
    body = body_of(format=form, **options)
    split, workspace = options.get("split"), options.get("workspace")
    if split is not None and not isinstance(split, Mapping):
        body["split"] = dict(zip(SIDES, split, strict=False))
    if workspace is not None:
        body["workspace"] = body_of(**workspace)
    return body
