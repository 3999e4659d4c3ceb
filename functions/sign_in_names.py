"""Sign-in names: when two are the same, and which may be given a role.

Capitals of ASCII count as their small letters, as in Entra ID's user principal names; every other character counts only
as itself. So a name that merely looks like another one (by a long s, or a Cyrillic letter) is a name of its own. Such
names are refused where a role is given: whoever writes one means another. So is what nobody signs in by: several
names at once, and in a tenant, whose names are addresses, what is no address.

The standard library alone: the hooks of a deployment use this too.
"""

import re
import string
import unicodedata

_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
MOST_TOLD = 5
NUMBER = re.compile("[1-9][0-9]{0,2}")
SEPARATOR = re.compile(r"[\s,;]")
ADDRESS = re.compile("[^@]+@[^@.]+([.][^@.]+)*")


def folded(name: str) -> str:
    """The same text for all spellings of one name."""
    return name.translate(_SMALL)


def read_administrators(text: str) -> dict[str, int]:
    """The names of ADMINISTRATORS, folded, each with the number behind it (`anna@example.org/2`), or 1. Raises
    ValueError.
    """
    found: dict[str, int] = {}
    for entry in filter(None, map(str.strip, text.split(","))):
        name, slash, number = (part.strip() for part in entry.partition("/"))
        name = folded(name)
        refuse_several(name)
        refuse_lookalike(name)
        if slash and not NUMBER.fullmatch(number):
            raise ValueError(f"the number after {name!r} must be a whole number from 1 to 999, not {number!r}")
        if found.setdefault(name, int(number or 1)) != int(number or 1):
            raise ValueError(f"{name!r} is there twice, with different numbers")
    return found


def refuse_several(name: str) -> None:
    """Raises ValueError for several names in one."""
    if SEPARATOR.search(name):
        raise ValueError(f"{name!r} is not one sign-in name: it has a space, a comma, or a semicolon in it")


def refuse_other_than_address(name: str) -> None:
    """Raises ValueError for a name that nobody in a tenant signs in by."""
    if not ADDRESS.fullmatch(name):
        raise ValueError(f"{name!r} is not a sign-in name: they are addresses, like anna@example.com")


def refuse_lookalike(name: str) -> None:
    """Raises ValueError, with the characters, for a name that may be taken for another one: an address that is not in
    ASCII, characters that stand for others, or letters of another alphabet among Latin ones.
    """
    if "@" in name:
        _refuse(name, [one for one in name if not one.isascii()], "an address is in ASCII")
    _refuse(name, [one for one in name if unicodedata.normalize("NFKC", one) != one], "it stands for another character")
    if unicodedata.normalize("NFC", name) != name:
        _refuse(name, [one for one in name if unicodedata.combining(one)], "it is written as one with its letter")
    if any(map(_is_latin, name)):
        _refuse(name, [one for one in name if one.isalpha() and not _is_latin(one)], "the other letters are Latin")


def _refuse(name: str, wrong: list[str], why: str) -> None:
    if wrong:
        told = dict.fromkeys(f"U+{ord(one):04X} ({unicodedata.name(one, 'a character').lower()})" for one in wrong)
        raise ValueError(f"{name!r} looks like another name: {', '.join([*told][:MOST_TOLD])}; {why}.")


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
