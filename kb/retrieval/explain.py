"""Why a passage ranks where it does: its score taken apart into numbers that add up, in words people know.

The fitted score is a weighted sum (`kb.retrieval.features`), so each feature's value times its weight is its share of
the score; shares are put together by what a reader would call them. Where nothing was re-scored, the shares are those
of the fusion: words and meaning.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index import Explanation as IndexExplanation
from kb.retrieval.features import FEATURES

REASONS: Final[Mapping[str, tuple[str, ...]]] = {
    "its words": (
        "bm25_text",
        "coverage_text",
        "rarest_in_text",
        "rarest_missing",
        "terms_missing",
        "topic",
        "other_words",
        "pairs",
        "best_window",
    ),
    "words of its heading": ("bm25_header", "coverage_all", "title_named", "title_in_question"),
    "its meaning": ("cosine", "raw_cosine"),
    "the meeting or date": (
        "meeting_right",
        "meeting_wrong",
        "when_day",
        "when_period",
        "when_other",
        "when_in_text",
    ),
    "who speaks or is named": ("said_by", "said_of_topic", "named"),
    "the body": ("body",),
    "the item, paragraph or kind of paper": ("item", "paragraph", "paper_named"),
    "the kind of answer asked for": (
        "intent_attendance",
        "intent_decision",
        "intent_formal_decision",
        "intent_action",
        "intent_time",
        "intent_money",
        "intent_number",
        "intent_date",
        "intent_name",
        "intent_statement",
        "value_by_topic",
        "value_missing",
        "list_wanted",
        "list_length",
        "apologies_wanted",
        "apologies_item",
        "recommendation_wanted",
        "month_of_figures",
    ),
    "the kind of text": (
        "not_current",
        "minutes",
        "row",
        "front",
        "boilerplate",
        "introduction",
        "reference",
        "log_words",
        "short",
    ),
}
"""What a reader would call the features, each of which has one such name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One part of a score: what it is for, its points, and the features behind it as (name, value, weight)."""

    reason: str
    points: float
    features: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A word of the question in the passage: where it stands (``text`` or ``header``) and its BM25 weight there."""

    term: str
    field: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one passage scored what it did; the points of ``shares`` add up to ``score``.

    ``bm25_rank`` and ``dense_rank`` count from 1 among what words and meaning nominated, ``None`` if they did not.
    """

    score: float
    shares: tuple[Share, ...]
    matches: tuple[Match, ...]
    cosine: float
    bm25_rank: int | None
    dense_rank: int | None


def explain_score(
    found: IndexExplanation,
    features: Sequence[float],
    weights: Sequence[float],
    *,
    from_reranker: float = 0.0,
) -> Explanation:
    """Take one score apart.

    Args:
        found: What the index says of the passage.
        features: The passage's features in the order of `FEATURES`; empty if nothing was re-scored.
        weights: The weight of each feature.
        from_reranker: What a cross-encoder has added or taken.

    Returns:
        The shares that are not nothing, largest first.
    """
    shares = _fitted(features, weights) if features else _fused(found)
    if from_reranker:
        shares.append(Share(reason="the reranking model", points=from_reranker))
    return Explanation(
        score=math.fsum(share.points for share in shares),
        shares=tuple(sorted(shares, key=lambda share: (-abs(share.points), share.reason))),
        matches=tuple(Match(term=part.term, field=part.field, weight=part.score) for part in found.terms),
        cosine=found.scored.cosine,
        bm25_rank=found.bm25_rank,
        dense_rank=found.dense_rank,
    )


def _fitted(features: Sequence[float], weights: Sequence[float]) -> list[Share]:
    values = dict(zip(FEATURES, zip(features, weights, strict=True), strict=True))
    shares = []
    for reason, names in REASONS.items():
        behind = tuple((name, *values[name]) for name in names if values[name][0] * values[name][1])
        if behind:
            points = math.fsum(value * weight for _, value, weight in behind)
            shares.append(Share(reason=reason, points=points, features=behind))
    return shares


def _fused(found: IndexExplanation) -> list[Share]:
    shares = (
        Share(reason="its words", points=found.from_bm25),
        Share(reason="its meaning", points=found.from_vectors),
    )
    return [share for share in shares if share.points]
