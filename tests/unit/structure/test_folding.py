"""Words broken by a hyphen at a line's end."""

from __future__ import annotations

import pytest

from kb.structure import parse
from kb.structure.folding import fold, join_lines
from tests.structure_sources import text_source


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("the co-\noperation of\n  many", "the co-operation of many"),
        ("the imple-\n\n mentation", "the imple-mentation"),
        ("COVID-\n19 and Mar-\n17", "COVID-19 and Mar-17"),
        ("imple\N{SOFT HYPHEN}\nmentation", "implementation"),
        ("short-\nand long-\nterm plans", "short- and long-term plans"),
        ("Present-\nMr Hale", "Present- Mr Hale"),
        ("SHORT-\nAND LONG-\nTERM", "SHORT- AND LONG-TERM"),
        ("roads -\nnot paths -\n", "roads - not paths -"),
        ("co-\toperation", "co- operation"),
    ],
)
def test_a_line_break_inside_a_word_is_no_space(text: str, folded: str) -> None:
    """The hyphen itself is the source's and stays."""
    assert fold(text) == folded


def test_lines_of_a_title_are_joined_alike() -> None:
    """White space within them, which may part columns, stays."""
    assert join_lines(["Anti-", "social\tbehaviour", "and noise"]) == "Anti-social\tbehaviour and noise"
    text = (
        "NORTHSHIRE SCRUTINY PANEL\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\n1. APOLOGIES\n\nNone.\n\n"
        "2. REPORT OF THE TREASURER ON THE COSTS OF ANTI-\nSOCIAL BEHAVIOUR\n\nIt was noted.\n\n3. DATE\n\nIn June.\n"
    )
    assert [item.title for item in parse(text_source(text)).parts[0].items if item.number == "2"] == [
        "REPORT OF THE TREASURER ON THE COSTS OF ANTI-SOCIAL BEHAVIOUR"
    ]
