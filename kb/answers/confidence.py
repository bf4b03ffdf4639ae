"""How likely it is that the evidence answers the question: the ground for saying "not found".

Ranking scores alone can't tell: the best passage always looks best. What tells is whether the question's rare terms,
its names and dates and the asked-for kind of value stand together in one place. The weights are fitted by logistic
regression on the dev split; the threshold keeps false refusals at a stated share.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.answers.sentences import Sentence
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
    "sentence_coverage",
    "value_coverage",
    "value_absent",
    "speaker_absent",
)
"""Names of the signals, in the order of the columns."""

DOUBTS = frozenset(
    {
        "unseen_terms",
        "missing_weight",
        "value_missing",
        "when_missing",
        "name_missing",
        "value_absent",
        "speaker_absent",
    }
)
"""Signals that can only lower the confidence; ``question_length`` may do either, all others only raise it."""

_READ = 3
_HEADER_WORTH = 0.5
"""A term that stands only in a passage's header counts half: the sentence itself says less."""
_YEAR_OR_DATE = (
    r"\b(?:19|20)\d\d(?:[/–-]\d{2,4})?\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|\b(?:section|item|para(?:graph)?|appendix|page)\s+\d+"
)
_NOT_A_FIGURE = re.compile(_YEAR_OR_DATE, re.IGNORECASE)
_WANTED = {
    Intent.NUMBER: re.compile(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|no|none|half)\b",
        re.IGNORECASE,
    ),
    Intent.MONEY: re.compile(
        r"£\s?\d|\b\d[\d,.]*\s*(?:pounds|million|billion|per cent|%)|\d%", re.IGNORECASE
    ),
    Intent.DATE: re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b(?:19|20)\d\d\b"
        r"|\bQ[1-4]\b|\b(?:spring|summer|autumn|winter|year|month|week)s?\b",
        re.IGNORECASE,
    ),
    Intent.NAME: re.compile(r"\b[A-Z][a-z]+\s+[A-Z][a-z]+|\b[A-Z]{2,}\b"),
    Intent.TIME: re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?[ap]m\b", re.IGNORECASE),
}
"""What an answer of each kind must at least contain."""
_COLUMN = {name: place for place, name in enumerate(FEATURES)}
_ASKED_SPEAKER = re.compile(
    r"\b(?:did|does|has)\b.{2,60}?\b(?:say|said|tell|think|ask|reply|explain|respond|comment|state|promise|claim|mention|report|raise)\b"
    r"|\b(?:view|opinion|reply|response|comment|remark|question|stance|statement)s?\b",
    re.IGNORECASE,
)
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
    sentences: tuple[Sentence, ...] = ()


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
            *_in_sentences(question, evidence.sentences, idf),
            _speaker_absent(question, evidence),
        ]
    )


def _in_sentences(
    question: Question, sentences: Sequence[Sentence], idf: Mapping[str, float]
) -> tuple[float, float, float]:
    """How much of the question the best sentence holds; the best that has the wanted kind of value; whether none has.

    A near miss discusses the topic but never beside the kind of value that was asked for: "speed cameras are mentioned,
    but never how much they cost".
    """
    wanted = [_WANTED[intent] for intent in question.intents if intent in _WANTED]
    terms = set(question.terms)
    total = math.fsum(idf[term] for term in terms) or 1.0
    best = with_value = 0.0
    asked = {word.casefold() for word in question.text.split()}
    for sentence in sentences:
        own = set(sentence.terms)
        above = sentence.header_terms - own
        share = math.fsum(
            idf[term] * (1.0 if term in own else _HEADER_WORTH) for term in terms if term in own | above
        )
        best = max(best, share / total)
        if wanted and all(_has_value(pattern, sentence.text, asked) for pattern in wanted):
            with_value = max(with_value, share / total)
    return best, with_value if wanted else best, float(bool(wanted) and not with_value)


def _has_value(pattern: re.Pattern[str], text: str, asked: Collection[str]) -> bool:
    """Whether ``text`` has a value that the question did not bring itself."""
    if pattern is _WANTED[Intent.NUMBER]:
        text = _NOT_A_FIGURE.sub(" ", text)
    found = (match[0].casefold() for match in pattern.finditer(text))
    return any(not all(word in asked for word in value.split()) for value in found)


def _speaker_absent(question: Question, evidence: Evidence) -> float:
    """Whether a person or office-holder is asked about who says nothing in the evidence."""
    asked = _ASKED_SPEAKER.search(question.text)
    if asked is None or not (question.roles or question.names):
        return 0.0
    speaks = evidence.features[:_READ, _COLUMN["said_by"]].any()
    return float(not speaks)


def probability(values: NDArray[np.float64], weights: NDArray[np.float64], *, bias: float) -> float:
    """The logistic of the weighted signals, between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, float(values @ weights) + bias))))


def threshold_at(confidences: Sequence[float], share: float) -> float:
    """The confidence below which ``share`` of answerable questions fall."""
    return float(np.quantile(np.array(confidences), share)) if confidences else 0.0
