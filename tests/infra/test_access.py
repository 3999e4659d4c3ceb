"""Waiting until storage knows the roles that were just given, with stand-ins for az and for storage."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.hooks import access
from infra.hooks.access import wait_for_storage
from infra.hooks.web import Answer
from tests.infra.azure import Azure

KNOWN = {
    "DEPLOYER_ID": "the-deployer",
    "AZURE_SUBSCRIPTION_ID": "sub-1",
    "PACKAGES_URL": "https://sthost1.blob.core.windows.net/packages",
}


class Storage:
    """Answers with these statuses, the last one ever after, and keeps what it was asked."""

    def __init__(self, *statuses: int) -> None:
        self.statuses: Iterator[int] = iter(statuses)
        self.last = 0
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, url: str, **headers: str) -> Answer:
        self.asked.append((url, headers))
        self.last = next(self.statuses, self.last)
        return Answer(self.last, {}, "")


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Azure:
    azure = Azure(tmp_path)
    azure.stand_in(monkeypatch)
    monkeypatch.setattr("time.sleep", lambda _: None)
    return azure


def test_a_deployment_waits_until_storage_knows_the_role(
    azure: Azure, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = Storage(403, 403, 403, 200)
    monkeypatch.setattr(access, "ask", storage)
    wait_for_storage(KNOWN)
    assert len(storage.asked) == 4
    url, headers = storage.asked[0]
    assert url == "https://sthost1.blob.core.windows.net/packages?restype=container&comp=list&maxresults=1"
    assert headers["Authorization"].startswith("Bearer header.")
    assert capsys.readouterr().out.startswith("Waiting until storage knows the roles")
    assert azure.calls == [
        "az account get-access-token --resource https://storage.azure.com --subscription sub-1 --output json"
    ]


def test_a_later_deployment_does_not_wait_nor_speak(
    azure: Azure, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = Storage(200)
    monkeypatch.setattr(access, "ask", storage)
    wait_for_storage(KNOWN)
    assert (len(storage.asked), capsys.readouterr().out) == (1, "")


def test_after_five_minutes_azd_goes_on_and_is_told_what_to_do(
    azure: Azure, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(access, "ask", Storage(403))
    monkeypatch.setattr(access, "PATIENCE_SECONDS", 0)
    wait_for_storage(KNOWN)
    assert "run `azd deploy` a little later" in capsys.readouterr().out


@pytest.mark.parametrize("change", [{"PRIVATE_NETWORK": "true"}, {"DEPLOYER_ID": ""}])
def test_who_cannot_see_storage_anyway_does_not_wait(
    azure: Azure, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    storage = Storage(403)
    monkeypatch.setattr(access, "ask", storage)
    wait_for_storage({**KNOWN, **change})
    assert storage.asked == []


def test_without_a_token_for_storage_azd_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Azure(tmp_path, signed_in=False).stand_in(monkeypatch)
    wait_for_storage(KNOWN)
    assert "Not waiting" in capsys.readouterr().out
