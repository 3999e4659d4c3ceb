"""What the registries answer about packages is read for what it is: nothing known, something known, or no answer."""

from typing import Any

import pytest

from infra.audit import NoAnswer, of_npm, of_python
from tests.infra.conftest import ROOT

FINE = {"name": "yarl", "version": "1.25.1", "vulns": []}
BAD = {"name": "jinja2", "version": "2.4.1", "vulns": [{"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"]}]}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI and could not be audited"}
XSS = {"range": "<4.1.3", "via": [{"title": "Cross-site scripting"}]}


def test_what_is_known_of_python_packages_is_told_with_the_version_that_mends_it() -> None:
    assert list(of_python({"dependencies": [FINE, UNKNOWN]})) == []
    assert list(of_python({"dependencies": [FINE, BAD]})) == ["jinja2 2.4.1: PYSEC-2014-8 (mended in 2.7.2)"]


def test_what_is_known_of_npm_packages_is_told_and_what_depends_on_them() -> None:
    assert list(of_npm({"vulnerabilities": {}})) == []
    found = of_npm({"vulnerabilities": {"a": XSS, "b": {"range": "*", "via": ["a"]}}})
    assert list(found) == ["a <4.1.3: Cross-site scripting", "b *: by a"]


@pytest.mark.parametrize("report", [{}, {"dependencies": []}, {"dependencies": [UNKNOWN]}, {"error": {"code": "E405"}}])
def test_no_answer_is_not_taken_for_nothing_known(report: Any) -> None:
    for read in (of_python, of_npm):
        with pytest.raises(NoAnswer):
            list(read(report))


def test_neither_checking_nor_testing_asks_a_registry_for_audits() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    asking = [line for line in makefile.splitlines() if "infra.audit" in line or "cyclonedx" in line]
    assert len(asking) == 3
    assert not any(word in (ROOT / ".ci" / "run").read_text("utf-8") for word in ("audit", "sbom"))
