"""Access tokens, without themselves."""

from datetime import datetime

from image_labeling.answers.base import Answer


class Token(Answer):
    """made_by: its maker's sign-in name. last_used_at: to the hour."""

    id: str
    name: str
    role: str
    user_id: str
    made_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class AnyToken(Token):
    """Of a project, or of the service: then project_id and project_name are None. works: False where it has expired, or
    its maker is blocked or was not here for long.
    """

    project_id: str | None
    project_name: str | None
    works: bool
