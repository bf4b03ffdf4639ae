"""What speaks for a sentence's being (part of) the answer, in numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.answers.evidence import COLUMN, Evidence
from kb.answers.sentences import Sentence
from kb.questions import Intent, Question
from kb.questions.values import DATE, DIGIT, MONEY, NAME, NUMBER_WORD, PERCENTAGE, SHOWN, TIME
from kb.records import PartKind

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
    "news",
    "digit",
    "new_figure",
    "money",
    "percentage",
    "date",
    "time",
    "name",
    "number_word",
    "table",
    "minutes",
    "report",
    "dashboard",
    "delivery_plan",
    "position",
    "passage_sentences",
    "passage_words",
    "passage_is_short",
    "before_match",
    "near_match",
    "after_question",
    "score_share",
    "score",
    "reason_wanted",
    "manner_after",
    "is_followed",
    "other_words",
    "after_lead_in",
    "is_bullet",
    "is_short",
    "passage_when",
    "passage_coverage",
    "passage_speaks",
    "passage_window",
    "first_of_all",
)
"""Names of the features, in the order of the columns."""

INTENT_GROUPS: Mapping[str, frozenset[Intent]] = {
    "statement": frozenset({Intent.STATEMENT}),
    "decision": frozenset({Intent.DECISION, Intent.ACTION}),
    "number": frozenset({Intent.NUMBER, Intent.MONEY}),
    "name": frozenset({Intent.NAME, Intent.ATTENDANCE}),
    "date": frozenset({Intent.DATE, Intent.TIME}),
    "yes_no": frozenset({Intent.YES_NO}),
}
"""Kinds of question that weigh the features in their own way; a question may be of several."""

ASKS = re.compile(r"\b(?:asked|queried|questioned|enquired|requested|wondered|referred to)\b")
_REPLIES = re.compile(
    r"\b(?:explained|stated|confirmed|responded|replied|added|advised|assured|reassured|agreed|reported|clarified|said|informed|gave)\b"
)
_DECIDES = re.compile(
    r"\b(?:AGREED|NOTED?|RESOLVED|APPROVED|ENDORSED)\b|\b(?:agreed|resolved|approved|endorsed|unanimously|recommend(?:ed|ation)s?)\b"
)
_FIGURE = re.compile(r"\d[\d,.]*")
_REASON = re.compile(
    r"\bbecause\b|\bdue to\b|\bas (?:it|they|the|this|he|she)\b|\bsince\b|\bso that\b|\bin order to\b|\breason",
    re.IGNORECASE,
)
_WHY = re.compile(r"\bwhy\b|\breasons?\b", re.IGNORECASE)
_MANNER = re.compile(r"^how (?!many|much|often|far|long|old|big)", re.IGNORECASE)
_BULLET = re.compile(r"^\W*[•\-–(]")
_TABLES = frozenset({PartKind.DASHBOARD, PartKind.ACTION_TABLE, PartKind.DELIVERY_PLAN, PartKind.AGENDA_PLAN})
_LONG_WORDS = 60
_SHORT_WORDS = 8
_SHORT_PASSAGE = 40
_LONG_PASSAGE = 120
_MANY_SENTENCES = 8
_MANY_NEW_TERMS = 40


def describe(
    question: Question, sentences: Sequence[Sentence], evidence: Evidence, idf: Mapping[str, float]
) -> NDArray[np.float64]:
    """Features of each sentence.

    Args:
        question: The question, understood.
        sentences: As `cut` gives them.
        evidence: Scores and features of their passages, by rank.
        idf: Weight of each of the question's terms.

    Returns:
        ``(n_sentences, n_features)`` float64.
    """
    reading = _Reading(question, sentences, evidence, idf)
    rows = [
        [*reading.words(number), *reading.content(number), *reading.place(number), *reading.passage(number)]
        for number in range(len(sentences))
    ]
    return np.array(rows, dtype=np.float64).reshape(len(sentences), len(SENTENCE_FEATURES))


def by_kind(question: Question, features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The features once for all questions and once for each group of intents, zero where the question is not of it.

    Returns:
        ``(n, n_features * (1 + len(INTENT_GROUPS)))``.
    """
    intents = set(question.intents)
    blocks = [features, *(features * float(bool(intents & group)) for group in INTENT_GROUPS.values())]
    return np.hstack(blocks)


class _Reading:
    """One question's sentences, with what is counted once for all of them."""

    def __init__(
        self,
        question: Question,
        sentences: Sequence[Sentence],
        evidence: Evidence,
        idf: Mapping[str, float],
    ) -> None:
        self._question = question
        self._sentences = sentences
        self._evidence = evidence
        self._intents = set(question.intents)
        self._asked = question.text.casefold()
        # Sets have no order of their own; the sums below are exact, whatever theirs.
        self._wanted = set(question.terms)
        self._idf = idf
        self._total = math.fsum(idf[term] for term in self._wanted) or 1.0
        self._pairs = set(zip(question.terms, question.terms[1:], strict=False))
        self._others = dict(question.expansions)
        self._terms = [set(sentence.terms) for sentence in sentences]
        self._covered = [self._share(terms) for terms in self._terms]
        self._asks = [
            ASKS.search(sentence.text) is not None or sentence.text.rstrip().endswith("?")
            for sentence in sentences
        ]
        self._best: dict[int, float] = {}
        self._count: dict[int, int] = {}
        self._size: dict[int, int] = {}
        for sentence, share in zip(sentences, self._covered, strict=True):
            self._best[sentence.rank] = max(self._best.get(sentence.rank, 0.0), share)
            self._count[sentence.rank] = self._count.get(sentence.rank, 0) + 1
            self._size[sentence.rank] = self._size.get(sentence.rank, 0) + sentence.n_words
        read = np.array(evidence.scores[: max(self._count, default=0) + 1])
        shares = np.exp(read - read.max()) if read.size else read
        self._shares = shares / shares.sum() if read.size else shares
        self._patterns = [pattern for intent, pattern in SHOWN.items() if intent in self._intents]
        self._roles = [
            re.compile(rf"\b{re.escape(role)}\b", re.IGNORECASE) for role in dict.fromkeys(question.roles)
        ]

    def _share(self, terms: set[str] | frozenset[str]) -> float:
        return math.fsum(self._idf[term] for term in self._wanted & terms) / self._total

    def _neighbour(self, number: int, step: int) -> int | None:
        """The sentence before or after, if it is of the same passage."""
        other = number + step
        if 0 <= other < len(self._sentences) and self._sentences[other].rank == self._sentences[number].rank:
            return other
        return None

    def words(self, number: int) -> list[float]:
        """The question's words in the sentence, and the ranking of its passage."""
        sentence, scores = self._sentences[number], self._evidence.scores
        following = set(zip(sentence.terms, sentence.terms[1:], strict=False))
        best = self._best[sentence.rank]
        return [
            self._covered[number],
            self._share(sentence.header_terms | self._terms[number]),
            self._covered[number] / best if best else 0.0,
            len(self._pairs & following) / len(self._pairs) if self._pairs else 0.0,
            sentence.rank / 5.0,
            float(sentence.rank == 0),
            (scores[0] - scores[sentence.rank]) / 5.0,
            float(sentence.place == 0),
            float(sentence.place == self._count[sentence.rank] - 1),
            min(sentence.n_words, _LONG_WORDS) / _LONG_WORDS,
            float(sentence.text.rstrip().endswith("?")),
            float(sentence.text.rstrip().endswith(":")),
        ]

    def content(self, number: int) -> list[float]:
        """What the sentence does and which values it has."""
        text = self._sentences[number].text
        asks = ASKS.search(text) is not None
        fits = any(pattern.search(text) for pattern in self._patterns)
        spoken = any(role.search(text) for role in self._roles) or any(
            name.split()[-1] in text for name in self._question.names
        )
        before = self._neighbour(number, -1)
        figures = _FIGURE.findall(text)
        new_terms = sum(1 for term in self._terms[number] if term not in self._wanted)
        return [
            float(asks),
            float(_REPLIES.search(text) is not None and not asks),
            float(Intent.DECISION in self._intents and _DECIDES.search(text) is not None),
            float(fits),
            float(not self._patterns and DIGIT.search(text) is not None),
            float(Intent.STATEMENT in self._intents and spoken and not asks),
            self._covered[before] if before is not None else 0.0,
            min(new_terms, _MANY_NEW_TERMS) / _MANY_NEW_TERMS,
            float(bool(figures)),
            float(any(figure.strip(".,") not in self._asked for figure in figures)),
            *(
                float(pattern.search(text) is not None)
                for pattern in (MONEY, PERCENTAGE, DATE, TIME, NAME, NUMBER_WORD)
            ),
        ]

    def place(self, number: int) -> list[float]:
        """The sentence in its paper and among its neighbours."""
        sentence = self._sentences[number]
        kind = sentence.passage.citation.kind
        before, after = self._neighbour(number, -1), self._neighbour(number, 1)
        covered_after = self._covered[after] if after is not None else 0.0
        covered_before = self._covered[before] if before is not None else 0.0
        text = sentence.text
        asked_before = before is not None and self._asks[before] and not self._asks[number]
        return [
            float(kind in _TABLES),
            float(kind is PartKind.MINUTES),
            float(kind is PartKind.REPORT),
            float(kind is PartKind.DASHBOARD),
            float(kind is PartKind.DELIVERY_PLAN),
            sentence.place / self._count[sentence.rank],
            min(self._count[sentence.rank], _MANY_SENTENCES) / _MANY_SENTENCES,
            min(self._size[sentence.rank], _LONG_PASSAGE) / _LONG_PASSAGE,
            float(self._size[sentence.rank] <= _SHORT_PASSAGE),
            covered_after,
            max(covered_before, self._covered[number], covered_after),
            float(asked_before),
            float(self._shares[sentence.rank]),
            self._evidence.scores[sentence.rank] / 10.0,
            float(_WHY.search(self._asked) is not None and _REASON.search(text) is not None),
            float(_MANNER.search(self._asked) is not None and before is not None),
            float(after is not None),
            math.fsum(weight for term, weight in self._others.items() if term in self._terms[number]),
            float(before is not None and self._sentences[before].text.rstrip().endswith(":")),
            float(_BULLET.match(text) is not None),
            float(sentence.n_words < _SHORT_WORDS),
        ]

    def passage(self, number: int) -> list[float]:
        """What ranking says of the passage."""
        sentence = self._sentences[number]
        row = self._evidence.features[sentence.rank]
        return [
            float(max(row[COLUMN["when_day"]], row[COLUMN["when_period"]])),
            float(row[COLUMN["coverage_all"]]),
            float(row[COLUMN["said_by"]]),
            float(row[COLUMN["best_window"]]),
            float(sentence.rank == 0 and sentence.place == 0),
        ]
