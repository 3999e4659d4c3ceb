"""What a name may be: something that people see, and can tell from every other name by looking.

Characters that show nothing are refused, unless what stands around them makes them a part of what shows: joiners and
variation selectors in emoji, joiners in words of scripts that are written with them, and the tags of three flags.
"""

import re
import unicodedata
from urllib.parse import unquote

from pydantic import ValidationInfo

from functions.problems import Invalid

# Names that are there already, and may be older than the rule.
KNOWN_NAMES = {"names": "known"}

# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, Unicode 16, and what is blank without being in it: line and
# paragraph separators, blank Braille, annotations, the null notehead, halves of characters, and what is no character.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    f"{''.join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))}]"
)
# England, Scotland and Wales are a black flag with tags.
FLAG = "\U0001f3f4"
LANDS = ["".join(chr(0xE0000 + ord(letter)) for letter in land) for land in ("gbeng", "gbsct", "gbwls")]
FLAGS = re.compile(f"{FLAG}(?:{'|'.join(LANDS)})\U000e007f")
NON_JOINER, JOINER, EMOJI_STYLES = "\u200c", "\u200d", "\ufe0e\ufe0f"
SYMBOLS = ("So", "Sm", "Sk")
# Emoji that are no symbols by their category, and what a keycap is made of.
OTHER_EMOJI, KEYCAP = "\u203c\u2049\u2139\u3030\u303d", "0123456789#*"
VIRAMA = 9


def clean(text: str) -> str:
    """Trimmed, and in one form, so that what looks the same is the same; without control characters."""
    return without_controls(unicodedata.normalize("NFC", text))


def without_controls(text: str) -> str:
    """Trimmed, and not empty."""
    text = text.strip()
    if not text:
        raise ValueError("must not be empty")
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        raise ValueError("must not have control characters")
    return text


def new_name(text: str, info: ValidationInfo) -> str:
    """The name, unless it holds what cannot be seen. To be used as a validator."""
    if info.context != KNOWN_NAMES:
        refuse_unseen(text)
    return text


def require_new_name(field: str, text: str) -> None:
    """Raises Invalid where the name in this field holds what cannot be seen."""
    try:
        refuse_unseen(text)
    except ValueError as error:
        raise Invalid.field(field, str(error)) from None


def refuse_unseen(text: str) -> None:
    """Raises ValueError for a name that holds what cannot be seen."""
    told = FLAGS.sub(FLAG, text)
    for found in UNSEEN.finditer(told):
        letter, before, after = found[0], told[: found.start()][-1:], told[found.end() :][:1]
        if not _belongs(letter, before, after):
            name = unicodedata.name(letter, "a character").lower()
            raise ValueError(f"{text!r} has {name} (U+{ord(letter):04X}) in it, which shows nothing; take it out")
    if not any(_shows(letter) for letter in told):
        raise ValueError(f"{text!r} shows nothing by itself")


def is_shortened(name: str) -> bool:
    """Whether an address may lose or divide this where it stands between two slashes: browsers and servers take `..`
    for the way up, and a proxy between them may decode once more.
    """
    plain = unquote(name)
    return not plain.strip(" .") or "/" in plain or "\\" in plain


def _belongs(letter: str, before: str, after: str) -> bool:
    if not before:
        return False
    if letter in (JOINER, NON_JOINER):
        is_emoji = _is_symbol(after) and (_is_symbol(before) or before in EMOJI_STYLES)
        return (is_emoji and letter == JOINER) or _is_joined(before, after)
    if letter in EMOJI_STYLES:
        return _is_symbol(before) or before in OTHER_EMOJI or (before in KEYCAP and after == "\u20e3")
    is_variation = unicodedata.name(letter, "").startswith(("VARIATION", "MONGOLIAN FREE", "MONGOLIAN VOWEL"))
    return is_variation and unicodedata.category(before) in ("Lo", "Sm") and not UNSEEN.match(before)


def _is_symbol(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) in SYMBOLS


def _is_joined(before: str, after: str) -> bool:
    """Beside a virama, or within a word of Arabic or Syriac letters."""
    if VIRAMA in (unicodedata.combining(before), unicodedata.combining(after or " ")):
        return True
    return bool(after) and all(_is_cursive(letter) for letter in (before, after))


def _is_cursive(letter: str) -> bool:
    return unicodedata.bidirectional(letter) == "AL" or unicodedata.name(letter, "").startswith("ARABIC ")


def _shows(letter: str) -> bool:
    # A character that this Python does not know (Cn) may be an emoji that is newer.
    return unicodedata.category(letter)[0] not in "MZ" and not UNSEEN.match(letter)
