"""Looks for what keeps people out of a page, with axe-core."""

from typing import Any, Literal

from playwright.sync_api import Page

from tests.running import ROOT

AXE = ROOT / "static_site" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

_RUN = """
async (rules) => {
  // What fades in, and colors that follow the theme, are looked at when they are there.
  await new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
  await Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => undefined)));
  // The library's own catchers of the focus pass it on at once; nobody ever stays there.
  const where = {exclude: ["[data-tabster-dummy]"]};
  // A place is told by its HTML; to find a selector for each takes a quarter of the time.
  const options = {runOnly: rules, resultTypes: ["violations"], selectors: false};
  return (await axe.run(where, options)).violations;
}
"""


def assert_accessible(page: Page) -> None:
    """The page as it is now has, in both themes, no violation of WCAG 2.2 at level AA that axe-core finds."""
    if page.evaluate("typeof axe") == "undefined":
        # Through the inspector, not as an element of the page: the site's policy lets no other script in.
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # The themes differ in colors alone.
    everything = page.evaluate("(levels) => axe.getRules(levels).map((rule) => rule.ruleId)", LEVELS)
    colors = page.evaluate("() => axe.getRules(['cat.color']).map((rule) => rule.ruleId)")
    _assert_none(page, "light", everything)
    _assert_none(page, "dark", [rule for rule in everything if rule in colors])


def _assert_none(page: Page, theme: Literal["light", "dark"], rules: list[str]) -> None:
    page.emulate_media(color_scheme=theme)
    violations: list[dict[str, Any]] = page.evaluate(_RUN, rules)
    assert not violations, "\n".join([f"In the {theme} theme:", *map(_told, violations)])


def _told(violation: dict[str, Any]) -> str:
    places = "\n".join(f"    {node['html']}\n      {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']}\n{places}"
