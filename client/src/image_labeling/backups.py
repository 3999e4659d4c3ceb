"""Backups of a project, and what is restored from them."""

from collections.abc import Callable, Sequence

from image_labeling import routes
from image_labeling.answers.backups import Backup, Restore, RestorePreview
from image_labeling.connection import Connection
from image_labeling.listed import Works
from image_labeling.spelling import body_of


class Backups(Works[Backup]):
    """Newest first: `for backup in project.backups`."""

    what = "The backup"

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_BACKUPS, project_id=project_id)

    def get(self, work_id: str) -> Backup:
        """Raises LabelingError (`not-found`)."""
        return self._call(routes.GET_BACKUP, backup_id=work_id)

    def start(
        self, *, wait: bool = True, timeout: float | None = None, told: Callable[[Backup], None] | None = None
    ) -> Backup:
        """Backs the project up, and waits until it is done."""
        return self._started(self._call(routes.START_BACKUP), wait, timeout, told)

    def delete(self, backup_id: str) -> None:
        self._call(routes.DELETE_BACKUP, backup_id=backup_id)


class Restores(Works[Restore]):
    """Newest first: `for restore in labeling.restores`."""

    what = "Restoring"

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, routes.LIST_RESTORES)

    def get(self, work_id: str) -> Restore:
        """Raises LabelingError (`not-found`)."""
        return self._call(routes.GET_RESTORE, restore_id=work_id)

    def preview(self, folder: str) -> RestorePreview:
        """What restoring a backup from its folder would do, and what has to be accepted. Nothing is done."""
        return self._call(routes.PREVIEW_RESTORE, {"folder": folder})

    def start(
        self,
        folder: str,
        *,
        manifest: str | None = None,
        people: Sequence[str] = (),
        address: str | None = None,
        wait: bool = True,
        timeout: float | None = None,
        told: Callable[[Restore], None] | None = None,
    ) -> Restore:
        """Restores a project, and waits until it is done. What is accepted is named as the preview tells it: manifest,
        where this deployment has not made the backup; people, the members who are let in; address, where the images
        lie, if that is not known here. Raises LabelingError.
        """
        body = body_of(folder=folder, manifest=manifest, people=list(people), address=address)
        return self._started(self._call(routes.START_RESTORE, body), wait, timeout, told)
