"""Who changed what."""

from datetime import datetime

from image_labeling.answers.base import Answer


class AuditEntry(Answer):
    """One change. action: the operation's name. outcome: done, refused, failed or unknown. token: the id of the access
    token that was used. target: what it was made to.
    """

    id: str
    at: datetime
    action: str
    outcome: str
    user_id: str
    name: str
    token: str | None
    project_id: str | None
    project_name: str | None
    target: str | None
    details: dict[str, str | int | float | bool | list[str]]
    request_id: str
