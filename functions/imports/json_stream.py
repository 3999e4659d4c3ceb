"""A JSON text read piece by piece: whoever reads it goes through its lists and objects, and holds one entry at a time.

The parser is the standard library's, which is written in C: it is given a window of the text that moves on, and more
of the text where an entry does not end in it.
"""

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, NoReturn, TextIO

from functions.imports.lines import Unreadable
from functions.imports.spelling import BLANKS

WINDOW = 1024 * 1024
# Of one entry; no image has so much said of it.
LONGEST_ENTRY = 16 * WINDOW
MOST_VALUES = 1_000_000
BLANK = re.compile(f"[{BLANKS}]*")


class JsonStream:
    """Where in a text somebody reads. What comes is told by `peek`; `value` takes it whole, `items` and `entries` go
    into it. All raise Unreadable for what is no JSON, or more than is taken. window: how many characters of the text
    are held at least.
    """

    def __init__(self, text: TextIO, window: int = WINDOW) -> None:
        self._text = text
        self._least = window
        self._window = ""
        self._position = 0
        self._lines = 0
        self._is_at_end = False
        self._decode = JSONDecoder().raw_decode

    def peek(self) -> str:
        """The first character of what comes; "" at the end."""
        if self._position < len(self._window) and (mark := self._window[self._position]) not in BLANKS:
            return mark
        while True:
            found = BLANK.match(self._window, self._position)
            self._position = found.end() if found else self._position
            if self._position < len(self._window):
                return self._window[self._position]
            if not self._read_on():
                return ""

    def value(self) -> Any:
        """What comes, whole."""
        if not self.peek():
            self._refuse()
        while True:
            try:
                found, end = self._decode(self._window, self._position)
            except JSONDecodeError as error:
                if not self._read_on():
                    self._refuse(error.pos)
            except RecursionError:
                raise Unreadable("This JSON cannot be read. It is nested too deep.") from None
            except ValueError:
                raise Unreadable("This JSON cannot be read. It has a number of thousands of digits.") from None
            else:
                # A number may go on behind the window: 1 as 1e+2.
                if end + len("e+") < len(self._window) or not self._read_on():
                    self._position = end
                    return found

    def items(self) -> Iterator[Any]:
        """The entries of the list that comes, each whole."""
        if not self._goes_into("[", "]"):
            return
        decode = self._decode
        while True:
            # Nearly every entry is whole in the window, and followed by another one: so a million of them are read.
            window, size, position = self._window, len(self._window), self._position
            while position < size:
                try:
                    found, end = decode(window, position)
                except (ValueError, RecursionError):
                    break
                if end + 1 >= size or window[end] != ",":
                    break
                position = end + 1 if window[end + 1] != " " else end + 2
                self._position = position
                yield found
            self._position = position
            yield self.value()
            if not self._goes_on("]"):
                return
            self.peek()

    def entries(self) -> Iterator[str]:
        """The keys of the object that comes; before the next one is asked for, what the last one has must be read."""
        if not self._goes_into("{", "}"):
            return
        while True:
            key = self.value()
            if not isinstance(key, str) or self.peek() != ":":
                self._refuse()
            self._position += 1
            yield key
            if not self._goes_on("}"):
                return

    def end(self) -> None:
        """Nothing may come any more."""
        if self.peek():
            self._refuse()

    def _goes_into(self, opening: str, closing: str) -> bool:
        """False: there is nothing in it."""
        if self.peek() != opening:
            self._refuse()
        self._position += 1
        if self.peek() != closing:
            return True
        self._position += 1
        return False

    def _goes_on(self, closing: str) -> bool:
        mark = self.peek()
        if mark not in (",", closing):
            self._refuse()
        self._position += 1
        return mark == ","

    def _read_on(self) -> bool:
        """Reads more, as much again as is held. False: there is none."""
        if self._is_at_end:
            return False
        held = len(self._window) - self._position
        if held > LONGEST_ENTRY:
            raise Unreadable(f"This JSON cannot be read. An entry of it is longer than {LONGEST_ENTRY:,} characters.")
        more = self._text.read(max(self._least, held))
        if not more:
            self._is_at_end = True
            return False
        self._lines += self._window.count("\n", 0, self._position)
        self._window, self._position = self._window[self._position :] + more, 0
        if held > self._least and self._window.count(",") > MOST_VALUES:
            raise Unreadable(f"This JSON cannot be read. An entry of it has more than {MOST_VALUES:,} values.")
        return True

    def _refuse(self, position: int | None = None) -> NoReturn:
        at = self._position if position is None else position
        line = self._lines + self._window.count("\n", 0, at) + 1
        column = at - self._window.rfind("\n", 0, at)
        raise Unreadable(f"This is not JSON: see line {line:,}, column {column:,}.")
