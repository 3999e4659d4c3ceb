"""Where what was loaded is kept on this machine, so that it is fetched once."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from image_labeling.own_folders import caches_folder

CACHE = "LABELING_CACHE"
INDEX = "dataset.json"
LOCK = "lock"
# What nobody has loaded for so long is dropped when another of its project is kept.
UNUSED_SECONDS = 30 * 24 * 3600


def cache_folder(given: str | Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """What is given, else LABELING_CACHE, else with the caches of the person's other programs."""
    if told := given or environment.get(CACHE):
        return Path(told)
    return caches_folder(environment)


class Shelf:
    """What is kept of one project: a folder for each state of its labels, by their key. Only its owner reads it."""

    def __init__(self, cache: Path, project_id: str) -> None:
        self._folder = cache / project_id
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def find(self, key: str) -> Path | None:
        """The folder of what was kept under this key; it counts as used now."""
        folder = self._folder / key
        try:
            os.utime(folder / INDEX)
        except FileNotFoundError:
            return None
        return folder

    def aside(self, key: str) -> Path:
        """Where it is put together; what was cut off is found here again."""
        folder = self._folder / f"{key}.part"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def keep(self, key: str, whole: Path) -> Path:
        """Takes a folder that is complete, its index included, and drops what it was put together from."""
        self._drop_unused()
        folder = self._folder / key
        # Without an index, it is what a disk has left of one.
        shutil.rmtree(folder, ignore_errors=True)
        whole.rename(folder)
        shutil.rmtree(self.aside(key), ignore_errors=True)
        return folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One at a time; processes that train together load together. Whoever is killed holds nothing any more."""
        with (self._folder / LOCK).open("a+b") as file:
            _lock(file.fileno())
            yield

    def _drop_unused(self) -> None:
        for folder in self._folder.iterdir():
            index = folder / INDEX if (folder / INDEX).exists() else folder
            if folder.is_dir() and time.time() - index.stat().st_mtime > UNUSED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _lock(descriptor: int) -> None:
    """Until the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        # It gives up after ten seconds, each time.
        while True:
            with suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                break
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
