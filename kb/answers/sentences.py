"""Sentences of the best passages, each with what speaks for its being (part of) the answer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.tokens import tokenize
from kb.passages import quote, sentence_spans
from kb.questions import Intent, Question
from kb.records import Passage, Span

SENTENCE_FEATURES = (
    "coverage",
    "coverage_with_header",
    "relative_coverage",
    "pairs",
    "rank",
    "first_passage",
    "passage_gap",
    "opens_passage",
    "ends_passage",
    "words",
    "is_question",
    "is_lead_in",
    "asks",
    "replies",
    "decides",
    "value_wanted",
    "number_unasked",
    "speaker",
    "after_match",
)
"""Names of the features, in the order of the columns."""

_ASKS = re.compile(r"\b(?:asked|queried|questioned|enquired|requested|wondered|referred to)\b")
_REPLIES = re.compile(
    r"\b(?:explained|stated|confirmed|responded|replied|added|advised|assured|reassured|agreed|reported|clarified|said|informed|gave)\b"
)
_DECIDES = re.compile(
    r"\b(?:AGREED|NOTED?|RESOLVED|APPROVED|ENDORSED)\b|\b(?:agreed|resolved|approved|endorsed|unanimously|recommend(?:ed|ation)s?)\b"
)
_NUMBER = re.compile(r"\d")
_MONEY = re.compile(r"£\s?\d")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?[ap]m\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b(?:19|20)\d\d\b|\bQ[1-4]\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][a-z]+\s+[A-Z][a-z]+")
_LONG_WORDS = 60
_RUN_IN_WORDS = 6


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands, its text as it would be quoted, and the rank of its passage from 0.

    Its terms are read once, for the confidence and for the choice of sentences alike.
    """

    passage: Passage
    rank: int
    place: int
    spans: tuple[Span, ...]
    text: str

    @property
    def n_words(self) -> int:
        """Words of the text."""
        return len(self.text.split())

    @cached_property
    def terms(self) -> list[str]:
        """Index terms of the text, in order."""
        return tokenize(self.text)

    @property
    def header_terms(self) -> frozenset[str]:
        """Index terms of the passage's context header."""
        return _header_terms(self.passage.header)


@lru_cache(maxsize=1024)
def _header_terms(header: str) -> frozenset[str]:
    """Passages of one item share their header."""
    return frozenset(tokenize(header))


def cut(passages: Sequence[Passage], sources: Mapping[str, str]) -> list[Sentence]:
    """The sentences of ``passages``, best passage first; ``sources`` holds the source text of each document's name."""
    found: list[Sentence] = []
    for rank, passage in enumerate(passages):
        text = sources[passage.citation.document]
        for place, spans in enumerate(_with_run_ins(text, sentence_spans(text, passage.spans))):
            found.append(Sentence(passage, rank, place, spans, quote(text, spans)))
    return found


def _with_run_ins(text: str, sentences: Sequence[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Sentences with run-in headings ("Road Safety.") joined to what they head."""
    joined: list[tuple[Span, ...]] = []
    heading: tuple[Span, ...] = ()
    for spans in sentences:
        whole = (*heading, *spans)
        if sum(len(text[span.start : span.end].split()) for span in whole) < _RUN_IN_WORDS:
            heading = whole
        else:
            joined.append(whole)
            heading = ()
    if heading:
        joined.append(heading)
    return joined


def describe(
    question: Question, sentences: Sequence[Sentence], scores: Sequence[float], idf: Mapping[str, float]
) -> NDArray[np.float64]:
    """Features of each sentence.

    Args:
        question: The question, understood.
        sentences: As `cut` gives them.
        scores: Ranking score of each passage, by rank.
        idf: Weight of each of the question's terms.

    Returns:
        ``(n_sentences, n_features)`` float64.
    """
    wanted = set(question.terms)  # sets have no order of their own; the sums below are exact, whatever theirs
    total = math.fsum(idf[term] for term in wanted) or 1.0
    terms = [sentence.terms for sentence in sentences]
    covered = [math.fsum(idf[term] for term in wanted & set(words)) / total for words in terms]
    best: dict[int, float] = {}
    last: dict[int, int] = {}
    for sentence, share in zip(sentences, covered, strict=True):
        best[sentence.rank] = max(best.get(sentence.rank, 0.0), share)
        last[sentence.rank] = sentence.place
    asked = set(zip(question.terms, question.terms[1:], strict=False))
    rows: list[list[float]] = []
    for number, sentence in enumerate(sentences):
        with_header = (
            math.fsum(idf[term] for term in wanted & (sentence.header_terms | set(terms[number]))) / total
        )
        pairs = (
            len(asked & set(zip(terms[number], terms[number][1:], strict=False))) / len(asked)
            if asked
            else 0.0
        )
        before = covered[number - 1] if number and sentences[number - 1].rank == sentence.rank else 0.0
        rows.append(
            [
                covered[number],
                with_header,
                covered[number] / best[sentence.rank] if best[sentence.rank] else 0.0,
                pairs,
                sentence.rank / 5.0,
                float(sentence.rank == 0),
                (scores[0] - scores[sentence.rank]) / 5.0,
                float(sentence.place == 0),
                float(sentence.place == last[sentence.rank]),
                min(sentence.n_words, _LONG_WORDS) / _LONG_WORDS,
                float(sentence.text.rstrip().endswith("?")),
                float(sentence.text.rstrip().endswith(":")),
                *_content(question, sentence),
                before,
            ]
        )
    return np.array(rows, dtype=np.float64).reshape(len(sentences), len(SENTENCE_FEATURES))


def _content(question: Question, sentence: Sentence) -> list[float]:
    text = sentence.text
    intents = set(question.intents)
    values = [
        (Intent.NUMBER, _NUMBER),
        (Intent.MONEY, _MONEY),
        (Intent.DATE, _DATE),
        (Intent.TIME, _TIME),
        (Intent.NAME, _NAME),
        (Intent.ATTENDANCE, _NAME),
    ]
    wanted = [pattern for intent, pattern in values if intent in intents]
    fits = any(pattern.search(text) for pattern in wanted)
    spoken = any(re.search(rf"\b{re.escape(role)}\b", text, re.IGNORECASE) for role in question.roles) or any(
        name.split()[-1] in text for name in question.names
    )
    asks = _ASKS.search(text) is not None
    return [
        float(asks),
        float(_REPLIES.search(text) is not None and not asks),
        float(Intent.DECISION in intents and _DECIDES.search(text) is not None),
        float(fits),
        float(not wanted and _NUMBER.search(text) is not None),
        float(Intent.STATEMENT in intents and spoken and not asks),
    ]
