"""What a datastore is: a named connection to a blob container.

Its secret is kept elsewhere; the row has only the secret's name.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

AuthKind = Literal["sas", "accountKey", "identity", "anonymous", "builtIn"]

BUILT_IN = "workspace"
NAME_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"


class Datastore(BaseModel):
    """A datastore as it is stored. created_at is None for the built-in one, which was never made."""

    model_config = ConfigDict(frozen=True)

    name: str
    container_url: str
    auth: AuthKind
    created_at: datetime | None
    secret_name: str | None = None


def is_built_in(name: str) -> bool:
    return name.casefold() == BUILT_IN
