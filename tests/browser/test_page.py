"""What people see: an answer with its places, an honest "not found", filters, and papers that stay text."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import EVIL, EVIL_NAME, Visit
from tests.served import served

pytestmark = pytest.mark.browser

QUESTION = "How much would the average speed camera system on the A1431 cost?"


def test_the_first_visit_is_ready_to_ask(visit: Visit) -> None:
    """The question box has the focus; the extent and examples are those of this library."""
    page = visit.page
    expect(page.locator("#kb-question textarea")).to_be_focused()
    expect(page.get_by_role("textbox", name="Question")).to_be_visible()
    expect(page.locator(".kb-extent")).to_have_text("4 papers, 30 November 2022 to 5 October 2024")
    assert page.title() == "Meeting papers"
    page.locator(".kb-example:visible").first.click()
    page.wait_for_selector("#kb-results :is(.kb-answer, .kb-state)", timeout=60_000)
    assert page.input_value("#kb-question textarea").startswith("What was said about ")


def test_an_answer_leads_to_its_source(visit: Visit) -> None:
    """Answer first; its number is a named link to the card with quote, marked words and citation."""
    visit.ask(QUESTION)
    page = visit.page
    expect(page.get_by_role("heading", name="Answer")).to_be_visible()
    expect(page.locator(".kb-answer")).to_contain_text("£415,000")
    reference = page.get_by_role("link", name="Source 1: Fenwold Police and Crime Panel, 19 July 2023")
    reference.click()
    card = page.locator("#kb-source-1")
    expect(card).to_be_in_viewport()
    expect(card.locator("cite")).to_contain_text("item 7")
    expect(card.locator("mark").first).to_be_visible()
    assert page.locator(".kb-card").count() >= 10
    assert not visit.complaints


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    """No sideways scrolling, on a telephone either."""
    visit.ask(QUESTION)
    sizes = visit.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert sizes[0] <= sizes[1]


def test_what_the_papers_do_not_say_is_said_plainly(visit: Visit) -> None:
    """Not found, then the nearest places, and no source."""
    visit.ask("What is the recipe for bouillabaisse?")
    page = visit.page
    expect(page.get_by_role("heading", name="Not found in these papers.")).to_be_visible()
    expect(page.get_by_role("heading", name="Nearest places")).to_be_visible()
    assert page.locator(".kb-ref").count() == 0


def test_an_empty_question_is_answered_kindly(visit: Visit) -> None:
    """Enter on an empty box says what to do."""
    visit.ask("")
    expect(visit.page.get_by_role("alert")).to_contain_text("No question yet.")


def test_filters_narrow_what_is_shown(visit: Visit) -> None:
    """By date as people write it; a date that is none is told in words."""
    page = visit.page
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Meetings from").fill("2024")
    visit.ask("What was said about the budget?")
    citations = page.locator(".kb-citation cite").all_inner_texts()
    assert citations
    assert not [text for text in citations if " 2022" in text.split(", item")[0] or "July 2023" in text]
    page.get_by_label("Meetings from").fill("soon")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("'soon' is not a date.")


def test_kinds_are_a_filter(visit: Visit) -> None:
    """A ticked kind is the only one shown."""
    page = visit.page
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Report (").check()
    visit.ask("precept")
    citations = page.locator(".kb-citation cite").all_inner_texts()
    assert citations
    assert not [text for text in citations if ", minutes" in text]


def test_nothing_is_fetched_from_elsewhere(visit: Visit) -> None:
    """No font, script, picture or count leaves the host, whatever is clicked."""
    visit.ask(QUESTION)
    outside = [url for url in visit.requests if not url.startswith((visit.address, "data:", "blob:"))]
    assert not outside


def test_a_paper_stays_text(visit: Visit) -> None:
    """A script in a paper's text, title or file name is shown, not run; the question's words neither."""
    page = visit.page
    visit.ask(f"zebra crossings {EVIL}")
    card = page.locator(".kb-card", has_text="painted in Ludwick").first
    expect(card).to_contain_text("<script>hacked()</script> ${hacked()} {{hacked}}")
    expect(page.locator("#kb-results")).to_contain_text(EVIL_NAME)
    assert page.locator("#kb-results img, #kb-results script, #kb-results [onclick]").count() == 0
    assert page.evaluate("window.wasHacked") is None


def test_without_a_library_the_page_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    """The server starts all the same, and shows the exact command."""
    with served(tmp_path / "nothing") as address:
        page = browser.new_page()
        page.goto(address)
        expect(page.get_by_role("heading", name="No papers yet")).to_be_visible()
        expect(page.locator(".kb-state code")).to_have_text(
            f"kb ingest --library {tmp_path / 'nothing'} PAPERS"
        )
        page.close()
