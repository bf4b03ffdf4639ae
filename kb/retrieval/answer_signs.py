"""Whether a passage looks like an answer to a question of its kind, and not only like its topic.

`SIGNS` names what `Asked.signs` gives for each passage, in the same order: a new value of the kind asked for beside the
topic, a list where several things are asked for, apologies where absence is, a recommendation where it is asked what
somebody shall decide, figures of the month asked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

from kb.questions import DateRange, Intent, Question
from kb.questions.values import ANSWERS, printed_month
from kb.records import PartKind
from kb.retrieval.profiles import Profile

SIGNS: Final = (
    "intent_attendance",
    "intent_decision",
    "intent_formal_decision",
    "intent_action",
    "intent_time",
    "intent_money",
    "intent_number",
    "intent_date",
    "intent_name",
    "intent_statement",
    "value_by_topic",
    "value_missing",
    "list_wanted",
    "list_length",
    "apologies_wanted",
    "apologies_item",
    "recommendation_wanted",
    "month_of_figures",
    "said_of_topic",
)

_SEVERAL: Final = re.compile(
    r"^list\b|^which (?:\w+ ){0,3}\w+s\b|^what (?:are|were)\b|^what (?:\w+ ){0,2}\w+s (?:are|were|did|does|will|can)\b"
    r"|^(?:the )?(?:two|three|four|five|six|seven|eight|nine|ten) \w+"
    r"|\b(?:two|three|four|five|six|seven|eight) (?:\w+ ){0,2}"
    r"(?:aims|themes|priorities|options|areas|objectives|elements|reasons|ways|models|points|recommendations)\b"
    r"|\b(?:aims|themes|priorities|options|highlights)\b|\bmembers of\b",
    re.IGNORECASE,
)
_ABSENCE: Final = re.compile(r"apolog|absent|missing|missed", re.IGNORECASE)
_TO_DECIDE: Final = re.compile(r"\basked to\b|\brecommend|\bdecide\b", re.IGNORECASE)
_LISTED: Final = 3
"""Marks of a list that make one."""
_LONG_LIST: Final = 8
_AROUND: Final = 0.5
"""What a word of the topic counts that stands in the passage or its header, but not in the sentence of the value."""


class Asked:
    """What one question asks for, read once for all its candidates.

    Args:
        question: Understood.
        idf: Weight of each of its terms.
    """

    def __init__(self, question: Question, idf: Mapping[str, float]) -> None:
        self._question = question
        self._intents = frozenset(question.intents)
        self._values = [intent for intent in question.intents if intent in ANSWERS]
        self._words = frozenset(word.strip("().,;:?!’'\"").casefold() for word in question.text.split())
        topic = [term for term in dict.fromkeys(question.topic) if term in idf]
        self._topic = topic or list(dict.fromkeys(question.terms))
        self._idf = idf
        self._total = math.fsum(idf[term] for term in self._topic) or 1.0
        self._several = _SEVERAL.search(question.text) is not None
        self._absence = _ABSENCE.search(question.text) is not None
        self._to_decide = _TO_DECIDE.search(question.text) is not None
        self._months = [
            printed_month(when.first.year, when.first.month)
            for when in question.whens
            if when.precision is DateRange.MONTH
        ]

    def topic_share(self, profile: Profile) -> float:
        """The share of the topic's weight that stands in a passage or its header."""
        held = profile.term_set | profile.header_terms
        return math.fsum(self._idf[term] for term in self._topic if term in held) / self._total

    def signs(self, profile: Profile, *, is_said_by: bool) -> list[float]:
        """The signs of one passage, in the order of `SIGNS`; ``is_said_by``: whoever was asked about speaks in it."""
        intents, citation = self._intents, profile.passage.citation
        share = self._value_by_topic(profile)
        return [
            float(Intent.ATTENDANCE in intents and profile.has_attendance),
            float(Intent.DECISION in intents and profile.has_decision),
            float(Intent.DECISION in intents and profile.has_formal_decision),
            float(Intent.ACTION in intents and profile.has_action),
            float(Intent.TIME in intents and profile.has_time),
            float(Intent.MONEY in intents and profile.has_money),
            float(Intent.NUMBER in intents and profile.has_number),
            float(Intent.DATE in intents and profile.has_date),
            float(Intent.NAME in intents and profile.has_name),
            float(Intent.STATEMENT in intents and profile.has_speech),
            share,
            float(bool(self._values) and not share),
            float(self._several and profile.n_list_marks >= _LISTED),
            self._several * min(profile.n_list_marks, _LONG_LIST) / _LONG_LIST,
            float(
                self._absence and "apolog" in f"{profile.passage.text} {profile.passage.header}".casefold()
            ),
            float(self._absence and "apolog" in (citation.item_title or "").casefold()),
            float(self._to_decide and profile.is_recommendation),
            float(bool(self._months) and self._is_of_month(profile)),
            self.topic_share(profile) if is_said_by else 0.0,
        ]

    def _value_by_topic(self, profile: Profile) -> float:
        """The largest share of the topic around a sentence with a value of a wanted kind that the question has not."""
        if not self._values:
            return 0.0
        around = profile.term_set | profile.header_terms
        best = 0.0
        for sentence in profile.sentences:
            if not any(
                not words <= self._words for intent in self._values for words in sentence.values(intent)
            ):
                continue
            share = math.fsum(
                self._idf[term] * (1.0 if term in sentence.terms else _AROUND)
                for term in self._topic
                if term in sentence.terms or term in around
            )
            best = max(best, share / self._total)
        return best

    def _is_of_month(self, profile: Profile) -> bool:
        """Whether a month asked about is named in the text or the heads above it, but as the day of the meeting."""
        passage = profile.passage
        heads = passage.header
        if passage.citation.meeting_date is not None:
            date = passage.citation.meeting_date
            heads = heads.replace(f"{date.day} {date:%B %Y}", " ")
        return any(month.search(passage.text) or month.search(heads) for month in self._months)


def paper_kinds(profile: Profile) -> tuple[float, float]:
    """Whether a passage is of minutes, and whether it is a row of a table."""
    kind = profile.passage.citation.kind
    return (
        float(kind is PartKind.MINUTES),
        float(kind in {PartKind.DASHBOARD, PartKind.DELIVERY_PLAN, PartKind.ACTION_TABLE}),
    )
