"""The service: where everything begins."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from image_labeling import routes
from image_labeling.answers.people import Me
from image_labeling.audit import Audit
from image_labeling.backups import Restores
from image_labeling.connection import Connection
from image_labeling.credentials import credentials
from image_labeling.datasets import Datasets
from image_labeling.datastores import Datastores
from image_labeling.people import People
from image_labeling.project import Project
from image_labeling.projects import Projects
from image_labeling.tokens import Tokens
from image_labeling.transferring import uploading


class Labeling:
    """The labeling service.

    url, token: of the site, and an access token of the service or of one project; without them, LABELING_URL and
    LABELING_TOKEN, else the login of `image-labeling login`. Raises LabelingError where there are none. It may be used
    by several threads, and as a context manager that closes its connections.

        labeling = Labeling()
        project = labeling.project("Cats and dogs")
        print(project.progress().share_labeled)
    """

    def __init__(
        self, url: str | None = None, token: str | None = None, *, environment: Mapping[str, str] = os.environ
    ) -> None:
        known = credentials(url, token, environment)
        self._connection = Connection(known.url, known.token)

    @property
    def url(self) -> str:
        return self._connection.url

    def me(self) -> Me:
        """Who has made the token."""
        return self._connection.call(routes.GET_ME)

    @property
    def datastores(self) -> Datastores:
        return Datastores(self._connection)

    @property
    def datasets(self) -> Datasets:
        return Datasets(self._connection)

    @property
    def tokens(self) -> Tokens:
        return Tokens(self._connection)

    @property
    def people(self) -> People:
        return People(self._connection)

    @property
    def audit(self) -> Audit:
        return Audit(self._connection)

    @property
    def restores(self) -> Restores:
        return Restores(self._connection)

    @property
    def projects(self) -> Projects:
        return Projects(self._connection)

    def project(self, name_or_id: str) -> Project:
        """The project of this id, or else of this name. Raises LabelingError where there is none."""
        return self.projects.get(name_or_id)

    def upload_folder(
        self,
        folder: str | Path,
        prefix: str,
        *,
        datastore: str = "workspace",
        at_once: int = uploading.AT_ONCE,
        told: uploading.Told | None = None,
    ) -> uploading.Upload:
        """Uploads the images of a folder on this machine into a folder of a datastore: over nothing that is there, and
        going on where an earlier one was cut off. The datastore is the service's own, as it takes files into no other.

        at_once: so many files at a time. told: is handed how far it is. Raises LabelingError; `incomplete` where some
        files could not be sent, and all others are.
        """
        ask = uploading.asking(self._connection, routes.OFFER_UPLOADS, prefix, name=datastore)
        return uploading.upload_folder(folder, ask, at_once=at_once, told=told)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> "Labeling":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
