"""The members of a project."""

from image_labeling import routes
from image_labeling.answers.people import Member
from image_labeling.connection import Connection
from image_labeling.listed import Listed
from image_labeling.options import Role


class Members(Listed[Member]):
    """`for member in project.members`."""

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_MEMBERS, project_id=project_id)

    def set(self, sign_in_name: str, role: Role) -> Member:
        """Invites somebody by the name that they sign in with, or changes what they may do. Raises LabelingError, also
        where that is more than the token's maker may do.
        """
        return self._call(routes.SET_MEMBER, {"role": role}, sign_in_name=sign_in_name)

    def remove(self, sign_in_name: str) -> None:
        """They see nothing of the project any more. What they labeled stays."""
        self._call(routes.REMOVE_MEMBER, sign_in_name=sign_in_name)
