"""Abbreviations that a text explains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.vocabulary import find_abbreviations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Fenwold Police and Crime Panel (PCP) met.", ("PCP", "Police and Crime Panel")),
        (
            "referred to MASH (Multi-Agency Safeguarding Hub) by the school",
            ("MASH", "Multi-Agency Safeguarding Hub"),
        ),
        ("Violence Against Women and Girls (VAWG) remains", ("VAWG", "Violence Against Women and Girls")),
        (
            "The Office of the Police and Crime Commissioner (“OPCC”) replied",
            ("OPCC", "Office of the Police and Crime Commissioner"),
        ),
        (
            "Special Educational Needs and Disabilities (SEND)",
            ("SEND", "Special Educational Needs and Disabilities"),
        ),
        ("new Key Performance Indicators (KPIs) were", ("KPIs", "Key Performance Indicators")),
        (
            "an Automatic Number-Plate Recognition (ANPR) camera",
            ("ANPR", "Automatic Number-Plate Recognition"),
        ),
        ("ICB – Integrated Care Board", ("ICB", "Integrated Care Board")),
        ("RTC Road Traffic Collision", ("RTC", "Road Traffic Collision")),
        ("**ASB** Anti-Social Behaviour.", ("ASB", "Anti-Social Behaviour")),
    ],
)
def test_both_ways_and_rows(text: str, expected: tuple[str, str]) -> None:
    """As printed, each once."""
    assert set(find_abbreviations(text)) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The chair thanked Councillor Hale (CON).",
        "It cost more (GBP) than planned",
        "members (AGREED) to note the report",
        "the report was late (see Appendix A)",
        "IT was asked to report back on Tuesday",
        "the new station (HQ) opened",
        "(PCP) alone",
        "",
    ],
)
def test_what_explains_nothing(text: str) -> None:
    """Letters must begin the words."""
    assert list(find_abbreviations(text)) == []


@given(st.text(st.sampled_from("ABCabc ()&-,.“”’\t\n"), max_size=80))
def test_any_text(text: str) -> None:
    """Nothing fails; what is found stands in the text."""
    folded = " ".join(text.replace("*", " ").split())
    for short, long in find_abbreviations(text):
        assert short in folded
        assert long in folded
