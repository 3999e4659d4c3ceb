"""Access tokens. People make them in the site, where they see them once; tokens make no tokens."""

from image_labeling import routes
from image_labeling.answers.tokens import AnyToken, Token
from image_labeling.connection import Connection
from image_labeling.listed import Listed


class ProjectTokens(Listed[Token]):
    """A project's: `for token in project.tokens`."""

    def __init__(self, connection: Connection, project_id: str) -> None:
        super().__init__(connection, routes.LIST_PROJECT_TOKENS, project_id=project_id)

    def revoke(self, token_id: str) -> None:
        """It opens nothing any more."""
        self._call(routes.REVOKE_PROJECT_TOKEN, token_id=token_id)


class Tokens(Listed[AnyToken]):
    """Those of the service and of all projects, newest first: `for token in labeling.tokens`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, routes.LIST_TOKENS)

    def revoke(self, token_id: str) -> None:
        """It opens nothing any more."""
        self._call(routes.REVOKE_TOKEN, token_id=token_id)
