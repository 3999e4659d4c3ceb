"""What calls about access tokens say and are told."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from functions.http.wire import Input, Output
from functions.names import clean, new_name
from functions.projects.wire import RoleWord
from functions.tokens.model import MOST_DAYS, USUAL_DAYS, AccessToken

TokenName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean), AfterValidator(new_name)]


class TokenRequest(Input):
    name: TokenName
    role: RoleWord
    expires_in_days: int = Field(default=USUAL_DAYS, ge=1, le=MOST_DAYS)


class ServiceTokenRequest(Input):
    """days: how long it works."""

    name: TokenName
    days: int = Field(default=USUAL_DAYS, ge=1, le=MOST_DAYS)


class TokenFacts(Output):
    """An access token, without itself. madeBy: its maker's sign-in name. lastUsedAt: to the hour."""

    id: str
    name: str
    user_id: str
    made_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class NewServiceTokenAnswer(TokenFacts):
    """A token of the service that was just made. key: what scripts send; it is told this once and never again."""

    key: str


class TokenAnswer(TokenFacts):
    """An access token of a project, without itself."""

    role: RoleWord


class NewTokenAnswer(TokenAnswer):
    """A token that was just made. token: what scripts send; it is told this once and never again."""

    token: str


class AnyTokenAnswer(TokenFacts):
    """A token of some project, or of the service: then without a project, and with the role serviceAdministrator, as
    far as its maker is one. works: false where it has expired, its maker is blocked or has not signed in for
    TOKEN_MAKER_DAYS.
    """

    role: RoleWord | Literal["serviceAdministrator"]
    project_id: str | None
    project_name: str | None
    works: bool


def facts(token: AccessToken) -> dict[str, Any]:
    """The fields of TokenFacts."""
    return {
        "id": token.id,
        "name": token.name,
        "user_id": token.user_id,
        "made_by": token.sign_in_name,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "last_used_at": token.last_used_at,
    }


def newest_first(token: AccessToken) -> str:
    return f"{10**13 - int(token.created_at.timestamp() * 1000):013}{token.id}"
