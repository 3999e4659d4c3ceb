"""What callers are told of wrong input is in words for people, whatever they send, and never in Python's."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import function_app  # noqa: F401 - it knows all routes, and so their models
from functions.http.wire import Input, Query
from functions.wording import OTHERWISE, field_errors

GARBAGE: list[Any] = [
    None,
    True,
    0,
    -1,
    0.5,
    1e308,
    10**30,
    "",
    "x",
    "\0",
    "\ud800",
    "x" * 100_000,
    [],
    [1],
    [[]],
    {},
    {"a": 1},
]
UNREADABLE = ["NaN", "1" * 5000, "[" * 5000, '"\\ud800"', "{", ""]
PYTHONS = ("input", "Input", "Value", "String", "List", "parse", "discriminator", "instance", "Error", "None", "True")


def models(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in of.__subclasses__():
        yield model
        yield from models(model)


def texts(model: type[BaseModel]) -> Iterator[str]:
    names = [field.alias or name for name, field in model.model_fields.items()]
    yield from UNREADABLE
    for value in GARBAGE:
        yield json.dumps(value)
        for name in names:
            yield json.dumps({name: value})
            yield json.dumps({name: [value]})
            yield json.dumps({name: [{"id": value, "name": value, "kind": value}]})
            yield json.dumps({name: {"kind": value, "train": value}})


def told(model: type[BaseModel], text: str) -> list[str]:
    try:
        model.model_validate_json(text)
    except ValidationError as error:
        return [found.message for found in field_errors(error)]
    return []


@pytest.mark.parametrize("model", sorted({*models(Input), *models(Query)}, key=str))
def test_every_input_is_refused_in_words(model: type[BaseModel]) -> None:
    messages = {message for text in texts(model) for message in told(model, text)}
    assert messages
    assert OTHERWISE not in messages
    assert not [(message, word) for message in messages for word in PYTHONS if word in message]


def test_a_query_is_refused_in_words() -> None:
    class Wanted(Query):
        limit: int
        full: bool
        share: float

    wrong: dict[str, Any] = {"limit": "many", "full": "perhaps", "share": "half", "more": "1"}
    with pytest.raises(ValidationError) as found:
        Wanted.model_validate(wrong)
    assert [tuple(one) for one in field_errors(found.value)] == [
        ("limit", "must be a whole number"),
        ("full", "must be true or false"),
        ("share", "must be a number"),
        ("more", "is not known here"),
    ]
