"""Asks the registries what is known to be wrong with the packages that the service is deployed with.

    make audit

Ends with 1 where something is known. Where a registry does not answer, or knows of no audits, it says so and goes on:
what cannot be asked is no fault of the packages.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

TIMEOUT_SECONDS = 300
PYTHON = (
    *("uv", "tool", "run", "--quiet", "pip-audit>=2.10,<3", "--requirement", "requirements.txt", "--require-hashes"),
    *("--disable-pip", "--progress-spinner", "off", "--timeout", "10", "--format", "json"),
)
# The site's packages are built into its pages; those that only build and check them are not deployed.
NPM = ("npm", "--prefix", "static_site", "audit", "--omit", "dev", "--json")


class NoAnswer(Exception):
    """Nothing can be said."""


def of_python(report: Any) -> Iterator[str]:
    """What pip-audit has found. Raises NoAnswer where it could ask about no package."""
    packages = report.get("dependencies", [])
    if not any("vulns" in one for one in packages):
        raise NoAnswer
    for one in packages:
        for found in one.get("vulns", []):
            fixed = ", ".join(found.get("fix_versions", [])) or "no version yet"
            yield f"{one['name']} {one['version']}: {found['id']} (mended in {fixed})"


def of_npm(report: Any) -> Iterator[str]:
    """What npm has found. Raises NoAnswer where the registry knows of no audits."""
    if "vulnerabilities" not in report:
        raise NoAnswer
    for name, one in report["vulnerabilities"].items():
        titles = [cause["title"] for cause in one["via"] if isinstance(cause, dict)]
        yield f"{name} {one['range']}: {', '.join(titles) or 'by ' + ', '.join(one['via'])}"


def _report(command: tuple[str, ...]) -> Any:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)  # noqa: S603
        return json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise NoAnswer from None


def main() -> None:
    found = []
    for what, command, read in (("Python", PYTHON, of_python), ("npm", NPM, of_npm)):
        try:
            lines = list(read(_report(command)))
            print(f"{what}: {len(lines)} known vulnerabilities")
            found += lines
        except NoAnswer:
            print(f"{what}: not audited, as no registry answers")
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main()
