"""Does the system know when it does not know? And how long does it take?

Takes what the system did on answerable and unanswerable questions alike, gives precision and recall of
abstention, how well confidence separates the two (AUROC), and what share of the answers given is wrong when
only the surest are given (risk against coverage).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a system did with one question; ``is_right`` as in `eval.reading.answers_fully`."""

    is_answerable: bool
    abstained: bool
    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPoint:
    """If only questions from ``threshold`` up are answered: the share answered, the share of it wrong."""

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Abstention over a set; ``None`` where nothing can be divided."""

    precision: float | None
    recall: float | None
    false_abstentions: int
    auroc: float | None
    aurc: float | None
    points: tuple[RiskPoint, ...]


def measure(outcomes: Sequence[Outcome]) -> Abstention:
    """Measure abstention over a set of questions.

    Precision is the share of abstentions that were right to make, recall the share of unanswerable questions
    on which the system abstained.
    """
    abstained = [outcome for outcome in outcomes if outcome.abstained]
    unanswerable = [outcome for outcome in outcomes if not outcome.is_answerable]
    hit = sum(not outcome.is_answerable for outcome in abstained)
    points = risk_coverage(outcomes)
    return Abstention(
        precision=hit / len(abstained) if abstained else None,
        recall=hit / len(unanswerable) if unanswerable else None,
        false_abstentions=len(abstained) - hit,
        auroc=auroc(
            [outcome.confidence for outcome in outcomes if outcome.is_answerable],
            [outcome.confidence for outcome in unanswerable],
        ),
        aurc=area_under(outcomes),
        points=points,
    )


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the probability that a positive scores above a negative, ties counting half.

    Args:
        positive: Confidence on answerable questions.
        negative: Confidence on unanswerable ones.

    Returns:
        A number in [0, 1], ``None`` if either is empty.

    Source: Hanley and McNeil, Radiology 143(1), 1982, doi:10.1148/radiology.143.1.7063747 (the Mann-Whitney
    U statistic over the number of pairs).
    """
    if not positive or not negative:
        return None
    below = np.sort(np.asarray(negative, dtype=np.float64))
    scores = np.asarray(positive, dtype=np.float64)
    wins = np.searchsorted(below, scores, side="left")
    wins_or_ties = np.searchsorted(below, scores, side="right")
    return float((wins + wins_or_ties).sum() / (2 * len(positive) * len(negative)))


def risk_coverage(outcomes: Sequence[Outcome]) -> tuple[RiskPoint, ...]:
    """Return risk against coverage, one point for each distinct confidence, surest first.

    Source: El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010.
    """
    points = []
    answered, wrong = 0, 0
    for confidence, group in groupby(_by_confidence(outcomes), key=lambda outcome: outcome.confidence):
        members = list(group)
        answered += len(members)
        wrong += sum(not outcome.is_right for outcome in members)
        points.append(
            RiskPoint(threshold=confidence, coverage=answered / len(outcomes), risk=wrong / answered)
        )
    return tuple(points)


def area_under(outcomes: Sequence[Outcome]) -> float | None:
    """Return the area under the risk-coverage curve: the mean risk over all numbers of questions answered.

    Questions of equal confidence are answered in random order, so their expected risk is taken.

    Source: Geifman, Uziel and El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers",
    ICLR 2019.
    """
    risks: list[float] = []
    answered, wrong = 0, 0.0
    for _, group in groupby(_by_confidence(outcomes), key=lambda outcome: outcome.confidence):
        members = list(group)
        rate = sum(not outcome.is_right for outcome in members) / len(members)
        for _member in members:
            answered += 1
            wrong += rate
            risks.append(wrong / answered)
    return sum(risks) / len(risks) if risks else None


def _by_confidence(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda outcome: -outcome.confidence)


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of latencies, in milliseconds."""
    if not milliseconds:
        return {}
    p50, p95 = np.percentile(np.asarray(milliseconds, dtype=np.float64), [50, 95])
    return {"p50": float(p50), "p95": float(p95)}
