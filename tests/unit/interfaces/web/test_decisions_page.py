"""Registers sort, narrow and can be saved."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kb.interfaces.web import decisions_page
from kb.interfaces.web.opening import OpenLibrary


@pytest.fixture
def opened(tmp_path: Path) -> OpenLibrary:
    """The fake library behind a folder."""
    return OpenLibrary(tmp_path)


def test_decisions_lead_to_their_places(opened: OpenLibrary) -> None:
    """With wording, vote and item; paper text stays text."""
    shown = decisions_page.render(opened, "")
    assert "1 decision<" in shown
    assert "for 7, against 2" in shown
    assert 'href="./?place=fenwold' in shown
    assert "<b>" not in shown


def test_what_is_open_can_be_shown_alone(opened: OpenLibrary) -> None:
    """Of actions and undertakings."""
    assert "2 actions" in decisions_page.render(opened, "?kind=action")
    shown = decisions_page.render(opened, "?kind=action&open=yes")
    assert "1 action<" in shown
    assert "Clerk" not in shown


def test_columns_sort_both_ways(opened: OpenLibrary) -> None:
    """What is empty comes last, however it is sorted; the heading says how."""
    up = decisions_page.render(opened, "?kind=action&sort=who")
    assert up.index("Clerk") < up.index("Councillor Hale")
    assert 'aria-sort="ascending"' in up
    assert "sort=who&amp;down=yes" in up
    down = decisions_page.render(opened, "?kind=action&sort=who&down=yes")
    assert down.index("Councillor Hale") < down.index("Clerk")
    due = decisions_page.render(opened, "?kind=action&sort=due&down=yes")
    assert due.index("Councillor Hale") < due.index("Clerk")


def test_a_saved_table_runs_nothing(opened: OpenLibrary) -> None:
    """A cell that a spreadsheet would take for a formula is text."""
    rows = list(csv.DictReader(io.StringIO(decisions_page.as_csv(opened, "?kind=action"))))
    assert {row["words"] for row in rows} == {"'=review", "Write"}
    assert rows[0]["id"].startswith("fenwold/")


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?kind=novel", "no register"),
        ("?from=soon", "is not a date"),
        ("?kind=undertaking", "No undertakings here"),
    ],
)
def test_nothing_to_show_is_said(opened: OpenLibrary, search: str, said: str) -> None:
    """In words."""
    assert said in decisions_page.render(opened, search)
