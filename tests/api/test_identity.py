"""Whom the service believes to be who they say they are."""

import base64
import json
from typing import Any

import pytest

from functions.identity import Caller, caller_of, sign_in
from functions.problems import Unauthenticated
from functions.settings import AZURE_MARKS, Settings, SettingsError

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
    assert caller_of(headers(more, "s"), settings(**environment)) == Caller("a1", "Anna@example.org")


@pytest.mark.parametrize("opened", [{"LOCALHOST_SECRET": "s"}, {"LOOPBACK_DATASTORES": "1"}])
@pytest.mark.parametrize("mark", AZURE_MARKS)
def test_what_opens_one_machine_keeps_the_service_from_starting_in_azure(opened: dict[str, str], mark: str) -> None:
    settings(**opened)
    with pytest.raises(SettingsError, match=f"{next(iter(opened))} is for one machine only"):
        settings(**opened, **{mark: "it"})


def test_administrators_are_named_each_with_the_number_of_the_binding_that_counts() -> None:
    named = settings(ADMINISTRATORS="boss@example.org , ANNA@Example.org/2,, Zoë,boss@example.org").administrators
    assert named == {"boss@example.org": 1, "anna@example.org": 2, "zoë": 1}


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        ("anna@example.org/", "the number after 'anna@example.org'"),
        ("anna@example.org/two", "the number after 'anna@example.org'"),
        ("anna@example.org/0", "the number after 'anna@example.org'"),
        ("anna@example.org, Anna@example.org/2", "twice"),
        ("bo@example.org, b\u043e@example.org", r"U\+043E \(cyrillic small letter o\)"),
    ],
)
def test_administrators_that_cannot_be_meant_are_refused(names: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        settings(ADMINISTRATORS=names)


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
