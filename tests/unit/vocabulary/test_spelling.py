"""Suggestions for misspelt questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.vocabulary import Speller

COUNTS = {
    "commissioner": 90,
    "precept": 40,
    "cameras": 30,
    "camera": 12,
    "speed": 25,
    "hale": 3,
    "burglary": 9,
}
SPELLER = Speller(COUNTS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("precpt", "precept"),
        ("preceptt", "precept"),
        ("precapt", "precept"),
        ("precetp", "precept"),
        ("Comissioner", "commissioner"),
        ("cammera", "camera"),
        ("precept", None),
        ("zebra", None),
        ("spd", None),
        ("with", None),
        ("spe3d", None),
    ],
)
def test_one_slip_is_mended(typed: str, expected: str | None) -> None:
    """A letter added, left out, changed or exchanged; known, short and distant words stay."""
    assert SPELLER.word(typed) == expected


def test_a_question_keeps_all_else() -> None:
    """Case of the first letter, punctuation, known words."""
    assert (
        SPELLER.suggest("What did the Comissioner say: speeed cameras?", is_known=COUNTS.__contains__)
        == "What did the Commissioner say: speed cameras?"
    )
    assert SPELLER.suggest("speed cameras", is_known=COUNTS.__contains__) is None
    assert SPELLER.suggest("precpt", is_known=lambda _: True) is None


@given(word=st.sampled_from(sorted(COUNTS)), place=st.integers(0, 20), letter=st.sampled_from("abcxyz"))
def test_every_single_slip_is_found(word: str, place: int, letter: str) -> None:
    """Wherever the wrong letter stands, the word or one as near is suggested."""
    place %= len(word)
    typed = word[:place] + letter + word[place + 1 :]
    if typed not in COUNTS:
        assert SPELLER.word(typed) is not None


@given(st.text(max_size=30))
def test_any_question(text: str) -> None:
    """Nothing fails, and a suggestion differs from what was typed."""
    assert SPELLER.suggest(text, is_known=lambda _: False) != text
