"""What a datastore is: a named connection to a blob container.

Its secret is kept elsewhere; the row has only the secret's name.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from functions.http.conditions import content_etag

AuthKind = Literal["sas", "accountKey", "identity", "anonymous", "builtIn"]

# Of a token that is taken all the same: it opens more than reading and listing, or for more than a year.
TokenWarning = Literal["changes", "long"]

BUILT_IN = "workspace"
NAME_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"


class Datastore(BaseModel):
    """A datastore as it is stored. folder: all that it reaches, with a slash at the end; "" for the whole container.
    created_at is None for the built-in one, which was never made.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    container_url: str
    auth: AuthKind
    created_at: datetime | None
    secret_name: str | None = None
    folder: str = ""
    warnings: tuple[TokenWarning, ...] = ()

    @property
    def etag(self) -> str:
        """It changes with the credentials: each secret has a name of its own."""
        return content_etag(self.model_dump(mode="json", exclude={"warnings"}))

    def reaches(self, prefix: str) -> bool:
        """Whether a folder lies in what the datastore reaches."""
        return prefix.startswith(self.folder)


def is_built_in(name: str) -> bool:
    return name.casefold() == BUILT_IN
