"""Printed page numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.sources.labels import page_labels, printed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", "7"),
        (" Page 7 of 12 ", "7"),
        ("page 7", "7"),
        ("7/12", "7"),
        ("- 7 -", "7"),
        ("– iv –", "iv"),
        ("A3", "A3"),
        ("2013", None),
        ("7.", None),
        ("Page", None),
        ("7 May", None),
        ("", None),
    ],
)
def test_printed_number(text: str, number: str | None) -> None:
    """A line that is nothing but a number is told from text."""
    assert printed_number(text) == number


def test_numbers_in_footers_must_count_up() -> None:
    """A number in a running footer is a label if it counts with the sheets, a year or a total is not."""
    pages = [["Text", f"Panel, 8 February 2023  {number}"] for number in (4, 5, 6)]
    assert page_labels(pages) == ["4", "5", "6"]
    assert page_labels([["Text", f"Panel 2023 {number}"] for number in (4, 5, 6)]) == ["4", "5", "6"]
    assert page_labels([["Text", "Panel 2023 7"], ["Text", "Panel 2023 7"]]) == [None, None]
    assert page_labels([["a", "Total 12"], ["b", "Total 30"], []]) == [None, None, None]


def test_numbers_below_or_above_other_furniture() -> None:
    """A number near the edge counts if it counts up; one in words always does."""
    assert page_labels(
        [["a", "b", "c", "1", "Registered office"], ["d", "e", "f", "2", "Registered office"]]
    ) == ["1", "2"]
    assert page_labels([["Minutes  Page 3 of 9", "text"], ["Contents", "text", "text"]]) == ["3", None]
    assert page_labels([["12", "Text here", "More"]]) == ["12"]


@given(st.lists(st.lists(st.text(alphabet="12ab Page.of-\t", max_size=12), max_size=6), max_size=5))
def test_any_lines_have_labels_or_none(pages: list[list[str]]) -> None:
    """Every page gets a label that is printed on it, or none."""
    labels = page_labels(pages)
    assert len(labels) == len(pages)
    for label, lines in zip(labels, pages, strict=True):
        assert label is None or any(label in line for line in lines)
