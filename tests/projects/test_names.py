"""Which names can be seen, and told apart by looking."""

from typing import Any

import pytest
from pydantic import ValidationError

from functions.names import KNOWN_NAMES, refuse_unseen
from functions.problems import Invalid
from functions.projects.labels import Wanted, relabel
from functions.projects.model import Label, Project
from functions.projects.wire import ProjectRequest

SEEN = [
    "Cat",
    "猫",
    "собака",
    "red fox",
    "😀",
    "👩\u200d🔬 in white",
    "👩🏽\u200d🔬",
    "👨\u200d👩\u200d👧\u200d👦",
    "🏳\ufe0f\u200d🌈",
    "❤\ufe0f",
    "☺\ufe0e",
    "🐈\u200d⬛",
    "1\ufe0f\u20e3",
    "‼\ufe0f",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "می\u200cخواهم",
    "کشور\u200cها",
    "क्\u200dष",
    "ക്\u200c",
    "র\u200d্যাব",
    "葛\U000e0100",
    "ᠠ\u180b",
    "e\u0301te\u0301",
    "\U0001fae8",
    "a\u00a0b",
]

UNSEEN = {
    "a\u200bb": "zero width space (U+200B)",
    "\ufeffCat": "zero width no-break space (U+FEFF)",
    "Cat\u200d": "zero width joiner (U+200D)",
    "Ca\u200ct": "zero width non-joiner (U+200C)",
    "\u200cمی": "zero width non-joiner (U+200C)",
    "می\u200c": "zero width non-joiner (U+200C)",
    "😀\u200d": "zero width joiner (U+200D)",
    "😀\u200c😀": "zero width non-joiner (U+200C)",
    "a\u202egnp": "right-to-left override (U+202E)",
    "a\u2066b\u2069": "left-to-right isolate (U+2066)",
    "Cat\u200e": "left-to-right mark (U+200E)",
    "soft\u00adhyphen": "soft hyphen (U+00AD)",
    "a\u2060b": "word joiner (U+2060)",
    "a\u2063b": "invisible separator (U+2063)",
    "\u3164": "hangul filler (U+3164)",
    "\u115f": "hangul choseong filler (U+115F)",
    "\uffa0": "halfwidth hangul filler (U+FFA0)",
    "\u2800": "braille pattern blank (U+2800)",
    "Cat\ufe0f": "variation selector-16 (U+FE0F)",
    "\ufe0f": "variation selector-16 (U+FE0F)",
    "1\ufe0f": "variation selector-16 (U+FE0F)",
    "猫\ufe0f": "variation selector-16 (U+FE0F)",
    "\u3164\ufe00": "hangul filler (U+3164)",
    "Cat\U000e0100": "variation selector-17 (U+E0100)",
    "Cat\U000e0063\U000e0061": "tag latin small letter c (U+E0063)",
    "🏴\U000e0067\U000e0062\U000e007f": "tag latin small letter g (U+E0067)",
    "a\u034fb": "combining grapheme joiner (U+034F)",
    "a\u2028b": "line separator (U+2028)",
    "a\ufff9b": "interlinear annotation anchor (U+FFF9)",
    "a\u2065b": "a character (U+2065)",
    "a\uffffb": "a character (U+FFFF)",
    "\U0010ffff": "a character (U+10FFFF)",
    "\u0301": "shows nothing by itself",
    "\u0301\u0302 \u20e3": "shows nothing by itself",
}


@pytest.mark.parametrize("name", SEEN, ids=ascii)
def test_what_can_be_seen_is_a_name(name: str) -> None:
    refuse_unseen(name)


@pytest.mark.parametrize("name", UNSEEN, ids=ascii)
def test_what_shows_nothing_is_refused_and_named(name: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        refuse_unseen(name)
    assert UNSEEN[name] in str(refusal.value)


def test_a_label_that_is_older_than_the_rule_stays_until_it_is_renamed() -> None:
    labels = (Label(id=1, name="Ca\u200bt"), Label(id=2, name="Dog"))
    project = Project.model_construct(task_type="multiClass", labels=labels, merged=(), retired=(), next_label=3)
    kept = [Wanted(1, "Ca\u200bt"), Wanted(None, "Fox")]
    assert [label.name for label in relabel(project, kept, ()).labels] == ["Ca\u200bt", "Fox"]
    for wanted in ([Wanted(2, "Ca\u200bt")], [Wanted(None, "Ca\u200bt")], [Wanted(1, "Ca\u200bts")]):
        with pytest.raises(Invalid) as refusal:
            relabel(project, [Wanted(None, "Fox"), *wanted], ())
        assert [error.field for error in refusal.value.errors] == ["labels.1.name"]


def test_a_project_that_is_older_than_the_rule_is_restored_and_none_is_made() -> None:
    request: dict[str, Any] = {
        "name": "Pets\u3164",
        "taskType": "multiClass",
        "dataset": {"name": "pets\u3164"},
        "labels": ["Ca\u200bt", "Dog"],
    }
    restored = ProjectRequest.model_validate(request, context=KNOWN_NAMES)
    assert (restored.name, [label.name for label in restored.labels]) == ("Pets\u3164", ["Ca\u200bt", "Dog"])
    with pytest.raises(ValidationError) as refusal:
        ProjectRequest.model_validate(request)
    assert [error["loc"] for error in refusal.value.errors()] == [("name",), ("dataset", "name"), ("labels", 0)]
