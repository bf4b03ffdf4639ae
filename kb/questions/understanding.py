"""A question as typed, understood: dates, bodies, people, items, the kind of answer wanted, and the topic."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from index.tokens import tokenize
from kb.errors import QuestionError
from kb.questions.intents import Intent, read_intents
from kb.questions.periods import When, read_months, read_whens

MAX_CHARACTERS = 2_000
"""Longer than any question a person types; a pasted document is no question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, understood.

    ``months`` are months named without a year (1-12). ``body_words`` are the words for a body that were used ("panel").
    ``roles`` and ``surnames`` name people; ``terms`` are the index terms of the whole question.
    """

    text: str
    intents: tuple[Intent, ...]
    whens: tuple[When, ...]
    months: tuple[int, ...]
    body_words: tuple[str, ...]
    roles: tuple[str, ...]
    names: tuple[str, ...]
    item: str | None
    paragraph: str | None
    phrases: tuple[str, ...]
    terms: tuple[str, ...]

    @property
    def intent(self) -> Intent:
        """The first, most telling intent."""
        return self.intents[0]


_BODY_WORD = re.compile(
    r"\b(panel|board|committee|council|cabinet|partnership|forum|authority|pcp|bcb)(?:'s|’s)?\b",
    re.IGNORECASE,
)
_ROLE_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            "Deputy Commissioner",
            r"\bdeputy (?:police and crime )?commissioner|\bdpcc\b|\b(?:commissioner|pcc)['’]s deputy",
        ),
        ("Deputy Chief Constable", r"\bdeputy chief constable|\bdcc\b"),
        ("Assistant Chief Constable", r"\bassistant chief constable|\bacc\b"),
        ("Chief Constable", r"(?<!deputy )(?<!assistant )\bchief constable"),
        (
            "Chief Finance Officer",
            r"\bchief (?:of )?financ(?:e|ial)(?: officer)?|\bcfo\b|\bfinance (?:chief|officer)|\btreasurer",
        ),
        ("Chief Executive", r"\bchief exec(?:utive)?"),
        ("Monitoring Officer", r"\bmonitoring officer"),
        ("Vice-Chair", r"\bvice[- ]?chair"),
        ("Chair", r"(?<!vice )(?<!vice-)\bchair(?:man|woman|person)?\b"),
        (
            "Commissioner",
            r"(?<!deputy )(?<!crime )\bcommissioner\b|(?<!deputy )police and crime commissioner|\bpcc\b",
        ),
    )
)
_NO_FIRST_NAME = (
    r"(?:Did|Do|Does|Was|Were|Is|Are|Has|Have|Had|Can|Could|Will|Would|Should|Must|May|Who|Whose|What|When|Where|Which|Why"
    r"|How|The|And|In|On|At|By|For|From|To|Of|Chief|Deputy|Assistant|Monitoring|Police)\s"
)
"""Words with a capital because they begin a question or an office: "Did Councillor Hale", "the Chief Constable"."""
_NAME = re.compile(
    r"\b(?:Councillor|Cllr|Mr|Mrs|Ms|Dr)\.?\s+(?:[A-Z]\.?\s+)?([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)"
    rf"|\b(?!{_NO_FIRST_NAME})([A-Z][a-z]+\s+[A-Z][a-z'’-]+)\b"
)
_ITEM = re.compile(r"\b(?:agenda\s+)?item\s+(?:no\.?\s*)?(\d{1,3}[a-z]?)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\bpara(?:graph)?\.?\s+(\d{1,2}(?:\.\d{1,2})?|[a-z])\b", re.IGNORECASE)
_PHRASE = re.compile(r"[\"“]([^\"”]{2,120})[\"”]")


def understand(text: str, *, today: dt.date) -> Question:
    """Understand a question.

    Args:
        text: As typed.
        today: What "last year" and "last summer" count from.

    Raises:
        QuestionError: If it is empty or longer than `MAX_CHARACTERS`.
    """
    folded = " ".join(text.split())
    if not folded:
        raise QuestionError("The question is empty.", next_step="Type a question or a few words.")
    if len(folded) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(folded):,} characters; at most {MAX_CHARACTERS:,} are read.",
            next_step="Ask it in a sentence or two.",
        )
    whens = tuple(read_whens(folded, today))
    item = _ITEM.search(folded)
    paragraph = _PARAGRAPH.search(folded)
    return Question(
        text=folded,
        intents=read_intents(folded),
        whens=whens,
        months=() if whens else read_months(folded),
        body_words=tuple(dict.fromkeys(match[1].casefold() for match in _BODY_WORD.finditer(folded))),
        roles=tuple(role for role, pattern in _ROLE_WORDS if pattern.search(folded)),
        names=tuple(match[1] or match[2] for match in _NAME.finditer(folded)),
        item=item[1] if item else None,
        paragraph=paragraph[1].casefold() if paragraph else None,
        phrases=tuple(match[1] for match in _PHRASE.finditer(folded)),
        terms=tuple(tokenize(folded)),
    )
