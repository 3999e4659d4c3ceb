"""Whatever reads what comes from outside takes twice the time for twice the input, and not four times.

Time of the processor alone, and the best of several tries: what is asked is how it grows, not how fast it is.
"""

import asyncio
import base64
import gzip
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import azure.functions as func
import pytest

from functions.background import read_message
from functions.backups.checking import read_manifest
from functions.backups.files import Damaged, unpacked_rows
from functions.backups.store import BackupMessage
from functions.http.paging import read_cursor
from functions.http.reading import read_body, read_query
from functions.http.wire import Input, Query
from functions.identity import caller_of
from functions.imports.content import Content
from functions.imports.formats import FORMATS
from functions.imports.lines import Unreadable
from functions.imports.matching import Matching
from functions.imports.spelling import told
from functions.problems import Problem
from functions.settings import Settings
from tests.imports.zips import zipped

MOST = 2.5
TRIES = 24

SETTINGS = Settings.from_environment(
    {"DATA_STORAGE": "x", "SECRETS_FILE": "x", "ADMINISTRATORS": "x", "WEBSITE_AUTH_ENABLED": "true"}
)
# In another order than that in which they are composed.
ACCENTS = "\u0301\u0316"
JSON = {"content-type": "application/json"}


class Asked(Input):
    labels: list[str] | None = None


class Wanted(Query):
    state: str | None = None


def body(content: str) -> None:
    request = func.HttpRequest("POST", "/api/x", headers=JSON, body=content.encode())
    asyncio.run(read_body(Asked, request, 2**20))


def query(content: dict[str, str]) -> None:
    read_query(Wanted, func.HttpRequest("GET", "/api/x", params=content, body=b""))


def principal(content: str) -> None:
    caller_of({"x-ms-client-principal": base64.b64encode(content.encode()).decode()}, SETTINGS)


def message(content: str) -> None:
    read_message(BackupMessage, func.QueueMessage(body=content.encode()))


def manifest(content: str) -> None:
    read_manifest(content.encode(), "abcdefghijkm/0123456789abcdef012")


def part(content: bytes) -> None:
    for _ in unpacked_rows(content, "images"):
        pass


def imported(kind: str) -> Callable[[str | bytes], None]:
    def read(content: str | bytes) -> None:
        matching = Matching("https://account/container", "", {"Cat": 1}, one_label=True, takes_suggested=True)
        matching.take_in(FORMATS[kind].read(Content.of(content)))
        for look in matching.looks():
            look("a.jpg")

    return read


def twice_named(count: int) -> str:
    keys = ",".join(f'"{key:x}":0' for key in range(count))
    return f'{{{keys},"{count - 1:x}":0}}'


def claims(count: int) -> str:
    return json.dumps({"auth_typ": "aad", "claims": [{"typ": f"{one}", "val": "x"} for one in range(count)]})


def noise(count: int) -> bytes:
    """A part that does not grow when it is unpacked."""
    digits = random.Random(1)
    return gzip.compress(b"".join(b'{"a":"%x"}\n' % digits.getrandbits(4000) for _ in range(count)), 1)


def coco(count: int) -> str:
    images = [{"id": one, "file_name": f"{one}.jpg"} for one in range(count)]
    annotations = [{"image_id": one, "category_id": 1} for one in range(count)]
    return json.dumps({"images": images, "annotations": annotations, "categories": [{"id": 1, "name": "Cat"}]})


def tasks(count: int) -> str:
    """One task that may mean many images, and has as many labels."""
    choices = [{"value": {"choices": [f"{one}" for one in range(count)]}}]
    data = {f"place {one}": f"{one}.jpg" for one in range(count)}
    return json.dumps([{"data": data, "annotations": [{"result": choices}]}])


def assets(count: int) -> str:
    regions = [{"tags": ["Cat"]}]
    return json.dumps({"assets": {one: {"asset": {"name": f"{one}.jpg"}, "regions": regions} for one in range(count)}})


def folders(count: int) -> bytes:
    return zipped({f"Cat/{one}.jpg": "" for one in range(count)})


def lines(count: int) -> str:
    return "".join(f'{{"image_url": "{one}.jpg", "label": "Cat"}}\n' for one in range(count))


def tags(count: int) -> str:
    return "<annotations>" + '<image name="a.jpg"><tag label="Cat"/></image>' * count + "</annotations>"


def table_of_patterns(count: int) -> bytes:
    """An MLTable whose patterns fit in many ways what they do not fit."""
    folders = f"{'x/' * 20}{'a' * count}.csv"
    return zipped({"MLTable": f"paths: [pattern: './{'**/' * 20}{'*a' * 20}b.csv']", folders: "image,label\n"})


# What is read, by which length, and how. The lengths are such that what grows by the square is mostly that.
PARSERS: dict[str, tuple[Callable[[Any], Any], Callable[[int], Any], int]] = {
    "a body with a key twice": (body, twice_named, 4_000),
    "a body with many errors": (body, lambda count: json.dumps({"labels": [None] * count}), 4_000),
    "a body with more than is taken": (body, twice_named, 30_000),
    "a body that is nested": (body, lambda count: "[" * count, 200_000),
    "a body of one number": (body, lambda count: "1" * count, 200_000),
    "a body of quotes": (body, lambda count: '"\\"' * count, 100_000),
    "a query of many parameters": (query, lambda count: {f"{one}": "x" for one in range(count)}, 1_000),
    "a sign-in with many claims": (principal, claims, 1_000),
    "a sign-in with a key twice": (principal, twice_named, 4_000),
    "a sign-in that is too long": (principal, claims, 20_000),
    "a cursor": (read_cursor, lambda count: base64.b64encode(b"after " + b"x" * count).decode(), 3_000_000),
    "a message": (message, twice_named, 4_000),
    "a manifest with a key twice": (manifest, twice_named, 20_000),
    "a manifest of many parts": (manifest, lambda count: json.dumps({"parts": [{"kind": "images"}] * count}), 500),
    "a part of a backup": (part, noise, 3_000),
    "COCO": (imported("coco"), coco, 1_000),
    "JSON Lines": (imported("azureml"), lines, 500),
    "Label Studio's tasks": (imported("labelstudio"), tasks, 2_000),
    "CVAT's tags": (imported("cvat"), tags, 1_000),
    "a tag that does not end": (imported("cvat"), lambda count: f"<annotations><tag a='{'x' * count}", 500_000),
    "VoTT's assets": (imported("vott"), assets, 500),
    "an MLTable's patterns": (imported("mltable"), table_of_patterns, 2_000),
    "folders of images": (imported("imagefolder"), folders, 500),
    "a table": (imported("csv"), lambda count: "image,label\n" + "a.jpg,Cat\n" * count, 1_000),
    "a confidence of digits": (imported("csv"), lambda count: f"image,label,score\na.jpg,Cat,{'1' * count}\n", 10_000),
    "a label of accents": (imported("csv"), lambda count: f"image,label\na.jpg,a{ACCENTS * count}\n", 10_000),
    "an image of accents": (imported("csv"), lambda count: f"image,label\na{ACCENTS * count},Cat\n", 10_000),
    "an address of colons": (told, lambda count: f"http://{':' * count}", 10_000),
    "empty rows": (imported("csv"), lambda count: ",,\n" * count + "," * count, 50_000),
}


def seconds(read: Callable[[Any], Any], content: Any) -> float:
    """How long the processor is busy with reading, or refusing, this."""
    begun = time.process_time()
    with suppress(Problem, Damaged, Unreadable, ValueError):
        read(content)
    return time.process_time() - begun


def growths(read: Callable[[Any], Any], make: Callable[[int], Any], length: int) -> Iterator[float]:
    once, double = make(length), make(2 * length)
    for _ in range(TRIES):
        yield min(seconds(read, double) for _ in range(3)) / min(seconds(read, once) for _ in range(3))


@pytest.mark.parametrize("parser", PARSERS)
def test_twice_the_input_takes_no_more_than_two_and_a_half_times_as_long(parser: str) -> None:
    assert any(growth <= MOST for growth in growths(*PARSERS[parser]))
