import httpx
import pytest

from localhost.sign_in import local_path, principal
from tests.localhost.conftest import Toy


@pytest.mark.parametrize("uri", ["/", "/projects/1", "/a?b=c#d", "/%2F%2Fevil"])
def test_a_path_of_this_site_is_where_signing_in_leads(uri: str) -> None:
    assert local_path(uri) == uri


@pytest.mark.parametrize(
    "uri",
    ["//evil.example", "/\\evil.example", "\\\\evil", "https://evil.example", "evil", "/\t/evil", "/\n/evil", "", None,
     "/a\\b", "javascript:alert(1)", " //evil"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(uri: str | None) -> None:
    assert local_path(uri) == "/"


@pytest.mark.parametrize("name", ["admini\u017ftrator", "administrator ", "\u0430dministrator"])
def test_a_name_that_looks_like_another_is_another_persons(name: str) -> None:
    assert principal(name)["userId"] != principal("administrator")["userId"]
    assert principal("Administrator")["userId"] == principal("administrator")["userId"]


def sign_in(client: httpx.Client, name: str, then: str = "/") -> httpx.Response:
    return client.post("/.auth/login/local", params={"post_login_redirect_uri": then}, data={"name": name})


def test_one_click_signs_in_and_leads_back(toy: Toy) -> None:
    with toy.service.client(None) as client:
        assert client.get("/.auth/me").json() == {"clientPrincipal": None}
        page = client.get("/.auth/login/local?post_login_redirect_uri=/projects/1%3Fa=b")
        assert 'action="/.auth/login/local?post_login_redirect_uri=/projects/1%3Fa%3Db"' in page.text
        answer = sign_in(client, "administrator", "/projects/1?a=b")
        assert (answer.status_code, answer.headers["location"]) == (303, "/projects/1?a=b")
        assert {"httponly", "samesite=lax", "path=/"} <= {
            part.strip().lower() for part in answer.headers["set-cookie"].split(";")
        }
        assert client.get("/.auth/me").json() == {"clientPrincipal": principal("administrator")}
        assert client.get("/.auth/logout").headers["location"] == "/"
        assert client.get("/.auth/me").json() == {"clientPrincipal": None}


def test_the_answer_to_signing_in_never_names_another_site(toy: Toy) -> None:
    with toy.service.client(None) as client:
        assert sign_in(client, "ana", "//evil.example").headers["location"] == "/"
        assert "evil" not in client.get("/.auth/login/local?post_login_redirect_uri=//evil.example").text
        page = client.get('/.auth/login/local?post_login_redirect_uri=/"><script>')
        assert "<script>" not in page.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 257, "a\nb"])
def test_a_name_that_is_none_signs_nobody_in(toy: Toy, name: str) -> None:
    with toy.service.client(None) as client:
        answer = sign_in(client, name)
        assert (answer.status_code, answer.cookies) == (422, httpx.Cookies())


def test_another_site_signs_nobody_in(toy: Toy) -> None:
    with toy.service.client(None) as client:
        answer = client.post("/.auth/login/local", data={"name": "x"}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("cookie", ["x", "e30=", "bnVsbA==", "W10=", "eyJ1c2VyRGV0YWlscyI6MX0=", "%"])
def test_a_cookie_that_says_nothing_is_nobody_s(toy: Toy, cookie: str) -> None:
    with toy.service.client(None) as client:
        me = client.get("/.auth/me", headers={"cookie": f"StaticWebAppsAuthCookie={cookie}"})
    assert me.json() == {"clientPrincipal": None}


def test_a_name_in_any_case_is_the_same_person() -> None:
    assert principal("Ana")["userId"] == principal("ana")["userId"] != principal("bo")["userId"]
