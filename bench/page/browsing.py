"""What a labeler and a reviewer wait for, as Chromium has it."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from playwright.async_api import Browser, BrowserContext, Page, Request, Response, ViewportSize, async_playwright

from bench.measures import FirstVisit, Loads, Scroll
from localhost import sign_in
from tests.browser import ensure_chromium
from tests.running import Service

VIEWPORT = ViewportSize(width=1280, height=800)
# Between two pages a labeler looks at nine images; meanwhile those of the next page are loaded.
LOOKS_SECONDS = 1.0
# For whatever a page is waited for. Scripts that wait have no limit of Playwright's.
MOST_SECONDS = 60.0
WHEEL_PIXELS, WHEEL_SECONDS = 400, 0.04

# Notes, in ms from the navigation's start, when the images are painted.
USABLE = """
window.usable = new Promise((resolve) => {
  const look = () => {
    const pictures = [...document.querySelectorAll(SELECTOR)];
    if (pictures.length >= COUNT && pictures.every((one) => one.complete && one.naturalWidth > 0))
      Promise.all(pictures.map((one) => one.decode())).then(() =>
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""
# Notes, in ms from the key that submits, when the next page's images are painted.
PAINTED = """() => {
  const first = () => document.querySelector("[role=option]")?.getAttribute("aria-label");
  const before = first();
  window.painted = new Promise((resolve) => addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const look = () => {
      const pictures = [...document.querySelectorAll("[role=option] img")];
      if (first() && first() !== before && pictures.every((one) => one.complete && one.naturalWidth > 0))
        Promise.all(pictures.map((one) => one.decode())).then(() =>
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp))));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true }));
}"""
LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((one) => one.duration)))
  .observe({ type: "longtask", buffered: true });
"""


# The images of a page here, and the one image of a task in Label Studio.
TILES = "[role=option] img", 9
TASK = "img[alt=image]", 1


def usable(pictures: tuple[str, int]) -> str:
    selector, count = pictures
    return USABLE.replace("SELECTOR", json.dumps(selector)).replace("COUNT", str(count))


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=ensure_chromium.ensure())
        try:
            yield browser
        finally:
            await browser.close()


async def visitor(browser: Browser, url: str, cookies: Mapping[str, str]) -> BrowserContext:
    context = await browser.new_context(viewport=VIEWPORT)
    await context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
    return context


async def signed_in(browser: Browser, service: Service, name: str) -> BrowserContext:
    return await visitor(browser, service.url, {sign_in.COOKIE: sign_in.encoded(sign_in.principal(name))})


async def within(page: Page, promise: str, what: str) -> float:
    """What a page's promise comes to, in ms. Raises TimeoutError, which says what was waited for."""
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return float(await page.evaluate(promise))
    except TimeoutError:
        raise TimeoutError(f"Waited {MOST_SECONDS:.0f} s for {what} ({page.url})") from None


async def load(system: str, context: BrowserContext, address: str, pictures: tuple[str, int], times: int) -> Loads:
    """A page for labeling, loaded again and again in a browser that has been there before."""
    loads = Loads(system)
    for round_ in range(times + 1):
        page = await context.new_page()
        await page.add_init_script(usable(pictures))
        requests: list[Request] = []
        page.on("request", partial(_note, requests))
        await page.goto(address, wait_until="commit")
        took = await within(page, "usable", f"the images of {system}'s page")
        if round_ > 0:
            loads.usable_ms.append(took)
            loads.requests.append(len(requests))
        # Its leases go back, so that each load begins alike.
        await page.goto("about:blank")
        await page.close()
    return loads


def _note(seen: list[Request], request: Request) -> None:
    seen.append(request)


async def turn_pages(context: BrowserContext, address: str, times: int) -> list[float]:
    """From the key that submits until the next page is painted, in ms."""
    page = await context.new_page()
    await page.add_init_script(usable(TILES))
    await page.goto(address)
    await within(page, "usable", "the images of the first page")
    took = []
    for _ in range(times):
        await asyncio.sleep(LOOKS_SECONDS)
        await page.keyboard.press("Shift+Digit1")
        await page.evaluate(PAINTED)
        await page.keyboard.press("Control+Enter")
        took.append(await within(page, "painted", "the images of the next page"))
    await page.close()
    return took


async def scroll(context: BrowserContext, address: str, images: int, seconds: float) -> Scroll:
    """The grid of all images under a wheel that does not stop."""
    page = await context.new_page()
    await page.goto(address)
    grid = page.get_by_label("Images", exact=True)
    await grid.wait_for()
    await grid.hover()
    await asyncio.sleep(LOOKS_SECONDS)
    await page.evaluate(LONG_TASKS)
    turns = round(seconds / WHEEL_SECONDS)
    for _ in range(turns):
        await page.mouse.wheel(0, WHEEL_PIXELS)
        await asyncio.sleep(WHEEL_SECONDS)
    await asyncio.sleep(LOOKS_SECONDS)
    tasks: list[float] = await page.evaluate("longTasks")
    drawn: int = await page.evaluate("document.querySelectorAll('main img').length")
    await page.close()
    return Scroll(images, pixels=turns * WHEEL_PIXELS, long_tasks_ms=tasks, drawn=drawn)


async def first_visit(browser: Browser, service: Service, title: str, name: str, path: str) -> FirstVisit:
    """A page, in a browser that has never been there."""
    context = await signed_in(browser, service, name)
    page = await context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    await page.goto(service.url + path)
    await page.get_by_role("main").wait_for()
    await page.wait_for_load_state("networkidle")
    scripts = [len(gzip.compress(await answer.body())) for answer in answers if answer.url.endswith(".js")]
    await context.close()
    return FirstVisit(title, requests=len(answers), script_bytes=sum(scripts))
