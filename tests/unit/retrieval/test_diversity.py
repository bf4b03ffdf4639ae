"""Hits dealt out by meeting, for questions that follow something through time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.questions.intents import asks_for_history
from kb.retrieval.diversity import NEAR_SHARE, spread

SCORED = st.lists(st.tuples(st.floats(0.1, 10), st.sampled_from("abc")), max_size=20)


def test_the_best_of_each_meeting_comes_before_the_second_of_any() -> None:
    """In the order of ranking within each round; what is far from the best stays behind."""
    ranked = ["a1", "a2", "a3", "b1", "c1", "b2", "far"]
    scores = [10, 9, 9, 8, 7, 7, 1]
    assert spread(ranked, scores, ["a", "a", "a", "b", "c", "b", "d"]) == [
        "a1", "b1", "c1", "a2", "b2", "a3", "far",
    ]  # fmt: skip


@given(SCORED)
def test_no_hit_is_lost_and_the_best_stays_first(scored: list[tuple[float, str]]) -> None:
    """Each once; what is near comes before what is not; nothing to deal out changes nothing."""
    scored.sort(key=lambda pair: -pair[0])
    places = list(range(len(scored)))
    scores = [score for score, _ in scored]
    dealt = spread(places, scores, [meeting for _, meeting in scored])
    assert sorted(dealt) == places
    assert dealt[:1] == places[:1]
    near = [scores[place] >= NEAR_SHARE * scores[0] for place in dealt]
    assert near == sorted(near, reverse=True)
    assert spread(places, scores, [None] * len(places)) == places


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("history of the speed camera scheme", True),
        ("how has the precept changed", True),
        ("at which meetings was the ferry discussed", True),
        ("what has been said about drones over the years", True),
        ("what did the Commissioner say about the ferry", False),
        ("how did Councillor Hale vote", False),
        ("the historic building in Ludwick", False),
    ],
)
def test_what_follows_something_through_time(question: str, *, expected: bool) -> None:
    """Only questions that say so."""
    assert asks_for_history(question) is expected
