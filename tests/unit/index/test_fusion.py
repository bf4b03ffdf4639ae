"""Fusion by hand-computed cases; its laws are in tests/property."""

from __future__ import annotations

import numpy as np
import pytest

from index import fusion


def test_reciprocal_ranks_are_summed() -> None:
    """The example worked by hand: 1/61 + 1/62 for a row that is first and second."""
    fused = fusion.reciprocal_rank_fusion([[1, 2], [3, 1]])
    assert fused == pytest.approx({1: 1 / 61 + 1 / 62, 2: 1 / 62, 3: 1 / 61})


def test_a_row_twice_or_a_negative_offset_is_refused() -> None:
    """Rankings are lists without repetition."""
    with pytest.raises(ValueError, match="twice"):
        fusion.reciprocal_rank_fusion([[1, 1]])
    with pytest.raises(ValueError, match="at least 0"):
        fusion.reciprocal_rank_fusion([[1]], k=-1)


@pytest.mark.parametrize(
    ("scores", "stretched"),
    [([], []), ([2.0], [1.0]), ([0.0, 0.0], [0.0, 0.0]), ([-3.0], [0.0]), ([1.0, 2.0, 5.0], [0, 0.25, 1])],
)
def test_scores_are_stretched(scores: list[float], stretched: list[float]) -> None:
    """Lowest to 0, highest to 1; without a spread, 1 for what scored at all."""
    assert fusion.min_max(np.array(scores)).tolist() == stretched


def test_contributions_are_shares() -> None:
    """Each stage contributes at most its share."""
    lexical, dense = fusion.convex(np.array([0.0, 4.0]), np.array([0.8, 0.2]), dense_weight=0.25)
    assert lexical.tolist() == [0.0, 0.75]
    assert dense.tolist() == [0.25, 0.0]
    with pytest.raises(ValueError, match="between 0 and 1"):
        fusion.convex(np.zeros(1), np.zeros(1), dense_weight=1.5)
    with pytest.raises(ValueError, match="cannot be mixed"):
        fusion.convex(np.zeros(1), np.zeros(2), dense_weight=0.5)


def test_the_cut_through_equal_scores_follows_the_order_given() -> None:
    """Which of several equal rows is kept does not depend on chance."""
    scores, order = np.array([1.0, 2.0, 1.0, 1.0]), np.array([3, 2, 1, 0])
    assert fusion.top_rows(scores, 2, order).tolist() == [1, 3]
    assert fusion.top_rows(scores, 9, order).tolist() == [1, 3, 2, 0]
    assert fusion.top_rows(scores, 2, order, np.array([True, False, True, False])).tolist() == [2, 0]
    assert fusion.top_rows(scores, 0, order).tolist() == []
