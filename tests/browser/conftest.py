"""The real server over a few papers, one of them hostile, seen through headless Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as NothingHappenedError

from tests.command import PAPERS, run_kb
from tests.served import served

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong

SHOWN = ("2022-11-30-panel-minutes.txt", "2023-07-19-panel-minutes.pdf", "2024-01-31-precept-report.pdf")
# A paper whose name, title and text try to become part of the page, in every way templates know.
EVIL = "<img src=x onerror=hacked()> <script>hacked()</script> ${hacked()} {{hacked}} <b>zebra"
EVIL_NAME = "<img src=x onerror=hacked()>.txt"
EVIL_PAPER = f"""Fenwold Police and Crime Panel

MINUTES OF A MEETING OF THE
FENWOLD POLICE AND CRIME PANEL
ON 5 OCTOBER 2024

1. Zebra crossings {EVIL}

1. The Commissioner said that zebra crossings {EVIL} would be painted in Ludwick.
2. Councillor <i onclick=hacked()>Farrant</i> said that zebra crossings were dear.
"""


def find_chromium() -> str:
    """Where the browser is: KB_CHROMIUM, else the first on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("KB_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("Chromium is not installed; scripts/test says how to install it.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few sample papers and the hostile one."""
    folder = tmp_path_factory.mktemp("papers")
    for name in SHOWN:
        shutil.copy(PAPERS / name, folder)
    (folder / EVIL_NAME).write_text(EVIL_PAPER, "utf-8")
    return folder


@pytest.fixture(scope="session")
def address(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page's address."""
    library = tmp_path_factory.mktemp("built") / "library"
    built = run_kb("ingest", papers, library=library)
    assert built.returncode == 0, built.stderr
    with served(library) as found:
        yield found


class Visit:
    """One visitor: a page, every request it made, everything its console complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script("window.hacked = () => { window.wasHacked = true }")
        page.goto(address)
        page.wait_for_selector("#kb-question textarea")

    def ask(self, question: str) -> None:
        """Type a question, press Enter, wait for what comes after "Searching".

        On a busy machine the box may be there a moment before it listens; whoever sees nothing happen presses again.
        """
        self.page.fill("#kb-question textarea", question)
        self.page.keyboard.press("Enter")
        with contextlib.suppress(NothingHappenedError):
            self.page.wait_for_selector("#kb-results :is(.kb-answer, .kb-state)", timeout=30_000)
            return
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#kb-results :is(.kb-answer, .kb-state)", timeout=60_000)


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide-light", "narrow-dark"])
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """A first visit, on a desk by day and on a telephone by night."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        has_touch=width < 600,
        reduced_motion="reduce",
    )
    yield Visit(context.new_page(), address)
    context.close()
