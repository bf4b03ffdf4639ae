"""Laws of the measures, held on random runs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from eval.abstention import Outcome, area_under, auroc, risk_coverage
from eval.compare import randomisation_test
from eval.measures import bootstrap, rank_measures
from eval.places import RunLine
from eval.structure import align

GRADES = st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(1, 3), min_size=1)
RANKING = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), unique=True, max_size=26)
SCORES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=30)


def lines(ids: list[str]) -> tuple[RunLine, ...]:
    """Return run lines in the order of the ids."""
    return tuple(RunLine(item_id, rank) for rank, item_id in enumerate(ids, 1))


def own_ndcg(grades: dict[str, int], ids: list[str], cutoff: int = 10) -> float:
    """NDCG with linear gains, written independently of the library."""
    gains = [grades.get(item_id, 0) for item_id in ids[:cutoff]]
    ideal = sorted(grades.values(), reverse=True)[:cutoff]
    dcg, best = (sum(g / math.log2(i + 2) for i, g in enumerate(row)) for row in (gains, ideal))
    return dcg / best


@given(GRADES, RANKING)
def test_measures_agree_with_their_definitions(grades: dict[str, int], ids: list[str]) -> None:
    """The library's numbers are what the definitions say."""
    values = rank_measures({"t": grades}, {"t": lines(ids)})["t"]
    relevant = [rank for rank, item_id in enumerate(ids, 1) if item_id in grades]
    first = relevant[0] if relevant else math.inf
    assert values["nDCG@10"] == pytest.approx(own_ndcg(grades, ids))
    assert values["RR@10"] == pytest.approx(1 / first if first <= 10 else 0)
    assert values["Success@1"] == float(first == 1)
    assert values["Success@5"] == float(first <= 5)
    assert values["R@10"] == pytest.approx(sum(rank <= 10 for rank in relevant) / len(grades))
    assert all(0 <= value <= 1 for value in values.values())


@given(GRADES)
def test_the_ideal_ranking_scores_one(grades: dict[str, int]) -> None:
    """Best grades first, nothing is better."""
    ideal = sorted(grades, key=lambda item_id: (-grades[item_id], item_id))
    assert rank_measures({"t": grades}, {"t": lines(ideal)})["t"]["nDCG@10"] == pytest.approx(1)


@given(GRADES)
def test_no_results_score_zero_and_no_judgments_are_left_out(grades: dict[str, int]) -> None:
    """A topic is neither dropped for being hard nor counted for being unanswerable."""
    values = rank_measures({"hard": grades, "unanswerable": {}}, {"unanswerable": lines(["a"])})
    assert values.keys() == {"hard"}
    assert set(values["hard"].values()) == {0.0}


@given(SCORES, SCORES)
def test_auroc_is_the_mann_whitney_statistic(positive: list[float], negative: list[float]) -> None:
    """Ties included."""
    expected = mannwhitneyu(positive, negative).statistic / (len(positive) * len(negative))
    assert auroc(positive, negative) == pytest.approx(expected)


@given(SCORES, SCORES)
def test_auroc_turns_round_with_its_arguments(positive: list[float], negative: list[float]) -> None:
    """What separates one way separates the other way."""
    there, back = auroc(positive, negative), auroc(negative, positive)
    assert there is not None
    assert back is not None
    assert there + back == pytest.approx(1)
    assert auroc([], negative) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=30))
def test_risk_at_full_coverage_is_the_error_rate(pairs: list[tuple[int, bool]]) -> None:
    """The curve ends where everything is answered, and the order of questions does not matter."""
    outcomes = [
        Outcome(is_answerable=True, abstained=False, confidence=c / 3, is_right=right) for c, right in pairs
    ]
    points = risk_coverage(outcomes)
    errors = sum(not right for _, right in pairs) / len(pairs)
    assert (points[-1].coverage, points[-1].risk) == (1.0, pytest.approx(errors))
    area, turned = area_under(outcomes), area_under(outcomes[::-1])
    assert area is not None
    assert area == pytest.approx(turned)
    assert 0 <= area <= 1


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=40))
def test_p_values_lie_above_zero_up_to_one(differences: list[float]) -> None:
    """And do not depend on which run is called A."""
    p_value = randomisation_test(differences, flips=200)
    assert 0 < p_value <= 1
    assert p_value == randomisation_test([-value for value in differences], flips=200)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_interval_holds_the_mean_of_its_resamples(values: list[float]) -> None:
    """Low, then high, within the range of the values; the same for the same values."""
    estimate = bootstrap(values, resamples=300)
    assert min(values) - 1e-9 <= estimate.low <= estimate.high <= max(values) + 1e-9
    assert estimate.mean == pytest.approx(float(np.mean(values)))
    assert estimate == bootstrap(values, resamples=300)


@given(st.lists(st.integers(0, 4), max_size=8), st.lists(st.integers(0, 4), max_size=8))
def test_alignment_keeps_order_and_loses_nothing(left: list[int], right: list[int]) -> None:
    """Every member stands in exactly one pair, in its order; pairs are alike."""
    pairs = align(left, right, lambda a, b: int(a == b))
    assert [a for a, _ in pairs if a is not None] == left
    assert [b for _, b in pairs if b is not None] == right
    assert all(a == b for a, b in pairs if a is not None and b is not None)
