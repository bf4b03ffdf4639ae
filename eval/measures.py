"""Measures of ranking, and means with intervals.

Takes TREC run lines and qrels (see `eval.places`), gives each topic's measures by ir_measures and, for any
measure, its mean over topics with a bootstrap interval. Topics without results score 0; topics without
judgments are not measured.

nDCG@10 has linear gains (the grade, 1 to 3) and a log2 discount (Järvelin and Kekäläinen, TOIS 20(4), 2002,
as in trec_eval). RR@10, Success@k and R@10 count every grade as relevant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from eval.places import RunLine

RANKING_MEASURES = (nDCG @ 10, RR @ 10, Success @ 1, Success @ 5, R @ 10)
RANKING_NAMES = tuple(str(measure) for measure in RANKING_MEASURES)

RESAMPLES = 10_000
CONFIDENCE = 0.95  # share of resampled means inside an interval
SEED = 20_230_719
ALL_TYPES = "all"  # the row of tables that takes all types together


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over ``topics`` topics with its 95% bootstrap interval."""

    mean: float
    low: float
    high: float
    topics: int


def rank_measures(
    qrels: Mapping[str, Mapping[str, int]], runs: Mapping[str, Sequence[RunLine]]
) -> dict[str, dict[str, float]]:
    """Measure rankings, topic by topic.

    Args:
        qrels: Topic id to place id to grade; topics without places are left out.
        runs: Topic id to run lines, best first; scores are the negated ranks, so that ties cannot arise.

    Returns:
        Topic id to measure name (as ir_measures prints it) to value in [0, 1].

    Source: MacAvaney, Macdonald and Ounis, "Streamlining evaluation with ir-measures", ECIR 2022.
    """
    judged = [Qrel(topic, place, grade) for topic, places in qrels.items() for place, grade in places.items()]
    scored = [
        ScoredDoc(topic, line.item_id, float(-line.rank))
        for topic, lines in runs.items()
        for line in lines
        if qrels.get(topic)
    ]
    values = {topic: dict.fromkeys(RANKING_NAMES, 0.0) for topic, places in qrels.items() if places}
    for metric in ir_measures.iter_calc(list(RANKING_MEASURES), judged, scored):
        values[metric.query_id][str(metric.measure)] = float(metric.value)
    return values


def bootstrap(values: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED) -> Estimate:
    """Estimate a mean with a percentile bootstrap interval over topics.

    Args:
        values: One per topic, at least one.
        resamples: How many samples of the same size are drawn with replacement.
        seed: Of the generator; equal inputs give equal intervals.

    Returns:
        The mean and the 2.5th and 97.5th percentiles of the resampled means.

    Raises:
        ValueError: If there are no values.

    Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13; for retrieval: Savoy,
    IP&M 33(4), 1997, doi:10.1016/S0306-4573(97)00027-7.
    """
    if not values:
        raise ValueError("no values to take the mean of")
    sample = np.asarray(values, dtype=np.float64)
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(len(sample), np.full(len(sample), 1 / len(sample)), size=resamples)
    means = counts @ sample / len(sample)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Estimate(mean=float(sample.mean()), low=float(low), high=float(high), topics=len(sample))


def summarise(
    per_topic: Mapping[str, Mapping[str, float | None]], types: Mapping[str, str], *, seed: int = SEED
) -> dict[str, dict[str, Estimate]]:
    """Take means over all topics and over the topics of each type.

    Args:
        per_topic: Topic id to measure to value; ``None`` where the measure does not apply to the topic.
        types: Topic id to type.
        seed: Of the bootstrap.

    Returns:
        ``"all"`` or a type, to measure, to estimate; a measure that applies to no topic of a group is absent.
    """
    groups: dict[str, list[str]] = {ALL_TYPES: sorted(per_topic)}
    for topic in sorted(per_topic):
        groups.setdefault(types[topic], []).append(topic)
    return {
        group: {
            measure: bootstrap(values, seed=seed)
            for measure in _names(per_topic.values())
            if (values := [v for topic in topics if (v := per_topic[topic].get(measure)) is not None])
        }
        for group, topics in groups.items()
    }


def _names(rows: Iterable[Mapping[str, float | None]]) -> tuple[str, ...]:
    """Return the names of the measures in the order of their first appearance."""
    return tuple(dict.fromkeys(name for row in rows for name in row))
