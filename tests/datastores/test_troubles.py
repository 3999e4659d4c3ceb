"""Whatever answers at an address: it gets one request, and the person gets words, never with a token in them."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import unquote

import aiohttp
import pytest
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ServiceRequestError

from functions.datastores import troubles
from functions.datastores.connect import open_container
from functions.datastores.model import AuthKind
from functions.datastores.trial import try_connection
from functions.problems import Invalid
from functions.storage import Storage
from tests.datastores.customer import Customer
from tests.datastores.reading import datastore, trouble_of

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answering(answer: str, requests: list[str]) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(answer.encode())
        await writer.drain()
        writer.close()

    return handle


@asynccontextmanager
async def server(handle: Handler) -> AsyncIterator[str]:
    """Something on loopback that is no storage account; yields its address."""
    async with await asyncio.start_server(handle, "127.0.0.1", 0) as running:
        port = running.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/otherteam/photos"


async def test_a_redirect_is_not_followed_so_that_no_token_goes_elsewhere(storage: Storage, customer: Customer) -> None:
    first: list[str] = []
    second: list[str] = []
    async with server(answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", second)) as elsewhere:
        for status in ("301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"):
            answer = f"HTTP/1.1 {status}\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            async with server(answering(answer, first)) as url:
                assert (await trouble_of(storage, datastore(url), customer.sas("photos"))).reason == troubles.NO_STORAGE
    assert first
    assert second == []


@pytest.mark.parametrize(
    "answer",
    [
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\nconnection: close\r\n\r\n<html></html>",
        "HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<rss/>",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: 9\r\nconnection: close\r\n\r\n<unclosed",
        "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno",
        "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno",
        "SSH-2.0-OpenSSH_9.6\r\n",
    ],
)
async def test_what_is_no_storage_is_called_so(storage: Storage, customer: Customer, answer: str) -> None:
    async with server(answering(answer, [])) as url:
        reason = (await trouble_of(storage, datastore(url), customer.sas("photos"))).reason
    assert reason in (troubles.NO_STORAGE, troubles.NO_ANSWER)


async def test_one_that_never_answers_is_told_in_ten_seconds(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.datastores.trial.SECONDS", 0.3)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with server(silent) as url:
        with pytest.raises(Invalid) as caught:
            await try_connection(storage, datastore(url, "anonymous"), None)
    assert caught.value.errors == [("containerUrl", troubles.NO_ANSWER)]


async def test_a_token_is_in_no_trouble_and_no_log(
    storage: Storage, customer: Customer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    container = customer.container({"a.png": b"a"})
    token = customer.sas(container, "r")
    signature = token.split("sig=")[1]
    urls = [customer.container_url(container), "http://127.0.0.1:1/otherteam/photos"]
    answer = "HTTP/1.1 200 nonsense\r\ncontent-length: x\r\n\r\n"
    async with server(answering(answer, [])) as nonsense:
        for url in [*urls, nonsense]:
            trouble = await trouble_of(storage, datastore(url), token)
            assert signature not in "".join(traceback.format_exception(trouble))
    assert caplog.records
    assert signature not in caplog.text


async def test_a_token_for_a_directory_asks_for_that_directory_alone(storage: Storage) -> None:
    asked: list[str] = []
    answer = "HTTP/1.1 403 F\r\nx-ms-error-code: AuthenticationFailed\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    async with server(answering(answer, asked)) as url:
        there = datastore(url).model_copy(update={"folder": "cats/big/"})
        with pytest.raises(Invalid) as caught:
            await try_connection(storage, there, "sv=2021-12-02&sr=d&sdd=2&sp=rl&sig=x")
    assert caught.value.errors == [("auth", troubles.NOT_THIS_DIRECTORY)]
    assert ["prefix=cats/big/&" in unquote(request) for request in asked] == [True]


@pytest.mark.parametrize(
    ("start", "expiry", "words"),
    [
        ("Thu, 05 Mar 2026 03:00:00 GMT", "Fri, 06 Mar 2026 03:00:00 GMT", "valid only from 2026-03-05 at 03:00 UTC"),
        ("Mon, 02 Mar 2026 03:00:00 GMT", "Tue, 03 Mar 2026 03:00:00 GMT", "expired on 2026-03-03 at 03:00 UTC"),
        ("nonsense", "<script>", troubles.OVER_IN_TIME),
    ],
)
async def test_times_that_only_storage_knows_are_told(storage: Storage, start: str, expiry: str, words: str) -> None:
    """Those of a stored access policy are not in the token."""
    error = HttpResponseError("x", response=Answered(403, "AuthenticationFailed"))  # type: ignore[arg-type]
    times = f"Start [{start}] - Expiry [{expiry}] - Current [Wed, 04 Mar 2026 03:00:00 GMT]"
    vars(error)["additional_info"] = {
        "authenticationerrordetail": f"Signature not valid in the specified time frame: {times}"
    }
    async with open_container(storage, datastore("https://team.blob.core.windows.net/photos"), "sig=x") as client:
        assert words in troubles.explain(error, client, troubles.LIST).reason


class Answered:
    """An answer of the kind that only Azure itself gives."""

    reason = "Reason"
    content_type = "application/xml"

    def __init__(self, status: int, code: str) -> None:
        self.status_code = status
        self.headers = {"x-ms-error-code": code}

    def text(self, _: str | None = None) -> str:
        return ""


@pytest.mark.parametrize(
    ("status", "code", "auth", "reason"),
    [
        (403, "AuthorizationFailure", "sas", troubles.FIREWALL),
        (403, "AuthorizationPermissionMismatch", "identity", troubles.LACKS["identity"]),
        (403, "AuthorizationProtocolMismatch", "sas", troubles.PROTOCOL),
        (403, "AuthorizationSourceIPMismatch", "sas", troubles.ADDRESS),
        (403, "KeyBasedAuthenticationNotPermitted", "accountKey", troubles.NO_KEYS),
        (409, "PublicAccessNotPermitted", "anonymous", troubles.NO_PUBLIC),
        (401, "NoAuthenticationInformation", "anonymous", troubles.REJECTED["anonymous"]),
        (404, "ResourceNotFound", "anonymous", troubles.NOT_PUBLIC),
        (409, "ContainerBeingDeleted", "sas", troubles.NOT_THERE),
        (403, "AccountIsDisabled", "sas", troubles.DISABLED),
        (503, "ServerBusy", "sas", troubles.BUSY),
        (400, "OutOfRangeInput", "sas", troubles.NOT_UNDERSTOOD),
    ],
)
async def test_azures_own_codes_are_put_into_words(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, status: int, code: str, auth: AuthKind, reason: str
) -> None:
    monkeypatch.setattr(troubles, "auth_of", lambda _: auth)
    async with open_container(
        storage, datastore("https://team.blob.core.windows.net/photos", "anonymous"), None
    ) as client:
        error = HttpResponseError("This request is not authorized.", response=Answered(status, code))  # type: ignore[arg-type]
        assert troubles.explain(error, client, troubles.LIST).reason == reason


async def test_what_fails_before_anything_is_sent_is_put_into_words(storage: Storage) -> None:
    dns = aiohttp.ClientConnectorDNSError(None, OSError("no such host"))  # type: ignore[arg-type]
    async with open_container(
        storage, datastore("https://team.blob.core.windows.net/photos", "anonymous"), None
    ) as client:
        told = [
            troubles.explain(error, client, troubles.LIST).reason
            for error in (
                ServiceRequestError("x", error=dns),
                ServiceRequestError("x", error=OSError()),
                ClientAuthenticationError("no token"),
                TimeoutError(),
            )
        ]
    assert told == [troubles.NO_HOST, troubles.NO_ANSWER, troubles.NO_SIGN_IN, troubles.NO_ANSWER]
