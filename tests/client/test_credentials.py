"""Where the service is, and by which token it is called."""

import os
import stat
from pathlib import Path

import pytest

from image_labeling import LabelingError
from image_labeling.credentials import Credentials, credentials, drop_login, login_file, read_login, write_login

LOGIN = Credentials("https://labels.example.org", "lbs_login")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def test_what_is_given_counts_before_the_environment_and_that_before_the_login(home: dict[str, str]) -> None:
    write_login(LOGIN, home)
    assert credentials(environment=home) == LOGIN
    told = {**home, "LABELING_URL": "https://other.example.org", "LABELING_TOKEN": "lbl_b"}
    assert credentials(environment=told) == Credentials("https://other.example.org", "lbl_b")
    assert credentials("http://127.0.0.1:7071/", "lbl_a", told) == Credentials("http://127.0.0.1:7071", "lbl_a")


def test_the_token_of_a_login_goes_to_no_other_address(home: dict[str, str]) -> None:
    write_login(LOGIN, home)
    with pytest.raises(LabelingError, match="An access token is needed"):
        credentials("https://other.example.org", environment=home)
    assert credentials("labels.example.org/", environment=home) == LOGIN


def test_without_any_it_says_what_to_do(home: dict[str, str]) -> None:
    with pytest.raises(LabelingError, match="Where is the service"):
        credentials(environment=home)
    with pytest.raises(LabelingError, match="An access token is needed"):
        credentials("https://labels.example.org", environment=home)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://labels.example.org", "unencrypted"),
        ("ftp://a", "no address"),
        ("https://", "no address"),
        ("http://[::1", "no address"),
        ("http://127.0.0.1:70711", "no address"),
        ("https://labels.example.org and more", "no address"),
        ("https://kim:secret@labels.example.org", "no name and no password"),
    ],
)
def test_an_address_that_would_give_the_token_away_or_is_none_is_refused(
    url: str, why: str, home: dict[str, str]
) -> None:
    with pytest.raises(LabelingError, match=why):
        credentials(url, "lbs_a", home)


def test_a_token_comes_without_the_blanks_around_it(home: dict[str, str]) -> None:
    assert credentials("https://a.example.org", " lbs_a\r\n", home) == Credentials("https://a.example.org", "lbs_a")


@pytest.mark.parametrize("token", ["lbs_secret\nlbs_other", "lbs_secr\u00e9t", " ", "lbs_secret other"])
def test_what_is_no_token_is_refused_and_never_shown(token: str, home: dict[str, str]) -> None:
    with pytest.raises(LabelingError, match=r"^This is no access token: they have letters, digits, - and _ only\.$"):
        credentials("https://a.example.org", token, home)


def test_a_login_is_read_by_its_owner_alone(home: dict[str, str]) -> None:
    file = write_login(LOGIN, home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    with pytest.raises(LabelingError, match="Others can read"):
        read_login(home)


def test_a_login_takes_the_place_of_an_earlier_one_and_can_be_dropped(home: dict[str, str]) -> None:
    write_login(Credentials("https://a.example.org", "lbs_old"), home)
    write_login(LOGIN, home)
    assert read_login(home) == LOGIN
    assert os.listdir(login_file(home).parent) == ["login.json"]
    assert drop_login(home)
    assert not drop_login(home)
    assert read_login(home) is None


@pytest.mark.parametrize("text", ["", "[]", '{"url": "https://a.example.org"}'])
def test_a_damaged_login_says_so(text: str, home: dict[str, str]) -> None:
    write_login(LOGIN, home).write_text(text)
    with pytest.raises(LabelingError, match="damaged"):
        read_login(home)
