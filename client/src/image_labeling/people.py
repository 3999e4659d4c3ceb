"""Everybody who has signed in."""

from image_labeling import routes
from image_labeling.answers.people import Person
from image_labeling.connection import Connection
from image_labeling.listed import Listed


class People(Listed[Person]):
    """By name: `for person in labeling.people`. Each is named by their user id."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, routes.LIST_PEOPLE)

    def block(self, user_id: str) -> None:
        """They, and the tokens that they made, open nothing any more."""
        self._call(routes.BLOCK_PERSON, user_id=user_id)

    def unblock(self, user_id: str) -> None:
        self._call(routes.UNBLOCK_PERSON, user_id=user_id)

    def erase(self, user_id: str) -> Person:
        """Blocks somebody for good, takes them out of all projects, and replaces their name by a pseudonym. What they
        labeled stays.
        """
        return self._call(routes.ERASE_PERSON, user_id=user_id)
