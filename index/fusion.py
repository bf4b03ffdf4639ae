"""Two rankings of one query into one: pure functions of numbers.

A list here is rows with scores, or rows in order. Nothing depends on the order in which rows or lists are
passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

RRF_K = 60
"""Rank offset of Cormack, Clarke and Büttcher (2009), who found its exact value to matter little."""


def min_max(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Stretch scores linearly to 0 (lowest) to 1 (highest).

    Without a spread there is nothing to compare: equal positive scores all become 1, others 0.

    Args:
        scores: ``(n,)``, finite.

    Returns:
        ``(n,)`` float64 within 0 and 1; the order is kept.
    """
    values = np.asarray(scores, np.float64)
    if values.size == 0:
        return values
    low, high = float(values.min()), float(values.max())
    if high - low <= 0:
        return np.full(values.shape, 1.0 if high > 0 else 0.0)
    return (values - low) / (high - low)


def convex(
    lexical: NDArray[np.floating], dense: NDArray[np.floating], *, dense_weight: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mix the scores of the same rows from two stages, each stretched to 0 to 1.

    Args:
        lexical: ``(n,)`` scores of the first stage.
        dense: ``(n,)`` scores of the second stage for the same rows.
        dense_weight: Share of the second stage, 0 to 1.

    Returns:
        What each stage contributes, ``(n,)`` float64 each; their sum is the fused score, between 0 and 1.

    Raises:
        ValueError: If the share is out of range or the lengths differ.

    Source: Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42(1),
        2023, doi:10.1145/3596512.
    """
    if not 0 <= dense_weight <= 1:
        raise ValueError(f"dense_weight must be between 0 and 1, not {dense_weight}")
    if lexical.shape != dense.shape:
        raise ValueError(f"scores of {lexical.shape} and {dense.shape} rows cannot be mixed")
    return (1 - dense_weight) * min_max(lexical), dense_weight * min_max(dense)


def reciprocal_ranks(ranking: Sequence[int], *, k: int = RRF_K) -> dict[int, float]:
    """Give each row of a ranking 1 / (k + rank), ranks counted from 1.

    Raises:
        ValueError: If ``k`` is negative or a row stands twice.
    """
    if k < 0:
        raise ValueError(f"k must be at least 0, not {k}")
    shares = {row: 1 / (k + rank) for rank, row in enumerate(ranking, 1)}
    if len(shares) != len(ranking):
        raise ValueError("a row stands twice in one ranking")
    return shares


def reciprocal_rank_fusion(rankings: Iterable[Sequence[int]], *, k: int = RRF_K) -> dict[int, float]:
    """Sum the reciprocal ranks of each row over several rankings of one query.

    Args:
        rankings: Rows, best first.
        k: Rank offset, dimensionless, at least 0; larger values flatten the top.

    Returns:
        The fused score of every row that stands in a ranking.

    Raises:
        ValueError: If ``k`` is negative or a row stands twice in one ranking.

    Source: Cormack, Clarke and Büttcher, SIGIR 2009, doi:10.1145/1571941.1572114.
    """
    parts: dict[int, list[float]] = {}
    for ranking in rankings:
        for row, share in reciprocal_ranks(ranking, k=k).items():
            parts.setdefault(row, []).append(share)
    return {
        row: sum(sorted(shares)) for row, shares in parts.items()
    }  # sorted: sums do not depend on the order


def best_first(scores: Mapping[int, float], tie_order: NDArray[np.int64]) -> list[int]:
    """Rows by falling score, equal scores by ``tie_order[row]`` rising."""
    return sorted(scores, key=lambda row: (-scores[row], tie_order[row]))


def top_rows(
    scores: NDArray[np.floating], k: int, tie_order: NDArray[np.int64], among: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """The rows of the ``k`` highest scores, best first.

    Args:
        scores: ``(n,)``, finite.
        k: How many rows to give back, at least 0; fewer come only if fewer take part.
        tie_order: ``(n,)``; equal scores come in this order, also where the list is cut.
        among: ``(n,)``; rows where it is false do not take part. ``None`` for all.

    Returns:
        ``(min(k, rows that take part),)`` int64.
    """
    rows = np.arange(len(scores)) if among is None else np.flatnonzero(among)
    if k <= 0 or len(rows) == 0:
        return np.zeros(0, np.int64)
    values = scores[rows]
    if k < len(rows):
        cut = np.partition(values, len(rows) - k)[len(rows) - k]
        rows = rows[values >= cut]  # with all rows equal to the last one kept
        values = scores[rows]
    return rows[np.lexsort((tie_order[rows], -values))][:k]
