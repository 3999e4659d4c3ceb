"""VoTT's JSON: its regions are counted, and those that are all of an image say what it is."""

import json
from typing import Any

import pytest

from functions.imports.lines import Line, Loose, Region, Unreadable
from tests.imports.reading import found_in, read_as
from tests.imports.zips import said_in, zipped

WHOLE = {"left": 0, "top": 0, "width": 8, "height": 6}
PART = {"left": 1, "top": 1, "width": 4, "height": 3}


def region(*tags: Any, box: Any = PART) -> dict[str, Any]:
    return {"id": "r1", "type": "RECTANGLE", "tags": list(tags), "boundingBox": box, "points": [{"x": 1, "y": 1}]}


def asset(name: str, *regions: Any) -> dict[str, Any]:
    told = {
        "format": "jpg",
        "id": name,
        "name": name,
        "path": f"file:/C:/pets/{name}",
        "size": {"width": 8, "height": 6},
    }
    return {"asset": {**told, "state": 2, "type": 1}, "regions": list(regions), "version": "2.2.0"}


def project(*assets: Any) -> str:
    """As VoTT writes it: indented, with the assets by their ids."""
    about = {"name": "Pets", "securityToken": "Pets Token", "videoSettings": {"frameExtractionRate": 15}}
    tags = [{"name": "Cat", "color": "#5db300"}]
    by_id = {f"{one}": told for one, told in enumerate(assets)}
    return json.dumps({**about, "tags": tags, "id": "p1", "version": "2.2.0", "assets": by_id}, indent=4)


def test_each_tag_of_a_region_is_counted() -> None:
    text = project(asset("a.jpg", region("Cat", "Sleeping"), region("Dog")), asset("b.jpg"), asset("c.jpg", region()))
    assert found_in(text) == "vott"
    assert read_as("vott", text) == [Region(1)] * 3
    assert said_in(zipped({"vott-json-export/Pets-export.json": text, "vott-json-export/a.jpg": b"\xff"}))[0] == "vott"


@pytest.mark.parametrize("box", [WHOLE, {"left": 0.2, "top": 0.3, "width": 7.5, "height": 5.9}])
def test_a_region_that_is_all_of_the_image_says_what_it_is(box: dict[str, float]) -> None:
    found = read_as("vott", project(asset("a.jpg", region("Cat", "Sleeping", box=box), region("Dog"))))
    places = ("file:/C:/pets/a.jpg", "a.jpg")
    assert found == [Line(places, "Cat"), Line(places, "Sleeping"), Region(1)]


def test_what_makes_no_sense_is_passed_over_or_told() -> None:
    nameless = {"asset": {"size": {"width": 8, "height": 6}}, "regions": [region("Cat", box=WHOLE)]}
    assert read_as(
        "vott", project(None, {"asset": 1, "regions": 2}, {"regions": [1, {}, region("Cat")]}, nameless)
    ) == [
        Region(3),
        Loose("Asset no. 4 names no image."),
    ]


@pytest.mark.parametrize("text", ["[]", "{}", '{"assets": []}', '{"assets": {"1": {}}', '{"assets": {"1": {}}} x'])
def test_what_is_not_vott_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_as("vott", text)
