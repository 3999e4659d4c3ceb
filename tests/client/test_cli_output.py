"""How values are shown, and what is read of a list before it is shown."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from image_labeling.cli import bars, output
from image_labeling.cli.output import ROWS_AT_ONCE, Column, percent, show_list, shown, some


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        ("", "-"),
        ([], "-"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (1234567, "1,234,567"),
        (["Cat", "Dog"], "Cat, Dog"),
        ("a\tb\x07\x9b2J\u2066c\u2028", "a\ufffdb\ufffd\ufffd2J\ufffdc\ufffd"),
        ("می‌خواهم 👩‍🔬", "می‌خواهم 👩‍🔬"),
    ],
)
def test_values_are_shown_for_people(value: object, text: str) -> None:
    assert shown(value) == text


def test_moments_are_shown_in_the_time_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 30, 12, 0, 59, tzinfo=UTC)
    assert shown(moment) == f"{moment.astimezone():%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "-"), (0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1.0, "100%")],
)
def test_a_share_is_whole_only_when_it_is(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_a_share_is_told_with_its_interval() -> None:
    assert percent(0.951, (0.899, 0.999)) == "95% (90% to 99%)"


def test_of_many_names_the_first_are_told() -> None:
    assert some(list("abcde")) == "5: a, b, c, d, e"
    assert some(list("abcdef")) == "6: a, b, c, d, e, ..."
    assert some(["a"], 1234) == "1,234: a, ..."


def test_a_long_list_in_a_pipe_comes_while_it_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    come: list[str] = []

    def items() -> Iterator[int]:
        for number in range(ROWS_AT_ONCE + 1):
            if number == ROWS_AT_ONCE:
                come.append(capsys.readouterr().out)
            yield number

    show_list(items(), (Column[int]("NUMBER", lambda number: number, is_number=True),), False, none="None.")
    assert come[0].splitlines()[:2] == ["NUMBER", "     0"]
    assert come[0].count("\n") == ROWS_AT_ONCE + 1
    assert capsys.readouterr().out == f"{ROWS_AT_ONCE:6,}\n"


def test_json_is_plain_ascii_where_the_reader_may_not_know_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, text in (("latin-1", '"\\u732b"'), ("utf-8", '"猫"')):
        written = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr("sys.stdout", written)
        output.write_json("猫")
        written.flush()
        assert written.buffer.getvalue().decode(encoding) == f"{text}\n"


def test_outside_a_terminal_long_work_tells_a_line_from_time_to_time(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    with bars.Bar("Uploading a\x1b") as bar:
        told: list[Any] = []
        for done in range(1, 5):
            now[0] += bars.SECONDS_BETWEEN_LINES / 2
            bar.count(done, 4, "images")
            told.append(capsys.readouterr().err)
    assert told == ["", "Uploading a\ufffd: 2 of 4 images\n", "", "Uploading a\ufffd: 4 of 4 images\n"]
    now[0] += bars.SECONDS_BETWEEN_LINES
    bar.part(0.25)
    assert capsys.readouterr().err == "Uploading a\ufffd: 25%\n"
