"""Label files of any size: read piece by piece, and their format found by what they say."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.imports import json_stream
from functions.imports.json_stream import JsonStream
from functions.imports.lines import Unreadable
from tests.imports.reading import found_in
from tests.imports.zips import zipped

IMAGE = {"id": 1, "file_name": "a.jpg"}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda some: st.lists(some, max_size=4) | st.dictionaries(st.text(max_size=3), some, max_size=4),
)


def entries(text: str) -> Any:
    """Read one entry at a time."""
    stream = JsonStream(io.StringIO(text), window=3)
    found: Any
    match stream.peek():
        case "[":
            found = list(stream.items())
        case "{":
            found = {key: stream.value() for key in stream.entries()}
        case _:
            found = stream.value()
    stream.end()
    return found


@given(value=values, indent=st.sampled_from([None, 0, 2]))
def test_a_text_read_entry_by_entry_says_what_it_says_as_a_whole(value: Any, indent: int | None) -> None:
    assert entries(f" {json.dumps(value, indent=indent)}\n") == value


@given(value=values, data=st.data())
def test_a_text_that_breaks_off_is_refused(value: Any, data: st.DataObject) -> None:
    text = json.dumps([value])
    with pytest.raises(Unreadable, match="This is not JSON: see line 1, column"):
        entries(text[: data.draw(st.integers(0, len(text) - 1))])


@pytest.mark.parametrize(
    "text", ["[1,]", "[1 2]", "[1}", '{"a"}', "{1: 2}", '{"a": 1,}', "[] []", "", "nul", "[\n1,\n'a']"]
)
def test_what_is_no_json_is_refused_by_its_line(text: str) -> None:
    with pytest.raises(Unreadable, match=f"see line {text.count(chr(10)) + 1}, column"):
        entries(text)


def test_an_entry_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST_ENTRY", 50)
    with pytest.raises(Unreadable, match="longer than 50 characters"):
        entries(f'[1, "{"x" * 1000}"]')
    monkeypatch.setattr(json_stream, "MOST_VALUES", 10)
    with pytest.raises(Unreadable, match="more than 10 values"):
        entries(json.dumps([list(range(12))]))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (json.dumps({"info": {}, "images": [IMAGE], "annotations": [], "categories": []}), "coco"),
        (json.dumps({"annotations": [], "categories": [], "images": []}, indent=4), "coco"),
        ('{"image_url": "a.jpg", "label": "Cat"}\n{"image_url": "b.jpg", "label": "Dog"}\n', "azureml"),
        ('\ufeff{"image_url": "a.jpg", "label": ["Cat"]}', "azureml"),
        (json.dumps([{"id": 1, "data": {"image": "a.jpg"}, "annotations": []}]), "labelstudio"),
        (json.dumps([{"image": "a.jpg", "choice": "Cat"}], indent=2), "labelstudio"),
        ("image,label\na.jpg,Cat\n", "csv"),
        ("sep=;\r\nimage;label\r\na.jpg;Cat\r\n", "csv"),
        ("image\tlabel\na.jpg\tCat\n".encode("utf-16"), "csv"),
        ('{"file_name": "a.jpg", "label": "Cat"}\n', "huggingface"),
        (json.dumps({"name": "Pets", "assets": {"1": {"asset": {"name": "a.jpg"}, "regions": []}}}, indent=4), "vott"),
        ('<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n</annotations>', "cvat"),
        (zipped({"MLTable": "paths: []", "labels.jsonl": "{}"}), "mltable"),
        (zipped({"x/metadata.jsonl": "{}", "x/a.jpg": ""}), "huggingface"),
        (zipped({"Cat/a.jpg": "", "Dog/b.jpg": ""}), "imagefolder"),
        (zipped({"annotations.xml": "<annotations></annotations>", "images/a.jpg": ""}), "cvat"),
        ("filename,label: Cat,label: Dog\na.jpg,1,0\n", "csv"),
    ],
)
def test_the_format_is_found_by_the_content(text: str | bytes, form: str) -> None:
    assert found_in(text) == form


@pytest.mark.parametrize("text", ["", "Hello.\n", "[]", "name,age\nAnn,7\n", b"\xff\xd8\xff\xe0\0\x10JFIF\x81"])
def test_what_is_of_no_format_is_refused(text: str | bytes) -> None:
    with pytest.raises(Unreadable):
        found_in(text)
