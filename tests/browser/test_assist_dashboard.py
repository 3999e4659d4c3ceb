"""What a project's dashboard tells of suggestions: how they stand, how right they are, and what people make of them."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from functions.assist.store import TRAININGS, Confusion, LabelFigures, Together, Training, new_training
from functions.labeling.board import make_board
from functions.labeling.suggestions import Suggestion
from functions.projects.model import Project as Stored
from functions.settings import Settings
from functions.storage import Storage
from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

IMAGES = 12
CAT, DOG, LONG = 1, 2, 3
LABELS = ["Cat", "Dog", "A name as long as a name may be, of a subspecies of a species ".ljust(100, "x")]
LACKING = "Suggestions need 5 labeled images of at least 2 labels: 'Cat' has 6, 'Dog' has 0."
HIDDEN = {"images": 30, "right": 27, "interval": [0.744, 0.965]}
BROKEN = "The features of 3 packs could not be read."


def training(project: Project, hours_ago: int, **fields: Any) -> Training:
    """One that is over, of a project whose labels are as many as then: nothing is due to be learned."""
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    over = {"started_at": at, "finished_at": at + timedelta(seconds=3), "seconds": 3.2, "labeled": 0}
    return new_training(project.id, "completed", at).model_copy(update={**over, **fields})


def learned(project: Project, hours_ago: int, labels: int, right: float) -> Training:
    return training(
        project,
        hours_ago,
        labels=labels,
        right=right,
        sure_from=0.87,
        sure_right=0.96,
        sure_share=0.64,
        by_label=(
            LabelFigures(id=CAT, count=40, right=0.9),
            LabelFigures(id=LONG, count=4, right=None),
            LabelFigures(id=DOG, count=20, right=0.75),
        ),
        confusion=(
            Confusion(label=CAT, suggested=DOG, count=21, images=()),
            Confusion(label=LONG, suggested=CAT, count=1, images=()),
        ),
    )


def done(work: Callable[[Storage], Any], service: Service) -> None:
    """Does something with the service's storage. Playwright has an event loop in this thread."""

    async def do() -> None:
        environment = {"DATA_STORAGE": service.data_storage, "SECRETS_FILE": "unused"}
        storage = Storage(Settings.from_environment(environment))
        try:
            await work(storage)
        finally:
            await storage.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, do()).result()


async def _insert(trainings: Sequence[Training], storage: Storage) -> None:
    for one in trainings:
        await TRAININGS.insert(storage, one)


async def _suggest_cats(project: Project, storage: Storage) -> None:
    board = make_board(storage.tables.table(Stored.model_construct(task_type="multiClass", id=project.id).images_table))
    every = range(IMAGES)
    await board.suggestions.put_learned(0, every, dict.fromkeys(every, Suggestion(CAT, 0.99, sure=True)), "one")


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(IMAGES)), labels=LABELS, mlAssist=True)


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def height(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["height"]


def rows(page: Page, table: str) -> list[list[str]]:
    """The texts of a table's cells, without its head, as soon as it has any."""
    expect(region(page, table).get_by_role("row").nth(1)).to_be_visible()
    found = region(page, table).get_by_role("row").all()
    return [row.get_by_role("cell").all_inner_texts() for row in found[1:]]


def figure(page: Page, name: str) -> Locator:
    """With its small print."""
    return region(page, "Suggestions").locator("dl > div").filter(has_text=name)


def stands(page: Page, **fields: Any) -> None:
    """Lets suggestions stand otherwise than they do."""

    def answer(route: Route) -> None:
        real = route.fetch()
        route.fulfill(response=real, json={**real.json(), **fields})

    page.route("**/assist", answer)


def test_of_several_labels_an_image_it_is_told_how_right_each_is_and_which_occur_together(
    service: Service, people: People, page: Page
) -> None:
    project = new_project(people, Folder(people, pictures(2)), labels=LABELS, mlAssist=True, taskType="multiLabel")
    by_label = (
        LabelFigures(id=CAT, count=40, right=0.9, precision=0.8),
        LabelFigures(id=LONG, count=4, right=None),
        LabelFigures(id=DOG, count=20, right=0.0, precision=None),
    )
    pairs = (Together(labels=(CAT, DOG), count=12), Together(labels=(CAT, LONG), count=1))
    made = learned(project, 1, 60, 0.7).model_copy(update={"by_label": by_label, "confusion": (), "together": pairs})
    done(partial(_insert, [made]), service)
    page.goto(f"{service.url}/projects/{project.id}")
    expect(figure(page, "Test accuracy")).to_contain_text("images with every label right")
    expect(region(page, "Often confused labels")).to_have_count(0)
    expect(region(page, "Labels that occur together").get_by_role("listitem").first).to_have_text(
        "12 images have both Cat and Dog"
    )
    found = rows(page, "Accuracy by label")
    assert [row[1:] for row in found] == [
        ["20", "0%", "never suggested"],
        ["40", "90%", "80%"],
        ["4", "not tested", ""],
    ]


def test_trainings_are_told_with_what_they_came_to(service: Service, project: Project, page: Page) -> None:
    older = [learned(project, 10 + number, 50, 0.7) for number in range(18)]
    over = [
        learned(project, 1, 640, 0.92),
        training(project, 2, status="failed", detail=BROKEN),
        learned(project, 3, 300, 0.88),
        *older,
        training(project, 99, status="waiting", detail=LACKING),
    ]
    done(partial(_insert, over), service)
    page.goto(f"{service.url}/projects/{project.id}")

    expect(region(page, "Suggestions").get_by_role("status")).to_contain_text("Ready")
    expect(figure(page, "Test accuracy")).to_contain_text("92%")
    expect(figure(page, "Confident suggestions")).to_contain_text("64%")
    expect(figure(page, "Will come pre-labeled")).to_contain_text("8")
    expect(figure(page, "Will come unlabeled")).to_contain_text("4")
    expect(page.get_by_text("from a confidence of 87%. In the test, 96% of such")).to_be_visible()

    curve = region(page, "Accuracy of suggestions")
    expect(curve.get_by_role("img", name="Line chart of 3 trainings: 92% right with 640 labels")).to_be_visible()
    curve.get_by_role("button", name="Show as table").click()
    assert rows(page, "Accuracy of suggestions") == [
        ["640", "92%", "64%"],
        ["300", "88%", "64%"],
        ["50", "70%", "64%"],
    ]
    assert rows(page, "Accuracy by label") == [
        ["Dog", "20", "75%"],
        ["Cat", "40", "90%"],
        [LABELS[2], "4", "not tested"],
    ]

    expect(region(page, "Trainings").get_by_role("row")).to_have_count(1 + 20)
    told = rows(page, "Trainings")
    assert [row[1:] for row in told[:3]] == [
        ["3 s", "Completed", "640", "92%", "64%"],
        ["3 s", "Failed", BROKEN],
        ["3 s", "Completed", "300", "88%", "64%"],
    ]
    region(page, "Trainings").get_by_role("button", name="Show more").click()
    expect(region(page, "Trainings").get_by_role("row").last).to_contain_text(LACKING)
    expect(region(page, "Trainings").get_by_role("button", name="Show more")).to_have_count(0)

    confused = region(page, "Often confused labels")
    expect(confused.get_by_role("link").last).to_have_text(f"1 image labeled {LABELS[2]} looks like Cat")
    confused.get_by_role("link", name="21 images labeled Cat look like Dog").click()
    expect(page).to_have_url(f"{service.url}/projects/{project.id}/data?doubted=true&label=Cat&suggested=Dog")


def test_long_lists_are_shortened_and_come_whole_on_demand(service: Service, people: People, page: Page) -> None:
    labels = [f"Species {number:03}" for number in range(500)]
    project = new_project(people, Folder(people, pictures(1)), labels=labels, mlAssist=True)
    figures = tuple(LabelFigures(id=1 + number, count=9, right=number / 500) for number in range(500))
    done(partial(_insert, [training(project, 1, labels=4_500, right=0.5, by_label=figures)]), service)
    page.goto(f"{service.url}/projects/{project.id}")
    by_label = region(page, "Accuracy by label")
    expect(by_label.get_by_role("row")).to_have_count(1 + 8)
    expect(by_label.get_by_role("row").nth(1)).to_contain_text(labels[0])
    short = height(by_label)
    by_label.get_by_role("button", name="show all 500").click()
    expect(by_label.get_by_role("row")).to_have_count(1 + 500)
    assert height(by_label) < 2 * short
    by_label.get_by_role("button", name="show all 500").click()
    expect(by_label.get_by_role("row")).to_have_count(1 + 8)


def test_what_people_make_of_suggestions_is_told(service: Service, project: Project, page: Page) -> None:
    done(partial(_insert, [learned(project, 1, 640, 0.92)]), service)
    done(partial(_suggest_cats, project), service)
    name = new_name("anna")
    anna = project.invite("labeler", name)
    lease = project.lease(anna, 5)
    while any(image["suggestions"] is None for image in lease["images"]):
        good(anna.delete(f"{project.path}/leases/{lease['id']}"), 204)
        lease = project.lease(anna, 5)
    ids = [image["id"] for image in lease["images"]]
    good(project.submit(anna, lease, {image: ["Dog" if image == ids[0] else "Cat"] for image in ids}))
    page.goto(f"{service.url}/projects/{project.id}")
    expect(region(page, "Accepted suggestions").get_by_role("row")).to_have_count(2)
    assert rows(page, "Accepted suggestions") == [[name, "4", "1", "80%"]]
    expect(figure(page, "Acceptance rate")).to_contain_text("4 of 5")
    expect(page.get_by_text("worth a look")).to_have_count(0)

    everybody = [
        {"userId": "one", "name": "one@example.com", "accepted": 214, "changed": 0},
        {"userId": "two", "name": "two@example.com", "accepted": 90, "changed": 10},
    ]
    stands(page, byLabeler=everybody, hidden=HIDDEN)
    page.reload()
    expect(figure(page, "Accuracy of hidden suggestions")).to_contain_text("90%")
    expect(figure(page, "Accuracy of hidden suggestions")).to_contain_text("27 of 30: between 74% and 97%")
    expect(region(page, "Accepted suggestions").get_by_text("worth a look")).to_have_text(
        "accepted all 214: worth a look"
    )
    region(page, "Accepted suggestions").get_by_role("link", name="two@example.com").click()
    expect(page).to_have_url(f"{service.url}/projects/{project.id}/data?labeler=two")


def test_learning_is_asked_for_and_refused_in_words(service: Service, project: Project, page: Page) -> None:
    done(partial(_insert, [learned(project, 1, 640, 0.92)]), service)
    page.goto(f"{service.url}/projects/{project.id}")
    learn = region(page, "Suggestions").get_by_role("button", name="Learn now")
    expect(region(page, "Trainings").get_by_role("row")).to_have_count(2)
    words = "Suggestions are switched off in this project."
    page.route(
        "**/trainings",
        lambda route: route.fulfill(status=409, json={"title": "Conflict", "status": 409, "detail": words}),
    )
    learn.click()
    expect(region(page, "Suggestions").get_by_role("alert")).to_have_text(words)
    page.unroute("**/trainings")
    learn.click()
    expect(region(page, "Trainings").get_by_role("row")).to_have_count(3)
    assert len(good(project.boss.get(f"{project.path}/trainings"))["items"]) == 2

    stands(page, status="learning", detail=None)
    expect(region(page, "Suggestions").get_by_role("status")).to_contain_text("Learning")
    expect(learn).to_be_disabled()


def test_reviewers_see_suggestions_and_do_not_let_them_be_learned(
    service: Service, project: Project, page: Page, context: BrowserContext
) -> None:
    done(partial(_insert, [learned(project, 1, 640, 0.92)]), service)
    name = new_name("reviewer")
    project.invite("reviewer", name)
    sign_in_as(context, service, name)
    page.goto(f"{service.url}/projects/{project.id}")
    expect(region(page, "Trainings").get_by_role("row")).to_have_count(2)
    expect(figure(page, "Test accuracy")).to_contain_text("92%")
    expect(page.get_by_role("button", name="Learn now")).to_have_count(0)


def test_a_project_without_suggestions_asks_for_nothing_of_them(service: Service, people: People, page: Page) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("?")[0].split("/")[-1]))
    page.goto(f"{service.url}/projects/{project.id}")
    expect(page.get_by_role("table", name="Refreshes")).to_be_visible()
    expect(region(page, "Suggestions")).to_have_count(0)
    assert "progress" in asked
    assert not {"assist", "trainings"} & set(asked)


def test_suggestions_are_told_accessibly(service: Service, project: Project, page: Page) -> None:
    over = [
        training(project, 1, status="failed", detail=BROKEN),
        learned(project, 2, 640, 0.92),
        learned(project, 3, 300, 0.88),
        training(project, 4, status="waiting", detail=LACKING),
    ]
    done(partial(_insert, over), service)
    labeler = {"userId": "one", "name": f"{'a-long-name-' * 6}@example.com", "accepted": 214, "changed": 0}
    stands(
        page,
        status="learning",
        detail=None,
        byLabeler=[labeler],
        hidden=HIDDEN,
    )
    for size in ((1280, 800), (640, 400)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{service.url}/projects/{project.id}")
        expect(page.get_by_text("accepted all 214: worth a look")).to_be_visible()
        expect(page.get_by_role("img", name="Line chart of 2 trainings")).to_be_visible()
        expect(page.get_by_role("table", name="Refreshes")).to_be_visible()
        assert_accessible(page)
        # Nothing is wider than the screen.
        assert page.get_by_role("main").evaluate("(main) => main.scrollWidth - main.clientWidth") == 0
