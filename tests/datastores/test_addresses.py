"""Which addresses a datastore may have: to one that slips through, a token or the service's identity would be sent."""

import pytest

from functions.datastores.addresses import check_container_url, split_container_url
from functions.problems import Invalid
from functions.settings import Settings

OWN = "https://labelingdata.blob.core.windows.net/"
OWN_LOOPBACK = "http://127.0.0.1:10000/devstoreaccount1"


def settings(*, loopback: bool) -> Settings:
    return Settings.from_environment(
        {
            "DATA_STORAGE": "UseDevelopmentStorage=true",
            "SECRETS_FILE": "secrets.json",
            "LOOPBACK_DATASTORES": "1" if loopback else "",
        }
    )


def check(url: str, *, loopback: bool = False, own: str = OWN) -> str:
    return check_container_url(url, settings(loopback=loopback), own)


def refusal(url: str, *, loopback: bool = False, own: str = OWN) -> str:
    with pytest.raises(Invalid) as caught:
        check(url, loopback=loopback, own=own)
    assert [error.field for error in caught.value.errors] == ["containerUrl"]
    return caught.value.detail


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("https://team.blob.core.windows.net/photos", "https://team.blob.core.windows.net/photos"),
        ("  https://team.blob.core.windows.net/photos ", "https://team.blob.core.windows.net/photos"),
        ("https://team.blob.core.windows.net/photos/", "https://team.blob.core.windows.net/photos"),
        ("HTTPS://Team.Blob.Core.Windows.NET/photos", "https://team.blob.core.windows.net/photos"),
        ("https://team123.blob.core.chinacloudapi.cn/a-1", "https://team123.blob.core.chinacloudapi.cn/a-1"),
        ("https://team.blob.core.usgovcloudapi.net/photos", "https://team.blob.core.usgovcloudapi.net/photos"),
        ("https://team.z07.blob.storage.azure.net/photos", "https://team.z07.blob.storage.azure.net/photos"),
        ("https://Team.Z50.blob.storage.azure.net/photos/", "https://team.z50.blob.storage.azure.net/photos"),
        ("https://team.blob.core.windows.net/$web", "https://team.blob.core.windows.net/$web"),
        ("https://team.blob.core.windows.net/" + "c" * 63, "https://team.blob.core.windows.net/" + "c" * 63),
    ],
)
def test_a_containers_address_is_taken_in_its_normal_form(given: str, taken: str) -> None:
    assert check(given) == taken


HOSTILE = [
    "",
    " ",
    "photos",
    # A cloud that was closed in 2021; whoever registers the name next would be sent the tokens.
    "https://team.blob.core.cloudapi.de/photos",
    "team.blob.core.windows.net/photos",
    "//team.blob.core.windows.net/photos",
    "http://team.blob.core.windows.net/photos",
    "ftp://team.blob.core.windows.net/photos",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https:team.blob.core.windows.net/photos",
    "https:///team.blob.core.windows.net/photos",
    "https:\\\\team.blob.core.windows.net\\photos",
    "https://team.blob.core.windows.net",
    "https://team.blob.core.windows.net/",
    "https://team.blob.core.windows.net//photos",
    "https://team.blob.core.windows.net/photos//",
    "https://team.blob.core.windows.net/photos/cats",
    "https://team.blob.core.windows.net/../photos",
    "https://team.blob.core.windows.net/photos/..",
    "https://team.blob.core.windows.net/%70hotos",
    "https://team.blob.core.windows.net/photos%2fcats",
    "https://team.blob.core.windows.net/Photos",
    "https://team.blob.core.windows.net/ph",
    "https://team.blob.core.windows.net/" + "c" * 64,
    "https://team.blob.core.windows.net/pho--tos",
    "https://team.blob.core.windows.net/-photos",
    "https://team.blob.core.windows.net/photos-",
    "https://team.blob.core.windows.net/$logs",
    "https://team.blob.core.windows.net/photos\n",
    "https://team.blob.core.windows.net/photos\x00",
    "https://team.blob.core.windows.net\t/photos",
    "https://team.blob.core.windows.net\r\nHost: evil.example/photos",
    "https://team.blob.core.windows.net/photos?",
    "https://team.blob.core.windows.net/photos?comp=list",
    "https://team.blob.core.windows.net/photos#",
    "https://team.blob.core.windows.net/photos#here",
    "https://user@team.blob.core.windows.net/photos",
    "https://user:password@team.blob.core.windows.net/photos",
    "https://team.blob.core.windows.net@evil.example/photos",
    "https://team.blob.core.windows.net%40evil.example/photos",
    "https://evil.example#@team.blob.core.windows.net/photos",
    "https://evil.example\\@team.blob.core.windows.net/photos",
    "https://evil.example?.blob.core.windows.net/photos",
    "https://evil.example/.blob.core.windows.net/photos",
    "https://team.blob.core.windows.net:443/photos",
    "https://team.blob.core.windows.net:8443/photos",
    "https://team.blob.core.windows.net:/photos",
    "https://team.blob.core.windows.net./photos",
    "https://.blob.core.windows.net/photos",
    "https://te.blob.core.windows.net/photos",
    "https://" + "t" * 25 + ".blob.core.windows.net/photos",
    "https://te_am.blob.core.windows.net/photos",
    "https://te-am.blob.core.windows.net/photos",
    "https://labelingdata-secondary.blob.core.windows.net/photos",
    "https://a.team.blob.core.windows.net/photos",
    "https://team.queue.core.windows.net/photos",
    "https://team.dfs.core.windows.net/photos",
    "https://team.blob.core.windows.net.evil.example/photos",
    "https://team.blob.core.windows.net.evil.example%2f/photos",
    "https://team.blobXcore.windows.net/photos",
    "https://team.blob.core.windows.network/photos",
    "https://teamblob.core.windows.net/photos",
    "http://team.z07.blob.storage.azure.net/photos",
    "https://team.blob.storage.azure.net/photos",
    "https://team.z7.blob.storage.azure.net/photos",
    "https://team.z007.blob.storage.azure.net/photos",
    "https://team.zz7.blob.storage.azure.net/photos",
    "https://team.z\u0660\u0667.blob.storage.azure.net/photos",
    "https://z07.blob.storage.azure.net/photos",
    "https://team.z07.z08.blob.storage.azure.net/photos",
    "https://team.privatelink.z07.blob.storage.azure.net/photos",
    "https://team-secondary.z07.blob.storage.azure.net/photos",
    "https://team.z07.dfs.storage.azure.net/photos",
    "https://team.z07.blob.core.windows.net/photos",
    "https://team.z07.blob.storage.azure.us/photos",
    "https://team.z07.blob.storage.azure.net.evil.example/photos",
    "https://team.z07.blobXstorage.azure.net/photos",
    "https://evil.example/photos",
    "https://evil.example/team.blob.core.windows.net/photos",
    "https://team.blob.core.windows.\u006eet\u200b/photos",
    "https://t\u0435am.blob.core.windows.net/photos",
    "https://team\u3002blob\u3002core\u3002windows\u3002net/photos",
    "https://\uff54eam.blob.core.windows.net/photos",
    "https://xn--tem-8cd.blob.core.windows.net/photos",
    "https://169.254.169.254/metadata",
    "http://169.254.169.254/metadata/identity/oauth2/token",
    "https://2852039166/photos",
    "https://0xa9fea9fe/photos",
    "https://0251.0376.0251.0376/photos",
    "https://[::1]/photos",
    "https://[::ffff:169.254.169.254]/photos",
    "https://127.0.0.1/photos",
    "https://localhost/photos",
    "http://127.0.0.1:10000/devstoreaccount2/photos",
    "http://metadata.google.internal/photos",
    "https://team.blob.core.windows.net/photos" + "s" * 600,
]


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_to_which_nothing_may_be_sent_is_refused(url: str) -> None:
    refusal(url)


@pytest.mark.parametrize("url", [url for url in HOSTILE if not url.startswith("http://127.0.0.1:10000/")])
def test_on_one_machine_it_is_refused_as_well(url: str) -> None:
    refusal(url, loopback=True, own=OWN_LOOPBACK)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:10000/otherteam/photos",
        "http://localhost:7071/photos",
        "http://[::1]:10000/otherteam/photos",
        "http://127.0.0.1/otherteam/photos",
    ],
)
def test_loopback_is_taken_on_one_machine_only(url: str) -> None:
    assert check(url, loopback=True, own=OWN_LOOPBACK) == url
    refusal(url, loopback=False)


ONLY_LOOPBACK_IS_TAKEN = [
    "http://127.0.0.2:10000/otherteam/photos",
    "http://127.1:10000/otherteam/photos",
    "http://2130706433:10000/otherteam/photos",
    "http://0.0.0.0:10000/otherteam/photos",
    "http://[::]:10000/otherteam/photos",
    "http://[::ffff:127.0.0.1]:10000/otherteam/photos",
    "http://[::1%25eth0]:10000/otherteam/photos",
    "http://localhost.:10000/otherteam/photos",
    "http://localhost.evil.example:10000/otherteam/photos",
    "http://127.0.0.1.nip.io:10000/otherteam/photos",
    "http://127.0.0.1:0/otherteam/photos",
    "http://127.0.0.1:65536/otherteam/photos",
    "http://127.0.0.1:+80/otherteam/photos",
    "http://127.0.0.1:/otherteam/photos",
    "http://127.0.0.1:10000:10001/otherteam/photos",
    "http://user@127.0.0.1:10000/otherteam/photos",
    "http://127.0.0.1:10000/otherteam/photos/cats",
    "http://127.0.0.1:10000/other-team/photos",
    "http://127.0.0.1:10000/../photos",
    "http://127.0.0.1:10000//photos",
    "https://127.0.0.1:10000/otherteam/photos",
    "http://team.blob.core.windows.net/photos",
    "http://10.0.0.1/otherteam/photos",
]


@pytest.mark.parametrize("url", ONLY_LOOPBACK_IS_TAKEN)
def test_on_one_machine_only_loopback_itself_is_taken(url: str) -> None:
    refusal(url, loopback=True, own=OWN_LOOPBACK)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://labelingdata.blob.core.windows.net/workspace", OWN),
        ("https://LabelingData.blob.core.windows.net/previews-abc", "https://labelingdata.blob.core.windows.net"),
        ("https://labelingdata.z07.blob.storage.azure.net/x-1", "https://labelingdata.z07.blob.storage.azure.net/"),
        ("http://127.0.0.1:10000/devstoreaccount1/workspace", OWN_LOOPBACK),
        ("http://localhost:10000/devstoreaccount1/workspace", OWN_LOOPBACK),
        ("http://[::1]:10000/devstoreaccount1/workspace", OWN_LOOPBACK + "/"),
        ("http://127.0.0.1:10000/devstoreaccount1", OWN_LOOPBACK),
        ("http://127.0.0.1:10000/devstoreaccount1-secondary", OWN_LOOPBACK),
        ("http://127.0.0.1/devstoreaccount1/workspace", "http://127.0.0.1:80/devstoreaccount1"),
    ],
)
def test_the_services_own_account_is_refused_by_all_its_names(url: str, own: str) -> None:
    assert "own storage account" in refusal(url, loopback=True, own=own)


HOSTS = "https://labelinghost.blob.core.windows.net"


@pytest.mark.parametrize(
    "environment",
    [
        {"AzureWebJobsStorage": "DefaultEndpointsProtocol=https;AccountName=labelinghost;AccountKey=YQ=="},
        {
            "AzureWebJobsStorage": "AccountName=x;AccountKey=YQ==;BlobEndpoint=https://labelinghost.blob.core.windows.net/"
        },
        {"AzureWebJobsStorage__blobServiceUri": "https://labelinghost.blob.core.windows.net/"},
        {"AzureWebJobsStorage__accountName": "LabelingHost"},
    ],
)
def test_the_hosts_own_account_is_refused_however_it_is_configured(environment: dict[str, str]) -> None:
    config = Settings.from_environment({"DATA_STORAGE": "x", "SECRETS_FILE": "x", **environment})
    with pytest.raises(Invalid, match="own storage account"):
        check_container_url(f"{HOSTS}/deployments", config, OWN)
    assert check_container_url("https://team.blob.core.windows.net/photos", config, OWN)


def test_a_token_in_the_address_is_sent_to_its_own_field_and_not_repeated() -> None:
    words = refusal("https://team.blob.core.windows.net/photos?sv=2024-11-04&sr=c&sig=SECRET%3D")
    assert "token's field" in words
    assert "SECRET" not in words


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (
            "https://team.blob.core.windows.net/photos",
            ("https://team.blob.core.windows.net", "team", "photos"),
        ),
        (
            "https://team.z07.blob.storage.azure.net/photos",
            ("https://team.z07.blob.storage.azure.net", "team", "photos"),
        ),
        (
            "http://127.0.0.1:10000/otherteam/photos",
            ("http://127.0.0.1:10000/otherteam", "otherteam", "photos"),
        ),
    ],
)
def test_an_address_is_taken_apart(url: str, parts: tuple[str, str, str]) -> None:
    assert split_container_url(url) == parts
