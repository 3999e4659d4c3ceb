"""Datastores are read through connect(); what goes wrong comes in words that a person can act on."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from azure.core.credentials import AzureSasCredential
from azure.storage.blob import ContentSettings, PublicAccess, StandardBlobTier

from functions.datastores import connect as connecting
from functions.datastores.connect import (
    BlobChanged,
    BlobGone,
    BlobTrouble,
    DatastoreTrouble,
    TooBig,
    connect,
    download,
    open_container,
)
from functions.datastores.listing import list_pages
from functions.datastores.model import AuthKind, Datastore
from functions.datastores.store import built_in
from functions.datastores.trial import try_connection
from functions.problems import Invalid
from functions.settings import Settings
from functions.storage import WORKSPACE_CONTAINER, Storage
from tests.datastores.customer import Customer
from tests.datastores.hostile_names import HOSTILE_NAMES
from tests.datastores.reading import datastore, listed, trouble_of


@pytest.mark.parametrize("auth", ["sas", "accountKey"])
async def test_hostile_names_are_listed_and_read(storage: Storage, customer: Customer, auth: AuthKind) -> None:
    names = [*HOSTILE_NAMES, "/lead/a.png", "//a.png"]
    container = customer.container({name: name.encode() for name in names})
    secret = customer.sas(container) if auth == "sas" else customer.key
    async with open_container(storage, datastore(customer.container_url(container), auth), secret) as client:
        found = {}
        async for blobs, _ in list_pages(client, "", page_size=4):
            for blob in blobs:
                found[blob.name] = await download(client, blob.name, blob.etag, 5000)
    assert found == {name: name.encode() for name in names}


async def test_a_listing_goes_on_from_its_marker(storage: Storage, customer: Customer) -> None:
    container = customer.container({f"cats/{n}.png": b"x" * n for n in range(5)} | {"dogs/0.png": b""})
    async with open_container(storage, datastore(customer.container_url(container)), customer.sas(container)) as client:
        pages = [page async for page in list_pages(client, "cats/", page_size=2)]
        again = [page async for page in list_pages(client, "cats/", page_size=2, marker=pages[0][1])]
    assert [[blob.name for blob in blobs] for blobs, _ in pages] == [
        ["cats/0.png", "cats/1.png"],
        ["cats/2.png", "cats/3.png"],
        ["cats/4.png"],
    ]
    assert [blob.bytes for blobs, _ in pages for blob in blobs] == [0, 1, 2, 3, 4]
    assert pages[-1][1] is None
    assert again == pages[1:]


async def test_the_workspace_is_the_services_own_container(storage: Storage) -> None:
    await storage.container(WORKSPACE_CONTAINER).upload_blob("mine.png", b"mine", overwrite=True)
    async with connect(storage, built_in(storage)) as client:
        assert await download(client, "mine.png", None, 100) == b"mine"
    async with connect(storage, built_in(storage)) as client:
        assert "mine.png" in [blob.name async for blobs, _ in list_pages(client, "") for blob in blobs]


async def test_a_public_container_needs_no_secret(storage: Storage, customer: Customer) -> None:
    url = customer.container_url(customer.container({"a.png": b"a"}, public=PublicAccess.CONTAINER))
    await try_connection(storage, datastore(url, "anonymous"), None)
    assert [blob.name for blob in await listed(storage, datastore(url, "anonymous"), None)] == ["a.png"]


async def test_a_datastore_whose_secret_is_lost_says_so(storage: Storage, customer: Customer) -> None:
    url = customer.container_url(customer.container())
    with pytest.raises(DatastoreTrouble, match="credentials are lost"):
        async with connect(storage, datastore(url, secret_name="datastore-theirs-0")):
            pass


async def test_each_mistake_is_told_in_its_own_words(storage: Storage, customer: Customer) -> None:
    full, empty = customer.container({"a.png": b"a"}), customer.container()
    blobs_public = customer.container({"a.png": b"a"}, public=PublicAccess.BLOB)
    url = customer.container_url(full)
    missing = customer.container_url("missing")
    wrong_key = "AAAA" + customer.key[4:]
    yesterday = customer.sas(full, expires=-timedelta(hours=1), start=datetime.now(UTC) - timedelta(days=1))
    cases: list[tuple[Datastore, str | None, str, bool]] = [
        (datastore(url), yesterday, "has expired", True),
        (datastore(url), customer.sas(full, "r"), "lacks the permission List", True),
        (datastore(url), re.sub("sig=.", "sig=!", customer.sas(full)), "not valid for this container", True),
        (datastore(url), customer.sas(empty), "not valid for this container", True),
        (datastore(url), customer.account_sas("o"), "resource types Container and Object", True),
        (datastore(url, "accountKey"), wrong_key, "account key is wrong", True),
        (datastore(url, "anonymous"), None, "not open to the public", True),
        (datastore(customer.container_url(blobs_public), "anonymous"), None, "not open to the public", True),
        (datastore(missing), customer.sas("missing"), "container does not exist", False),
        (datastore(missing, "accountKey"), customer.key, "container does not exist", False),
        (datastore("http://127.0.0.1:1/otherteam/photos"), customer.sas(full), "does not answer", False),
    ]
    for asked, secret, words, is_auth in cases:
        trouble = await trouble_of(storage, asked, secret)
        assert words in trouble.reason
        assert trouble.is_auth == is_auth, words


async def test_a_token_that_can_list_but_not_read_is_found_out(storage: Storage, customer: Customer) -> None:
    container = customer.container({"a.png": b"a"})
    url = customer.container_url(container)
    with pytest.raises(Invalid) as caught:
        await try_connection(storage, datastore(url), customer.policy_sas(container, "l"))
    assert caught.value.errors[0].field == "auth"
    assert "can be listed, but its files cannot be read" in caught.value.detail
    with pytest.raises(Invalid, match="lacks the permission List"):
        await try_connection(storage, datastore(url), customer.policy_sas(container, "r"))
    await try_connection(storage, datastore(url), customer.policy_sas(container, "rl"))


async def test_an_empty_container_is_as_good_as_a_full_one(storage: Storage, customer: Customer) -> None:
    container = customer.container()
    await try_connection(storage, datastore(customer.container_url(container)), customer.sas(container))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://team.blob.core.windows.net/other", "not allowed for this container"),
        ("http://127.0.0.1:1/team/listed", "over https only"),
    ],
)
async def test_the_identity_goes_to_listed_containers_only(storage: Storage, url: str, words: str) -> None:
    with pytest.raises(DatastoreTrouble, match=words):
        async with connect(storage, datastore(url, "identity")):
            pass


async def test_the_identity_that_goes_there_opens_nothing_of_the_services_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []

    def credential(managed_identity_client_id: str | None) -> AzureSasCredential:
        asked.append(managed_identity_client_id)
        return AzureSasCredential("none")

    monkeypatch.setattr(connecting, "DefaultAzureCredential", credential)
    url = "https://team.blob.core.windows.net/listed"
    own = {
        f"DATA_STORAGE__{kind}ServiceUri": f"https://own.{kind}.core.windows.net" for kind in ("blob", "queue", "table")
    }
    own |= {"KEY_VAULT_URI": "https://own.vault.azure.net", "AZURE_CLIENT_ID": "the services own"}
    storage = Storage(
        Settings.from_environment(
            {**own, "IDENTITY_CONTAINERS": url, "IDENTITY_CONTAINERS_CLIENT_ID": "for containers"}
        )
    )
    async with open_container(storage, datastore(url, "identity"), None):
        pass
    await storage.close()
    assert asked == ["for containers"]


async def test_a_blob_that_is_gone_changed_or_too_big_is_told_apart(storage: Storage, customer: Customer) -> None:
    container = customer.container(
        {"a.png": b"old", "gone.png": b"x", "empty.png": b"", "big.png": b"x" * 101, "big2.png": b"y" * 9_000_000}
    )
    async with open_container(storage, datastore(customer.container_url(container)), customer.sas(container)) as client:
        etags = {blob.name: blob.etag async for blobs, _ in list_pages(client, "") for blob in blobs}
        customer.put(container, "a.png", b"new")
        customer.drop(container, "gone.png")
        with pytest.raises(BlobChanged):
            await download(client, "a.png", etags["a.png"], 100)
        assert await download(client, "a.png", None, 100) == b"new"
        with pytest.raises(BlobGone):
            await download(client, "gone.png", etags["gone.png"], 100)
        with pytest.raises(BlobGone):
            await download(client, "gone.png", None, 100)
        assert await download(client, "empty.png", etags["empty.png"], 100) == b""
        with pytest.raises(TooBig, match="101 bytes"):
            await download(client, "big.png", etags["big.png"], 100)
        assert await download(client, "big2.png", etags["big2.png"], 10_000_000) == b"y" * 9_000_000


async def test_an_archived_blob_is_this_blobs_trouble_only(storage: Storage, customer: Customer) -> None:
    container = customer.container()
    customer.put(container, "cold.png", b"x", standard_blob_tier=StandardBlobTier.ARCHIVE)
    async with open_container(storage, datastore(customer.container_url(container)), customer.sas(container)) as client:
        with pytest.raises(BlobTrouble, match="archive tier"):
            await download(client, "cold.png", None, 100)


@pytest.mark.parametrize(("encoding", "content"), [("gzip", b"\x1f\x8bnot"), ("X-GZIP", b"\x1f\x8b"), ("br", b"any")])
async def test_what_is_stored_compressed_is_told_so_and_not_unpacked(
    storage: Storage, customer: Customer, encoding: str, content: bytes
) -> None:
    container = customer.container()
    customer.put(container, "bomb.png", content, content_settings=ContentSettings(content_encoding=encoding))
    async with open_container(storage, datastore(customer.container_url(container)), customer.sas(container)) as client:
        with pytest.raises(BlobTrouble, match=f"compressed .Content-Encoding: {encoding.lower()}"):
            await download(client, "bomb.png", None, 100)


@pytest.mark.parametrize("encoding", ["gzip", "utf-8", "identity", ""])
async def test_what_is_only_said_to_be_compressed_is_read_as_it_is(
    storage: Storage, customer: Customer, encoding: str
) -> None:
    container = customer.container()
    customer.put(container, "a.png", b"plain", content_settings=ContentSettings(content_encoding=encoding))
    async with open_container(storage, datastore(customer.container_url(container)), customer.sas(container)) as client:
        assert await download(client, "a.png", None, 100) == b"plain"


@pytest.mark.parametrize("name", ["a/../secret.png", "./secret.png", "..", "a/."])
async def test_a_name_that_clients_shorten_never_reads_another_blob(
    storage: Storage, customer: Customer, name: str
) -> None:
    container = customer.container({"secret.png": b"x"})
    async with open_container(storage, datastore(customer.container_url(container)), customer.sas(container)) as client:
        with pytest.raises(BlobTrouble, match="only dots"):
            await download(client, name, None, 100)
