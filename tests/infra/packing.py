"""What azd packs for a function app: the files of the project's folder that .funcignore leaves in.

As azd does from 1.23.13 on: pkg/project/project_utils.go walks, denormal/go-gitignore matches. That is not quite git: a
later line wins over an earlier one, but nothing comes in again of a folder that is left out; a line with slashes within
is held against the whole path, one without against the last part; behind a leading slash it is held against the whole
path too, and its star passes slashes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

IGNORE_FILE = ".funcignore"


@dataclass(frozen=True)
class Line:
    """One line. parts: what stands between its slashes."""

    parts: tuple[str, ...]
    lets_in: bool
    is_anchored: bool
    is_for_folders: bool

    def matches(self, path: str, is_folder: bool) -> bool:
        if self.is_for_folders and not is_folder:
            return False
        if "**" in self.parts:
            return _match_any(tuple(path.split("/")), self.parts)
        if len(self.parts) > 1:
            return _match_parts(tuple(path.split("/")), self.parts)
        return fnmatchcase(path if self.is_anchored else PurePosixPath(path).name, self.parts[0])


def packed(folder: Path) -> list[str]:
    """The paths of what is packed, in order."""
    lines = _lines((folder / IGNORE_FILE).read_text("utf-8"))
    return [path.relative_to(folder).as_posix() for path in _walk(folder, folder, lines)]


def _lines(text: str) -> list[Line]:
    found = []
    for line in map(str.strip, text.removeprefix("\ufeff").splitlines()):
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!")
        parts = tuple(re.split("/+", pattern.strip("/")))
        found.append(Line(parts, line.startswith("!"), pattern.startswith("/"), pattern.endswith("/")))
    return found


def _walk(root: Path, folder: Path, lines: list[Line]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if _is_left_out(path, path.relative_to(root).as_posix(), lines):
            continue
        if path.is_dir():
            yield from _walk(root, path, lines)
        else:
            yield path


def _is_left_out(path: Path, relative: str, lines: list[Line]) -> bool:
    # Which azd never packs, whatever the lines say.
    if path.name in ((".azure",) if path.is_dir() else (IGNORE_FILE, "local.settings.json")):
        return True
    last = next((line for line in reversed(lines) if line.matches(relative, path.is_dir())), None)
    return last is not None and not last.lets_in


def _match_parts(path: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return len(path) == len(parts) and all(map(fnmatchcase, path, parts))


def _match_any(path: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """** is any number of parts, none too."""
    if not parts:
        return not path
    if parts[0] == "**":
        return _match_any(path, parts[1:]) or (bool(path) and _match_any(path[1:], parts))
    return bool(path) and fnmatchcase(path[0], parts[0]) and _match_any(path[1:], parts[1:])
