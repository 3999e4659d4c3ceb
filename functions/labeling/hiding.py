"""Hidden suggestions: some images of a page come without theirs, as if there were none, and what people say of these
tells how right suggestions are.

Which ones is told by the lease's id alone, which holds the rate by which it was made: whoever reads it, whenever, comes
to what the page showed.
"""

from collections.abc import Collection
from hashlib import shake_256
from math import exp, log, sqrt
from zlib import crc32

from functions.intervals import Z
from functions.labeling.head import PACK_SIZE

# One image in so many is hidden: at first, and in the end.
FIRST_ONE_IN, LAST_ONE_IN = 10, 50
# So far may either end of the 95% interval lie from its middle.
MARGIN = 0.03
# The former version hid all of one page in ten; its leases are submitted by the rule by which they were made.
FORMER_BLIND_ONE_IN = 10
BYTES_A_SLOT = 4
CODE_DIGITS = 4


def needed(right: float) -> float:
    """How many images measure a share of right suggestions within the margin.

    Half of Wilson's interval is z / (1 + z²/n) · sqrt(p(1 - p)/n + z²/4n²) (functions/intervals.py). Where that is the
    margin d, u = z²/n solves (1/4 - d²)u² + (p(1 - p) - 2d²)u - d² = 0.
    """
    square, linear, least = 0.25 - MARGIN**2, right * (1 - right) - 2 * MARGIN**2, MARGIN**2
    return Z**2 * 2 * square / (sqrt(linear**2 + 4 * square * least) - linear)


def one_in(hidden: int, right: int) -> int:
    """One image in how many is to be hidden: the least that keeps the share known. hidden: images counted already;
    right: of so many the suggestion was.

    One in ten, until as many are counted as the interval needs. The model goes on learning, so these must not vouch for
    it for good: the same number is to be hidden anew whenever the images that came with a suggestion have become e
    times as many. After M of them that takes a share of needed/M of what follows, since the sum of it from M to e · M
    is `needed`. From M = 10 · needed on, where one in ten has counted enough, the count is thus
    needed · (1 + ln(M / (10 · needed))). Solved for M, that tells the share by the count alone.
    """
    if not hidden:
        return FIRST_ONE_IN
    beyond = hidden / needed(right / hidden) - 1
    return int(FIRST_ONE_IN * exp(min(max(beyond, 0), log(LAST_ONE_IN / FIRST_ONE_IN))) + 1e-9)


def new_lease_id(pack: str, start: str, one_in: int) -> str:
    """The id of a lease of which one image in so many is hidden, 0: none is. pack: its key; start: twelve random
    hexadecimal digits.
    """
    told = f"{pack}-{start}{one_in:02x}"
    return told + _check(told)


def hidden_slots(lease_id: str, suggested: Collection[int]) -> frozenset[int]:
    """Of a pack's slots for which something is suggested those for which this lease hides it."""
    if lease_id[-2:] != _check(lease_id[:-2]):
        return frozenset(suggested) if crc32(lease_id.encode()) % FORMER_BLIND_ONE_IN == 0 else frozenset()
    rate = int(lease_id[-CODE_DIGITS:-2], 16)
    if not rate:
        return frozenset()
    lots = shake_256(lease_id.encode()).digest(BYTES_A_SLOT * PACK_SIZE)
    return frozenset(slot for slot in suggested if _lot(lots, slot) % rate == 0)


def _lot(lots: bytes, slot: int) -> int:
    return int.from_bytes(lots[BYTES_A_SLOT * slot : BYTES_A_SLOT * (slot + 1)])


def _check(told: str) -> str:
    """Two digits by which an id that holds a rate is known from one of the former version, all of whose are random."""
    return f"{crc32(told.encode()) & 0xFF:02x}"
