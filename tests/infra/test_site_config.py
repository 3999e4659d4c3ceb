"""The site's configuration lets in whom it should and allows its pages what they need; each check finds a fault."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.hooks.site_config import filled
from infra.hooks.tools import HookError
from tests.infra.site_config import complaints

FILE = "static_site/staticwebapp.config.json"
KNOWN = {
    "AZURE_TENANT_ID": "11111111-2222-3333-4444-555555555555",
    "BLOB_ORIGIN": "https://stdata1.blob.core.windows.net",
}


def test_the_site_is_closed_and_its_pages_are_kept_within_what_they_need(root: Path) -> None:
    assert complaints(root / FILE) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("${AZURE_TENANT_ID}", "common", "the issuer is not the one tenant's"),
        ("azureActiveDirectory", "github", "people sign in with ['github']"),
        ("SIGN_IN_CLIENT_SECRET", "AZURE_CLIENT_SECRET", "the secret is not named"),
        (
            '"/.auth/login/twitter", "statusCode": 404',
            '"/.auth/login/twitter", "statusCode": 302',
            "twitter is offered",
        ),
        ('{ "route": "/.auth/login/github", "statusCode": 404 },', "", "github is offered"),
        (
            '"route": "/.auth/*", "allowedRoles": ["anonymous", "auth',
            '"route": "/.auth/*", "allowedRoles": ["auth',
            "/.auth/me",
        ),
        (
            '"/*", "allowedRoles": ["authenticated"]',
            '"/*", "allowedRoles": ["anonymous"]',
            "/projects/1 is shown to anyone",
        ),
        ('{ "route": "/*", "allowedRoles"', '{ "route": "/x/*", "allowedRoles"', "/ is shown to anyone"),
        ('"redirect": "/.auth/login/aad?', '"redirect": "/login?', "not sent to sign in"),
        ('"exclude": ["/assets/*", ', '"exclude": [', "a reload"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "script-src is"),
        ("style-src 'self' ", "style-src 'self' 'unsafe-inline' ", "style-src is"),
        ("default-src 'none'; ", "", "default-src is []"),
        ("; frame-ancestors 'none'", "", "frame-ancestors is []"),
        ("data: ${BLOB_ORIGIN}", "data: https://*.blob.core.windows.net", "img-src is"),
        ("connect-src 'self' ${BLOB_ORIGIN}", "connect-src *", "connect-src is ['*']"),
        ('"nosniff"', '"sniff"', "X-Content-Type-Options is 'sniff'"),
        ('"no-referrer"', '"origin"', "Referrer-Policy is 'origin'"),
        ("camera=(), ", "", "Permissions-Policy is"),
    ],
)
def test_a_fault_in_the_sites_configuration_is_found(
    faulty: Callable[[str, str, str], Path], old: str, new: str, found: str
) -> None:
    assert any(found in words for words in complaints(faulty(FILE, old, new) / FILE))


def test_the_hook_fills_in_the_tenant_and_the_account(root: Path) -> None:
    text = filled((root / FILE).read_text("utf-8"), KNOWN)
    assert "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0" in text
    assert "img-src 'self' data: https://stdata1.blob.core.windows.net;" in text
    assert "${" not in text


@pytest.mark.parametrize("name", KNOWN)
def test_the_hook_refuses_to_leave_a_place_empty(root: Path, name: str) -> None:
    with pytest.raises(HookError, match=name):
        filled((root / FILE).read_text("utf-8"), {**KNOWN, name: ""})


@pytest.mark.parametrize("value", ["https://a.example; script-src *", "https://a.example'", 'x", "y": "z'])
def test_the_hook_refuses_what_would_change_the_policy(root: Path, value: str) -> None:
    with pytest.raises(HookError, match="has no place"):
        filled((root / FILE).read_text("utf-8"), {**KNOWN, "BLOB_ORIGIN": value})


def test_the_hook_refuses_a_place_that_it_does_not_know(root: Path) -> None:
    with pytest.raises(HookError, match="MORE"):
        filled('{"a": "${MORE}"}', KNOWN)


def test_the_built_site_has_the_configuration_at_its_root(root: Path) -> None:
    built = root / "static_site" / "dist" / "staticwebapp.config.json"
    assert built.read_text("utf-8") == (root / FILE).read_text("utf-8")
