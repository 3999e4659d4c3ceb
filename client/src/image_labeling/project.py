"""One project."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from image_labeling import routes
from image_labeling.answers.refreshes import Refresh
from image_labeling.backups import Backups
from image_labeling.checks import Checks
from image_labeling.errors import LabelingError
from image_labeling.figures import WithFigures
from image_labeling.files import WithFiles
from image_labeling.labels import WithLabels
from image_labeling.members import Members
from image_labeling.options import LabelName, ProjectSettings
from image_labeling.refreshes import Refreshes
from image_labeling.reviews import Reviewing
from image_labeling.settings import settings_body
from image_labeling.tokens import ProjectTokens
from image_labeling.trainings import Trainings

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Project(Reviewing, WithLabels, WithFigures, WithFiles):
    """A project of the service."""

    @property
    def members(self) -> Members:
        return Members(self._connection, self.id)

    @property
    def tokens(self) -> ProjectTokens:
        return ProjectTokens(self._connection, self.id)

    @property
    def refreshes(self) -> Refreshes:
        return Refreshes(self._connection, self.id)

    @property
    def trainings(self) -> Trainings:
        return Trainings(self._connection, self.id)

    @property
    def checks(self) -> Checks:
        return Checks(self._connection, self.id)

    @property
    def backups(self) -> Backups:
        return Backups(self._connection, self.id)

    def change(
        self,
        *,
        name: str | None = None,
        labels: Sequence[str | Mapping[str, Any]] | None = None,
        **settings: "Unpack[ProjectSettings]",
    ) -> "Project":
        """Changes what is named, and nothing if somebody has changed the project since it was read (`reload` it then).

        labels: the whole list in order; names that are not there yet are new labels, and those that are left out are
        removed. A mapping says more of a label: id (to rename it), name, group, key, description, examples.
        """
        body = settings_body(settings, name=name)
        if labels is not None:
            body["labels"] = [self._kept(label) for label in labels]
        self.answer = self._connection.call(
            routes.CHANGE_PROJECT, body=body, if_match=self.answer.etag, project_id=self.id
        )
        return self

    def _kept(self, label: str | Mapping[str, Any]) -> Mapping[str, Any]:
        if not isinstance(label, str):
            return label
        known = next((one.id for one in self.labels if one.name == label), None)
        return {"name": label} if known is None else {"id": known, "name": label}

    def pause(self) -> "Project":
        """Nobody gets images until it is resumed."""
        return self._set(status="paused")

    def resume(self) -> "Project":
        return self._set(status="created")

    def _set(self, **fields: str) -> "Project":
        """Whatever else was changed meanwhile."""
        self.answer = self._call(routes.CHANGE_PROJECT, fields)
        return self

    def merge_label(self, label: LabelName, *, into: LabelName) -> "Project":
        """Has the images of one label count as those of another; `unmerge_label` takes it back."""
        self.answer = self._call(routes.MERGE_LABEL, {"into": into}, label_id=self._label_id(label))
        return self

    def unmerge_label(self, label: LabelName) -> "Project":
        """label: one of `answer.merged`."""
        merged = next((one.id for one in self.answer.merged if label in (one.id, one.name)), None)
        if merged is None:
            raise LabelingError(f"{self.name} has merged no label {label!r}.", type="invalid")
        self.answer = self._call(routes.UNMERGE_LABEL, label_id=merged)
        return self

    def refresh(self, *, wait: bool = True, timeout: float | None = None) -> Refresh:
        """Looks for new, changed and vanished images in the folder, and waits until it is done."""
        return self.refreshes.start(wait=wait, timeout=timeout)

    def delete(self) -> None:
        """Deletes the project and its labels for good. The images stay."""
        self._call(routes.DELETE_PROJECT)
