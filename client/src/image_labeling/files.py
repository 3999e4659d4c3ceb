"""A project's files: images in, labels out, and both together for training."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from image_labeling import routes
from image_labeling.exports import Exports
from image_labeling.images import WithImages
from image_labeling.loading import fetching
from image_labeling.loading.dataset import Dataset
from image_labeling.options import ExportOptions, Format
from image_labeling.transferring import exporting, uploading

if TYPE_CHECKING:
    from typing_extensions import Unpack


class WithFiles(WithImages):
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
        wait: bool = True,
        timeout: float | None = None,
        told: exporting.Told | None = None,
        **options: "Unpack[ExportOptions]",
    ) -> exporting.Download:
        """Exports the labels of this moment into files in the folder `to`, in place of others of the same names.

        Files are kept once their checksums are right. What was cut off goes on when the same is called again within 12
        hours: with the same export, from where its files were. wait: False only asks for it, and the same call without
        it fetches the files then. timeout: in seconds, for building it. told: is handed how far it is. Raises
        LabelingError.
        """
        return exporting.export_to(self.exports, self.id, format, options, to, wait=wait, timeout=timeout, told=told)

    def download(self, export_id: str, *, to: str | Path, told: exporting.Told | None = None) -> exporting.Download:
        """Downloads the files of an export that is there already, and goes on where that was cut off."""
        return exporting.download(self.exports, export_id, to, told=told)

    def load(
        self,
        split: fetching.Side | None = None,
        *,
        shares: Sequence[float] = fetching.SHARES,
        seed: int = 0,
        cache: str | Path | None = None,
        told: exporting.Told | None = None,
    ) -> Dataset:
        """The labeled images with their labels, for training: those of one side of a split, or all.

        shares: of train, validation and test; they add up to 1. With the same seed an image stays on its side as the
        project grows. All sides have the same classes: the project's labels, in its order. Kinds of files that Pillow
        may not read become JPEG or PNG. Labeled images whose files could not be read are told as a warning.

        Images are downloaded once, with those of the other sides, and kept in `cache` (else LABELING_CACHE, else the
        person's own cache) until labels change. An image of which the file is replaced a second time while its label
        stays is not noticed. told: is handed how far a download is. Raises LabelingError.
        """
        return fetching.load(self, self.exports, split, shares=shares, seed=seed, cache=cache, told=told)
