"""Journeys: from a question to its page, there and back; from a table to its place; by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

QUESTION = "How much would the average speed camera system on the A1431 cost?"


@pytest.fixture
def desk(browser: Browser, address: str) -> Visit:
    """A visit at a desk, with a clipboard."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Visit(context.new_page(), address)


def clipboard(page: Page) -> str:
    """What was copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_citation_leads_to_the_boxed_page(desk: Visit) -> None:
    """The picture is there, the passage framed on it; its pages can be turned and the original opened."""
    desk.ask(QUESTION)
    page = desk.page
    page.get_by_role("link", name="Show page, source 1", exact=True).click()
    panel = page.get_by_role("region", name="The page")
    picture = panel.get_by_role("img", name="with the passage boxed")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('.kb-sheet img').naturalWidth > 0")
    box, sheet = page.locator(".kb-box").first.bounding_box(), picture.bounding_box()
    assert box is not None
    assert sheet is not None
    assert sheet["x"] <= box["x"]
    assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
    expect(panel).to_contain_text("In context: 7 Public Questions/Statements")
    panel.get_by_role("link", name="Next page").click()
    expect(panel).to_contain_text("p. 3 of 5")
    assert "/files/" in str(panel.get_by_role("link", name="in a new tab").get_attribute("href"))
    page.go_back()
    expect(panel).to_contain_text("p. 2 of 5")
    page.go_back()
    assert "place=" not in page.url
    assert not desk.complaints


def test_citations_are_copied_and_links_last(desk: Visit, browser: Browser) -> None:
    """As text, as Markdown, as a link; whoever opens the link sees the place."""
    desk.ask(QUESTION)
    page = desk.page
    card = page.locator("#kb-source-1")
    card.get_by_text("Copy citation").click()
    card.get_by_role("button", name="Plain text").click()
    expect(page.locator("#kb-live")).to_have_text("Copied")
    assert clipboard(page).startswith("Fenwold Police and Crime Panel, 19 July 2023, minutes, item 7")
    card.get_by_role("button", name="Markdown").click()
    page.wait_for_timeout(100)
    assert clipboard(page).startswith("[Fenwold")
    card.get_by_role("button", name="Link").click()
    page.wait_for_timeout(100)
    link = clipboard(page)
    other = browser.new_page()
    other.goto(link)
    expect(other.locator(".kb-panel cite").first).to_contain_text("19 July 2023, minutes, item 7")
    other.goto(f"{desk.address}?place=fenwold-pcp/2023-07-19/minutes/item-7/para-99")
    expect(other.get_by_role("alert")).to_be_visible()
    other.close()


def test_chips_take_back_what_was_understood(desk: Visit) -> None:
    """Removed, it is asked again without; put back, it is as before; back and forward go through both."""
    desk.ask("What did the Commissioner say in 2023?")
    page = desk.page
    page.get_by_role("button", name="Leave out: 2023").click()
    back = page.get_by_role("button", name="Put back: 2023")
    expect(back).to_be_visible()
    assert "ignore=date" in page.url
    page.go_back()
    expect(page.get_by_role("button", name="Leave out: 2023")).to_be_visible()
    page.go_forward()
    expect(back).to_be_visible()


def test_a_colleague_sees_the_same(desk: Visit, browser: Browser) -> None:
    """Question and filters stand in the address."""
    page = desk.page
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Report (").check()
    desk.ask("precept")
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    assert "kind=report" in page.url
    other = browser.new_page()
    other.goto(page.url)
    expect(other.locator("#kb-question textarea")).to_have_value("precept")
    expect(other.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(other.locator(".kb-citation cite").first).to_contain_text("report")
    other.close()


def test_a_result_says_why_and_can_be_judged(desk: Visit) -> None:
    """The reasons are fetched when they are asked for; a verdict is kept."""
    desk.ask(QUESTION)
    card = desk.page.locator("#kb-source-1")
    card.get_by_text("Why this result").click()
    expect(card).to_contain_text("Nearness in meaning")
    card.get_by_text("Is this right?").click()
    card.get_by_role("button", name="This is the right place").click()
    expect(desk.page.locator("#kb-live")).to_have_text("Thank you, kept")


def test_the_keyboard_is_enough(desk: Visit) -> None:
    """Ask, go to the source, open its page, close it: focus is always somewhere sensible."""
    page = desk.page
    expect(page.locator("#kb-question textarea")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#kb-results .kb-answer", timeout=60_000)
    page.get_by_role("link", name="Source 1:").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#kb-source-1")).to_be_focused()
    page.keyboard.press("Tab")
    opener = page.get_by_role("link", name="Show page, source 1", exact=True)
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#kb-panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert "place=" not in page.url


def test_decisions_sort_open_and_are_saved(desk: Visit, tmp_path: Path) -> None:
    """A heading sorts, a date opens the place, the table becomes a file."""
    page = desk.page
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Decisions").click()
    table = page.get_by_role("table")
    expect(table).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Item").click()
    expect(page.get_by_role("columnheader", name="Item")).to_have_attribute("aria-sort", "ascending")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download CSV").click()
    target = tmp_path / "decisions.csv"
    saved.value.save_as(target)
    assert target.read_text("utf-8-sig").startswith("date,body,item,words,vote,citation,id")
    table.get_by_role("link").first.click()
    expect(page.locator(".kb-panel")).to_be_visible(timeout=20_000)


def test_meetings_are_read_and_topics_followed(desk: Visit) -> None:
    """From the list to the text; a topic as picture and list."""
    page = desk.page
    page.goto(f"{desk.address}meetings")
    page.get_by_role("link", name="Fenwold Police and Crime Panel, 19 July 2023, minutes").click()
    expect(page.get_by_role("complementary", name="Attendance")).to_be_visible()
    page.goto(f"{desk.address}meetings?q=speed+cameras")
    expect(page.get_by_role("img", name="Passages about speed cameras at each meeting")).to_be_visible()
