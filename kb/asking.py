"""How a library is asked: a question is understood, passages are ranked for it, an answer is drawn from them.

Wires the rooms below over one open generation. The embedding model is loaded with the first question, so that looking
at papers needs none. Safe to use from several threads.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index import CrossEncoder, Encoder, EncoderError
from index.tokens import tokenize
from kb.answers import compose
from kb.answers.attribution import Attributions
from kb.answers.evidence import Evidence
from kb.errors import ModelError
from kb.questions import Question, knowledge_of, understand
from kb.records import Answer, Filters, Hit, Passage
from kb.retrieval import Ranked, RetrievalSettings, Retriever
from kb.retrieval.explain import Explanation
from kb.retrieval.holdings import Holdings
from kb.retrieval.limits import apply_limits
from kb.retrieval.matching import matching_rows
from kb.store import Facets
from kb.store.encoders import make_encoder, require_same_model
from kb.store.generation import Generation
from kb.vocabulary import Abbreviation, Speller, load_vocabulary, load_words

_NO_FILTERS: Final = Filters()
_FEWEST_READ: Final = 10
"""An answer is drawn from, and its confidence judged by, this many passages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What an answer is drawn from.

    Attributes:
        question: As understood.
        ranked: All that was ranked, best first.
        passages: Those of them that may be quoted, best first.
        evidence: What ranking knows of these.
        sources: Their source texts by document name.
        idf: Weight of each of the question's terms.
    """

    question: Question
    ranked: tuple[Ranked, ...]
    passages: tuple[Passage, ...]
    evidence: Evidence
    sources: Mapping[str, str]
    idf: Mapping[str, float]


class Asker:
    """Answers questions from one open generation; `kb.library.Library` says what its methods take, give and raise.

    Args:
        generation: Open; whoever opened it closes it.
        library: The library's folder, for messages.
        encoder: The model it was built with; ``None`` finds it by its name, at the first question.
        settings: How to rank.
        today: The clock that "last year" counts from.
    """

    def __init__(
        self,
        generation: Generation,
        *,
        library: Path,
        encoder: Encoder | None,
        settings: RetrievalSettings,
        today: Callable[[], dt.date],
    ) -> None:
        self._generation = generation
        self._library = library
        self._contents = generation.contents
        self._retriever = self.retriever(settings)
        self._holdings = Holdings(generation.contents, generation.engine)
        self._attributions = Attributions(generation.contents.outline, generation.contents.source_text)
        self._today = today
        self._given_encoder = encoder
        self._encoder_lock = threading.Lock()
        self._vocabulary = load_vocabulary(generation.folder)
        self._meanings = {each.short: each.long for each in self._vocabulary.abbreviations}
        self._knowledge = knowledge_of(self._contents, self._vocabulary)
        self._speller: Speller | None = None
        self._speller_lock = threading.Lock()

    def search(self, query: str, *, k: int, filters: Filters, ignore: Collection[str]) -> tuple[Hit, ...]:
        """Return the passages that match best, best first."""
        question, allowed = self._limited(query, filters, ignore)
        return self._hits(self._rank(question, k, allowed))

    def understand(
        self, question: str, *, filters: Filters, ignore: Collection[str], previous: Question | None = None
    ) -> Question:
        """Return what is understood of a question."""
        return self._limited(question, filters, ignore, previous)[0]

    def suggest(self, question: str) -> str | None:
        """Return the question with words mended that no paper has, if there are such words."""
        if not self._retriever.unseen(tokenize(question)):
            return None
        with self._speller_lock:
            if self._speller is None:
                self._speller = Speller(load_words(self._generation.folder))
        return self._speller.suggest(
            question, is_known=lambda word: not self._retriever.unseen(tokenize(word))
        )

    def glossary(self) -> tuple[Abbreviation, ...]:
        """Return the abbreviations that the papers explain, in alphabetical order."""
        return self._vocabulary.abbreviations

    def ask(
        self,
        question: str,
        *,
        k: int,
        filters: Filters,
        ignore: Collection[str],
        previous: Question | None = None,
    ) -> Answer:
        """Answer a question, or abstain."""
        started = time.perf_counter()
        found = self.gather(question, k=k, filters=filters, ignore=ignore, previous=previous)
        draft = compose(found.question, found.passages, found.evidence, found.sources, found.idf)
        return Answer(
            question=question,
            text=draft.text,
            abstained=draft.abstained,
            confidence=draft.confidence,
            kind=found.question.intent.value,
            quotes=draft.quotes,
            hits=self._hits(found.ranked[:k]),
            latency_ms=(time.perf_counter() - started) * 1000,
            understood=found.question.understood,
            suggestion=self.suggest(question),
            short=draft.short,
            verdict=draft.verdict,
            more=draft.more,
            conflicts=draft.conflicts,
            why_not=draft.why_not,
            dropped=draft.dropped,
        )

    def gather(
        self,
        question: str,
        *,
        k: int = 0,
        filters: Filters = _NO_FILTERS,
        ignore: Collection[str] = (),
        previous: Question | None = None,
        retriever: Retriever | None = None,
    ) -> Gathered:
        """Return what an answer is drawn from; with another ranker for fitting and experiments."""
        ranker = retriever or self._retriever
        asked, allowed = self._limited(question, filters, ignore, previous)
        ranked = self._rank(asked, max(k, _FEWEST_READ), allowed, ranker)
        standing = self._not_replaced(ranked)[:_FEWEST_READ]
        passages = self._contents.passages([hit.row for hit in standing])
        documents = {passage.citation.document for passage in passages}
        return Gathered(
            question=asked,
            ranked=tuple(ranked),
            passages=passages,
            evidence=Evidence(
                scores=tuple(hit.score for hit in standing),
                features=ranker.features(asked, standing),
                unseen=ranker.unseen(asked.terms),
                meanings=self._meanings,
                attributions=self._attributions,
                holdings=self._holdings,
            ),
            sources={document: self._contents.source_text(document) for document in documents},
            idf=ranker.idf(asked.terms),
        )

    def retriever(
        self, settings: RetrievalSettings, *, weights: NDArray[np.float64] | None = None
    ) -> Retriever:
        """Return a ranker of these passages with other settings or weights: what fitting and experiments need."""
        try:
            pairs = CrossEncoder(settings.reranker) if settings.reranker else None
        except EncoderError as error:
            raise ModelError(error.message, next_step=error.next_step) from error
        return Retriever(
            self._generation.engine, self._contents.passages, settings, weights=weights, pairs=pairs
        )

    def _limited(
        self, text: str, filters: Filters, ignore: Collection[str], previous: Question | None = None
    ) -> tuple[Question, NDArray[np.bool_] | None]:
        """Understand a question, and say which rows filters and the question itself allow."""
        asked = understand(
            text, today=self._today(), knowledge=self._knowledge, ignore=ignore, previous=previous
        )
        return apply_limits(
            asked, self._contents.mask(filters), contents=self._contents, engine=self._generation.engine
        )

    def _rank(
        self, question: Question, k: int, allowed: NDArray[np.bool_] | None, ranker: Retriever | None = None
    ) -> list[Ranked]:
        vector = self._vector(question)
        allowed = self._contents.each_text_once(allowed)
        try:
            return (ranker or self._retriever).rank(
                question, vector, k=k, allowed=allowed, successors=self._contents.successors
            )
        except EncoderError as error:  # of a reranking model
            raise ModelError(error.message, next_step=error.next_step) from error

    def _vector(self, question: Question) -> NDArray[np.float32]:
        try:
            return np.asarray(self.encoder.encode_query(question.text).vector)
        except EncoderError as error:
            raise ModelError(error.message, next_step=error.next_step) from error

    def _not_replaced(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """What may be quoted: a draft's wording not beside the confirmed one."""
        found = {hit.row for hit in ranked}
        return [hit for hit in ranked if self._contents.successors.get(hit.row) not in found]

    def _hits(self, ranked: Sequence[Ranked]) -> tuple[Hit, ...]:
        passages = self._contents.passages([hit.row for hit in ranked])
        return tuple(
            Hit(rank=rank, passage=passage, score=hit.score, bm25_score=hit.bm25_score, cosine=hit.cosine)
            for rank, (hit, passage) in enumerate(zip(ranked, passages, strict=True), start=1)
        )

    def explain(
        self, query: str, *, k: int, filters: Filters, ignore: Collection[str]
    ) -> tuple[tuple[Hit, Explanation], ...]:
        """Return what `search` returns, each hit with the reasons for its score."""
        question, allowed = self._limited(query, filters, ignore)
        ranked = self._rank(question, k, allowed)
        allowed = self._contents.each_text_once(allowed)
        reasons = self._retriever.explain(question, self._vector(question), ranked, allowed=allowed)
        return tuple(zip(self._hits(ranked), reasons, strict=True))

    def facets(self, query: str | None, *, filters: Filters) -> Facets:
        """Count the values that filters can take, of passages that match a query or of all."""
        matching = None
        if query is not None:
            asked = self.understand(query, filters=filters, ignore=())
            matching = matching_rows(self._generation.engine, asked.terms)
        return self._contents.facets(filters=filters, matching=matching)

    @property
    def encoder(self) -> Encoder:
        """The embedding model, found at the first use."""
        with self._encoder_lock:
            if self._given_encoder is None:
                known = self._generation.manifest.encoder
                encoder = make_encoder(known.name)
                require_same_model(encoder, known, library=self._library)
                self._given_encoder = encoder
            return self._given_encoder
