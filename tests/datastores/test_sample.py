"""A look at the first images of a folder, through the API of the running service."""

import io
from base64 import b64decode
from typing import Any

import httpx
from PIL import Image

from tests.api.builders import assert_problem, picture
from tests.datastores.calls import make, sas_datastore
from tests.datastores.customer import Customer
from tests.datastores.hostile_names import HOSTILE_NAMES

PLAIN = picture()


def sample(api: httpx.Client, name: str, prefix: str = "") -> dict[str, Any]:
    answer = api.get(f"/api/datastores/{name}/sample", params={"prefix": prefix})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def names(found: dict[str, Any]) -> list[str]:
    return [image["name"] for image in found["images"]]


def opened(image: dict[str, Any]) -> Image.Image:
    kind, _, content = image["thumbnail"].partition(",")
    assert kind == "data:image/webp;base64"
    return Image.open(io.BytesIO(b64decode(content)), formats=["WEBP"])


def test_images_are_shown_small_with_their_sizes(api: httpx.Client, their_account: Customer) -> None:
    blobs = {"a.png": picture("lime", (600, 300)), "b.jpg": picture("blue", (40, 30), "JPEG")}
    found = sample(api, make(api, sas_datastore(their_account, their_account.container(blobs))))
    assert [(image["name"], image["width"], image["height"], image["problem"]) for image in found["images"]] == [
        ("a.png", 600, 300, None),
        ("b.jpg", 40, 30, None),
    ]
    with opened(found["images"][0]) as large, opened(found["images"][1]) as small:
        assert (large.size, small.size) == ((256, 128), (40, 30))
        red, green, blue = large.convert("RGB").resize((1, 1)).tobytes()
        assert green > 240 > 20 > max(red, blue)


def test_folders_below_count_and_files_beside_and_those_that_are_no_images_do_not(
    api: httpx.Client, their_account: Customer
) -> None:
    inside = ["set/cats/1.png", "set/dogs/2.PNG", "set/top.png"]
    others = ["other/3.png", "set/labels.json", "set/cats/notes.txt", "settings/4.png", "set.png"]
    name = make(api, sas_datastore(their_account, their_account.container(dict.fromkeys(inside + others, PLAIN))))
    for prefix in ("set", "set/"):
        found = sample(api, name, prefix)
        assert (names(found), found["more"]) == (inside, False)
    assert sample(api, name, "set/dogs")["images"][0]["name"] == "set/dogs/2.PNG"
    assert sample(api, name, "nothing here") == {"images": [], "more": False, "kindsPassedOver": {}}


def test_images_of_kinds_that_are_not_taken_are_counted(api: httpx.Client, their_account: Customer) -> None:
    blobs = dict.fromkeys(("a.jxl", "b/c.jxl", "d.svg", "notes.txt", "._e.svg", "f.png"), PLAIN)
    found = sample(api, make(api, sas_datastore(their_account, their_account.container(blobs))))
    assert (names(found), found["kindsPassedOver"]) == (["f.png"], {"JPEG XL": 2, "SVG": 1})


def test_twelve_images_are_shown_and_that_there_is_more_is_said(api: httpx.Client, their_account: Customer) -> None:
    twelve = {f"all/{number:02}.png": PLAIN for number in range(12)}
    container = their_account.container({**twelve, "all/99.txt": b"x"})
    name = make(api, sas_datastore(their_account, container))
    found = sample(api, name, "all")
    assert (names(found), found["more"]) == (list(twelve), True)
    their_account.drop(container, "all/99.txt")
    found = sample(api, name, "all")
    assert (names(found), found["more"]) == (list(twelve), False)


def test_files_that_cannot_be_read_come_with_what_is_wrong_with_them(
    api: httpx.Client, their_account: Customer
) -> None:
    blobs = {"broken.png": PLAIN[:40], "empty.png": b"", "good.png": PLAIN, "text.jpg": b"no image"}
    found = sample(api, make(api, sas_datastore(their_account, their_account.container(blobs))))
    images = {image.pop("name"): image for image in found["images"]}
    assert images["good.png"]["problem"] is None
    assert images["empty.png"] == {"thumbnail": None, "width": 0, "height": 0, "problem": "The file is empty."}
    assert "none of the images that can be read" in images["text.jpg"]["problem"]
    assert images["broken.png"]["problem"]


def test_hostile_names_are_shown_as_they_are(api: httpx.Client, their_account: Customer) -> None:
    hostile = {f"{name}.png": PLAIN for name in HOSTILE_NAMES[:12]}
    found = sample(api, make(api, sas_datastore(their_account, their_account.container(hostile))))
    assert set(names(found)) == set(hostile)


def test_a_datastore_that_cannot_be_looked_at_says_why_as_when_it_is_browsed(
    api: httpx.Client, their_account: Customer
) -> None:
    container = their_account.container({"a.png": PLAIN})
    stored = sas_datastore(their_account, container)
    name = make(api, {**stored, "auth": {"kind": "sas", "token": their_account.policy_sas(container, "rl")}})
    found = api.get(f"/api/datastores/{name}/sample")
    assert found.json()["images"][0]["problem"] is None
    assert "sig=" not in found.text
    their_account.revoke(container)
    browsed = assert_problem(api.get(f"/api/datastores/{name}/browse"), 409, "conflict")
    sampled = assert_problem(api.get(f"/api/datastores/{name}/sample"), 409, "conflict")
    assert sampled == {**browsed, "requestId": sampled["requestId"]}


def test_a_look_at_what_is_no_datastore_or_no_folder_is_refused(api: httpx.Client) -> None:
    assert_problem(api.get("/api/datastores/nowhere/sample"), 404, "not-found")
    assert_problem(api.get("/api/datastores/workspace/sample", params={"prefix": "a\x00b"}), 422, "invalid", "prefix")
    assert_problem(api.get("/api/datastores/workspace/sample", params={"limit": 99}), 422, "invalid", "limit")
