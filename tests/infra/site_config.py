"""What the site's configuration must say so that nobody gets in unsigned, and a page can do no more than it needs."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

OTHER_PROVIDERS = ("github", "twitter", "google", "facebook", "apple")
# An empty style element: Fluent UI makes one, and writes its rules into it by script.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
# The one style of react-zoom-pan-pinch, which it adds to the page as it is; with another release there may be another.
ZOOM_STYLE = "'sha256-/aQdAPrD+kc0v7HnGQTuKBtoP6ZN+lnzOGVJ1Qt6dfw='"
BLOBS = "${BLOB_ORIGIN}"
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'", EMPTY_STYLE, ZOOM_STYLE},
    "img-src": {"'self'", "data:", BLOBS},
    "connect-src": {"'self'", BLOBS},
    "font-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SIGN_IN = "/.auth/login/aad?post_login_redirect_uri=.referrer"
ANYONE = {"anonymous", "authenticated"}


def complaints(file: Path) -> list[str]:
    """What the configuration says that it must not, or does not say that it must."""
    config = json.loads(file.read_text("utf-8"))
    return [*_sign_in(config), *_routes(config), *_headers(config)]


def rule_for(config: dict[str, Any], path: str) -> dict[str, Any]:
    """The first rule for a path, as the platform picks it; {} where there is none."""
    return next((rule for rule in config["routes"] if fnmatchcase(path, rule["route"])), {})


def _sign_in(config: dict[str, Any]) -> Iterator[str]:
    providers = config.get("auth", {}).get("identityProviders", {})
    if set(providers) != {"azureActiveDirectory"}:
        yield f"people sign in with {sorted(providers)}, not with Entra ID alone"
    registration = providers.get("azureActiveDirectory", {}).get("registration", {})
    if registration.get("openIdIssuer") != "https://login.microsoftonline.com/${AZURE_TENANT_ID}/v2.0":
        yield "the issuer is not the one tenant's"
    if registration.get("clientSecretSettingName") != "SIGN_IN_CLIENT_SECRET":
        yield "the secret is not named as the hook sets it"
    if registration.get("clientIdSettingName") != "SIGN_IN_CLIENT_ID":
        yield "the registration is not named as the hook sets it"
    for provider in OTHER_PROVIDERS:
        if rule_for(config, f"/.auth/login/{provider}").get("statusCode") != 404:
            yield f"{provider} is offered"
    if config.get("responseOverrides", {}).get("401") != {"redirect": SIGN_IN, "statusCode": 302}:
        yield "whoever is not signed in is not sent to sign in"


def _routes(config: dict[str, Any]) -> Iterator[str]:
    for path in ("/", "/index.html", "/projects/1", "/assets/index.js", "/favicon.svg", "/staticwebapp.config.json"):
        if rule_for(config, path).get("allowedRoles") != ["authenticated"]:
            yield f"{path} is shown to anyone"
    # The functions themselves decide, and answer in their own words.
    for path in ("/api/me", "/.auth/login/aad", "/.auth/me", "/.auth/logout"):
        if set(rule_for(config, path).get("allowedRoles", [])) != ANYONE:
            yield f"{path} cannot be reached by whoever is not signed in yet"
    for rule in config["routes"]:
        if "rewrite" in rule or "redirect" in rule:
            yield f"{rule['route']} leads elsewhere"
    fallback = config.get("navigationFallback", {})
    if fallback.get("rewrite") != "/index.html" or not {"/assets/*", "/api/*"} <= set(fallback.get("exclude", [])):
        yield "a reload of a page does not give the page"


def _headers(config: dict[str, Any]) -> Iterator[str]:
    headers = dict(config.get("globalHeaders", {}))
    policy: dict[str, set[str]] = {}
    for directive in headers.pop("Content-Security-Policy", "").split(";"):
        name, *sources = directive.split()
        policy[name] = set(sources)
    for name in sorted(set(policy) | set(POLICY)):
        if policy.get(name) != POLICY.get(name):
            yield f"{name} is {sorted(policy.get(name, []))}"
    for name in sorted(set(headers) | set(HEADERS)):
        if headers.get(name) != HEADERS.get(name):
            yield f"{name} is {headers.get(name)!r}"
