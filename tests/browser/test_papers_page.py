"""Papers go in with progress and come out with a question; a file that cannot be read harms no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import EVIL_NAME, EVIL_PAPER
from tests.served import served

pytestmark = pytest.mark.browser

GOOD = EVIL_PAPER.replace("Zebra", "Otter").replace("zebra", "otter").replace("5 October", "6 October")


def test_papers_are_added_and_removed(browser: Browser, papers: Path, tmp_path: Path) -> None:
    """Into a library that is not there yet: two files, one of them broken; then one more, then one less."""
    good, bad = tmp_path / "otters.txt", tmp_path / "broken.pdf"
    good.write_text(GOOD, "utf-8")
    bad.write_bytes(b"not a PDF file")
    with served(tmp_path / "library") as address:
        page = browser.new_page()
        page.goto(f"{address}papers")
        expect(page.get_by_text("No papers yet").first).to_be_visible(timeout=20_000)
        expect(page.get_by_role("button", name="Add to the library")).to_be_visible()
        chooser = page.locator("#kb-upload input[type=file]")
        chooser.set_input_files([str(good), str(bad), str(papers / EVIL_NAME)])
        expect(page.locator("#kb-upload")).to_contain_text("otters", timeout=30_000)
        page.get_by_role("button", name="Add to the library").click()
        status = page.locator("#kb-status")
        expect(status).to_contain_text("Done: 3 files, 1 could not be read.", timeout=90_000)
        expect(status.locator("li", has_text="broken.pdf").first).to_contain_text("Could not be read")
        expect(status.locator("li", has_text="otters.txt").first).to_contain_text("Added")
        expect(page.get_by_role("row").filter(has_text="otters.txt")).to_be_visible()
        expect(page.locator("#kb-page")).to_contain_text("Not read")
        assert page.locator("#kb-page img, #kb-status img").count() == 0
        row = page.get_by_role("row").filter(has_text="otters.txt")
        row.get_by_text("Remove", exact=True).click()
        row.get_by_role("button", name="Remove otters.txt from the library").click()
        expect(status).to_contain_text("otters.txt was removed.", timeout=60_000)
        expect(page.get_by_role("row").filter(has_text="otters.txt")).to_have_count(0)
        page.close()
