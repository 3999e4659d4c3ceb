"""SECURITY.md promises no test that is not there, and forgets none of this room."""

import re

import pytest

from tests.running import ROOT

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+)`", PAGE)))


@pytest.mark.parametrize("path", NAMED)
def test_a_test_that_the_page_names_is_there(path: str) -> None:
    assert re.search(r"^(async )?def test_\w+\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_page_names_every_test_of_this_room() -> None:
    here = {f"tests/security/{file.name}" for file in (ROOT / "tests/security").glob("test_*.py")}
    assert here - {"tests/security/test_security_page.py"} <= set(NAMED)


def test_every_row_says_what_protects_and_what_proves_it() -> None:
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
    assert len(rows) > 15
    for row in rows[1:]:
        who, tries, protects, proof = (cell.strip() for cell in row)
        assert tries
        assert protects
        assert "`tests/" in proof, who
