"""What a labeler has submitted arrives, once, whatever happens to the service, the network, the tab and the sign-in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.browser.tagging.labelers import Enter, Labeler, entering
from tests.browser.tagging.sheet import file_name
from tests.running import Service, until

IMAGES = 12
LAYOUT = 4
DOWN_MS = 20_000


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of these tests' own: one that may be killed."""
    with Service(tmp_path_factory.mktemp("kept") / "data") as running:
        yield running


@pytest.fixture
def project(people: People) -> Project:
    made = new_project(people, Folder(people, pictures(IMAGES)))
    made.wait_until_ready()
    return made


@pytest.fixture
def enter(service: Service, browser: Browser, project: Project) -> Iterator[Enter]:
    with entering(service, browser, project) as let_in:
        yield let_in


def kept(pages: int) -> str:
    return f"{pages} {'page is' if pages == 1 else 'pages are'} kept in this browser and sent as soon as"


def says_kept(page: Page, pages: int) -> None:
    expect(page.get_by_role("banner").get_by_role("status")).to_contain_text(kept(pages))


def says_nothing_is_kept(page: Page) -> None:
    expect(page.get_by_role("banner").get_by_role("status")).to_have_text("")


def holds_a_page_ahead(labeler: Labeler) -> None:
    """Until the service has handed out the page on screen and the one after it, and its pictures are there."""
    until(lambda: labeler.project.progress()["leased"] == 2 * LAYOUT, "no page was fetched ahead")
    labeler.page.wait_for_load_state("networkidle")


def each_was_labeled_once(labeler: Labeler) -> None:
    project = labeler.project
    until(lambda: project.progress()["labeled"] == IMAGES, "not everything has arrived")
    for image in project.images():
        history = project.image(image["name"])["history"]
        assert [(entry["action"], entry["byName"]) for entry in history] == [("labeled", labeler.name)]


def test_a_service_that_is_killed_while_one_labels_loses_nothing(service: Service, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    holds_a_page_ahead(labeler)
    first = labeler.names()
    service.kill()
    try:
        labeler.tag_all()
        labeler.submit()
        expect(labeler.untagged).to_have_count(LAYOUT)
        labeler.sees_all_pictures()
        assert not set(first) & set(labeler.names())
        says_kept(labeler.page, 1)
        labeler.tag_all()
        labeler.submit()
        expect(labeler.page.get_by_role("heading", name="The service does not answer")).to_be_visible()
        says_kept(labeler.page, 2)
        labeler.page.wait_for_timeout(DOWN_MS)
    finally:
        service.start()
    labeler.finish()
    says_nothing_is_kept(labeler.page)
    assert labeler.is_same_document()
    each_was_labeled_once(labeler)


def test_who_goes_offline_labels_on_and_sends_later(enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    holds_a_page_ahead(labeler)
    labeler.context.set_offline(True)
    for _ in range(2):
        labeler.tag_all()
        labeler.submit()
    expect(labeler.page.get_by_role("heading", name="You are offline")).to_be_visible()
    says_kept(labeler.page, 2)
    assert labeler.project.progress()["labeled"] == 0
    labeler.context.set_offline(False)
    labeler.finish()
    assert labeler.is_same_document()
    each_was_labeled_once(labeler)


def test_a_page_survives_a_reload_while_the_service_is_down(service: Service, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    holds_a_page_ahead(labeler)
    service.kill()
    try:
        labeler.tag_all()
        labeler.submit()
        labeler.tag_all(2)
        with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
            labeler.page.reload()
    finally:
        service.start()
    labeler.page.goto(f"{service.url}/labeling/{labeler.project.id}/tasks")
    # The page that was tagged and not submitted is there again, with its tags.
    expect(labeler.page.get_by_role("option", name="Dog")).to_have_count(LAYOUT)
    labeler.submit()
    labeler.finish()
    each_was_labeled_once(labeler)


def test_another_page_of_the_site_sends_what_a_closed_tab_has_left(service: Service, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    service.kill()
    try:
        labeler.tag_all()
        labeler.submit()
        says_kept(labeler.page, 1)
        labeler.page.close(run_before_unload=True)
    finally:
        service.start()
    labeler.context.route("**/submission", lambda route: route.abort())
    page = labeler.context.new_page()
    page.goto(f"{service.url}/labeling")
    says_kept(page, 1)
    assert labeler.project.progress()["labeled"] == 0
    labeler.context.unroute_all(behavior="ignoreErrors")
    until(lambda: labeler.project.progress()["labeled"] == LAYOUT, "the page has not arrived")
    says_nothing_is_kept(page)


def test_what_is_kept_is_sent_in_the_name_of_who_submitted_it(service: Service, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    labeler.context.clear_cookies()
    labeler.tag_all()
    labeler.submit()
    expect(labeler.page.get_by_text("kept in this browser, and is sent once you have signed in")).to_be_visible()
    # Somebody else of the same project sits down at the same browser.
    other = new_name("other")
    labeler.project.invite("labeler", other)
    labeler.sign_in(other)
    page = labeler.page
    labeler.start(LAYOUT)
    expect(page.get_by_role("button", name=f"Account of {other}")).to_be_visible()
    says_nothing_is_kept(page)
    assert labeler.project.progress()["labeled"] == 0
    labeler.sign_in(labeler.name)
    page.goto(f"{service.url}/labeling")
    until(lambda: labeler.project.progress()["labeled"] == LAYOUT, "the page has not arrived")
    (row,) = [row for row in labeler.project.progress()["byLabeler"] if row["labeled"]]
    assert row["name"] == labeler.name


def test_somebody_elses_sign_in_in_another_tab_sends_nothing_in_their_name(service: Service, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    other = new_name("other")
    labeler.project.invite("labeler", other)
    labeler.tag_all()
    labeler.sign_in(other)
    labeler.submit()
    expect(labeler.page.get_by_role("button", name=f"Account of {other}")).to_be_visible()
    assert labeler.project.progress()["labeled"] == 0
    labeler.sign_in(labeler.name)
    labeler.page.reload()
    until(lambda: labeler.project.progress()["labeled"] == LAYOUT, "the page has not arrived")
    (row,) = [row for row in labeler.project.progress()["byLabeler"] if row["labeled"]]
    assert row["name"] == labeler.name


def test_two_tabs_count_a_page_once_and_show_none_that_was_submitted(service: Service, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    second = labeler.context.new_page()
    second.goto(f"{service.url}/labeling/{labeler.project.id}/tasks")
    first = labeler.names()
    labeler.tag_all()
    labeler.submit()
    until(lambda: labeler.project.progress()["labeled"] == LAYOUT, "the page has not arrived")
    shown = second.get_by_role("option", name="Image ")
    expect(shown.first).to_be_visible()
    for name in first:
        expect(second.get_by_role("option", name=name)).to_have_count(0)
        # A tab may see late what another has sent: what it then sends again counts nothing.
        history = labeler.project.image(name)["history"]
        assert [entry["action"] for entry in history] == ["labeled"]
    assert labeler.project.progress()["labeled"] == LAYOUT


def test_a_page_whose_label_is_gone_comes_back_with_its_other_tags(enter: Enter) -> None:
    labeler = enter(LAYOUT)
    project = labeler.project
    labeler.start(LAYOUT)
    is_down = True

    def answer(route: Route) -> None:
        if is_down:
            route.abort()
        else:
            route.continue_()

    labeler.context.route("**/submission", answer)
    names = labeler.names()
    labeler.press("2")
    labeler.tag_all()
    labeler.submit()
    says_kept(labeler.page, 1)
    kept_labels = [label for label in project.get()["labels"] if label["name"] != "Dog"]
    good(project.change(labels=kept_labels))
    is_down = False
    says = labeler.page.get_by_role("status").filter(has_text="a page comes back to you")
    expect(says).to_contain_text("because 1 image has a label that the project no longer has")
    # The page after it is on screen by now, and is finished first.
    labeler.tag_all()
    labeler.submit()
    expect(labeler.page.get_by_role("option", name=f"{names[0]}, no label")).to_be_visible()
    for name in names[1:]:
        expect(labeler.page.get_by_role("option", name=f"{name}, Cat")).to_be_visible()
    labeler.press("3")
    labeler.submit()
    expect(says).to_have_count(0)
    labeler.finish()
    labels = {file_name(image): image["labels"] for image in project.images()}
    assert [labels[name] for name in names] == [["Uncertain"], ["Cat"], ["Cat"], ["Cat"]]
    each_was_labeled_once(labeler)


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (1, "others labeled 1 image of your page first. The rest is saved."),
        (LAYOUT, "others labeled the images of a page or have them now, so its labels could not be saved."),
    ],
)
def test_what_others_have_labeled_meanwhile_is_told_until_it_is_read(enter: Enter, taken: int, words: str) -> None:
    labeler = enter(LAYOUT)
    project = labeler.project
    labeler.start(LAYOUT)
    names = labeler.names()
    labeler.context.set_offline(True)
    labeler.tag_all()
    labeler.submit()
    says_kept(labeler.page, 1)
    for image in [image for image in project.images() if file_name(image) in names][:taken]:
        good(project.boss.put(f"{project.path}/images/{image['id']}/labels", json={"labels": ["Dog"]}))
    labeler.context.set_offline(False)
    told = labeler.page.get_by_role("status").filter(has_text=words)
    expect(told).to_be_visible()
    labels = [image["labels"] for image in project.images() if file_name(image) in names]
    assert sorted(labels) == [["Cat"]] * (LAYOUT - taken) + [["Dog"]] * taken
    # It is there until somebody has read it, in every tab.
    labeler.page.reload()
    expect(told).to_have_count(1)
    told.get_by_role("button", name="OK").click()
    expect(told).to_have_count(0)
    labeler.page.reload()
    expect(labeler.tiles).to_have_count(LAYOUT)
    expect(told).to_have_count(0)


def test_who_is_removed_is_told_so_and_can_send_the_page_again_once_they_are_back(enter: Enter) -> None:
    labeler = enter(LAYOUT)
    project, page = labeler.project, labeler.page
    labeler.start(LAYOUT)
    names, before = labeler.names(), project.progress()["labeled"]
    good(project.boss.delete(f"{project.path}/members/{labeler.name}"), 204)
    labeler.tag_all()
    labeler.submit()
    gone = page.get_by_role("heading", name="You are no longer a member of this project")
    expect(gone).to_be_visible()
    expect(labeler.tiles).to_have_count(0)
    told = page.get_by_role("status").filter(has_text="because an administrator removed you")
    expect(told).to_have_count(1)
    assert project.progress()["labeled"] == before
    project.invite("labeler", labeler.name)
    told.get_by_role("button", name="Send again").click()
    expect(told).to_have_count(0)
    until(lambda: project.progress()["labeled"] == before + LAYOUT, "the page was not saved")
    assert {tuple(image["labels"]) for image in project.images() if file_name(image) in names} == {("Cat",)}


def test_a_page_that_was_submitted_elsewhere_with_other_tags_is_told(enter: Enter) -> None:
    labeler = enter(LAYOUT)
    project = labeler.project
    labeler.start(LAYOUT)
    names = labeler.names()
    labeler.context.set_offline(True)
    labeler.tag_all()
    labeler.submit()
    says_kept(labeler.page, 1)
    elsewhere = project.invite("labeler", labeler.name)
    lease = project.lease(elsewhere, LAYOUT)
    first, *others = [image["id"] for image in lease["images"]]
    good(project.submit(elsewhere, lease, {first: ["Dog"], **{image: ["Cat"] for image in others}}))
    labeler.context.set_offline(False)
    told = labeler.page.get_by_role("status").filter(has_text="with different labels for 1 image")
    expect(told).to_be_visible()
    labels = sorted(image["labels"] for image in project.images() if file_name(image) in names)
    assert labels == [["Cat"]] * (LAYOUT - 1) + [["Dog"]]
