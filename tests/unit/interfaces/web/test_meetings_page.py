"""Meetings are listed, read, followed; whoever spoke has a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.interfaces.web import meetings_page
from kb.interfaces.web.opening import OpenLibrary
from tests.unit.interfaces.fake_library import BODY, PASSAGES


@pytest.fixture
def opened(tmp_path: Path) -> OpenLibrary:
    """The fake library behind a folder."""
    return OpenLibrary(tmp_path)


def test_meetings_are_listed_by_body_and_year(opened: OpenLibrary) -> None:
    """Each paper leads to its text."""
    shown = meetings_page.render(opened, "")
    assert f"<h2>{BODY}</h2><h3>2023</h3>" in shown
    assert "./meetings?paper=fenwold%2F2023-03-22%2Fminutes" in shown


def test_a_paper_is_read_as_text(opened: OpenLibrary) -> None:
    """Its items are headings, its paragraphs permanent links, its speakers lead to their pages."""
    shown = meetings_page.render(opened, f"?paper={PASSAGES[0].id}")
    assert "<h3>6 Road safety</h3>" in shown
    assert f'id="{PASSAGES[0].id}"' in shown
    assert "./meetings?person=the+Commissioner" in shown
    assert "<script>" not in shown


def test_a_person_is_quoted_by_meeting(opened: OpenLibrary) -> None:
    """With the places."""
    shown = meetings_page.render(opened, "?person=Councillor+Hale")
    assert "1 passage in which Councillor Hale speaks" in shown
    assert f"<h3>22 March 2023, {BODY}</h3>" in shown


def test_a_topic_is_drawn_and_listed(opened: OpenLibrary) -> None:
    """The picture has its numbers in words; a topic that never came up is told."""
    shown = meetings_page.render(opened, "?q=cameras")
    assert "<svg" in shown
    assert "22 March 2023" in shown
    assert "came up at no meeting" in meetings_page.render(opened, "?q=whales")


@pytest.mark.parametrize("search", ["?paper=nowhere", "?q=please+break"])
def test_a_fault_is_told(opened: OpenLibrary, search: str) -> None:
    """In words, in place of the content."""
    assert 'role="alert"' in meetings_page.render(opened, search)


def test_without_a_library_it_is_said_what_to_do(tmp_path: Path) -> None:
    """The command."""
    assert "kb ingest --library" in meetings_page.render(OpenLibrary(tmp_path / "missing"), "")
