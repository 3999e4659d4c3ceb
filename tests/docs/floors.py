"""The picture of the floors in docs/architecture.md, drawn from the contract that `make check` holds: each floor with
its rooms and what each says of itself.
"""

import ast
import re
import textwrap
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/architecture.md"
BEGIN, END = "<!-- Drawn by `make floors`: -->\n\n", "\n<!-- to here. -->"
WIDTH = 100
COLUMN = 16


def with_floors(page: str) -> str:
    """The page with the picture as it is to be."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no place for the floors")
    return f"{before}{BEGIN}```text\n{_floors()}\n```\n{END}{after}"


def _floors() -> str:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    *floors, ground = [re.split(r"[|:\s]+", layer.strip()) for layer in contracts[0]["layers"]]
    between = f"\n{'─' * WIDTH}\n"
    return between.join(
        [
            f"{'function_app.py':{COLUMN}}What Azure loads: the triggers of every room.",
            *("\n".join(map(_line, rooms)) for rooms in floors),
            "Beside the rooms:\n" + "\n".join(map(_line, ground)),
        ]
    )


def _line(name: str) -> str:
    file = ROOT / "functions" / name
    file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
    says = ast.get_docstring(ast.parse(file.read_text("utf-8")))
    if not says:
        raise ValueError(f"{file} does not say what it is")
    sentence = says.split("\n\n")[0].replace("\n", " ").split(". ")[0].rstrip(".")
    return textwrap.fill(f"{name:{COLUMN}}{sentence}.", WIDTH, subsequent_indent=" " * COLUMN)


if __name__ == "__main__":
    PAGE.write_text(with_floors(PAGE.read_text("utf-8")), "utf-8")
