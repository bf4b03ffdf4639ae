"""Is run B better than run A, or is it chance?

Takes the per-topic measures of two runs over the same topics, gives for each measure the mean difference, a
p-value and the topics that got better or worse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.errors import UsageError

FLIPS = 10_000
SEED = 20_230_719
# Differences below this are rounding, not change.
TOLERANCE = 1e-9

Rows = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Of one measure, B minus A, over the topics that both have; ``better`` and ``worse`` list topic ids."""

    measure: str
    mean_a: float
    mean_b: float
    p_value: float
    topics: int
    better: tuple[tuple[str, float], ...]
    worse: tuple[tuple[str, float], ...]

    @property
    def difference(self) -> float:
        """The mean of B minus the mean of A."""
        return self.mean_b - self.mean_a


def compare_runs(
    rows_a: Rows, rows_b: Rows, *, flips: int = FLIPS, seed: int = SEED
) -> tuple[Difference, ...]:
    """Compare two runs measure by measure.

    Args:
        rows_a: Topic id to measure to value of the first run.
        rows_b: Of the second run.
        flips: Random sign assignments of each test.
        seed: Of the generator.

    Returns:
        One difference for each measure that some topic has in both runs, in the first run's order.

    Raises:
        UsageError: If the runs answer different questions.
    """
    if rows_a.keys() != rows_b.keys():
        odd = len(rows_a.keys() ^ rows_b.keys())
        raise UsageError(
            f"The runs answer different questions: {odd} are in one only.",
            next_step="Compare runs of the same set and split.",
        )
    names = dict.fromkeys(name for row in rows_a.values() for name in row)
    found = []
    for name in names:
        pairs = [
            (topic, a, b)
            for topic in sorted(rows_a)
            if (a := rows_a[topic].get(name)) is not None and (b := rows_b[topic].get(name)) is not None
        ]
        if not pairs:
            continue
        changes = sorted(
            ((topic, b - a) for topic, a, b in pairs), key=lambda change: (-change[1], change[0])
        )
        found.append(
            Difference(
                measure=name,
                mean_a=sum(a for _, a, _ in pairs) / len(pairs),
                mean_b=sum(b for _, _, b in pairs) / len(pairs),
                p_value=randomisation_test([b - a for _, a, b in pairs], flips=flips, seed=seed),
                topics=len(pairs),
                better=tuple(change for change in changes if change[1] > TOLERANCE),
                worse=tuple(change for change in reversed(changes) if change[1] < -TOLERANCE),
            )
        )
    return tuple(found)


def randomisation_test(differences: Sequence[float], *, flips: int = FLIPS, seed: int = SEED) -> float:
    """Test whether paired differences have mean 0, two-sided, by flipping their signs at random.

    Args:
        differences: One per topic, at least one.
        flips: Random sign assignments, at least 1.
        seed: Of the generator; equal inputs give equal p-values.

    Returns:
        The p-value in (0, 1]: the share of assignments, the observed one included, whose mean differs from 0
        at least as much as the observed mean.

    Raises:
        ValueError: If there are no differences.

    Source: Smucker, Allan and Carterette, "A comparison of statistical significance tests for information
    retrieval evaluation", CIKM 2007, doi:10.1145/1321440.1321528; counting the observed one: Phipson and
    Smyth, 2010, doi:10.2202/1544-6115.1585.
    """
    if not differences:
        raise ValueError("no differences to test")
    values = np.asarray(differences, dtype=np.float64)
    observed = abs(values.sum())
    generator = np.random.default_rng(seed)
    signs = generator.integers(0, 2, size=(flips, len(values)), dtype=np.int8) * np.int8(2) - np.int8(1)
    extreme = int((np.abs(signs @ values) >= observed - TOLERANCE).sum())
    return (extreme + 1) / (flips + 1)
