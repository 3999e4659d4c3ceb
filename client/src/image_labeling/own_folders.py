"""Where a person's programs keep what is theirs, by the custom of their system (XDG Base Directory, Windows)."""

import os
from collections.abc import Mapping
from pathlib import Path

NAME = "image-labeling"


def settings_folder(environment: Mapping[str, str]) -> Path:
    return _own(environment, ("APPDATA", "AppData/Roaming"), ("XDG_CONFIG_HOME", ".config"))


def caches_folder(environment: Mapping[str, str]) -> Path:
    return _own(environment, ("LOCALAPPDATA", "AppData/Local"), ("XDG_CACHE_HOME", ".cache"))


def _own(environment: Mapping[str, str], windows: tuple[str, str], others: tuple[str, str]) -> Path:
    """By a variable, else where it usually is in the person's home."""
    variable, usual = windows if os.name == "nt" else others
    return Path(environment.get(variable) or Path.home() / usual) / NAME
