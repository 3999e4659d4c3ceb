"""All that a process keeps between calls is listed, with its bounds."""

import re

from tests.docs.floors import ROOT
from tests.docs.kept import caches, others

ROW = re.compile(r"^\| `([\w/]+\.py)` \| [^|]+ \| ([\d,]+) \|([^|]*)\|$", re.MULTILINE)


def test_each_cache_is_listed_with_its_bounds() -> None:
    page = (
        (ROOT / "docs" / "settings.md")
        .read_text("utf-8")
        .partition("## What a process keeps\n")[2]
        .partition("\n## ")[0]
    )
    assert sorted((file, most, age.strip()) for file, most, age in ROW.findall(page)) == caches()


def test_nothing_is_kept_in_another_way() -> None:
    assert others() == set(), "use Kept (functions/kept.py)"
