"""The page behind sign-in, seen through a browser: the way in and out, and what the security policy stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kb.interfaces.server.passwords import hash_password
from kb.interfaces.server.users import Role, Users
from tests.command import run_kb
from tests.served import served

pytestmark = pytest.mark.browser

PASSWORD = "a long enough sentence"  # noqa: S105
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture(scope="module")
def closed(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has users."""
    folder = tmp_path_factory.mktemp("closed")
    users = Users(folder / "users.json")
    users.add("rita", Role.READER, hash_password(PASSWORD))
    assert run_kb("ingest", papers, library=folder / "library").returncode == 0
    with served(folder / "library", "--users", str(users.path)) as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of one visitor, who notes what the policy stops."""
    made = browser.new_context()
    made.add_init_script(_WATCH)
    yield made
    made.close()


def sign_in(page: Page, password: str = PASSWORD) -> None:
    """With the keyboard alone: the name has the focus."""
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("rita")
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_people_sign_in_where_they_wanted_to_go_and_out_again(context: BrowserContext, closed: str) -> None:
    """A colleague's link leads to its question once one has signed in."""
    page = context.new_page()
    page.goto(f"{closed}?q=What+was+said+about+the+budget%3F")
    sign_in(page, "a wrong password")
    expect(page.get_by_role("alert")).to_contain_text("The user name or the password is wrong.")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#kb-results :is(.kb-answer, .kb-state)", timeout=60_000)
    assert page.input_value("#kb-question textarea") == "What was said about the budget?"
    page.goto(f"{closed}sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(closed)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_signing_in_needs_no_scripts(browser: Browser, closed: str) -> None:
    """And fits a narrow screen."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(closed)
    sign_in(page)
    page.wait_for_url(closed)
    page.goto(f"{closed}sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()


def test_the_policy_lets_the_page_work(context: BrowserContext, closed: str) -> None:
    """Asking, opening a place, looking at its page: nothing of ours is stopped."""
    page = context.new_page()
    page.goto(closed)
    sign_in(page)
    page.wait_for_selector("#kb-question textarea")
    page.fill("#kb-question textarea", "How much would the average speed camera system on the A1431 cost?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#kb-results .kb-answer", timeout=60_000)
    page.locator("[data-open]").first.click()
    picture = page.locator(".kb-sheet img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.kb-sheet img').naturalWidth > 500")
    assert page.evaluate("window.violations") == []


def test_the_policy_stops_scripts_that_get_in(context: BrowserContext, closed: str) -> None:
    """As an element, as a handler, from elsewhere; and no other site frames the page."""
    page = context.new_page()
    page.goto(closed)
    sign_in(page)
    page.wait_for_selector("#kb-question textarea")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.wasHacked = true";
            document.body.append(script);
            const elsewhere = document.createElement("script");
            elsewhere.src = "https://evil.example/x.js";
            document.body.append(elsewhere);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.wasHacked = true'>");
            document.body.insertAdjacentHTML("beforeend", "<iframe src='/sign-in'></iframe>");
        }"""
    )
    page.wait_for_function("window.violations.length >= 4")
    assert page.evaluate("window.wasHacked") is None


def test_originals_open_in_the_browser(context: BrowserContext, closed: str) -> None:
    """A PDF file in the browser's own viewer; the policy that keeps it harmless does not stop that."""
    page = context.new_page()
    page.goto(closed)
    sign_in(page)
    page.wait_for_url(closed)
    found = page.evaluate("fetch('/api/v1/documents').then((answer) => answer.json())")["documents"]
    for each in found:
        answer = context.request.get(f"{closed}files/{each['id']}")
        kind = "inline" if each["document"].endswith(".pdf") else "attachment"
        assert answer.headers["content-disposition"].startswith(kind)
