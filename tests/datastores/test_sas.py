"""What is wrong with a SAS token is found before anything is sent."""

from datetime import UTC, datetime

import pytest

from functions.datastores.sas import check_sas, is_valid_at, warnings_of
from functions.problems import Invalid

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
URL = "https://team.blob.core.windows.net/photos"
SIGNATURE = "c2VjcmV0LXRoYXQtbm9ib2R5K21heSsvc2VlIQ+/AAA%3D"
GOOD = f"sv=2025-05-05&se=2026-07-02T00%3A00%3A00Z&sr=c&sp=rl&sig={SIGNATURE}"


def but(**changes: str | None) -> str:
    says: dict[str, str | None] = {**dict(part.split("=", 1) for part in GOOD.split("&")), **changes}
    return "&".join(f"{key}={value}" for key, value in says.items() if value is not None)


@pytest.mark.parametrize(
    ("token", "warnings"),
    [
        (GOOD, ()),
        (but(sp="rltfe"), ()),
        (but(se="2027-07-01"), ()),
        (but(sp=None, se=None, si="policy"), ()),
        (but(sp="rwl"), ("changes",)),
        (but(sp="rld"), ("changes",)),
        (but(sp="racwdxyltmeopi"), ("changes",)),
        (but(se=None), ("long",)),
        (but(se="2036-07-01"), ("long",)),
        (but(sp="rcl", se="9999-12-31"), ("changes", "long")),
        (but(se="9999-12-31", ske="2026-07-05T00:00:00Z"), ()),
    ],
)
def test_a_token_that_opens_more_than_it_needs_is_told(token: str, warnings: tuple[str, ...]) -> None:
    check_sas(token, URL, "", NOW)
    assert warnings_of(token, NOW) == warnings


@pytest.mark.parametrize(
    "token",
    [
        GOOD,
        but(sp="racwdxltmeop"),
        but(se="2026-07-02"),
        but(se="2026-07-01T14:00:00%2B01:00"),
        but(se="2026-07-02T00:00:00.0000000Z"),
        but(se="some other form"[:4]),
        but(st="2026-07-01T11:00Z"),
        but(sr=None, ss="bqtf", srt="sco"),
        but(sp=None, se=None, si="policy"),
        but(spr="https"),
        but(sig=SIGNATURE.replace("+", "%2B").replace("/", "%2F")),
    ],
)
def test_a_token_that_can_do_its_work_is_taken_as_it_is(token: str) -> None:
    assert check_sas(f" ?{token}\n", URL, "", NOW) == token


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "not a SAS token"),
        ("hello", "not a SAS token"),
        (but(sig=None), "no signature"),
        (but(sig=""), "no signature"),
        (but(sv=None), "no signature (sig) or no version"),
        (GOOD[:-1], "not whole"),
        (GOOD[:-2], "not whole"),
        (GOOD[:-3], "not whole"),
        (GOOD[:-12], "not whole"),
        (GOOD + "AAAA", "not whole"),
        (f"{URL}?{GOOD}", "Give the token alone"),
        (GOOD + " and more", "characters"),
        (GOOD + "\nx", "characters"),
        (GOOD + "#x", "characters"),
        (GOOD + "é", "characters"),
        (but(se="2026-07-01T12:00:00Z"), "expired on 2026-07-01 at 12:00 UTC"),
        (but(se="2026-06-30"), "expired on 2026-06-30"),
        (but(st="2026-07-01T12:30:00Z"), "valid only from 2026-07-01 at 12:30 UTC"),
        (but(sr="b"), "one blob only"),
        (but(sr="d", sdd="1"), "one directory only. Name that folder"),
        (but(st=None, skt="2026-07-01T12:30:00Z"), "valid only from 2026-07-01 at 12:30 UTC"),
        (but(st="2026-07-01T14:30:00%2B02:00"), "valid only from 2026-07-01 at 12:30 UTC"),
        (but(ske="2026-07-01T11:00:00Z"), "expired on 2026-07-01 at 11:00 UTC"),
        (but(sr="s"), "not for a blob container"),
        (but(sr=None), "not for a blob container"),
        (but(sr=None, ss="f", srt="sco"), "not for the Blob service"),
        (but(sr=None, ss="b", srt="o"), "Container and Object"),
        (but(sr=None, ss="b", srt="sc"), "Container and Object"),
        (but(sp="l"), "lacks the permission Read."),
        (but(sp="r"), "lacks the permission List."),
        (but(sp="w"), "lacks the permission Read and List."),
        (but(sp=None), "lacks the permission Read and List."),
    ],
)
def test_a_token_that_cannot_do_its_work_is_refused_in_words(token: str, words: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_sas(token, URL, "", NOW)
    assert words in caught.value.detail
    assert [error.field for error in caught.value.errors] == ["auth.token"]
    assert "c2VjcmV0" not in str(caught.value.to_json())


def test_a_token_for_https_only_is_refused_for_an_address_without() -> None:
    with pytest.raises(Invalid, match="https only"):
        check_sas(but(spr="https"), "http://127.0.0.1:10000/team/photos", "", NOW)


@pytest.mark.parametrize(("folder", "depth"), [("cats/", "1"), ("cats/big/", "2")])
def test_a_token_for_a_directory_is_taken_for_a_folder_as_deep(folder: str, depth: str) -> None:
    token = but(sr="d", sdd=depth)
    assert check_sas(token, URL, folder, NOW) == token
    for other in (but(sr="d", sdd="3"), but(sr="d")):
        with pytest.raises(Invalid, match="not for the folder"):
            check_sas(other, URL, folder, NOW)
    assert check_sas(GOOD, URL, folder, NOW) == GOOD


def test_a_token_is_valid_from_its_start_to_its_end() -> None:
    token = but(st="2026-07-01T12:00:00Z", se="2026-07-01T13:00:00Z")
    times = [(11, 59), (12, 0), (12, 59), (13, 0)]
    valid = [is_valid_at(token, NOW.replace(hour=hour, minute=minute)) for hour, minute in times]
    assert valid == [False, True, True, False]
