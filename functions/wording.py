"""What is wrong with an input, in words for people; pydantic's are for who writes Python."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from functions.problems import FieldError

WHOLE_NUMBER, NUMBER, TRUTH, TEXT = (
    "must be a whole number",
    "must be a number",
    "must be true or false",
    "must be a text",
)
TIME = "must be a time, like 2026-01-31T12:00:00Z"
# By pydantic's types of errors, https://docs.pydantic.dev/latest/errors/validation_errors/
WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": TEXT,
    "string_unicode": TEXT,
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have {max_length} characters at most",
    "string_pattern_mismatch": "must have the form {pattern}",
    "too_short": "must have a length of at least {min_length}",
    "too_long": "must have a length of {max_length} at most",
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_parsing_size": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "set_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "union_tag_not_found": "must have {discriminator}",
    "union_tag_invalid": "must have as {discriminator} one of {expected_tags}",
    "datetime_type": TIME,
    "datetime_parsing": TIME,
    "datetime_from_date_parsing": TIME,
    "datetime_object_invalid": TIME,
    "timezone_aware": "must be a time with its offset, like 2026-01-31T12:00:00Z",
    "json_invalid": "has numbers, texts or lists that cannot be read",
    # Rules of this service are in words already.
    "value_error": "{error}",
}
OTHERWISE = "is not valid"
# What callers sent is told back to them, and not whole.
LONGEST_TOLD = 300


def field_errors(error: ValidationError) -> Iterator[FieldError]:
    for one in error.errors(include_url=False, include_input=False):
        field, words = ".".join(map(str, one["loc"])), _words(one["type"], one.get("ctx", {}))
        yield FieldError(shortened(field), shortened(words))


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TOLD else f"{text[: LONGEST_TOLD - 1]}…"


def _words(kind: str, about: dict[str, Any]) -> str:
    if about.get("min_length") == 1:
        return "must not be empty"
    return WORDS.get(kind, OTHERWISE).format(**about)
