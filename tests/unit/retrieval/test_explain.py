"""Scores taken apart: the shares add up, and every feature has a name people know."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Explanation as IndexExplanation
from index import Scored, TermPart
from kb.retrieval.explain import REASONS, explain_score
from kb.retrieval.features import FEATURES

FOUND = IndexExplanation(
    scored=Scored(0, "p0", 0.75, 3.0, 0.5),
    from_bm25=0.5,
    from_vectors=0.25,
    bm25_rank=1,
    dense_rank=None,
    terms=(TermPart("text", "ferry", 2.0), TermPart("header", "ferry", 1.0)),
)
_NUMBERS = st.lists(st.floats(-5, 5), min_size=len(FEATURES), max_size=len(FEATURES))


def test_every_feature_has_one_reason() -> None:
    """A feature without a name would be missing from the sum."""
    assert Counter(name for names in REASONS.values() for name in names) == Counter(FEATURES)


@given(_NUMBERS, _NUMBERS)
def test_shares_add_up_to_the_score(features: list[float], weights: list[float]) -> None:
    """As do the features behind each share."""
    told = explain_score(FOUND, features, weights)
    expected = sum(value * weight for value, weight in zip(features, weights, strict=True))
    assert told.score == pytest.approx(expected)
    assert sum(share.points for share in told.shares) == pytest.approx(told.score)
    for share in told.shares:
        assert share.points == pytest.approx(sum(value * weight for _, value, weight in share.features))


def test_the_largest_share_comes_first() -> None:
    """What told most is said first, whether for or against."""
    weights = [0.0] * len(FEATURES)
    weights[FEATURES.index("cosine")], weights[FEATURES.index("short")] = 1.0, -2.0
    told = explain_score(FOUND, [1.0] * len(FEATURES), weights)
    assert [(share.reason, share.points) for share in told.shares] == [
        ("the kind of text", -2.0),
        ("its meaning", 1.0),
    ]


def test_without_rescoring_the_shares_are_those_of_the_fusion() -> None:
    """Words and meaning; the words found are told with their weights."""
    told = explain_score(FOUND, (), ())
    assert told.score == FOUND.scored.score
    assert [(match.term, match.field, match.weight) for match in told.matches] == [
        ("ferry", "text", 2.0),
        ("ferry", "header", 1.0),
    ]
