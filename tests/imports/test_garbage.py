"""Whatever is sent as a file of labels, it is read or refused in words for people, and never in Python's."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.imports.content import Content
from functions.imports.formats import FORMATS
from functions.imports.formats.base import ID_NAMES, LABEL_NAMES, PATH_NAMES
from functions.imports.lines import SENSELESS, Line, Loose
from functions.longwork import Failed
from tests.imports.zips import zipped

PYTHONS = re.compile(
    r"Error|None|True|False|Expecting|codec|delimiter|attribute|iterable|dict|object at|\bstr\b|\bint\b"
)
KEYS = ["images", "annotations", "categories", "id", "name", "file_name", "image_id", "category_id", "score", "data"]
KEYS += ["assets", "asset", "regions", "tags", "boundingBox", "objects", "bbox"]
KEYS += ["result", "value", "choices", "predictions", "image_url", "label", "label_confidence", "image", "choice", "x"]
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "1", "a.jpg", "Cat", " "])
documents = st.recursive(
    scalars, lambda some: st.lists(some, max_size=4) | st.dictionaries(st.sampled_from(KEYS), some, max_size=5)
)
GARBAGE = [
    b"",
    b"\0",
    b"\xff",
    b"\xff\xfe\x00\xd8",
    b"\xef\xbb\xbf",
    b"\x81\x8d",
    b"[" * 100_000,
    b"1" * 5000,
    b"[" + b"1" * 5000 + b"]",
    b"{",
    b'{"a":',
    b"nul",
    b'"\\ud800"',
    b'image,label\n"',
    b'image,label\n"a"b,c',
    b"image,label\n" + b"x" * 2**21,
    b'"',
    b"sep=\r\n",
    b"PK\x03\x04",
    b"PK\x05\x06" + b"\0" * 18,
    b"<annotations><a",
    b"\r\r\r",
    b",,,,",
]


def read(form: str, raw: bytes) -> list[str]:
    """What is told of it. What is read of it has an image and a label, and a confidence."""
    try:
        found = list(FORMATS[form].read(Content.of(raw)))
    except Failed as failed:
        return [failed.reason]
    lines = [line for line in found if isinstance(line, Line)]
    assert all(line.label != "" and line.places and all(line.places) for line in lines)
    assert all(0 <= line.confidence <= 1 or line.confidence == SENSELESS for line in lines)
    return [one.reason for one in found if isinstance(one, Loose)]


def in_words(reasons: list[str]) -> bool:
    return all(reason.endswith(".") and not PYTHONS.search(reason) for reason in reasons)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("raw", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_in_words(form: str, raw: bytes) -> None:
    assert in_words(read(form, raw))


@pytest.mark.parametrize("form", FORMATS)
@given(raw=st.binary())
def test_bytes_of_any_kind_are_read_or_refused_in_words(form: str, raw: bytes) -> None:
    assert in_words(read(form, raw))


XML = st.sampled_from(
    [
        "<annotations>",
        "</annotations>",
        '<image name="a">',
        "</image>",
        '<tag label="Cat">',
        "<tag/>",
        "</tag>",
        "&a;",
        "<",
        "\0",
    ]
)


@given(st.lists(XML | st.text(max_size=3), max_size=8))
def test_xml_of_any_kind_is_read_or_refused_in_words(parts: list[str]) -> None:
    assert in_words(read("cvat", "".join(["<annotations>", *parts]).encode("utf-8", "replace")))


@pytest.mark.parametrize("form", FORMATS)
@given(
    names=st.lists(st.sampled_from(["MLTable", "x/metadata.csv", "a.jsonl", "Cat/a.jpg", "b.jpg"]), unique=True),
    raw=st.binary(),
)
def test_zips_of_any_kind_are_read_or_refused_in_words(form: str, names: list[str], raw: bytes) -> None:
    assert in_words(read(form, zipped(dict.fromkeys(names, raw))))


@pytest.mark.parametrize("form", ["coco", "azureml", "labelstudio", "vott"])
@given(document=documents)
def test_json_of_any_kind_is_read_or_refused_in_words(form: str, document: Any) -> None:
    assert in_words(read(form, json.dumps(document).encode()))


@given(
    images=st.lists(st.dictionaries(st.sampled_from(["id", "file_name"]), scalars) | scalars, max_size=3),
    categories=st.lists(st.dictionaries(st.sampled_from(["id", "name"]), scalars) | scalars, max_size=3),
    annotations=st.lists(st.dictionaries(st.sampled_from(["image_id", "category_id", "score"]), scalars), max_size=3),
)
def test_coco_that_does_not_fit_together_is_told_in_words(images: Any, categories: Any, annotations: Any) -> None:
    document = {"images": images, "categories": categories, "annotations": annotations}
    assert in_words(read("coco", json.dumps(document).encode()))


@given(
    st.lists(st.sampled_from([*PATH_NAMES, *LABEL_NAMES, *ID_NAMES, "score", "x", '"']), max_size=4),
    st.text(st.sampled_from('ab1,;\t|"\r\n \ufeff[]')),
    st.sampled_from(",;\t|"),
)
def test_tables_of_any_kind_are_read_or_refused_in_words(header: list[str], rows: str, separator: str) -> None:
    assert in_words(read("csv", f"{separator.join(header)}\n{rows}".encode()))
