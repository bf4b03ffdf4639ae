"""Ranking passages for a question: nominate by the index, re-score by fitted features, order deterministically."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index import Engine
from index.cross_encoder import PairScorer
from kb.questions import Question
from kb.records import Passage
from kb.retrieval.diversity import spread
from kb.retrieval.explain import Explanation, explain_score
from kb.retrieval.features import FEATURES, Scores, compare
from kb.retrieval.profiles import Profile
from kb.retrieval.settings import RetrievalSettings

_PROFILES_KEPT: Final = 20_000
_NONE: Final[Mapping[int, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One candidate in the final order; ``features`` are in the order of `FEATURES`, empty if nothing was re-scored."""

    row: int
    score: float
    bm25_score: float
    cosine: float
    features: tuple[float, ...] = ()
    from_reranker: float = 0.0


@lru_cache(maxsize=1)
def fitted_weights() -> NDArray[np.float64]:
    """The fitted weight of every feature, in the order of `FEATURES`; made by ``kb eval fit --write``."""
    stored: dict[str, float] = json.loads(
        resources.files(__package__).joinpath("weights.json").read_text("utf-8")
    )["weights"]
    return np.array([stored.get(name, 0.0) for name in FEATURES])


class Retriever:
    """Ranks the passages of one open library; safe for use from several threads."""

    def __init__(
        self,
        engine: Engine,
        passages: Callable[[Sequence[int]], Sequence[Passage]],
        settings: RetrievalSettings,
        *,
        weights: NDArray[np.float64] | None = None,
        pairs: PairScorer | None = None,
    ) -> None:
        self._settings = settings
        self._pairs = pairs
        self._weights = fitted_weights() if weights is None else weights
        fusion = settings.fusion
        self._engine = replace(engine, settings=replace(engine.settings, fusion=fusion))
        self._passages = passages
        self._profiles: dict[int, Profile] = {}

    def rank(
        self,
        question: Question,
        vector: NDArray[np.float32],
        *,
        k: int,
        allowed: NDArray[np.bool_] | None = None,
        successors: Mapping[int, int] = _NONE,
    ) -> list[Ranked]:
        """The best ``k`` passages, best first; equal scores are ordered by id.

        Args:
            question: Understood; its terms are the query.
            vector: ``(dim,)`` of unit length.
            k: How many at most.
            allowed: ``(n,)`` which passages may be returned at all; filtered before scoring.
            successors: For rows that a later state of their paper has in other words, the row of those; where both are
                found, the later one comes first.
        """
        wanted = max(k, self._settings.candidates) if self._settings.reranks else k
        query = self._query(question)
        found = self._engine.search(query, vector, wanted, allowed)
        ranked = [
            Ranked(row=hit.row, score=hit.score, bm25_score=hit.bm25_score, cosine=hit.cosine)
            for hit in found
        ]
        if self._settings.reranks and ranked:
            ranked = self._rescore(question, ranked)
        if self._pairs is not None and ranked:
            ranked = self._reorder(self._pairs, question, ranked)
        ranked = _later_first(ranked, successors)
        if question.is_history:
            ranked = self._spread(ranked)
        return ranked[:k]

    def explain(
        self,
        question: Question,
        vector: NDArray[np.float32],
        ranked: Sequence[Ranked],
        *,
        allowed: NDArray[np.bool_] | None = None,
    ) -> list[Explanation]:
        """Why each of some hits scored what it did in `rank`, with the same question, vector and filter."""
        wanted = max(len(ranked), self._settings.candidates) if self._settings.reranks else len(ranked)
        return [
            explain_score(
                self._engine.explain(self._query(question), vector, hit.row, wanted, allowed),
                hit.features,
                self._weights.tolist(),
                from_reranker=hit.from_reranker,
            )
            for hit in ranked
        ]

    def _query(self, question: Question) -> Mapping[str, float]:
        return question.weighted_terms if self._settings.expand else Counter(question.terms)

    def idf(self, terms: Sequence[str]) -> Mapping[str, float]:
        """How telling each term is: log of one over the share of passages that hold it in their text."""
        n = len(self._engine)
        index = self._engine.fields.get("text")
        weights: dict[str, float] = {}
        for term in terms:
            found = len(index.postings(term)[0]) if index is not None else 0
            weights[term] = math.log(1.0 + (n - found + 0.5) / (found + 0.5))
        return weights

    def unseen(self, terms: Sequence[str]) -> tuple[str, ...]:
        """Terms that stand in no passage's text or header."""
        indexes = list(self._engine.fields.values())
        return tuple(
            term
            for term in dict.fromkeys(terms)
            if not any(len(index.postings(term)[0]) for index in indexes)
        )

    def features(self, question: Question, ranked: Sequence[Ranked]) -> NDArray[np.float64]:
        """Features of candidates, ``(n, len(FEATURES))``; those that re-scoring has found are not found again.

        Scores of the index are scaled within the candidates that were compared: all that were nominated if the hits
        were re-scored, else these.
        """
        if ranked and all(hit.features for hit in ranked):
            return np.array([hit.features for hit in ranked], dtype=np.float64)
        rows = np.array([hit.row for hit in ranked], dtype=np.int64)
        fields = {
            name: index.scores(list(question.terms))[rows].astype(np.float64)
            for name, index in self._engine.fields.items()
        }
        empty = np.zeros(len(rows))
        scores = Scores(
            bm25_text=fields.get("text", empty),
            bm25_header=fields.get("header", empty),
            cosine=np.array([hit.cosine for hit in ranked], dtype=np.float64),
        )
        return compare(question, self.profiles([hit.row for hit in ranked]), scores, self.idf(question.terms))

    def profiles(self, rows: Sequence[int]) -> list[Profile]:
        """Profiles of passages by row, kept for later questions."""
        # Another thread may make room at any moment, so what is found is held here.
        found = {row: profile for row in rows if (profile := self._profiles.get(row)) is not None}
        missing = [row for row in rows if row not in found]
        if missing:
            if len(self._profiles) > _PROFILES_KEPT:
                self._profiles.clear()
            made = {
                row: Profile(passage) for row, passage in zip(missing, self._passages(missing), strict=True)
            }
            self._profiles.update(made)
            found |= made
        return [found[row] for row in rows]

    def _rescore(self, question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
        features = self.features(question, ranked)
        scores = features @ self._weights
        rescored = [
            replace(hit, score=score, features=tuple(row))
            for hit, score, row in zip(ranked, scores.tolist(), features.tolist(), strict=True)
        ]
        ids = self._engine.ids
        return sorted(rescored, key=lambda hit: (-hit.score, ids[hit.row]))

    def _spread(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        citations = [profile.passage.citation for profile in self.profiles([hit.row for hit in ranked])]
        meetings = [(citation.body, citation.meeting_date) for citation in citations]
        return spread(ranked, [hit.score for hit in ranked], meetings)

    def _reorder(self, pairs: PairScorer, question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Put the best hits in the order of the cross-encoder; they share out the scores that they had among them.

        So the scores go on falling, keep the scale that confidence was fitted on, and still add up: what a hit gains
        or loses is told as ``from_reranker``.
        """
        best, rest = ranked[: self._settings.reranked], ranked[self._settings.reranked :]
        texts = [
            f"{profile.passage.header}. {profile.passage.text}"
            for profile in self.profiles([hit.row for hit in best])
        ]
        fits = pairs.scores(question.text, texts)
        order = sorted(range(len(best)), key=lambda place: (-fits[place], place))
        reordered = [
            replace(best[place], score=given.score, from_reranker=given.score - best[place].score)
            for place, given in zip(order, best, strict=True)
        ]
        return [*reordered, *rest]


def _later_first(ranked: Sequence[Ranked], successors: Mapping[int, int]) -> list[Ranked]:
    """Put a later state of a passage before the earlier one it would follow, with the earlier one's score."""
    waiting = {hit.row: hit for hit in ranked}
    ordered: list[Ranked] = []
    for hit in ranked:
        if hit.row not in waiting:
            continue  # brought forward
        later = waiting.pop(successors[hit.row], None) if hit.row in successors else None
        if later is not None:
            ordered.append(replace(later, score=max(hit.score, later.score)))
        ordered.append(waiting.pop(hit.row))
    return ordered
