"""The page in an engine's window, as a person sees and uses it. Each wait has a limit and says what it waited for."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.engines.engine import Engine
from tests.running import until

PATIENCE = 30.0
_SCRIPT = Path(__file__).with_name("page.js").read_text()

# As WebDriver writes them.
_KEYS = {
    "Escape": "\ue00c",
    "Enter": "\ue006",
    "Tab": "\ue004",
    "Space": " ",
    "Backspace": "\ue003",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Shift": "\ue008",
    "Control": "\ue009",
}

Name = str | re.Pattern[str]


@dataclass(frozen=True)
class Seen:
    """Something on the page. x, y: its middle, in the window."""

    role: str
    name: str
    box: tuple[float, float, float, float]
    x: float
    y: float
    isReachable: bool  # noqa: N815 - as the script tells it
    isEnabled: bool  # noqa: N815
    isSelected: bool  # noqa: N815
    isActive: bool  # noqa: N815
    value: str
    place: str


class Page:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def open(self, url: str) -> None:
        self.engine.open(url)
        self.until(lambda: bool(self._call("hasFocus")), "the window has the focus")

    def all(self, role: str, name: Name = "") -> list[Seen]:
        """All that has this role and this name; a text is the whole name, nothing is any."""
        found = self._call("all", role, _pattern(name))
        return [Seen(**{**one, "box": tuple(one["box"])}) for one in found]

    def one(self, role: str, name: Name = "") -> Seen:
        """The only one of these, once it can be reached with the mouse and stands still."""
        looks: list[list[Seen]] = []

        def is_there() -> bool:
            self._call("show", role, _pattern(name))
            looks.append(self.all(role, name))
            found = looks[-1]
            is_ready = len(found) == 1 and found[0].isReachable and found[0].isEnabled
            return is_ready and looks[-3:] == [found] * 3 and bool(self._call("isStill"))

        self.until(is_there, f"there is one {role} {_said(name)} that can be clicked", lambda: str(looks[-1]))
        return looks[-1][0]

    def sees(self, role: str, name: Name = "", count: int = 1) -> None:
        self.until(lambda: len(self.all(role, name)) == count, f"there are {count} {role} {_said(name)}")

    def sees_no(self, role: str, name: Name = "") -> None:
        self.sees(role, name, 0)

    def says(self, words: str) -> None:
        self.until(lambda: words in str(self._call("text")), f"the page says “{words}”")

    def focused(self) -> str:
        """Role and name of what has the focus, or "body"."""
        return str(self._call("focused"))

    def is_focused(self, what: str) -> None:
        self.until(lambda: self.focused() == what, f"the focus is on “{what}”", self.focused)

    def is_in_dialog(self, name: Name) -> None:
        """This one is open, and has the focus."""
        self.sees("dialog", name)
        self.until(lambda: bool(self._call("isInDialog")), f"the dialog {_said(name)} has the focus", self.focused)

    def tab_to(self, what: str, most: int = 20) -> None:
        for _ in range(most):
            if self.focused() == what:
                return
            self.press("Tab")
        raise AssertionError(f"{most} times Tab do not lead to “{what}”, but to “{self.focused()}”")

    def click(self, role: str, name: Name = "", *held: str) -> None:
        """With the left button of the mouse, and with these keys held down."""
        aimed: list[Seen] = []

        def is_at_it() -> bool:
            at = self.one(role, name)
            self._point(_move(at.x, at.y))
            # It may have moved away from the pointer, where the window was not drawn for a while.
            aimed[:] = self.all(role, name)
            return aimed == [at]

        self.until(is_at_it, f"the pointer is on the {role} {_said(name)}")
        with self.holding(*held):
            self._point(_move(aimed[0].x, aimed[0].y), _DOWN, _UP)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self._point(_move(*start), _DOWN, _move(*middle), _move(*end), _UP)

    def press(self, *chords: str) -> None:
        """Keys one after the other; those joined by + are held together."""
        for chord in chords:
            keys = [chord] if chord == "+" else [_KEYS.get(key, key) for key in chord.split("+")]
            keys = [_KEYS.get(key, key) for key in keys]
            down = [{"type": "keyDown", "value": key} for key in keys]
            up = [{"type": "keyUp", "value": key} for key in reversed(keys)]
            self._type(*down, *up)

    def type(self, text: str) -> None:
        """At once, as somebody types who does not wait."""
        self._type(*({"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")))

    @contextmanager
    def holding(self, *keys: str) -> Iterator[None]:
        self._type(*({"type": "keyDown", "value": _KEYS[key]} for key in keys))
        yield
        self._type(*({"type": "keyUp", "value": _KEYS[key]} for key in keys))

    def press_elsewhere(self, key: str, code: str, **more: Any) -> None:
        """A key as a keyboard with another layout tells it: what it writes, and its place."""
        self._call("dispatch", key, code, more)

    def choose(self, name: Name, text: str) -> None:
        """The choice with this text. Lists that drop down are the system's own, where no driver reaches."""
        self.one("combobox", name)
        self._call("choose", _pattern(name), text)

    def keep(self, key: str, value: str) -> None:
        """Something that the site keeps in the browser."""
        self._call("keep", key, value)

    def run(self, function: str) -> Any:
        """What a function in JavaScript gives."""
        return json.loads(self.engine.evaluate(f"JSON.stringify(({function})() ?? null)"))

    def until(self, condition: Callable[[], bool], what: str, instead: Callable[[], str] | None = None) -> None:
        try:
            until(condition, what, PATIENCE)
        except AssertionError as error:
            seen = f", but {instead()}" if instead else ""
            raise AssertionError(f"Waited until {what}{seen}; the page says: {self._call('text')}") from error

    def _call(self, function: str, *arguments: Any) -> Any:
        given = ", ".join(json.dumps(one) for one in arguments)
        return json.loads(self.engine.evaluate(f"JSON.stringify({_SCRIPT}.{function}({given}) ?? null)"))

    def _type(self, *actions: Mapping[str, Any]) -> None:
        if actions:
            self.engine.perform([{"type": "key", "id": "keys", "actions": list(actions)}])

    def _point(self, *actions: Mapping[str, Any]) -> None:
        pointer = {"pointerType": "mouse"}
        self.engine.perform([{"type": "pointer", "id": "mouse", "parameters": pointer, "actions": list(actions)}])


_DOWN = {"type": "pointerDown", "button": 0}
_UP = {"type": "pointerUp", "button": 0}


def _move(x: float, y: float) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}


def _pattern(name: Name) -> str:
    if isinstance(name, re.Pattern):
        return name.pattern
    return f"^{re.escape(name)}$" if name else ""


def _said(name: Name) -> str:
    return f"“{name if isinstance(name, str) else name.pattern}”"
