"""Short words for calls of the API."""

import secrets
from typing import Any

import httpx

from tests.datastores.customer import Customer


def new_name(kind: str = "store") -> str:
    return f"{kind}-{secrets.token_hex(4)}"


def sas_datastore(customer: Customer, container: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": new_name(),
        "containerUrl": customer.container_url(container),
        "auth": {"kind": "sas", "token": customer.sas(container)},
        **changes,
    }


def make(api: httpx.Client, datastore: dict[str, Any]) -> str:
    answer = api.post("/api/datastores", json=datastore)
    assert answer.status_code == 201, answer.text
    return str(datastore["name"])


def make_dataset(api: httpx.Client, **changes: Any) -> dict[str, Any]:
    asked = {"name": new_name("set"), "datastore": "workspace", "prefix": "", **changes}
    answer = api.post("/api/datasets", json=asked)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def items(api: httpx.Client, path: str, limit: int = 200) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    query: dict[str, str | int] = {"limit": limit}
    while True:
        answer = api.get(path, params=query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) <= limit
        found += page["items"]
        if page["nextCursor"] is None:
            return found
        query["cursor"] = page["nextCursor"]
