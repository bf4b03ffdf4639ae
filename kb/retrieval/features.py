"""A question against a candidate passage, in numbers.

`compare` gives one row of features per candidate, in the order of `FEATURES`. Scores of the index are scaled within the
candidates of one question; all other features are shares or flags between -1 and 1, so that one set of weights serves
every library.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.questions import DateRange, Question
from kb.records import Citation
from kb.retrieval.answer_signs import SIGNS, Asked, paper_kinds
from kb.retrieval.profiles import Profile

FEATURES = (
    "bm25_text",
    "bm25_header",
    "cosine",
    "raw_cosine",
    "coverage_text",
    "coverage_all",
    "rarest_in_text",
    "rarest_missing",
    "terms_missing",
    "topic",
    "other_words",
    "pairs",
    "best_window",
    "log_words",
    "short",
    "front",
    "boilerplate",
    "introduction",
    "reference",
    "title_named",
    "title_in_question",
    "meeting_right",
    "meeting_wrong",
    "when_day",
    "when_period",
    "when_other",
    "when_in_text",
    "body",
    "said_by",
    "named",
    "item",
    "paragraph",
    "paper_named",
    "not_current",
    *SIGNS,
    "minutes",
    "row",
)
"""Names of the features, in the order of the columns."""

_NOT_CURRENT = frozenset({"draft", "superseded"})
_WINDOW = 30
"""Terms: about two sentences, within which an answer and its topic stand together."""
_RAREST = 10.0
"""About the weight of a term that one passage in 20,000 has."""
_MANY_TERMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the index says of the candidates, each ``(n,)``."""

    bm25_text: NDArray[np.float64]
    bm25_header: NDArray[np.float64]
    cosine: NDArray[np.float64]


def compare(
    question: Question, profiles: Sequence[Profile], scores: Scores, idf: Mapping[str, float]
) -> NDArray[np.float64]:
    """Features of every candidate.

    Args:
        question: The question, understood.
        profiles: The candidates.
        scores: What the index says of them, in the same order.
        idf: Weight of each of the question's terms in this library; terms it has never seen have the largest.

    Returns:
        ``(n_candidates, n_features)`` float64.
    """
    asked, words = Asked(question, idf), _Wording(question, idf)
    surnames = _surnames((*question.names, *question.people))
    named = surnames | _surnames(question.holders)
    scaled = [_scale(scores.bm25_text), _scale(scores.bm25_header), _scale(scores.cosine)]
    rows = []
    for place, profile in enumerate(profiles):
        is_said_by = _is_said_by(question, profile, surnames)
        rows.append(
            [
                *(column[place] for column in scaled),
                float(scores.cosine[place]),
                *words.features(profile, topic=asked.topic_share(profile)),
                *_setting(question, profile, named, is_said_by=is_said_by),
                *asked.signs(profile, is_said_by=is_said_by),
                *paper_kinds(profile),
            ]
        )
    return np.array(rows, dtype=np.float64).reshape(len(profiles), len(FEATURES))


def _scale(values: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


class _Wording:
    """The words of one question, read once for all its candidates."""

    def __init__(self, question: Question, idf: Mapping[str, float]) -> None:
        self._wanted = tuple(dict.fromkeys(question.terms))
        self._known = frozenset(self._wanted)
        self._idf = idf
        self._total = sum(idf[term] for term in self._wanted) or 1.0
        self._rarest = max(self._wanted, key=lambda term: idf[term], default="")
        self._pairs = tuple(zip(question.terms, question.terms[1:], strict=False))
        self._others = question.expansions

    def features(self, profile: Profile, *, topic: float) -> list[float]:
        """Which of the words stand in a passage, and how; ``topic`` is the share of the topic that does."""
        present, idf, total = profile.term_set, self._idf, self._total
        missing = [idf[term] for term in self._wanted if term not in present | profile.header_terms]
        following = sum(1 for pair in self._pairs if pair in profile.term_pairs)
        return [
            sum(idf[term] for term in self._wanted if term in present) / total,
            1.0 - sum(missing) / total if self._wanted else 0.0,
            float(self._rarest in present),
            max(missing, default=0.0) / _RAREST,
            len(missing) / _MANY_TERMS,
            topic,
            math.fsum(weight for term, weight in self._others if term in present),
            following / len(self._pairs) if self._pairs else 0.0,
            self._best_window(profile.terms) / total,
            math.log1p(profile.n_words) / 5.0,
            float(profile.is_short),
            float(profile.is_front),
            float(profile.is_boilerplate),
            float(profile.is_introduction),
            float(profile.is_reference),
            *self._title(profile),
        ]

    def _title(self, profile: Profile) -> tuple[float, float]:
        """How much of the item's title the question names, and how much of the question the title holds."""
        title = profile.title_terms
        shared = [term for term in self._wanted if term in title]
        named = len(shared) / len(title) if title else 0.0
        return named, sum(self._idf[term] for term in shared) / self._total

    def _best_window(self, terms: Sequence[str]) -> float:
        """The largest summed weight of different question terms within a window of the passage."""
        spots = [(place, term) for place, term in enumerate(terms) if term in self._known]
        best = 0.0
        for start, (place, _) in enumerate(spots):
            seen = {term for spot, term in spots[start:] if spot - place < _WINDOW}
            # Exact, because a set has no order of its own.
            best = max(best, math.fsum(self._idf[term] for term in seen))
        return best


def _surnames(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.split()[-1].casefold() for name in names if name.split())


def _setting(
    question: Question, profile: Profile, named: Collection[str], *, is_said_by: bool
) -> list[float]:
    citation = profile.passage.citation
    date = citation.meeting_date
    day = any(when.contains(date) for when in question.whens if when.precision is DateRange.DAY)
    period = any(when.contains(date) for when in question.whens if when.precision is not DateRange.DAY)
    period = period or (date is not None and date.month in question.months)
    asked = bool(question.whens or question.months)
    meetings = [when for when in question.whens if when.of_meeting]
    right = any(when.contains(date) for when in meetings)
    text = profile.folded
    in_text = any(when.words.casefold() in text for when in question.whens)
    return [
        float(right),
        float(bool(meetings) and not right),
        float(day),
        float(period),
        float(asked and not day and not period),
        float(in_text),
        _agrees(citation.body, question.bodies),
        float(is_said_by),
        float(any(name in text for name in named)),
        float(question.item is not None and question.item.casefold() in _numbers(citation)),
        float(question.paragraph is not None and question.paragraph == (citation.paragraph or "").casefold()),
        _agrees(citation.kind, question.papers),
        float(citation.status in _NOT_CURRENT),
    ]


def _is_said_by(question: Question, profile: Profile, surnames: Collection[str]) -> bool:
    """Whether somebody asked about, by name or by office, speaks in a passage."""
    speakers = profile.folded_speakers
    return (
        any(surname in speakers for surname in surnames)
        or any(name.casefold() in speakers for name in question.holders)
        or any(profile.speaks(role) for role in question.roles)
    )


def _agrees(value: str | None, wanted: Collection[str]) -> float:
    """1 if the value is one of those wanted, -1 if it is another one, 0 if none is wanted or it is not known."""
    if not wanted or value is None:
        return 0.0
    return 1.0 if value in wanted else -1.0


def _numbers(citation: Citation) -> set[str]:
    return {number.casefold() for number in (citation.item, citation.agenda_item) if number}
