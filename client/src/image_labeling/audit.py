"""Who changed what in the service."""

from collections.abc import Iterator
from datetime import datetime

from image_labeling import routes
from image_labeling.answers.audit import AuditEntry
from image_labeling.connection import Connection
from image_labeling.listed import Listed


class Audit(Listed[AuditEntry]):
    """Every change, newest first: `for entry in labeling.audit`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, routes.LIST_AUDIT)

    def where(
        self,
        *,
        project: str | None = None,
        person: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[AuditEntry]:
        """Those of a project (its id), by a person (user id or sign-in name), of an action, since a moment and until
        before another.
        """
        return self._where(project=project, person=person, action=action, since=since, until=until)
