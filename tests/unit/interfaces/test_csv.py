"""Tables for spreadsheets: no words of a paper are run as a formula."""

from __future__ import annotations

import csv
import io

import pytest

from kb.interfaces.commands import output


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@name", " =1", "\t=1"])
def test_no_cell_begins_a_formula(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Such a text begins with an apostrophe, also as the first of several."""
    output.print_csv([{"one": text, "many": [text, "x"], "n": -5, "none": None, "yes": True}])
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row == {"one": f"'{text}", "many": f"'{text}; x", "n": "-5", "none": "", "yes": "yes"}


def test_plain_cells_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Commas, quotes and line breaks survive; an empty table prints nothing."""
    output.print_csv([{"a": 'x, "y"', "b": "two\nlines"}])
    assert list(csv.DictReader(io.StringIO(capsys.readouterr().out))) == [{"a": 'x, "y"', "b": "two\nlines"}]
    output.print_csv([])
    assert capsys.readouterr().out == ""
