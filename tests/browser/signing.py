"""Signing in without the page for it."""

from playwright.sync_api import BrowserContext

from localhost import sign_in
from tests.running import Service


def sign_in_as(context: BrowserContext, service: Service, name: str = "administrator") -> None:
    """From now on the pages of this browser are those of whoever has this name."""
    cookie = sign_in.encoded(sign_in.principal(name))
    context.add_cookies([{"name": sign_in.COOKIE, "value": cookie, "url": service.url}])
