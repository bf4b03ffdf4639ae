"""How likely it is that the evidence answers the question: the ground for saying "not found".

Ranking scores alone can't tell: the best passage always looks best. Two things can be wrong, and each has a likelihood
of its own, a logistic regression fitted on the dev split: the question may be about something else altogether
(`TOPICAL`), or about what the papers discuss, while the very thing asked for is not there (`PRECISE`). The confidence
is the lesser of the two; the threshold keeps false refusals at a stated share.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kb.answers.absences import ABSENCES, Absences, look
from kb.answers.closeness import bare
from kb.answers.evidence import COLUMN, Evidence
from kb.answers.lacking import LACKS, lacks
from kb.answers.sentences import Sentence
from kb.questions import Intent, Question
from kb.questions.values import ANSWERS, find_values


class Doubt(StrEnum):
    """What may be wrong: the topic is not in the papers, or the thing asked for is not."""

    TOPICAL = "topical"
    PRECISE = "precise"


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
    "wide_margin",
    "best_sentence",
    "sentence_share",
    "sentence_mass",
    *LACKS,
    *ABSENCES,
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
        *LACKS,
        *ABSENCES,
    }
)
"""Signals that can only lower the confidence; ``question_length`` may do either.

All others only raise the likelihood that the topic is in the papers. That the thing asked for is there they may speak
against: a near miss repeats the papers' words more closely than an honest question does.
"""

_READ = 3
_HEADER_WORTH = 0.5
"""A term that stands only in a passage's header counts half: the sentence itself says less."""
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


def signals(
    question: Question,
    evidence: Evidence,
    idf: Mapping[str, float],
    logits: NDArray[np.float64],
    absences: Absences | None = None,
) -> NDArray[np.float64]:
    """The signals of one question, ``(len(CONFIDENCE_FEATURES),)``.

    Args:
        question: The question, understood.
        evidence: What ranking knows; it has at least one passage with a sentence.
        idf: Weight of each of the question's terms.
        logits: How much speaks for each sentence, ``(n_sentences,)``.
        absences: What is not there, if that has been looked for.
    """
    top = evidence.features[0]
    read = evidence.features[:_READ]
    scores = evidence.scores
    wanted = [_VALUES[intent] for intent in question.intents if intent in _VALUES]
    found = any(read[:, COLUMN[name]].any() for name in wanted)
    total = math.fsum(idf[term] for term in set(question.terms)) or 1.0
    best_all = float(read[:, COLUMN["coverage_all"]].max())
    missing = absences if absences is not None else look(question, evidence, idf)
    return np.array(
        [
            scores[0] / 10.0,
            (scores[0] - scores[min(len(scores) - 1, 4)]) / 5.0,
            float(top[COLUMN["coverage_text"]]),
            float(top[COLUMN["coverage_all"]]),
            best_all,
            float(read[:, COLUMN["best_window"]].max()),
            float(read[:, COLUMN["rarest_in_text"]].max()),
            float(read[:, COLUMN["pairs"]].max()),
            float(top[COLUMN["raw_cosine"]]),
            float(evidence.features[:, COLUMN["raw_cosine"]].max()),
            min(1.0, len(evidence.unseen) / 3.0),
            (1.0 - best_all) * total / 20.0,
            float(bool(wanted) and found),
            float(bool(wanted) and not found),
            float(
                bool(question.whens)
                and not read[:, [COLUMN["when_day"], COLUMN["when_period"], COLUMN["when_in_text"]]].any()
            ),
            float(bool(question.names) and not read[:, [COLUMN["named"], COLUMN["said_by"]]].any()),
            min(1.0, len(question.terms) / 10.0),
            *_in_sentences(question, evidence.sentences, idf),
            _speaker_absent(question, evidence),
            (scores[0] - scores[-1]) / 5.0,
            *_of_logits(logits),
            *lacks(question, evidence, logits),
            *missing.values,
        ]
    )


def _of_logits(logits: NDArray[np.float64]) -> tuple[float, float, float]:
    """How good the best sentence is, its share of the likelihood, and the evidence of all together."""
    if not logits.size:
        return 0.0, 0.0, 0.0
    best = float(logits.max())
    mass = float(np.exp(logits - best).sum())
    return best / 5.0, 1.0 / mass, (best + math.log(mass)) / 5.0


def _in_sentences(
    question: Question, sentences: Sequence[Sentence], idf: Mapping[str, float]
) -> tuple[float, float, float]:
    """How much of the question the best sentence holds; the best with the wanted kind of value; whether none has."""
    wanted = [intent for intent in question.intents if intent in ANSWERS]
    terms = set(question.terms)
    total = math.fsum(idf[term] for term in terms) or 1.0
    best = with_value = 0.0
    asked = {bare(word) for word in question.text.split()}
    for sentence in sentences:
        own = set(sentence.terms)
        above = sentence.header_terms - own
        share = math.fsum(
            idf[term] * (1.0 if term in own else _HEADER_WORTH) for term in terms if term in own | above
        )
        best = max(best, share / total)
        if wanted and all(_has_value(intent, sentence.text, asked) for intent in wanted):
            with_value = max(with_value, share / total)
    return best, with_value if wanted else best, float(bool(wanted) and not with_value)


def _has_value(intent: Intent, text: str, asked: Collection[str]) -> bool:
    """Whether ``text`` has a value that the question did not bring itself."""
    return any(not all(word in asked for word in value.split()) for value in find_values(intent, text))


def _speaker_absent(question: Question, evidence: Evidence) -> float:
    """Whether a person or office-holder is asked about who says nothing in the evidence."""
    asked = _ASKED_SPEAKER.search(question.text)
    if asked is None or not (question.roles or question.names):
        return 0.0
    return float(not evidence.features[:_READ, COLUMN["said_by"]].any())


def probability(values: NDArray[np.float64], weights: NDArray[np.float64], *, bias: float) -> float:
    """The logistic of the weighted signals, between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, float(values @ weights) + bias))))


def threshold_at(confidences: Sequence[float], share: float) -> float:
    """The confidence below which ``share`` of answerable questions fall."""
    return float(np.quantile(np.array(confidences), share)) if confidences else 0.0
