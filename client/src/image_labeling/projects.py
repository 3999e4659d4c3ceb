"""The projects of the service."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from image_labeling import routes
from image_labeling.connection import Connection
from image_labeling.errors import LabelingError
from image_labeling.label_files import PathLike, upload_before_project
from image_labeling.options import SINGLE_LABEL, NewProjectSettings
from image_labeling.project import Project
from image_labeling.settings import settings_body
from image_labeling.spelling import body_of
from image_labeling.waiting import wait_for

if TYPE_CHECKING:
    from typing_extensions import Unpack

# A token of another project is refused as one that is no token.
NOT_THERE = ("not-found", "unauthenticated")
BY_ID = " A token of a project opens it by its id alone, which is in the address of its pages."
OWN_DATASTORE = "workspace"


class Projects:
    """Those that the caller may see: `for project in labeling.projects`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __iter__(self) -> Iterator[Project]:
        for answer in self._connection.pages(routes.LIST_PROJECTS):
            yield Project(self._connection, answer)

    def get(self, name_or_id: str) -> Project:
        """The project of this id, or else of this name. Raises LabelingError where there is none."""
        try:
            return Project(self._connection, self._connection.call(routes.GET_PROJECT, project_id=name_or_id))
        except LabelingError as error:
            if error.type not in NOT_THERE:
                raise
            found = self._named(name_or_id, error)
            if found is None:
                raise
            return found

    def _named(self, name: str, not_by_id: LabelingError) -> Project | None:
        try:
            return next((project for project in self if project.name == name), None)
        except LabelingError as error:
            if error.type == "forbidden":
                not_by_id.detail += BY_ID
            elif error.type not in NOT_THERE:
                raise
            return None

    def create(
        self,
        name: str,
        *,
        labels: Sequence[str | Mapping[str, Any]],
        images: str | None = None,
        dataset: str | None = None,
        datastore: str = OWN_DATASTORE,
        task_type: Literal["multiClass", "multiLabel"] = SINGLE_LABEL,
        wait: bool = True,
        timeout: float | None = None,
        **settings: "Unpack[NewProjectSettings]",
    ) -> Project:
        """Makes a project over the images of a folder, `images` in `datastore`, or of a dataset; and waits until its
        folder was looked through.

        labels: names, or mappings of a `name` and a `group`. task_type: multiClass, where an image has one label, or
        multiLabel. timeout: in seconds. Raises LabelingError.
        """
        if (images is None) == (dataset is None):
            raise LabelingError("Name either the folder of the images, or a dataset.")
        if isinstance(labels, str):
            raise LabelingError(f"labels is a list of names, not '{labels}'.")
        source = {"name": dataset} if images is None else {"datastore": datastore, "prefix": images}
        body = settings_body(settings, name=name, labels=list(labels), dataset=source, task_type=task_type)
        project = Project(self._connection, self._connection.call(routes.CREATE_PROJECT, body=body))
        return self._created(project, timeout) if wait else project

    def create_from_labels(
        self,
        name: str,
        files: PathLike | Sequence[PathLike],
        *,
        images: str,
        datastore: str = OWN_DATASTORE,
        wait: bool = True,
        timeout: float | None = None,
        **settings: "Unpack[NewProjectSettings]",
    ) -> Project:
        """Makes a project that can hold what files of labels say of a folder's images, and imports it: task type,
        labels and groups are those of the files. With `wait`, the labels are there at the end, and the first of the
        project's imports tells what found no image. Raises LabelingError.
        """
        upload = upload_before_project(self._connection, files)
        found = self._connection.call(
            routes.PREVIEW_LABEL_FILE, body=body_of(datastore=datastore, prefix=images, upload=upload)
        )
        body = settings_body(
            settings,
            name=name,
            task_type=found.task_type,
            labels=[body_of(name=label.name, group=label.group) for label in found.labels],
            dataset={"datastore": datastore, "prefix": images},
        )
        project = Project(self._connection, self._connection.call(routes.CREATE_PROJECT, body=body))
        if wait:
            self._created(project, timeout)
        project.imports.start(upload=upload, wait_for_images=True, wait=wait, timeout=timeout)
        return project.reload()

    def _created(self, project: Project, timeout: float | None) -> Project:
        wait_for(
            project.reload,
            lambda one: one.answer.status != "creating",
            f"Creating {project.name}",
            timeout=timeout,
        )
        if project.answer.status == "failed":
            raise LabelingError(
                f"Creating {project.name} failed: {project.answer.status_detail or 'no reason is told.'}", type="failed"
            )
        return project
