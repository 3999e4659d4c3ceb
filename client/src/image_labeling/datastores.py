"""The datastores of the service: where images lie."""

from collections.abc import Iterator, Mapping
from typing import Any

from image_labeling import routes
from image_labeling.answers.datastores import BrowsedFile, BrowsedFolder, Datastore, Sample
from image_labeling.connection import Connection
from image_labeling.listed import Listed
from image_labeling.options import Auth
from image_labeling.spelling import body_of

# Folders and files.
A_PAGE = 200


class Datastores(Listed[Datastore]):
    """`for datastore in labeling.datastores`. `workspace` is the service's own."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, routes.LIST_DATASTORES)

    def get(self, name: str) -> Datastore:
        """Raises LabelingError (`not-found`)."""
        return self._call(routes.GET_DATASTORE, name=name)

    def create(self, name: str, container_url: str, *, auth: Auth, folder: str = "") -> Datastore:
        """Connects a blob container, or a folder of it. auth: `{"kind": "sas", "token": ...}`,
        `{"kind": "accountKey", "key": ...}`, or just "identity" or "anonymous". Raises LabelingError, also where it
        cannot be read.
        """
        body = body_of(name=name, container_url=container_url, folder=folder, auth=_auth(auth))
        return self._call(routes.CREATE_DATASTORE, body)

    def change(self, name: str, *, auth: Auth) -> Datastore:
        """Takes another credential for it."""
        return self._call(routes.CHANGE_DATASTORE, {"auth": _auth(auth)}, name=name)

    def delete(self, name: str) -> None:
        """Disconnects it. Its files stay. Raises LabelingError where a project or a dataset needs it."""
        self._call(routes.DELETE_DATASTORE, name=name)

    def browse(self, name: str, prefix: str = "") -> Iterator[BrowsedFolder | BrowsedFile]:
        """The folders and files of a folder, not those below them, page by page."""
        query: dict[str, Any] = {"prefix": prefix, "limit": A_PAGE}
        while True:
            page = self._connection.call(routes.BROWSE_DATASTORE, query=query, name=name)
            yield from page.folders
            yield from page.files
            if page.next_cursor is None:
                return
            query["cursor"] = page.next_cursor

    def sample(self, name: str, prefix: str = "") -> Sample:
        """The first images of a folder, as a project would have them."""
        return self._connection.call(routes.SAMPLE_DATASTORE, query={"prefix": prefix}, name=name)


def _auth(auth: Auth) -> Mapping[str, str]:
    return {"kind": auth} if isinstance(auth, str) else auth
