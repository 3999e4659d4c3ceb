"""Files that only their owner reads."""

import os
from pathlib import Path


def write_new(file: Path, text: str) -> None:
    """Raises FileExistsError where there is one already."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
        new.write(text + "\n")
