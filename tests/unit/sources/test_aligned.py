"""Tables without rules, and what only looks like one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from reportlab.pdfgen.canvas import Canvas

from kb.sources.aligned import take_aligned
from kb.sources.glyphs import Glyph
from kb.sources.rows import rows_of
from tests.unit.sources.conftest import Draw, Read
from tests.unit.sources.test_geometry_laws import MARKS

PAID = [
    ("Payee", "Amount", "For"),
    ("Marsh and Sons", "£205.88", "Gravel for the path"),
    ("A Hale", "£1,250.00", "Website"),
    ("Fenwold Mowers", "£64.00", "Grass cutting"),
]


def _columns(rows: list[tuple[str, ...]], *, right: int | None = None) -> Draw:
    """Print rows in columns without rules; column ``right`` ends flush."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 742, "The Council resolved to pay what is listed here:")
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                x, y = 90 + 150 * column, 720 - 15 * number
                if column == right:
                    canvas.drawRightString(x + 70, y, text)
                else:
                    canvas.drawString(x, y, text)
        canvas.drawString(72, 700 - 15 * len(rows), "The Council thanked the Clerk.")

    return draw


@pytest.mark.parametrize("right", [None, 1])
def test_values_below_each_other_are_a_table(read: Read, right: int | None) -> None:
    """Cells parted by tabs, each row under the heads; the text around it is none."""
    source = read("paid.pdf", _columns(PAID, right=right))
    rows = {line.text: line.heads for line in source.lines if line.heads is not None}
    assert list(rows) == ["\t".join(row) for row in PAID]
    assert list(rows.values()) == ["", *["Payee | Amount | For"] * 3]
    assert source.lines[0].heads is source.lines[-1].heads is None


def test_a_first_row_of_values_is_no_head(read: Read) -> None:
    """Whole dates and references are values; years alone are common in heads."""
    rows = [
        ("Engineer", "13/10/2014", "2014-33R"),
        ("Clerk", "12/08/2014", "2014-39"),
        ("Cook", "01/07/2014", "2014-22"),
    ]
    heads = [line.heads for line in read("dates.pdf", _columns(rows)).lines if line.heads is not None]
    assert heads == ["", "", ""]


def test_an_empty_cell_stays_empty(read: Read) -> None:
    """A row with a gap keeps its values in their columns."""
    source = read("gap.pdf", _columns([*PAID, ("Road fund", "", "Sand")]))
    assert "Road fund\t\tSand" in [line.text for line in source.lines]


@pytest.mark.parametrize(
    "rows",
    [
        [("Cllr A Hale", "Cllr I Frayne", "Cllr K Osei")] * 4,
        [(f"{number}.", "Road safety", f"10.{number}0") for number in range(1, 6)],
        [(f"{number}. Road safety", "The Chair", f"10.{number}0") for number in range(1, 6)],
        [("Road safety", ".......", "3"), ("Ferries", ".......", "4"), ("Precept", ".......", "9")],
        PAID[:2],
        [("Name", "£12"), ("Hale", "£13"), ("Osei", "£14"), ("Frayne", "£15")],
    ],
    ids=["names", "numbered", "numbered in one", "contents", "too few rows", "too few columns"],
)
def test_what_only_looks_like_a_table_is_text(read: Read, rows: list[tuple[str, ...]]) -> None:
    """It has no rows."""
    assert {line.heads for line in read("text.pdf", _columns(rows)).lines} == {None}


@given(MARKS)
def test_no_word_is_lost(marks: list[Glyph]) -> None:
    """Each is in a table or in the rows left, once."""
    rows = rows_of(marks)
    left, tables = take_aligned(rows)
    kept = [*left, *(row for table in tables for table_row in table.rows for row in table_row.rows)]
    assert Counter(word for row in kept for word in row.words) == Counter(
        word for row in rows for word in row.words
    )
