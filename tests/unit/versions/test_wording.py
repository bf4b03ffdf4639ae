"""When two texts are the same words."""

from __future__ import annotations

import pytest

from kb.versions.wording import contains, likeness, text_key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The multi-\nagency  board", "the multiagency board."),
        ("“Costs” rose – by 5.6%", '"costs" rose by 5.6%'),
        ("<b>The ﬁrst</b> item", "The first item"),
    ],
)
def test_print_makes_no_other_text(left: str, right: str) -> None:
    """Hyphens, quotes, ligatures, markup and case."""
    assert text_key(left) == text_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("rose by 5.6%", "rose by 56%"),
        ("rose by 5.6%", "rose by 5.6"),
        ("a change of -3", "a change of 3"),
        ("£5 a head", "5 a head"),
        ("1 2", "12"),
        ("was not agreed", "was agreed"),
        ("Cllr Hale", "Cllr Hall"),
    ],
)
def test_a_figure_a_sign_or_a_word_makes_another_text(left: str, right: str) -> None:
    """What matters is never folded away."""
    assert text_key(left) != text_key(right)


def test_words_are_found_whole() -> None:
    """Not inside other words or figures."""
    assert contains("It rose by 5.7%, it said", "5.7% it")
    assert not contains("It rose by 15.7%", "5.7%")
    assert not contains("Therapists met", "the")
    assert not contains("anything", "…")


def test_likeness_counts_shared_words() -> None:
    """From nothing to everything."""
    assert likeness("a b c d", "a b c e") == pytest.approx(0.75)
    assert likeness("", "") == 0
    assert likeness("The same.", "the same") == 1
