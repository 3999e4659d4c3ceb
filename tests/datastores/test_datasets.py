"""Datasets through the API of the running service."""

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.datastores.calls import items, make_dataset, new_name


@pytest.mark.parametrize(
    ("folder", "prefix"),
    [
        *(("", ""), ("cats", "cats/"), ("cats/", "cats/"), ("a b#?%", "a b#?%/"), ("...", ".../")),
        *(("/", "/"), ("//", "//"), ("/cats/big", "/cats/big/"), ("cats//", "cats//"), ("cats//big", "cats//big/")),
    ],
)
def test_a_dataset_keeps_its_folder_in_one_form(api: httpx.Client, folder: str, prefix: str) -> None:
    made = make_dataset(api, prefix=folder, description="two\nlines", datastore="Workspace")
    assert {key: made[key] for key in ("kind", "prefix", "description", "datastore")} == {
        "kind": "source",
        "prefix": prefix,
        "description": "two\nlines",
        "datastore": "workspace",
    }
    assert made in items(api, "/api/datasets")


def test_datasets_are_listed_newest_first_page_by_page(api: httpx.Client) -> None:
    made = [make_dataset(api)["name"] for _ in range(5)]
    assert [item["name"] for item in items(api, "/api/datasets", limit=2)][:5] == made[::-1]


def test_dataset_names_are_unique_without_case_in_any_language(api: httpx.Client) -> None:
    name = new_name("Ünï 猫 'quoted' #?%")
    make_dataset(api, name=f"  {name} ")
    for taken in (name, name.swapcase()):
        answer = api.post("/api/datasets", json={"name": taken, "datastore": "workspace", "prefix": ""})
        assert answer.status_code == 409
    assert api.delete(f"/api/datasets/{quote(name)}").status_code == 204
    make_dataset(api, name=name)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "a/b"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "a\u200bb"}, "name"),
        ({"description": "x" * 2001}, "description"),
        ({"description": "\x00"}, "description"),
        ({"datastore": "nowhere"}, "datastore"),
        ({"datastore": "no such name!"}, "datastore"),
        ({"prefix": "x" * 1025}, "prefix"),
        ({"prefix": "a\x01"}, "prefix"),
        ({"prefix": "."}, "prefix"),
        ({"prefix": "a/../b/"}, "prefix"),
        ({"kind": "source"}, "kind"),
    ],
)
def test_what_is_no_dataset_is_refused(api: httpx.Client, changes: dict[str, Any], field: str) -> None:
    answer = api.post("/api/datasets", json={"name": new_name(), "datastore": "workspace", "prefix": "", **changes})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
