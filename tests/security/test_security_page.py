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


def rows_of(heading: str) -> list[list[str]]:
    """The cells of the table below this heading, without its head."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows[1:]]


def test_every_row_says_what_protects_and_what_proves_it() -> None:
    rows = rows_of("Who attacks, what protects, and which test proves it")
    assert len(rows) > 15
    for who, tries, protects, proof in rows:
        assert tries
        assert protects
        assert "`tests/" in proof, who


def test_each_chapter_of_asvs_says_what_holds() -> None:
    rows = rows_of("OWASP ASVS 5.0, chapter by chapter")
    assert [chapter.split()[0] for chapter, _, _ in rows] == [f"V{number}" for number in range(1, 18)]
    assert all(holds for _, holds, _ in rows)
