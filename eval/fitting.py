"""Fit the weights of the ranker's features on judged topics of the dev split.

Takes open libraries with their topics, gives one weight per feature. The loss is the listwise softmax likelihood of the
relevant candidates of each topic (ListNet's top-one probability, Cao et al., ICML 2007) with an L2 penalty, minimised by
L-BFGS. Cross-validation over topics says what the fit is worth on questions it hasn't seen. Test topics are never read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.places import Judge
from eval.topics import Topic
from index import Encoder
from kb.questions import understand
from kb.retrieval import RetrievalSettings, Retriever
from kb.retrieval.features import FEATURES

MIN_GRADE = 2
"""Places of this grade and above count as relevant."""
TODAY = dt.date(2026, 1, 1)
"""The clock of relative dates, fixed so that a fit can be repeated."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """One topic: ``features`` ``(n_candidates, n_features)`` and the ``grades`` ``(n_candidates,)`` of its candidates."""

    topic: str
    features: Matrix
    grades: Matrix


def collect(
    retriever: Retriever, encoder: Encoder, judge: Judge, topics: Sequence[Topic], *, candidates: int
) -> list[Group]:
    """Candidates of every answerable topic with their features and grades, in the order of the unfitted fusion."""
    groups: list[Group] = []
    for topic in topics:
        if not topic.is_answerable:
            continue
        question = understand(topic.question, today=TODAY)
        vector = encoder.encode_query(topic.question).vector
        ranked = retriever.rank(question, vector, k=candidates)
        passages = [profile.passage for profile in retriever.profiles([hit.row for hit in ranked])]
        grades = [max((hit.place.grade for hit in judge.hits(topic, passage)), default=0) for passage in passages]
        groups.append(Group(topic.id, retriever.features(question, ranked), np.array(grades, dtype=np.float64)))
    return groups


def fit(groups: Sequence[Group], *, penalty: float) -> NDArray[np.float64]:
    """Weights ``(n_features,)`` that make relevant candidates likeliest to stand first."""
    useful = [group for group in groups if (group.grades >= MIN_GRADE).any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(weights)
        for group in useful:
            scores = group.features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            wanted = chance * (group.grades >= MIN_GRADE)
            mass = wanted.sum()
            total -= float(np.log(mass + 1e-12))
            gradient += group.features.T @ (chance - wanted / (mass + 1e-12))
        share = 1.0 / len(useful)
        return total * share + penalty * float(weights @ weights), gradient * share + 2 * penalty * weights

    start = np.zeros(len(FEATURES))
    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float64)


def cross_validate(groups: Sequence[Group], *, penalty: float, folds: int = 5) -> dict[str, float]:
    """Success@1 and @5 and RR of fits that haven't seen the topics they rank."""
    ranks: list[float] = []
    for fold in range(folds):
        held = [group for place, group in enumerate(groups) if place % folds == fold]
        weights = fit([group for place, group in enumerate(groups) if place % folds != fold], penalty=penalty)
        ranks += [first_rank(group, group.features @ weights) for group in held]
    return success(ranks)


def first_rank(group: Group, scores: NDArray[np.float64]) -> float:
    """Rank of the first relevant candidate, from 1; infinite if there is none."""
    order = np.argsort(-scores, kind="stable")
    relevant = np.flatnonzero(group.grades[order] >= MIN_GRADE)
    return float(relevant[0] + 1) if len(relevant) else float("inf")


def success(ranks: Sequence[float]) -> dict[str, float]:
    """Success@1, Success@5 and mean reciprocal rank of first ranks."""
    values = np.array(ranks)
    return {
        "Success@1": float((values <= 1).mean()),
        "Success@5": float((values <= 5).mean()),
        "RR": float((1.0 / values).mean()),
    }


def settings_to_collect(candidates: int) -> RetrievalSettings:
    """The fusion that nominates candidates, without re-scoring."""
    return RetrievalSettings(fusion="convex", rerank=False, candidates=candidates)


def to_json(weights: NDArray[np.float64], *, note: dict[str, Any]) -> dict[str, Any]:
    """The file the ranker reads."""
    return {**note, "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)}}
