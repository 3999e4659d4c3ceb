"""What a project's dashboard tells, and that it moves by itself; the list of projects, and the way through it all."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures, user_id
from tests.running import Service

IMAGES = 12

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(IMAGES)))


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def cells(row: Locator) -> list[str]:
    return row.get_by_role("cell").all_inner_texts()


def test_charts_have_a_table_behind_them(service: Service, project: Project, page: Page) -> None:
    labeler = project.invite("labeler")
    project.label(labeler, 4, "Cat")
    project.label(labeler, 2, "Dog")
    cat, dog, uncertain = project.get()["labels"]
    good(project.change(labels=[{**cat, "group": "Animal"}, {**dog, "group": "Animal"}, uncertain]))
    page.goto(f"{service.url}/projects/{project.id}")

    labels = region(page, "By label")
    expect(labels.get_by_role("img", name="Bar chart: 6 images with 3 labels")).to_be_visible()
    labels.get_by_role("button", name="Show as table: By label").click()
    rows = labels.get_by_role("table", name="By label").get_by_role("row")
    expect(rows).to_have_count(5)
    assert [cells(row) for row in rows.all()[1:]] == [
        ["Uncertain", "0", "0%"],
        ["Animal", "6", "100%"],
        ["Cat", "4", "67%"],
        ["Dog", "2", "33%"],
    ]

    time = region(page, "Labels over time")
    expect(time.get_by_role("img", name="Bar chart of the last 48 hours: 6 labels")).to_be_visible()
    time.get_by_role("combobox", name="Span of time").select_option("By day")
    expect(time.get_by_role("img", name="Bar chart by day: 6 labels")).to_be_visible()
    time.get_by_role("button", name="Show as table: Labels over time").click()
    rows = time.get_by_role("table", name="Labels over time").get_by_role("row")
    expect(rows).to_have_count(2)
    assert cells(rows.nth(1))[1] == "6"
    time.get_by_role("button", name="Show as table: Labels over time").click()
    expect(time.get_by_role("img")).to_be_visible()


def test_figures_move_by_themselves(service: Service, project: Project, page: Page) -> None:
    labeler = project.invite("labeler")
    project.label(labeler, 2, "Cat")
    page.goto(f"{service.url}/projects/{project.id}")
    expect(page.get_by_text(f"2 of {IMAGES} images done (17%)")).to_be_visible()
    page.evaluate("window.isSameDocument = true")
    project.label(labeler, 3, "Dog")
    expect(page.get_by_text(f"5 of {IMAGES} images done (42%)")).to_be_visible()
    expect(page.get_by_role("img", name="Bar chart: 5 images with 3 labels")).to_be_visible()
    expect(page.get_by_role("img", name="Bar chart of the last 48 hours: 5 labels")).to_be_visible()
    assert page.evaluate("window.isSameDocument")

    chart = page.get_by_role("img", name="Bar chart of the last 48 hours: 5 labels")
    bar = chart.locator("rect[aria-label]").last.bounding_box()
    assert bar
    page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"])
    expect(chart.get_by_text(re.compile(r"^.+: \d$"))).to_be_visible()

    # Where nothing moves, a minute has ten calls at most, and none while nobody can see the page.
    page.clock.install()
    page.reload()
    expect(page.get_by_text(f"5 of {IMAGES} images done (42%)")).to_be_visible()
    expect(page.get_by_role("table", name="Refreshes")).to_be_visible()
    assert 3 <= calls_in_a_minute(page) <= 10
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    assert calls_in_a_minute(page) == 0


def calls_in_a_minute(page: Page) -> int:
    """Of the page's clock."""
    called: list[str] = []
    page.on("request", lambda request: called.append(request.url))
    for _ in range(12):
        page.clock.run_for(5_000)
        page.evaluate("fetch('/api/health')")  # What was asked for before is answered by now.
    return len([url for url in called if not url.endswith("/health")])


def test_nothing_is_shifted_while_the_dashboard_comes_and_moves(service: Service, project: Project, page: Page) -> None:
    labeler = project.invite("labeler")
    project.label(labeler, 2, "Cat")
    page.add_init_script(
        "window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {"
        " if (!one.hadRecentInput) window.shifted += one.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(f"{service.url}/projects/{project.id}")
    expect(page.get_by_role("img", name="Bar chart: 2 images with 3 labels")).to_be_visible()
    expect(page.get_by_role("table", name="Refreshes")).to_be_visible()
    project.label(labeler, 3, "Dog")
    expect(page.get_by_role("img", name="Bar chart: 5 images with 3 labels")).to_be_visible()
    # What Chromium's own guide calls good is less than 0.1.
    assert page.evaluate("window.shifted") < 0.02


def test_the_time_left_is_told_in_words_or_not_at_all(service: Service, project: Project, page: Page) -> None:
    labeled: list[tuple[str, int]] = []

    def activity(route: Route) -> None:
        route.fulfill(json={"hours": [{"at": at, "labeled": count} for at, count in labeled], "days": []})

    def progress(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "total": 1_200, "waiting": 1_200})

    page.route("**/activity", activity)
    page.route("**/progress", progress)
    address = f"{service.url}/projects/{project.id}"
    page.goto(address)
    expect(page.get_by_text("0 of 1,200 images done (0%)")).to_be_visible()
    # In place of charts without a bar: what to do first.
    steps = region(page, "Next steps")
    for name in ("Invite people", "Copy link", "Start labeling"):
        expect(steps.get_by_text(name, exact=True)).to_be_visible()
    expect(region(page, "By label")).to_have_count(0)
    steps.get_by_text("Invite people").click()
    expect(page.get_by_role("heading", name="Members")).to_be_in_viewport()
    expect(page.get_by_text("at today's pace")).to_have_count(0)
    # The running hour counts as far as it has run, a quarter at least.
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0).isoformat().replace("+00:00", "Z")
    labeled.append((hour, 200))
    page.goto(address)
    expect(page.get_by_text(re.compile("About [2-6] hours of labeling left at today's pace"))).to_be_visible()
    labeled[0] = (hour, 2_400)
    page.goto(address)
    expect(page.get_by_text(re.compile("About [123]0 minutes of labeling left at today's pace"))).to_be_visible()


def test_labelers_are_told_with_their_pace_and_the_ways_to_their_images(
    service: Service, project: Project, page: Page
) -> None:
    name = new_name("anna")
    anna = project.invite("labeler", name)
    ids = project.label(anna, 4, "Cat")
    rejection = {"images": [{"id": ids[0]}], "reason": "a dog"}
    good(project.boss.post(f"{project.path}/rejections", json=rejection))
    lease = project.lease(anna, 2)
    good(project.submit(anna, lease, {}, [{"id": image["id"], "reason": "dark"} for image in lease["images"]]))
    good(project.boss.post(f"{project.path}/rejections", json={"images": [{"id": ids[1]}]}))
    good(project.boss.post(f"{project.path}/confirmations", json={"images": [{"id": ids[2]}]}))
    assert (project.progress()["returned"], project.progress()["reviewed"]) == (1, 1)
    page.goto(f"{service.url}/projects/{project.id}")
    attention = region(page, "Needs attention").get_by_role("listitem")
    expect(attention).to_have_text("1 rejected image is waiting to be labeled again. See it")
    address = f"/projects/{project.id}/data?rejected=true"
    expect(attention.get_by_role("link")).to_have_attribute("href", address)
    expect(page.get_by_role("term").filter(has_text="Reviewed").locator("..")).to_have_text(re.compile("^Reviewed1"))
    row = page.get_by_role("table", name="Labelers").get_by_role("row").nth(1)
    figures = next(one for one in project.progress()["byLabeler"] if one["name"] == name)
    skipped, pace = f"{figures['skipped']} skipped", f"{round(figures['labeledPerHour'])} an hour"
    expect(row.get_by_role("cell")).to_have_text(
        [name, f"2{skipped}", "150%", f"{pace}2 today", "50%2 of 4, 15–85%", "Side by side"]
    )
    expect(region(page, "Labelers").get_by_text("Gray: fewer than 20 images, too few to say much.")).to_be_visible()

    row.get_by_role("button", name=f"Images of {name} side by side").click()
    page.get_by_role("menuitem", name="Dog").click()
    expect(page).to_have_url(
        f"{service.url}/projects/{project.id}/data?view=side-by-side&labeler={user_id(name)}&label=Dog"
    )
    page.get_by_role("tab", name="Dashboard").click()
    page.get_by_role("table", name="Labelers").get_by_role("link", name=name).click()
    expect(page).to_have_url(f"{service.url}/projects/{project.id}/data?labeler={user_id(name)}")


def test_the_newest_exports_are_told_in_short(service: Service, project: Project, page: Page) -> None:
    project.label(project.boss, 2)
    project.export("csv")
    page.goto(f"{service.url}/projects/{project.id}")
    exports = region(page, "Exports")
    expect(exports.get_by_role("listitem")).to_contain_text("2 images")
    exports.get_by_role("link", name="All exports").click()
    expect(page.get_by_role("tab", name="Export")).to_have_attribute("aria-selected", "true")


def test_tabs_are_walked_by_the_keyboard(service: Service, project: Project, page: Page) -> None:
    page.goto(f"{service.url}/projects/{project.id}")
    page.get_by_role("tab", name="Dashboard").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Data")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Export labels")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()


def test_one_project_is_found_among_many(service: Service, people: People, project: Project, page: Page) -> None:
    listed = good(people().get("/api/projects?limit=200"))["items"]

    def many(route: Route) -> None:
        others = [{**listed[0], "id": f"other{n}", "name": f"Other birds {n}", "status": "created"} for n in range(8)]
        last = {**listed[0], "id": "quiet", "name": "Quiet rabbits", "status": "paused"}
        route.fulfill(json={"items": [*others, last], "nextCursor": None})

    page.route("**/api/projects?*", many)
    page.goto(f"{service.url}/projects")
    search = page.get_by_role("searchbox", name="Search projects")
    expect(page.get_by_text("9 of 9 projects")).to_be_visible()
    search.fill("birds 3")
    expect(page.get_by_text("1 of 9 projects")).to_be_visible()
    expect(page.get_by_role("link", name="Other birds 3", exact=True)).to_be_visible()
    search.fill("")
    page.get_by_role("combobox", name="Status").select_option("Paused")
    expect(page.get_by_text("1 of 9 projects")).to_be_visible()
    expect(page.get_by_role("link", name="Quiet rabbits", exact=True)).to_be_visible()
    search.fill("birds")
    page.get_by_role("button", name="Show all projects").click()
    expect(page.get_by_text("9 of 9 projects")).to_be_visible()


@pytest.mark.parametrize("size", [(768, 1024), (640, 400)])
def test_the_navigation_is_a_menu_on_narrow_screens(
    service: Service, project: Project, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{service.url}/projects")
    navigation = page.get_by_role("navigation", name="Main")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="Open the menu").press("Enter")
    expect(navigation.get_by_role("link", name="Projects")).to_be_focused()
    page.keyboard.press("Escape")
    expect(navigation).to_be_hidden()
    expect(page.get_by_role("button", name="Open the menu")).to_be_focused()
    page.keyboard.press("Enter")
    navigation.get_by_role("link", name="Datasets").click()
    expect(page.get_by_role("heading", name="Datasets", exact=True)).to_be_visible()
    expect(navigation).to_be_hidden()
