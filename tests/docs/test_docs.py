"""What the docs say stays true where that can be told: the floors, the links, the width of lines."""

import re
from pathlib import Path

from tests.docs.floors import PAGE, ROOT, with_floors

PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
WIDTH = 120
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def test_the_floors_are_drawn_as_they_are() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_floors(page), "run `make floors`"


def test_links_lead_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in LINK.findall(page.read_text("utf-8"))]
    inner = [(page, link) for page, link in links if "://" not in link and not link.startswith("mailto:")]
    assert [f"{page}: {link}" for page, link in inner if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    there = (page.parent / path).resolve() if path else page
    return there.exists() and (not heading or heading in _headings(there))


def _headings(page: Path) -> set[str]:
    """As GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_lines_are_wrapped() -> None:
    """But for tables and code."""
    texts = {page: re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL) for page in PAGES}
    lines = [(page, line) for page, text in texts.items() for line in text.splitlines()]
    assert [f"{page}: {line}" for page, line in lines if len(line) > WIDTH and not line.startswith("|")] == []
