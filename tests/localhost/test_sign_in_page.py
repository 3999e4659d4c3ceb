from playwright.sync_api import Page, expect

from tests.localhost.conftest import Toy


def test_one_click_signs_in_as_administrator(toy: Toy, page: Page) -> None:
    page.goto(toy.service.url + "/.auth/login/local?post_login_redirect_uri=/.auth/me")
    page.get_by_role("button", name="Sign in as administrator").click()
    expect(page.locator("body")).to_contain_text('"userDetails":"administrator"')


def test_any_name_typed_signs_in_as_that_person(toy: Toy, page: Page) -> None:
    page.goto(toy.service.url + "/.auth/login/local?post_login_redirect_uri=/.auth/me")
    page.get_by_label("Or as someone else").fill("Zoë O'Hara")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("body")).to_contain_text("Zoë O'Hara")


def test_the_page_s_own_policy_lets_all_of_it_load(toy: Toy, page: Page) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(toy.service.url + "/.auth/login/local")
    expect(page.get_by_role("button", name="Sign in as administrator")).to_be_focused()
    assert problems == []
