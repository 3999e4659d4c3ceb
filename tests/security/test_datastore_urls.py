"""A datastore's address decides where a token goes: hostile ones are refused by the service before anything is sent,
and a datastore that answers with another address is not followed there.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.builders import People, assert_problem, good, new_name
from tests.datastores.customer import Customer
from tests.datastores.test_addresses import HOSTILE, ONLY_LOOPBACK_IS_TAKEN
from tests.running import Service, get
from tests.security.hostile_server import HostileServer, hostile_server

# What a browser, a C library or a proxy reads in another way than a person does.
READ_IN_TWO_WAYS = [
    "https://1.1/photos",
    "https://127.1/photos",
    "https://0177.0.0.1/photos",
    "https://017700000001/photos",
    "https://0x7f.0x0.0x0.0x1/photos",
    "https://127.0.0.1.:443/photos",
    "https://[0:0:0:0:0:ffff:7f00:1]/photos",
    "https://[::ffff:7f00:1]/photos",
    "https://[::127.0.0.1]/photos",
    "https://[fe80::1%25eth0]/photos",
    "https://[fd00:ec2::254]/photos",
    "https://[team.blob.core.windows.net]/photos",
    "https://168.63.129.16/photos",
    "https://169.254.169.254:80/photos",
    "https://169.254.169.254.nip.io/photos",
    "https://metadata.azure.internal/photos",
    "https://team.blob.core.windows.net:80@169.254.169.254/photos",
    "https://team.blob.core.windows.net;169.254.169.254/photos",
    "https://team.blob.core.windows.net,evil.example/photos",
    "https://team.blob.core.windows.net&evil.example/photos",
    "https://team.blob.core.windows.net\u2044evil.example/photos",
    "https://team.blob.core.windows.net\uff0fevil.example/photos",
    "https://team.blob.core.windows.net\u3002evil.example/photos",
    "https://team.blob.core.window\u017f.net/photos",
    "https://\u24e3eam.blob.core.windows.net/photos",
    "https://team.blob.core.windows.net%00.evil.example/photos",
    "https://team.blob.core.windows.net%2eevil.example/photos",
    "https://%74eam.blob.core.windows.net/photos",
    "https://team.blob.core.windows.net%23.evil.example/photos",
    "https://team%0a.blob.core.windows.net/photos",
    "https://team.blob.core.windows.net\n.evil.example/photos",
    "https://team.blob.core.windows.net/photos\r\nX-Evil: 1",
    "\thttps://team.blob.core.windows.net/photos",
    "ht\ttps://team.blob.core.windows.net/photos",
    "https:/team.blob.core.windows.net/photos",
    "https://///evil.example/photos",
    "\\\\evil.example\\photos",
    "https://evil.example\\.blob.core.windows.net/photos",
    "https://team.blob.core.windows.net/photos;param",
    "https://team.blob.core.windows.net/photos?restype=container",
    "data:text/plain,photos",
    "gopher://team.blob.core.windows.net/photos",
    "unix:///var/run/docker.sock",
    "jar:https://team.blob.core.windows.net/photos!/",
    "view-source:https://team.blob.core.windows.net/photos",
    "ws://team.blob.core.windows.net/photos",
    "https://team.blob.storage.azure.net/photos",
    "https://team.blob.core.windows.net.cdn.example/photos",
    "https://team.z6.web.core.windows.net/photos",
    "https://team.blob.core.azure.com/photos",
]
TOKEN = "sv=2025-05-05&se=2099-07-02T00%3A00%3A00Z&sr=c&sp=rl&sig=c2VjcmV0LXRoYXQtbm9ib2R5K21heSsvc2VlIQ%2B%2FAAA%3D"
KEY = "a2V5LXRoYXQtbm9ib2R5LW1heS1zZWU="
SECRETS: dict[str, dict[str, str]] = {
    "sas": {"kind": "sas", "token": TOKEN},
    "accountKey": {"kind": "accountKey", "key": KEY},
    "anonymous": {"kind": "anonymous"},
}


def make(people: People, url: str, auth: dict[str, str]) -> httpx.Response:
    return people().post("/api/datastores", json={"name": new_name("store"), "containerUrl": url, "auth": auth})


# But for what is loopback, which is taken on one machine.
REFUSED = [url for url in (*HOSTILE, *ONLY_LOOPBACK_IS_TAKEN, *READ_IN_TWO_WAYS) if "devstoreaccount2" not in url]


@pytest.mark.parametrize("url", REFUSED)
def test_the_service_refuses_a_hostile_address(people: People, url: str) -> None:
    problem = assert_problem(make(people, url, SECRETS["sas"]), 422, "invalid", "containerUrl")
    assert "does not answer" not in problem["detail"]
    assert "does not resolve" not in problem["detail"]
    assert "sig=" not in str(problem)


@pytest.fixture
def datastore() -> Iterator[HostileServer]:
    with hostile_server() as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[HostileServer]:
    with hostile_server() as server:
        yield server


@pytest.mark.parametrize("auth", SECRETS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_datastore_that_sends_elsewhere_is_not_followed(
    people: People, datastore: HostileServer, elsewhere: HostileServer, status: int, auth: str
) -> None:
    datastore.status, datastore.headers = status, {"location": f"{elsewhere.url}/team/photos?restype=container"}
    assert_problem(make(people, f"{datastore.url}/team/photos", SECRETS[auth]), 422, "invalid")
    assert datastore.heard
    assert elsewhere.heard == []


def test_a_datastore_that_sends_elsewhere_later_is_not_followed_either(
    people: People, service: Service, datastore: HostileServer, elsewhere: HostileServer
) -> None:
    """What was a good container when it was made: looking into it sends nothing to others."""
    customer = Customer(service.other_storage)
    container = customer.container()
    name = new_name("store")
    empty = get(f"{customer.container_url(container)}?restype=container&comp=list&{customer.sas(container)}")
    customer.close()
    datastore.status, datastore.body = 200, empty.content
    datastore.headers = {"content-type": "application/xml"}
    body = {"name": name, "containerUrl": f"{datastore.url}/team/photos", "auth": SECRETS["sas"]}
    good(people().post("/api/datastores", json=body), 201)
    datastore.status, datastore.body = 307, b""
    datastore.headers = {"location": f"{elsewhere.url}/team/photos?restype=container&comp=list"}
    for look in ("browse", "sample"):
        assert_problem(people().get(f"/api/datastores/{name}/{look}"), 409, "conflict")
    assert_problem(people().patch(f"/api/datastores/{name}", json={"auth": SECRETS["accountKey"]}), 422, "invalid")
    assert elsewhere.heard == []


@pytest.mark.parametrize(
    "path", ["team/photos/../../evil", "team/photos/..%2f..%2fevil", "team/photos%3fcomp=list", "te%61m/photos"]
)
def test_an_address_on_one_machine_keeps_to_its_container(people: People, datastore: HostileServer, path: str) -> None:
    assert_problem(make(people, f"{datastore.url}/{path}", SECRETS["sas"]), 422, "invalid", "containerUrl")
    assert datastore.heard == []


LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (number, (b"&l%d;" % (number - 1)) * 10 if number else b"ha" * 10) for number in range(10)
)
ANSWERS: dict[str, tuple[dict[str, str], bytes]] = {
    "a billion laughs": ({"content-type": "application/xml"}, b"<!DOCTYPE x [" + LAUGHS + b"]><x>&l9;</x>"),
    "a file of this machine": (
        {"content-type": "application/xml"},
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><EnumerationResults><Blobs><Blob><Name>&f;</Name>'
        b"</Blob></Blobs></EnumerationResults>",
    ),
    "a page": ({"content-type": "text/html"}, b"<html><script>alert(1)</script>"),
    "half of XML": ({"content-type": "application/xml"}, b"<EnumerationResults><Blobs>"),
    "XML of another kind": ({"content-type": "application/xml"}, b"<Error><Code>&lt;script&gt;</Code></Error>"),
    "bytes": ({"content-type": "application/xml"}, bytes(range(256)) * 100),
    "nothing": ({}, b""),
}


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("status", [200, 400, 403])
def test_a_datastore_that_answers_anything_harms_nothing_and_is_not_quoted(
    people: People, datastore: HostileServer, kind: str, status: int
) -> None:
    datastore.status, (datastore.headers, datastore.body) = status, ANSWERS[kind]
    answer = make(people, f"{datastore.url}/team/photos", SECRETS["sas"])
    if answer.status_code == 201:
        assert (kind, status) == ("XML of another kind", 200)
        return
    problem: dict[str, Any] = assert_problem(answer, 422, "invalid")
    for secret in ("root:", "script", "haha", "sig=", "c2VjcmV0"):
        assert secret not in str(problem)
