"""How likely it is that the evidence answers the question: the ground for saying "not found".

Ranking scores alone can't tell: the best passage always looks best. What tells is whether the question's rare terms,
its names and dates and the asked-for kind of value stand together in one place. The weights are fitted by logistic
regression on the dev split; the threshold keeps false refusals at a stated share.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.questions import Intent, Question
from kb.retrieval.features import FEATURES

CONFIDENCE_FEATURES = (
    "top_score",
    "margin",
    "coverage_text",
    "coverage_all",
    "best_coverage",
    "best_window",
    "rarest_in_text",
    "pairs",
    "cosine",
    "best_cosine",
    "unseen_terms",
    "missing_weight",
    "value_found",
    "value_missing",
    "when_missing",
    "name_missing",
    "question_length",
)
"""Names of the signals, in the order of the columns."""

_READ = 3
_COLUMN = {name: place for place, name in enumerate(FEATURES)}
_VALUES = {
    Intent.NUMBER: "intent_number",
    Intent.MONEY: "intent_money",
    Intent.DATE: "intent_date",
    Intent.NAME: "intent_name",
    Intent.TIME: "intent_time",
    Intent.ATTENDANCE: "intent_attendance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What ranking knows of the passages, best first: their ``scores`` and their rows of ``features``."""

    scores: tuple[float, ...]
    features: NDArray[np.float64]
    unseen: tuple[str, ...] = ()


def signals(question: Question, evidence: Evidence, idf: Mapping[str, float]) -> NDArray[np.float64]:
    """The signals of one question, ``(len(CONFIDENCE_FEATURES),)``."""
    top = evidence.features[0]
    read = evidence.features[:_READ]
    scores = evidence.scores
    wanted = [_VALUES[intent] for intent in question.intents if intent in _VALUES]
    found = any(read[:, _COLUMN[name]].any() for name in wanted)
    total = math.fsum(idf[term] for term in set(question.terms)) or 1.0
    best_all = float(read[:, _COLUMN["coverage_all"]].max())
    return np.array(
        [
            scores[0] / 10.0,
            (scores[0] - scores[min(len(scores) - 1, 4)]) / 5.0,
            float(top[_COLUMN["coverage_text"]]),
            float(top[_COLUMN["coverage_all"]]),
            best_all,
            float(read[:, _COLUMN["best_window"]].max()),
            float(read[:, _COLUMN["rarest_in_text"]].max()),
            float(read[:, _COLUMN["pairs"]].max()),
            float(top[_COLUMN["raw_cosine"]]),
            float(evidence.features[:, _COLUMN["raw_cosine"]].max()),
            min(1.0, len(evidence.unseen) / 3.0),
            (1.0 - best_all) * total / 20.0,
            float(bool(wanted) and found),
            float(bool(wanted) and not found),
            float(
                bool(question.whens)
                and not read[:, [_COLUMN["when_day"], _COLUMN["when_period"], _COLUMN["when_in_text"]]].any()
            ),
            float(bool(question.names) and not read[:, [_COLUMN["named"], _COLUMN["said_by"]]].any()),
            min(1.0, len(question.terms) / 10.0),
        ]
    )


def probability(values: NDArray[np.float64], weights: NDArray[np.float64], *, bias: float) -> float:
    """The logistic of the weighted signals, between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, float(values @ weights) + bias))))


def threshold_at(confidences: Sequence[float], share: float) -> float:
    """The confidence below which ``share`` of answerable questions fall."""
    return float(np.quantile(np.array(confidences), share)) if confidences else 0.0
