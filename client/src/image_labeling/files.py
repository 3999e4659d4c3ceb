"""A project's files: images onto their way in, labels out."""

from pathlib import Path
from typing import TYPE_CHECKING

from image_labeling import routes
from image_labeling.exports import Exports
from image_labeling.of_project import OfProject
from image_labeling.options import ExportOptions, Format
from image_labeling.transferring import exporting, uploading

if TYPE_CHECKING:
    from typing_extensions import Unpack


class WithFiles(OfProject):
    """What of a project is files on this machine."""

    @property
    def exports(self) -> Exports:
        return Exports(self._connection, self.id)

    def upload_folder(
        self, folder: str | Path, *, at_once: int = uploading.AT_ONCE, told: uploading.Told | None = None
    ) -> uploading.Upload:
        """Uploads the images of a folder on this machine into the project's own folder, as Labeling.upload_folder does.
        The project has them after its next refresh.
        """
        ask = uploading.asking(self._connection, routes.OFFER_PROJECT_UPLOADS, project_id=self.id)
        return uploading.upload_folder(folder, ask, at_once=at_once, told=told)

    def export(
        self,
        format: Format,  # noqa: A002
        *,
        to: str | Path,
        timeout: float | None = None,
        told: exporting.Told | None = None,
        **options: "Unpack[ExportOptions]",
    ) -> exporting.Download:
        """Exports the labels of this moment into files in the folder `to`, in place of others of the same names.

        Files are kept once their checksums are right. What was cut off goes on when the same is called again within 12
        hours: with the same export, from where its files were. timeout: in seconds, for building it. told: is handed
        how far it is. Raises LabelingError.
        """
        return exporting.export_to(self.exports, self.id, format, options, to, timeout=timeout, told=told)

    def download(self, export_id: str, *, to: str | Path, told: exporting.Told | None = None) -> exporting.Download:
        """Downloads the files of an export that is there already, and goes on where that was cut off."""
        return exporting.download(self.exports, export_id, to, told=told)
