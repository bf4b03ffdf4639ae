"""Outlines are compared part by part, item by item, and every error is named."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from eval.structure import Unit, compare_outlines, micro, titles_agree

OUTLINE: dict[str, Any] = {
    "doc": "pack.pdf",
    "parts": [
        {
            "kind": "minutes",
            "meeting_date": "2023-02-08",
            "agenda_item": None,
            "title": "Minutes",
            "items": [
                {"number": "1", "title": "Apologies", "paragraphs": []},
                {"number": "2", "title": "Precept Report", "paragraphs": ["1", "2", "a", "a"]},
            ],
        },
        {
            "kind": "report",
            "meeting_date": "2023-02-08",
            "agenda_item": "6",
            "title": "Precept",
            "items": [{"number": "1", "title": "PURPOSE", "paragraphs": ["1.1"]}],
        },
        {"kind": "letter", "meeting_date": None, "agenda_item": None, "title": "Letter", "items": []},
    ],
}


def changed() -> dict[str, Any]:
    """Return a copy to break."""
    return copy.deepcopy(OUTLINE)


def scores(given: dict[str, Any]) -> dict[Unit, float]:
    """Return the F1 of every unit."""
    return {unit: tally.f1 for unit, tally in compare_outlines(OUTLINE, given).items()}


def test_an_outline_agrees_with_itself() -> None:
    """Nothing missing, nothing extra."""
    assert set(scores(changed()).values()) == {1.0}


def test_a_wrong_date_costs_the_part_and_nothing_below_it() -> None:
    """Errors are counted where they are."""
    given = changed()
    given["parts"][0]["meeting_date"] = None
    found = scores(given)
    assert found[Unit.PARTS] == pytest.approx(2 / 3)
    assert found[Unit.ITEMS] == found[Unit.PARAGRAPHS] == 1.0


def test_a_lost_part_costs_all_that_stands_in_it() -> None:
    """What is not found is listed."""
    given = changed()
    del given["parts"][0]
    tallies = compare_outlines(OUTLINE, given)
    assert tallies[Unit.PARTS].missing == ["minutes 2023-02-08: Minutes"]
    assert len(tallies[Unit.ITEMS].missing) == 2
    assert len(tallies[Unit.PARAGRAPHS].missing) == 4


def test_a_wrong_title_costs_the_title_only() -> None:
    """The item is found by its number."""
    given = changed()
    given["parts"][0]["items"][1]["title"] = "Something Else"
    assert scores(given) == {
        Unit.PARTS: 1,
        Unit.ITEMS: 1,
        Unit.TITLES: pytest.approx(2 / 3),
        Unit.PARAGRAPHS: 1,
    }


def test_a_label_counts_as_often_as_it_is_printed() -> None:
    """The second "a" of an item is a paragraph of its own."""
    given = changed()
    given["parts"][0]["items"][1]["paragraphs"] = ["1", "2", "a", "b"]
    tally = compare_outlines(OUTLINE, given)[Unit.PARAGRAPHS]
    assert (tally.right, len(tally.missing), len(tally.extra)) == (4, 1, 1)


def test_what_outlines_do_not_list_is_not_compared() -> None:
    """Items of letters, and text before the first numbered item."""
    given = changed()
    given["parts"][2]["items"] = [{"number": "1", "title": "x", "paragraphs": ["1"]}]
    given["parts"][0]["items"].insert(0, {"number": None, "title": "Present", "paragraphs": ["1"]})
    assert set(scores(given).values()) == {1.0}


def test_unnumbered_items_are_found_by_title() -> None:
    """Where a part has no numbers at all."""
    gold = {
        "parts": [
            {
                **OUTLINE["parts"][1],
                "items": [{"number": None, "title": t, "paragraphs": []} for t in ("A b", "C d")],
            }
        ]
    }
    given = copy.deepcopy(gold)
    given["parts"][0]["items"][0]["title"] = "A, B."
    given["parts"][0]["items"][1]["title"] = "Other"
    tallies = compare_outlines(gold, given)
    assert tallies[Unit.ITEMS].right == 1


def test_micro_adds_counts_not_scores() -> None:
    """A document with many items weighs more."""
    given = changed()
    del given["parts"][0]
    total = micro([compare_outlines(OUTLINE, given), compare_outlines(OUTLINE, OUTLINE)])
    assert total[Unit.ITEMS].f1 == pytest.approx(2 * 4 / (2 * 4 + 2))


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("Precept Report 2023/24", "PRECEPT REPORT 2023 / 24", True),
        ("Declarations of Interest", "Declaration of Interest", True),
        ("Minutes", "Actions", False),
        ("", "", True),
    ],
)
def test_titles_agree_but_for_case_and_a_letter(wanted: str, given: str, *, same: bool) -> None:
    """Printing differs between agenda and minutes."""
    assert titles_agree(wanted, given) is same
