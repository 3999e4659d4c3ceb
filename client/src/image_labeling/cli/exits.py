"""With which code the command line ends. Scripts may rely on these."""

from enum import IntEnum

from image_labeling.errors import LabelingError


class Code(IntEnum):
    GOOD = 0
    FAILED = 1
    WRONG_USE = 2
    NOT_FOUND = 3
    NOT_ALLOWED = 4
    UNREACHABLE = 5
    TIME_OVER = 6
    INTERRUPTED = 130


MEANINGS = {
    Code.GOOD: "done",
    Code.FAILED: "the service refused it, or it failed",
    Code.WRONG_USE: "wrong use, or it would have to ask and there is no terminal",
    Code.NOT_FOUND: "there is no such thing",
    Code.NOT_ALLOWED: "not logged in, or not allowed",
    Code.UNREACHABLE: "the service does not answer, or is too busy",
    Code.TIME_OVER: "the time given was over",
    Code.INTERRUPTED: "interrupted by Ctrl-C",
}

# By the type of a LabelingError; what is not named here has failed.
BY_TYPE = {
    "not-found": Code.NOT_FOUND,
    "unauthenticated": Code.NOT_ALLOWED,
    "forbidden": Code.NOT_ALLOWED,
    "no-longer-member": Code.NOT_ALLOWED,
    "unreachable": Code.UNREACHABLE,
    "busy": Code.UNREACHABLE,
    "too-many": Code.UNREACHABLE,
    "timeout": Code.TIME_OVER,
}


class WrongUse(Exception):
    """What was typed does not go together. The text says what does."""


def code_of(error: LabelingError) -> Code:
    return BY_TYPE.get(error.type, Code.FAILED)
