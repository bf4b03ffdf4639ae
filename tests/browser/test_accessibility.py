"""axe-core finds nothing on any page in any state, light and dark; nothing is wider than a telephone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLACE = "fenwold-pcp/2023-07-19/minutes/item-7/para-2"
STATES = [
    # path and query, what shows that the state is reached
    ("", "#kb-question textarea"),
    ("?q=How+much+would+the+average+speed+camera+system+on+the+A1431+cost%3F", ".kb-answer"),
    ("?q=What+did+the+Comissioner+say+in+2023&ignore=date&place=" + PLACE, ".kb-panel .kb-wanted"),
    ("?q=recipe+for+bouillabaisse", ".kb-state"),
    ("?q=budget&from=soon", "[role=alert]"),
    ("?place=" + PLACE, ".kb-panel .kb-wanted"),
    ("?place=nowhere", "[role=alert]"),
    ("decisions", "table"),
    ("decisions?kind=action&words=nothing-has-this", ".kb-state"),
    ("meetings", ".kb-meetings"),
    ("meetings?paper=fenwold-pcp/2023-07-19/minutes", ".kb-reading"),
    ("meetings?person=Graham+Ashdown", ".kb-entries"),
    ("meetings?q=speed+cameras", "svg.kb-chart"),
    ("papers", "table"),
    ("evaluation", ".kb-state, table"),
    ("accessibility", "#kb-content"),
]


def look(page: Page, address: str, path: str, shows: str) -> None:
    """Go there, and open all that can be opened."""
    page.goto(address + path)
    page.locator(shows).first.wait_for(timeout=60_000)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    if not path:
        page.get_by_role("button", name="Filters").click()
        page.get_by_label("Meetings from").wait_for()
    page.wait_for_timeout(200)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    """WCAG 2.2 A and AA, and what axe calls best practice."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    found = []
    for path, shows in STATES:
        look(page, address, path, shows)
        result = Axe().run(page, options={"runOnly": RULES})
        found += [
            f"{path}: {each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in result.response["violations"]
        ]
    context.close()
    assert not found


def test_nothing_is_wider_than_a_telephone_or_a_page_enlarged_fourfold(
    browser: Browser, address: str
) -> None:
    """390 px wide, and 320: what is left of 1280 at 400 %. Nothing comes from elsewhere on the way."""
    outside = []
    for width in (390, 320):
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="dark")
        page = context.new_page()
        page.on("request", lambda request: outside.append(request.url))
        for path, shows in (
            STATES[:6] + STATES[7:8] + STATES[9:] if width == 390 else STATES[1:2] + STATES[7:8]
        ):
            look(page, address, path, shows)
            sizes = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            assert sizes[0] <= sizes[1], path
        context.close()
    assert not [url for url in outside if not url.startswith((address, "data:", "blob:"))]
