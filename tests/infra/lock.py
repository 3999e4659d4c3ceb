"""The packages that are installed, as requirements.txt pins them, held against the ranges that it is made from."""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Environment = dict[str, str]
# On one machine, and in Azure (runtime in functions.bicep).
PYTHONS = ("3.11", "3.12", "3.13")
HASH = re.compile(r"\s--hash=(\S+)")


def complaints(folder: Path) -> list[str]:
    """What requirements.txt pins too much, too little, otherwise than requirements.in allows, or without a hash."""
    wanted, locked = _requirements(folder / "requirements.in"), _requirements(folder / "requirements.txt")
    found = [f"{one} is no pin with a hash" for one, hashes in locked.items() if not (_version(one) and hashes)]
    for python in PYTHONS:
        found += [f"for Python {python}, {words}" for words in _of_one(python, wanted, locked)]
    return found


def strays(folder: Path) -> list[str]:
    """Where what is installed here differs from what is pinned: another version, a package too many or too few."""
    environment = _here()
    pins = _pins(_requirements(folder / "requirements.txt"), environment)
    needed = set(_needed(_requirements(folder / "requirements.in"), environment))
    return [
        *(f"{name} is needed and not pinned" for name in sorted(needed - set(pins))),
        *(f"{name} is pinned and not needed" for name in sorted(set(pins) - needed)),
        *(
            f"{name} is installed as {distribution(name).version}, and pinned as {pins[name]}"
            for name in sorted(needed & set(pins))
            if distribution(name).version != pins[name]
        ),
    ]


def _requirements(file: Path) -> dict[Requirement, int]:
    """Each requirement of a file, and how many hashes it names."""
    lines = file.read_text("utf-8").replace("\\\n", " ").splitlines()
    given = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return {Requirement(HASH.sub("", line).strip()): len(HASH.findall(line)) for line in given}


def _here() -> Environment:
    return {name: str(value) for name, value in default_environment().items()}


def _version(pin: Requirement) -> str | None:
    exact = [one.version for one in pin.specifier if one.operator == "=="]
    return exact[0] if len(exact) == len(pin.specifier) == 1 else None


def _applies(one: Requirement, environment: Environment, extra: str = "") -> bool:
    return one.marker is None or one.marker.evaluate({**environment, "extra": extra})


def _pins(locked: Mapping[Requirement, int], environment: Environment) -> dict[str, str]:
    return {canonicalize_name(one.name): _version(one) or "" for one in locked if _applies(one, environment)}


def _of_one(python: str, wanted: Mapping[Requirement, int], locked: Mapping[Requirement, int]) -> Iterator[str]:
    environment = {**_here(), "python_version": python, "python_full_version": f"{python}.0"}
    pins = _pins(locked, environment)
    applying = [canonicalize_name(one.name) for one in locked if _applies(one, environment)]
    for name in sorted({name for name in applying if applying.count(name) > 1}):
        yield f"{name} is pinned twice"
    for one in wanted:
        pinned = pins.get(canonicalize_name(one.name))
        if pinned is None:
            yield f"{one.name} is not pinned"
        elif pinned not in one.specifier:
            yield f"{one.name} is pinned as {pinned}, not {one.specifier}"


def _needed(wanted: Mapping[Requirement, int], environment: Environment) -> Iterator[str]:
    """The names of these requirements and of all that they need, by what is installed here."""
    seen: set[tuple[str, str]] = set()
    waiting = [(one, extra) for one in wanted if _applies(one, environment) for extra in ("", *one.extras)]
    while waiting:
        one, extra = waiting.pop()
        name = canonicalize_name(one.name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        yield name
        for inner in map(Requirement, distribution(name).requires or []):
            if _applies(inner, environment, extra):
                waiting += [(inner, more) for more in ("", *inner.extras)]
