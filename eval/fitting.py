"""Fit what the library weighs by: the ranker's features, the answer's sentences, the confidence.

Takes open libraries with their judged topics of the dev split, gives weights. Test topics are never read.

The ranker's loss is the listwise softmax likelihood of the relevant candidates of each topic (ListNet's top-one
probability, Cao et al., ICML 2007), and so is that of the sentences; the confidence is two logistic regressions. All
have an L2 penalty and are minimised by L-BFGS. Cross-validation over topics says what a fit is worth on questions that
it hasn't seen.
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
from kb.answers.compose import with_sentences
from kb.answers.confidence import CONFIDENCE_FEATURES, DOUBTS, Doubt, probability, signals
from kb.answers.describing import by_kind, describe
from kb.asking import Gathered
from kb.questions import Question
from kb.records import Passage
from kb.retrieval import Ranked, RetrievalSettings, Retriever

MIN_GRADE = 2
"""Places of this grade and above count as relevant."""
TODAY = dt.date(2026, 1, 1)
"""The clock of relative dates, fixed so that a fit can be repeated."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """One topic: ``features`` ``(n, n_features)`` of its candidates or sentences, and what they are worth ``(n,)``."""

    topic: str
    features: Matrix
    grades: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """An open library with the topics to fit on.

    ``understand`` reads a question as the library does, ``gather`` gives what the library would draw an answer from.
    """

    retriever: Retriever
    encoder: Encoder
    judge: Judge
    topics: Sequence[Topic]
    understand: Callable[[str], Question]
    gather: Callable[[str], Gathered]


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
    """Sentences of the best passages of every answerable topic; relevant if one holds a fact in a relevant passage."""
    groups: list[Group] = []
    for topic in material.topics:
        if not topic.is_answerable or not topic.facts:
            continue
        found = material.gather(topic.question)
        if not found.passages:
            continue
        evidence = with_sentences(found.evidence, found.passages, found.sources)
        grades = _grades_of(material, topic, found.passages)
        worth = [
            MIN_GRADE
            * float(
                grades[sentence.rank] >= MIN_GRADE
                and any(contains_fact(sentence.text, fact) for fact in topic.facts)
            )
            for sentence in evidence.sentences
        ]
        features = describe(found.question, evidence.sentences, evidence, found.idf)
        groups.append(Group(topic.id, by_kind(found.question, features), np.array(worth)))
    return groups


def held_out_weights(
    groups: Sequence[Group], *, penalty: float, folds: int = 5
) -> tuple[Matrix, dict[str, Matrix]]:
    """Weights of sentences fitted on all topics, and for each of these topics on the folds that it is not in."""
    own: dict[str, Matrix] = {}
    for fold in range(folds):
        weights = fit_ranker(
            [group for place, group in enumerate(groups) if place % folds != fold], penalty=penalty
        )
        own |= {group.topic: weights for place, group in enumerate(groups) if place % folds == fold}
    return fit_ranker(groups, penalty=penalty), own


NEAR_MISS, STRANGER = 0.0, -1.0
"""What a topic without an answer is worth to the confidence; one with an answer is worth 1."""


def confidence_groups(
    material: Material, foreign: Sequence[Topic], weights_of: Callable[[str], Matrix]
) -> list[Group]:
    """The confidence signals of every topic, one row each; worth 1, `NEAR_MISS` or `STRANGER`.

    Args:
        material: The library and its own topics.
        foreign: Topics of other libraries. Those that name something these papers never mention are asked too, as
            questions without an answer: a reader's question is rarely as near a miss as a judged one.
        weights_of: The weights of sentences by topic, best of a fit that has not seen the topic.
    """
    groups: list[Group] = []
    strangers = [
        topic for topic in foreign if material.retriever.unseen(material.understand(topic.question).terms)
    ]
    own = {topic.id for topic in material.topics}
    for topic in (*material.topics, *strangers):
        found = material.gather(topic.question)
        if not found.passages:
            continue
        evidence = with_sentences(found.evidence, found.passages, found.sources)
        features = describe(found.question, evidence.sentences, evidence, found.idf)
        logits = by_kind(found.question, features) @ weights_of(topic.id)
        row = signals(found.question, evidence, found.idf, logits)
        worth = STRANGER if topic.id not in own else 1.0 if topic.is_answerable else NEAR_MISS
        groups.append(Group(topic.id, row[None, :], np.array([worth])))
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


Bounds = list[tuple[float | None, float | None]]
Logistic = tuple[Matrix, float]
"""Weights and bias."""


def confidence_bounds(doubt: Doubt) -> Bounds:
    """Which way each confidence signal may count.

    What speaks for an answer can't be fitted to speak against its topic being there at all.
    """
    free = (None, None)
    support = (0.0, None) if doubt is Doubt.TOPICAL else free
    return [
        (None, 0.0) if name in DOUBTS else free if name == "question_length" else support
        for name in CONFIDENCE_FEATURES
    ]


def fit_confidence(groups: Sequence[Group], *, penalty: float) -> dict[Doubt, Logistic]:
    """One logistic regression for each doubt, of the topics with an answer against those it is about."""
    about = {Doubt.TOPICAL: STRANGER, Doubt.PRECISE: NEAR_MISS}
    fits: dict[Doubt, Logistic] = {}
    for doubt, worth in about.items():
        chosen = [
            Group(group.topic, group.features, (group.grades == 1.0).astype(np.float64))
            for group in groups
            if group.grades[0] in {1.0, worth}
        ]
        fits[doubt] = fit_logistic(chosen, penalty=penalty, bounds=confidence_bounds(doubt), balanced=True)
    return fits


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceQuality:
    """The confidence on topics that it hasn't seen: areas under the ROC curve, and (confidence, worth) of each."""

    near_misses: float
    strangers: float
    pairs: tuple[tuple[float, float], ...]

    def refused(self, threshold: float, worth: float) -> float:
        """The share of the topics of some worth that fall below a threshold."""
        chances = [chance for chance, own in self.pairs if own == worth]
        return float(np.mean([chance < threshold for chance in chances])) if chances else 0.0


def confidence_quality(groups: Sequence[Group], *, penalty: float, folds: int = 5) -> ConfidenceQuality:
    """Cross-validate the confidence."""

    def train(seen: Sequence[Group]) -> Callable[[Matrix], Matrix]:
        fits = fit_confidence(seen, penalty=penalty)
        return lambda features: np.array(
            [min(probability(row, weights, bias=bias) for weights, bias in fits.values()) for row in features]
        )

    pairs = tuple(
        (float(scores[0]), float(group.grades[0])) for group, scores in held_out(groups, train, folds=folds)
    )
    answered = [chance for chance, worth in pairs if worth == 1.0]
    near = auroc(answered, [chance for chance, worth in pairs if worth == NEAR_MISS])
    strange = auroc(answered, [chance for chance, worth in pairs if worth == STRANGER])
    return ConfidenceQuality(near_misses=near or 0.5, strangers=strange or 0.5, pairs=pairs)


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
    profiles = material.retriever.profiles([hit.row for hit in ranked])
    return _grades_of(material, topic, [profile.passage for profile in profiles])


def _grades_of(material: Material, topic: Topic, passages: Sequence[Passage]) -> Matrix:
    return np.array(
        [
            max((hit.place.grade for hit in material.judge.hits(topic, passage)), default=0)
            for passage in passages
        ],
        dtype=np.float64,
    )
