"""Labelers who err, of whom it is known how often."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bench.assist.cifar import KINDS

# How errors fall: on each other kind as often, or mostly on the one that is like it; then some kinds are harder, too.
Errors = Literal["any", "alike"]
ALIKE = [{0, 8}, {1, 9}, {2, 6}, {3, 5}, {4, 7}]
MOSTLY = 0.7
HARDER = 0.05


@dataclass(frozen=True)
class Person:
    """right: how often what they say is."""

    right: float
    errors: Errors

    def says(self, truth: int, dice: random.Random) -> int:
        """The kind that they say an image shows. Cats and dogs are the hard ones, ships and trucks the easy ones."""
        if self.errors == "any":
            return truth if dice.random() < self.right else _other(truth, dice)
        harder = HARDER if truth in (2, 3, 4, 5, 7) else -HARDER
        if dice.random() < self.right - harder:
            return truth
        if dice.random() < MOSTLY:
            (like,) = next(pair for pair in ALIKE if truth in pair) - {truth}
            return like
        return _other(truth, dice)


def crowd_of(rights: Sequence[float], errors: Errors) -> list[Person]:
    return [Person(right, errors) for right in rights]


def _other(truth: int, dice: random.Random) -> int:
    return dice.choice([kind for kind in KINDS if kind != truth])
