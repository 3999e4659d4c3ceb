"""Whom the service believes to be who they say they are."""

import base64
import json
from typing import Any

import pytest

from functions.identity import Caller, caller_of, sign_in
from functions.problems import Unauthenticated
from functions.settings import Settings

ANNA = {"identityProvider": "aad", "userId": "a1", "userDetails": "Anna@example.org", "userRoles": ["authenticated"]}
# What the platform of a function app that people sign in to themselves would hand over.
APP_SERVICE = {
    "auth_typ": "aad",
    "claims": [{"typ": "oid", "val": "a1"}, {"typ": "preferred_username", "val": "Anna@example.org"}],
}


def headers(principal: Any, secret: str | None = None) -> dict[str, str]:
    sent = {"x-ms-client-principal": base64.b64encode(json.dumps(principal).encode()).decode()}
    return sent if secret is None else {**sent, "x-localhost-secret": secret}


def settings(**environment: str) -> Settings:
    return Settings.from_environment({"DATA_STORAGE": "x", "SECRETS_FILE": "x", **environment})


@pytest.mark.parametrize("environment", [{}, {"LOCALHOST_SECRET": "made at start"}, {"WEBSITE_AUTH_ENABLED": "false"}])
@pytest.mark.parametrize("secret", [None, "", "guessed", "made at star"])
def test_a_sign_in_that_nobody_vouches_for_is_nobodys(environment: dict[str, str], secret: str | None) -> None:
    with pytest.raises(Unauthenticated):
        caller_of(headers(ANNA, secret), settings(**environment))


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({}, "none"),
        ({"LOCALHOST_SECRET": "s"}, "secret"),
        ({"WEBSITE_AUTH_ENABLED": "True"}, "platform"),
        ({"WEBSITE_AUTH_ENABLED": "1"}, "none"),
        ({"DEVELOPER": "anna", "AZURE_FUNCTIONS_ENVIRONMENT": "Development"}, "developer"),
    ],
)
def test_the_service_says_whose_word_it_takes_for_who_is_calling(environment: dict[str, str], word: str) -> None:
    assert sign_in(settings(**environment)) == word


@pytest.mark.parametrize("environment", [{"LOCALHOST_SECRET": "s"}, {"WEBSITE_AUTH_ENABLED": "True"}])
def test_a_sign_in_that_is_vouched_for_is_believed(environment: dict[str, str]) -> None:
    """Whatever else it says: claims, and names beside the one that people sign in with."""
    more = {**ANNA, "claims": APP_SERVICE["claims"], "name": "boss", "email": "boss@example.org"}
    assert caller_of(headers(more, "s"), settings(**environment)) == Caller(
        "a1", "Anna@example.org", is_administrator=False
    )


def test_administrators_are_known_by_their_sign_in_name_whatever_its_case() -> None:
    config = settings(WEBSITE_AUTH_ENABLED="True", ADMINISTRATORS="boss@example.org, ANNA@EXAMPLE.ORG")
    assert caller_of(headers(ANNA), config).is_administrator
    assert not caller_of(headers({**ANNA, "userDetails": "Ben@example.org"}), config).is_administrator


@pytest.mark.parametrize(
    "principal",
    [
        None,
        [],
        "Anna",
        {},
        {**ANNA, "userRoles": ["anonymous"]},
        {**ANNA, "userRoles": "authenticated"},
        {**ANNA, "userId": ""},
        {**ANNA, "userId": 5},
        {**ANNA, "userId": "a" * 129},
        {**ANNA, "userDetails": None},
        APP_SERVICE,
        {**APP_SERVICE, "userRoles": ["authenticated"]},
        {**ANNA, "userDetails": None, "claims": APP_SERVICE["claims"]},
        {**ANNA, "userId": None, "claims": APP_SERVICE["claims"]},
    ],
)
def test_a_sign_in_that_names_nobody_is_nobodys(principal: Any) -> None:
    with pytest.raises(Unauthenticated):
        caller_of(headers(principal), settings(WEBSITE_AUTH_ENABLED="True"))


@pytest.mark.parametrize("header", ["", "%%%", "e30", base64.b64encode(b"\xff").decode()])
def test_a_header_that_cannot_be_read_is_nobodys(header: str) -> None:
    with pytest.raises(Unauthenticated):
        caller_of({"x-ms-client-principal": header}, settings(WEBSITE_AUTH_ENABLED="True"))
