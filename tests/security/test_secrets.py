"""No secret gets anywhere but into its own store: after a walk through all that the service does, and through what goes
wrong, everything that it has answered, logged and stored is searched.
"""

import os
import secrets
import signal
import stat
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures, project_request
from tests.datastores.customer import Customer
from tests.running import Service, until
from tests.security.hostile_server import hostile_server
from tests.security.searching import Answers, forms, stored

FORMATS = ("coco", "azureml", "csv", "imagefolder", "huggingface", "webdataset", "features")


class Marked(Service):
    program = "tests.security.marked"


class Heard(People):
    """People whose answers are kept."""

    def __init__(self, service: Service, answers: Answers) -> None:
        super().__init__(service)
        self._answers = answers

    def __call__(self, name: str | None = "administrator") -> httpx.Client:
        return self._answers.listen_to(super().__call__(name))


class Walk:
    """Does everything once, with secrets that are looked for afterwards.

    shown: those that one answer shows, by design: an access token to who has just made it.
    """

    def __init__(self, service: Service, start_secret: str) -> None:
        self.service = service
        self.answers = Answers()
        self.people = Heard(service, self.answers)
        self.customer = Customer(service.other_storage)
        self.secrets = {
            "the secret of the start": start_secret,
            "the service's own account key": service.settings.account_key,
            "the customer's account key": self.customer.key,
        }
        self.shown: dict[str, str] = {}

    def take(self) -> None:
        self._use_datastores()
        project = self._work_in_a_project()
        self._use_access_tokens(project)
        self._meet_wrong_credentials()
        self._meet_a_datastore_that_repeats_all_it_hears()
        self._forge()
        self._lose_storage(project)

    def _token(self, container: str, what: str, permission: str = "rl", expires: timedelta = timedelta(hours=1)) -> str:
        token = self.customer.sas(container, permission, expires)
        self.secrets[what] = token
        self.secrets[f"the signature of {what}"] = dict(parse_qsl(token))["sig"]
        return token

    def _make(self, container: str, auth: dict[str, str]) -> httpx.Response:
        body = {"name": new_name("store"), "containerUrl": self.customer.container_url(container), "auth": auth}
        return self.people().post("/api/datastores", json=body)

    def _use_datastores(self) -> None:
        boss, container = self.people(), self.customer.container(pictures(4))
        by_token = {"kind": "sas", "token": self._token(container, "a token")}
        made = good(self._make(container, by_token), 201)["name"]
        self.by_key = good(self._make(container, {"kind": "accountKey", "key": self.customer.key}), 201)["name"]
        for name in (made, self.by_key):
            for look in ("", "/browse", "/sample"):
                good(boss.get(f"/api/datastores/{name}{look}"))
        newer = {"kind": "sas", "token": self._token(container, "a newer token", expires=timedelta(hours=2))}
        good(boss.patch(f"/api/datastores/{made}", json={"auth": newer}))
        assert self._make(container, {**newer, "kind": "accountKey"}).status_code == 422
        self.by_token = made

    def _work_in_a_project(self) -> Project:
        boss = self.people()
        for name in (self.by_token, self.by_key):
            request = project_request("", dataset={"datastore": name, "prefix": ""}, mlAssist=True)
            project = Project(self.people, good(boss.post("/api/projects", json=request), 201)["id"])
            project.wait_until_ready()
        project.label(project.boss, 2)
        project.invite("reviewer")
        for form in FORMATS:
            project.export(form)
        csv = {"format": "csv", "content": "image,label\n03.png,Dog\n"}
        good(boss.post(f"{project.path}/imports", json=csv), 202)
        image = project.images(state="labeled")[0]["id"]
        good(boss.post(f"{project.path}/rejections", json={"images": [{"id": image}], "reason": "dark"}))
        own = new_project(self.people, Folder(self.people, pictures(2)))
        uploads = {"prefix": "a", "files": [{"name": "a.png", "bytes": 1}]}
        good(boss.post("/api/datastores/workspace/uploads", json=uploads))
        good(boss.post(f"{project.path}/imports/uploads", json={"files": uploads["files"]}), 201)
        for path in ("/api/projects", "/api/datastores", "/api/datasets", "/api/openapi.json", "/api/me"):
            good(boss.get(path))
        for what in ("members", "refreshes", "exports", "imports", "images", "tokens"):
            list(project.pages(what))
        good(own.boss.delete(own.path), 204)
        return project

    def _use_access_tokens(self, project: Project) -> None:
        for number in range(2):
            body = {"name": f"script {number}", "role": "reviewer"}
            made = good(project.boss.post(f"{project.path}/tokens", json=body), 201)
            self.shown[f"access token {number}"] = made["token"]
            nobody, headers = self.people(None), {"x-access-token": made["token"]}
            good(nobody.get(f"{project.path}/images", headers=headers))
            assert nobody.get("/api/me", headers=headers).status_code == 403
            assert nobody.get(f"/api/projects/{made['token']}", headers=headers).status_code == 401
            assert nobody.get(project.path, headers={"x-access-token": made["token"][:-1]}).status_code == 401
            assert nobody.post(f"{project.path}/leases", content=b"{", headers=headers).status_code == 415
        good(project.boss.delete(f"{project.path}/tokens/{made['id']}"), 204)
        list(project.pages("tokens"))
        self._use_tokens_of_the_service(project)

    def _use_tokens_of_the_service(self, project: Project) -> None:
        for number in range(2):
            made = good(self.people().post("/api/tokens", json={"name": f"pipeline {number}"}), 201)
            self.shown[f"access token of the service {number}"] = made["key"]
            nobody, headers = self.people(None), {"x-access-token": made["key"]}
            for path in ("/api/me", "/api/tokens", "/api/audit", f"{project.path}/images"):
                good(nobody.get(path, headers=headers))
            assert nobody.post("/api/tokens", json={"name": made["key"]}, headers=headers).status_code == 403
            assert nobody.get(f"/api/projects/{made['key']}", headers=headers).status_code == 404
            assert nobody.get("/api/me", headers={"x-access-token": made["key"][:-1]}).status_code == 401
            assert nobody.post(f"{project.path}/leases", content=b"{", headers=headers).status_code == 415
        good(self.people().delete(f"/api/tokens/{made['id']}"), 204)
        assert self.people(None).get("/api/me", headers=headers).status_code == 401

    def _meet_wrong_credentials(self) -> None:
        boss, container = self.people(), self.customer.container(pictures(1))
        wrong_key = b64encode(secrets.token_bytes(64)).decode()
        self.secrets["a wrong key"] = wrong_key
        self.secrets["what is no key"] = "no-key-" + secrets.token_hex(12)
        expired = self._token(container, "an expired token", expires=-timedelta(hours=1))
        elsewhere = self._token(self.customer.container(), "a token for another container")
        refused: list[dict[str, str]] = [
            {"kind": "accountKey", "key": wrong_key},
            {"kind": "accountKey", "key": self.secrets["what is no key"]},
            {"kind": "accountKey", "key": self.secrets["what is no key"] * 20},
            {"kind": "sas", "token": expired},
            {"kind": "sas", "token": elsewhere},
            {"kind": "sas", "token": elsewhere[:-9]},
            {"kind": "sas", "token": elsewhere + " and more"},
            {"kind": "sas", "token": self._token(container, "a token that cannot list", "r")},
            {"kind": "sas", "token": elsewhere * 20},
            {"kind": "sas", "key": elsewhere},
            {"kind": "identity", "token": elsewhere},
        ]
        for auth in refused:
            assert self._make(container, auth).status_code == 422
        url = {"name": "store", "containerUrl": f"{self.customer.container_url(container)}?{elsewhere}"}
        assert boss.post("/api/datastores", json={**url, "auth": {"kind": "anonymous"}}).status_code == 422
        policy = self.customer.policy_sas(container, "rl")
        self.secrets["a token with a policy"] = policy
        name = good(self._make(container, {"kind": "sas", "token": policy}), 201)["name"]
        request = project_request("", dataset={"datastore": name, "prefix": ""})
        project = Project(self.people, good(boss.post("/api/projects", json=request), 201)["id"])
        project.wait_until_ready()
        self.customer.revoke(container)
        assert project.refresh()["status"] == "failed"
        for look in ("browse", "sample"):
            assert boss.get(f"/api/datastores/{name}/{look}").status_code == 409
        self.customer.drop_container(container)
        assert project.refresh()["status"] == "failed"

    def _meet_a_datastore_that_repeats_all_it_hears(self) -> None:
        """In its errors' texts, codes and headers."""
        container = self.customer.container()
        token = self._token(container, "a token for one that repeats it")
        for status in (400, 403, 404, 500):
            with hostile_server() as server:
                server.status = status
                server.headers = {"x-ms-error-code": token, "content-type": "application/xml"}
                server.body = f"<Error><Code>{token[-60:]}</Code><Message>{token}</Message></Error>".encode()
                body = {"name": "x-store", "containerUrl": f"{server.url}/team/photos"}
                answer = self.people().post("/api/datastores", json={**body, "auth": {"kind": "sas", "token": token}})
                assert answer.status_code == 422
                assert server.heard

    def _forge(self) -> None:
        nobody = self.people(None)
        secret = self.secrets["the secret of the start"]
        for headers in ({"x-localhost-secret": secret}, {"x-localhost-secret": secret[:-1]}):
            assert nobody.get("/api/me", headers=headers).status_code == 401
        assert nobody.get(f"/api/{secret}").status_code == 404

    def _lose_storage(self, project: Project) -> None:
        """The host starts storage again; meanwhile calls fail."""
        data = self.service.data_dir
        file, tables = data / "azurite.pid", data / "azurite" / "__azurite_db_table__.json"
        # What it has not written yet would be gone: it writes every five seconds.
        until(lambda: project.id in tables.read_text("utf-8"), "the tables are not written")
        ended = int(file.read_text(encoding="ascii"))
        os.kill(ended, signal.SIGKILL)
        boss = self.people()
        for _ in range(3):
            for path in (project.path, f"/api/datastores/{self.by_token}/browse", "/api/datasets"):
                boss.get(path)
            boss.post(f"{project.path}/refreshes")
        until(lambda: boss.get("/api/projects").status_code == 200, "storage does not come back")

    def close(self) -> None:
        self.people.close()
        self.customer.close()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    secret = secrets.token_hex(32)
    settings = {"LOG": "debug", "MARKED_SECRET": secret}
    service = Marked(tmp_path_factory.mktemp("secrets") / "data", settings=settings)
    service.start()
    made = Walk(service, secret)
    made.take()
    yield made
    made.close()
    service.stop()


def found(places: Iterator[tuple[str, bytes]], wanted: dict[str, str]) -> list[str]:
    searched = {what: forms(secret) for what, secret in wanted.items()}
    return [
        f"{what} is in {place}"
        for place, content in places
        for what, written in searched.items()
        if any(form in content for form in written)
    ]


def test_no_answer_shows_a_secret_and_a_new_access_token_only_its_maker(walk: Walk) -> None:
    assert found(iter(walk.answers.heard), walk.secrets) == []
    making = found(iter(walk.answers.heard), walk.shown)
    assert len(making) == len(walk.shown)
    by_whom = ("the answer 201 to POST /api/projects/", "the answer 201 to POST /api/tokens")
    assert all(any(one in where for one in by_whom) and where.endswith("/tokens") for where in making)


def test_no_line_of_the_log_shows_a_secret_or_a_signature(walk: Walk) -> None:
    log = walk.service.log_file.read_bytes()
    assert log.count(b"\n") > 100
    assert found(iter([("the log", log)]), {**walk.secrets, **walk.shown}) == []
    assert b"sig=" not in log
    assert b"SharedKey" not in log
    assert b"Bearer" not in log


def test_nothing_that_is_stored_has_a_secret_or_a_signature(walk: Walk) -> None:
    everything = list(stored(walk.service))
    assert len([place for place, _ in everything if place.startswith("a row of service")]) > 5
    assert len([place for place, _ in everything if place.startswith("the blob exports/")]) >= len(FORMATS)
    # A project's own table is not called by its name.
    assert len({place for place, _ in everything if place.startswith("a row of")}) > 2
    assert found(iter(everything), {**walk.secrets, **walk.shown}) == []
    assert [place for place, content in everything if b"sig=" in content] == []


def test_the_secrets_own_store_has_those_in_use_and_only_its_owner_reads_it(walk: Walk) -> None:
    store: Path = walk.service.data_dir / "secrets.json"
    text = store.read_text(encoding="utf-8")
    kept = [what for what, secret in walk.secrets.items() if secret in text]
    assert {"a newer token", "the customer's account key", "a token with a policy"} <= set(kept)
    assert "a token" not in kept
    assert not any(secret in text for secret in walk.shown.values())
    for file in (store, walk.service.data_dir / "azurite.key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(walk.service.data_dir.stat().st_mode) == 0o700


def test_the_search_is_not_blind(walk: Walk) -> None:
    """Names that are no secret are found wherever they are."""
    told: dict[str, Any] = {"a name": walk.by_token}
    assert found(iter(walk.answers.heard), told)
    assert found(stored(walk.service), told)
    assert found(iter([("here", b"a=%2Bb%2Fc")]), {"escaped": "+b/c"})
    assert found(iter([("here", b64encode(b"in base64"))]), {"encoded": "in base64"})
