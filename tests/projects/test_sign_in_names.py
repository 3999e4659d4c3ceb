"""When two sign-in names are the same, and which may be given a role."""

import unicodedata

import pytest

from functions.identity import Role, sign_in_key
from functions.problems import Invalid
from functions.projects.members import members_of, set_role
from functions.sign_in_names import (
    folded,
    read_administrators,
    refuse_lookalike,
    refuse_other_than_address,
    refuse_several,
)
from functions.storage import Storage

LOOKALIKES = [
    ("stra\u00dfe", "strasse"),
    ("admini\u017ftrator", "administrator"),
    ("\u212alaus", "klaus"),
    ("\uff41nna", "anna"),
    ("\u0430nna", "anna"),
    ("\u0130da", "ida"),
    ("ZO\u00cb", "Zo\u00eb"),
    ("anna ", "anna"),
]


@pytest.mark.parametrize(("name", "other"), LOOKALIKES)
def test_a_name_that_looks_like_another_is_another(name: str, other: str) -> None:
    assert sign_in_key(name) != sign_in_key(other)


def test_capitals_of_ascii_are_the_only_letters_with_two_spellings() -> None:
    assert sign_in_key("ANNA@Example.org") == sign_in_key("anna@example.org")
    changed = [chr(code) for code in range(0x110000) if folded(chr(code)) != chr(code)]
    assert "".join(changed) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    "name",
    [
        "administrator",
        "o'neil_j-r.x+y@example.org",
        "g_else.org#EXT#@example.onmicrosoft.com",
        "Zo\u00eb",
        "\u00c9lodie Gr\u00fcn \u00d8stby",
        "\u0410\u043d\u043d\u0430",
        "\u5c71\u7530 \u592a\u90ce",
        "\u30e4\u30de\u30c0",
        "Zo\u00eb 2",
    ],
)
def test_a_plain_name_is_one(name: str) -> None:
    refuse_lookalike(name)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("zo\u00eb@example.org", r"U\+00EB \(latin small letter e with diaeresis\); an address is in ASCII"),
        ("admini\u017ftrator", r"U\+017F \(latin small letter long s\); it stands for another"),
        ("\u212alaus", r"U\+212A \(kelvin sign\)"),
        ("anna\uff20example.org", r"U\+FF20 \(fullwidth commercial at\)"),
        ("\u0430nn\u0430", r"U\+0430 \(cyrillic small letter a\); the other letters are Latin"),
        ("\u03bfscar", r"U\+03BF \(greek small letter omicron\)"),
        (unicodedata.normalize("NFD", "Zo\u00eb"), r"U\+0308 \(combining diaeresis\)"),
    ],
)
def test_a_name_that_may_be_taken_for_another_is_refused_with_its_characters(name: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        refuse_lookalike(name)


@pytest.mark.parametrize(
    "name", ["anna@example.org", "o'neil_j-r.x+y@example.org", "g_else.org#EXT#@example.onmicrosoft.com"]
)
def test_an_address_is_a_name_of_a_tenant(name: str) -> None:
    refuse_several(name)
    refuse_other_than_address(name)


@pytest.mark.parametrize("name", ["dora@x.org, emil@x.org", "dora@x.org emil@x.org", "dora;emil", "Anna Smith", "a\tb"])
def test_several_names_are_not_one(name: str) -> None:
    with pytest.raises(ValueError, match="not one sign-in name"):
        refuse_several(name)
    with pytest.raises(ValueError, match="not one sign-in name"):
        read_administrators(name.replace(",", " "))


@pytest.mark.parametrize("name", ["dora", "@example.org", "dora@", "dora@x@y.org", "dora@x.", "dora@.org"])
def test_what_is_no_address_is_no_name_of_a_tenant(name: str) -> None:
    with pytest.raises(ValueError, match="they are addresses"):
        refuse_other_than_address(name)


async def test_in_a_tenant_people_are_invited_by_address_and_on_one_machine_by_any_name(storage: Storage) -> None:
    with pytest.raises(Invalid, match="they are addresses"):
        await set_role(storage, "p1", "dora", Role.LABELER, None, in_tenant=True)
    await set_role(storage, "p1", "dora@example.org", Role.LABELER, None, in_tenant=True)
    await set_role(storage, "p1", "emil", Role.LABELER, None, in_tenant=False)
    assert [member.sign_in_name for member in await members_of(storage, "p1")] == ["dora@example.org", "emil"]
