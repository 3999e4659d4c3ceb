"""Who the caller is, who is a member of a project, and who has signed in."""

from datetime import date, datetime

from image_labeling.answers.base import Answer


class Me(Answer):
    """Who has made the token. refresh_minutes: how often the service looks through folders by itself."""

    user_id: str
    name: str
    is_administrator: bool
    refresh_minutes: int


class Member(Answer):
    """role: labeler, reviewer or administrator. user_id: None until the person has signed in for the first time."""

    etag: str
    sign_in_name: str
    role: str
    user_id: str | None


class Block(Answer):
    """Since when somebody is blocked, and the sign-in name of who blocked them."""

    at: datetime
    by_name: str


class Erasure(Answer):
    """at: since when their name is a pseudonym. done: False while it may still stand in records and backups."""

    at: datetime
    done: bool


class Person(Answer):
    """Somebody who has signed in. last_seen_on: the last day (UTC) on which they called."""

    user_id: str
    name: str
    last_seen_on: date
    is_administrator: bool
    blocked: Block | None
    erased: Erasure | None
