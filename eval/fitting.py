"""Fit what the library weighs by: the ranker's features, the answer's sentences, the confidence.

Takes open libraries with their judged topics of the dev split, gives weights. Test topics are never read.

The ranker's loss is the listwise softmax likelihood of the relevant candidates of each topic (ListNet's top-one
probability, Cao et al., ICML 2007); sentences and confidence are logistic regressions. All have an L2 penalty and are
minimised by L-BFGS. Cross-validation over topics says what a fit is worth on questions that it hasn't seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.abstention import auroc
from eval.places import Judge
from eval.topics import Topic
from eval.wording import contains_fact
from index import Encoder
from kb.answers.confidence import CONFIDENCE_FEATURES, DOUBTS, Evidence, signals
from kb.answers.sentences import cut, describe
from kb.questions import Question
from kb.retrieval import Ranked, RetrievalSettings, Retriever

MIN_GRADE = 2
"""Places of this grade and above count as relevant."""
TODAY = dt.date(2026, 1, 1)
"""The clock of relative dates, fixed so that a fit can be repeated."""
READ = 5
"""Passages whose sentences an answer is chosen from."""
KEPT = 10

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """One topic: ``features`` ``(n, n_features)`` of its candidates or sentences, and what they are worth ``(n,)``."""

    topic: str
    features: Matrix
    grades: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """An open library with the topics to fit on; ``understand`` reads a question as the library does."""

    retriever: Retriever
    encoder: Encoder
    judge: Judge
    topics: Sequence[Topic]
    understand: Callable[[str], Question]
    sources: Callable[[str], str]


def candidates(material: Material, settings: RetrievalSettings) -> list[Group]:
    """Candidates of every answerable topic with their grades, in the order of the unfitted fusion."""
    groups: list[Group] = []
    for topic in material.topics:
        if topic.is_answerable:
            ranked = _rank(material, topic, settings.candidates)
            features = material.retriever.features(material.understand(topic.question), ranked)
            groups.append(Group(topic.id, features, _grades(material, topic, ranked)))
    return groups


def sentence_groups(material: Material) -> list[Group]:
    """Sentences of the best passages of every answerable topic; worth 1 if one holds a fact in a relevant passage."""
    groups: list[Group] = []
    for topic in material.topics:
        if not topic.is_answerable or not topic.facts:
            continue
        question = material.understand(topic.question)
        ranked = _rank(material, topic, KEPT)[:READ]
        grades = _grades(material, topic, ranked)
        passages = [profile.passage for profile in material.retriever.profiles([hit.row for hit in ranked])]
        sources = {
            passage.citation.document: material.sources(passage.citation.document) for passage in passages
        }
        sentences = cut(passages, sources)
        idf = material.retriever.idf(question.terms)
        worth = [
            float(
                grades[sentence.rank] >= MIN_GRADE
                and any(contains_fact(sentence.text, fact) for fact in topic.facts)
            )
            for sentence in sentences
        ]
        features = describe(question, sentences, [hit.score for hit in ranked], idf)
        groups.append(Group(topic.id, features, np.array(worth)))
    return groups


def confidence_groups(material: Material, foreign: Sequence[Topic] = ()) -> list[Group]:
    """The confidence signals of every topic, one row each; worth 1 if the papers answer it.

    Args:
        material: The library and its own topics.
        foreign: Topics of other libraries. Those that name something these papers never mention are asked too, as
            questions without an answer: a reader's question is rarely as near a miss as a judged one.
    """
    groups: list[Group] = []
    strangers = [
        topic for topic in foreign if material.retriever.unseen(material.understand(topic.question).terms)
    ]
    own = {topic.id for topic in material.topics}
    for topic in (*material.topics, *strangers):
        question = material.understand(topic.question)
        ranked = _rank(material, topic, KEPT)
        if not ranked:
            continue
        passages = [
            profile.passage for profile in material.retriever.profiles([hit.row for hit in ranked[:READ]])
        ]
        sources = {
            passage.citation.document: material.sources(passage.citation.document) for passage in passages
        }
        evidence = Evidence(
            scores=tuple(hit.score for hit in ranked),
            features=material.retriever.features(question, ranked),
            unseen=material.retriever.unseen(question.terms),
            sentences=tuple(cut(passages, sources)),
        )
        row = signals(question, evidence, material.retriever.idf(question.terms))
        groups.append(
            Group(topic.id, row[None, :], np.array([float(topic.id in own and topic.is_answerable)]))
        )
    return groups


def fit_ranker(groups: Sequence[Group], *, penalty: float) -> Matrix:
    """Weights ``(n_features,)`` that make relevant candidates likeliest to stand first."""
    useful = [group for group in groups if (group.grades >= MIN_GRADE).any()]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
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

    found = minimize(loss, np.zeros(groups[0].features.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float64)


def confidence_bounds() -> list[tuple[float | None, float | None]]:
    """Which way each confidence signal may count: what speaks for an answer can't be fitted to speak against it."""
    return [
        (None, 0.0) if name in DOUBTS else (None, None) if name == "question_length" else (0.0, None)
        for name in CONFIDENCE_FEATURES
    ]


def fit_logistic(
    groups: Sequence[Group],
    *,
    penalty: float,
    bounds: Sequence[tuple[float | None, float | None]] | None = None,
    balanced: bool = False,
) -> tuple[Matrix, float]:
    """Weights and bias of a logistic regression over all rows.

    Args:
        groups: Rows with their worth, 1 or 0.
        penalty: Of the weights' squares.
        bounds: Lowest and highest value of each weight.
        balanced: Whether both classes weigh the same.
    """
    features = np.vstack([group.features for group in groups])
    worth = np.concatenate([group.grades for group in groups])
    share = worth.mean()
    weight = np.where(worth > 0, 0.5 / share, 0.5 / (1 - share)) if balanced else np.ones_like(worth)

    def loss(parameters: Matrix) -> tuple[float, Matrix]:
        logits = features @ parameters[:-1] + parameters[-1]
        chance = 1.0 / (1.0 + np.exp(-np.clip(logits, -50, 50)))
        value = -np.mean(weight * (worth * np.log(chance + 1e-12) + (1 - worth) * np.log(1 - chance + 1e-12)))
        error = weight * (chance - worth) / len(worth)
        gradient = np.append(features.T @ error + 2 * penalty * parameters[:-1], error.sum())
        return float(value + penalty * parameters[:-1] @ parameters[:-1]), gradient

    limits = [*bounds, (None, None)] if bounds else None
    found = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=limits)
    return np.asarray(found.x[:-1], dtype=np.float64), float(found.x[-1])


def held_out(
    groups: Sequence[Group], score: Callable[[Sequence[Group]], Callable[[Matrix], Matrix]], *, folds: int
) -> Iterator[tuple[Group, Matrix]]:
    """Every group with scores from a fit that hasn't seen it; groups are dealt to the folds in turn."""
    for fold in range(folds):
        scorer = score([group for place, group in enumerate(groups) if place % folds != fold])
        for place, group in enumerate(groups):
            if place % folds == fold:
                yield group, scorer(group.features)


def ranker_quality(groups: Sequence[Group], *, penalty: float, folds: int = 5) -> dict[str, float]:
    """Success@1, Success@5 and RR, cross-validated."""

    def train(seen: Sequence[Group]) -> Callable[[Matrix], Matrix]:
        weights = fit_ranker(seen, penalty=penalty)
        return lambda features: features @ weights

    return success([first_rank(group, scores) for group, scores in held_out(groups, train, folds=folds)])


def confidence_quality(
    groups: Sequence[Group], *, penalty: float, folds: int = 5
) -> tuple[float, list[tuple[float, float]]]:
    """Cross-validated AUROC, and (probability, worth) of every topic."""

    def train(seen: Sequence[Group]) -> Callable[[Matrix], Matrix]:
        weights, bias = fit_logistic(seen, penalty=penalty, bounds=confidence_bounds(), balanced=True)
        return lambda features: 1.0 / (1.0 + np.exp(-(features @ weights + bias)))

    pairs = [
        (float(scores[0]), float(group.grades[0])) for group, scores in held_out(groups, train, folds=folds)
    ]
    value = auroc([score for score, worth in pairs if worth], [score for score, worth in pairs if not worth])
    return float(value if value is not None else 0.5), pairs


def first_rank(group: Group, scores: Matrix) -> float:
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


def named(names: Sequence[str], weights: Matrix) -> dict[str, float]:
    """Weights by feature, rounded for the file."""
    return {name: round(float(value), 4) for name, value in zip(names, weights, strict=True)}


def _rank(material: Material, topic: Topic, k: int) -> list[Ranked]:
    question = material.understand(topic.question)
    return material.retriever.rank(question, material.encoder.encode_query(topic.question).vector, k=k)


def _grades(material: Material, topic: Topic, ranked: Sequence[Ranked]) -> Matrix:
    passages = [profile.passage for profile in material.retriever.profiles([hit.row for hit in ranked])]
    return np.array(
        [
            max((hit.place.grade for hit in material.judge.hits(topic, passage)), default=0)
            for passage in passages
        ],
        dtype=np.float64,
    )
