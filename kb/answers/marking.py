"""The words of a sentence that are the short answer: a figure, a sum, a date, a time, a name."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from index.tokens import tokenize
from kb.answers.closeness import bare
from kb.questions import Intent, Question
from kb.questions.values import NOT_A_FIGURE
from kb.records import Span

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_COUNTS: Final = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_TITLE: Final = r"(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr|Professor|Inspector|Superintendent|Sir|Dame)"
_SPANS: Final[Mapping[Intent, re.Pattern[str]]] = {
    Intent.MONEY: re.compile(
        r"£\s?\d+(?:[,.]\d+)*(?:\s?(?:k|m|bn|million|billion))?\b|\b\d+(?:[,.]\d+)*\s(?:pounds|pence)\b"
    ),
    Intent.TIME: re.compile(
        r"\b\d{1,2}[:.]\d{2}\s?(?:am|pm)?|\b\d{1,2}\s?(?:am|pm|noon)\b|\bnoon\b", re.IGNORECASE
    ),
    Intent.DATE: re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+(?:19|20)\d\d)?|\b{_MONTH}\s+(?:19|20)\d\d\b"
        r"|\b(?:spring|summer|autumn|winter)\s+(?:of\s+)?(?:19|20)\d\d\b|\b(?:19|20)\d\d\b(?!/)"
    ),
    Intent.NUMBER: re.compile(
        rf"\b\d+(?:[,.]\d+)*\s?(?:%|per cent)|\b\d+(?:[,.]\d+)*(?![\d/,])|\b(?:{_COUNTS})\b",
        re.IGNORECASE,
    ),
    Intent.NAME: re.compile(
        rf"\b{_TITLE}\s+(?:[A-Z]\.?\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?|\b[A-Z][a-z'’-]+(?:\s+[A-Z]\.?)?\s+[A-Z][a-z'’-]+\b"
    ),
}
_LEADS: Final[tuple[tuple[Intent, re.Pattern[str]], ...]] = tuple(
    (intent, re.compile(pattern, re.IGNORECASE))
    for intent, pattern in (
        (Intent.TIME, r"\bwhat time\b"),
        (
            Intent.DATE,
            (
                r"^when\b|\bwhen (?:did|was|were|is|are|will|do|does)\b"
                r"|\b(?:what|which) (?:date|day|month|year)\b|\bdate of\b|\bdeadline\b"
            ),
        ),
        (
            Intent.NUMBER,
            r"\bhow (?:many|often)\b|\bnumber of\b|\bpercentage\b|\bproportion\b|\bshare of\b|\brate\b",
        ),
        (Intent.MONEY, r"\bhow much\b|\bcosts?\b|\bprice\b|\bsalary\b|\brent\b|\bbudget\b|\bgrant\b"),
        (
            Intent.NAME,
            r"^who\b|\bname of the (?:chair|officer|person|inspector|governor)\b|\bwhich councillor\b",
        ),
    )
)
"""Words that say which value is the answer itself, the most telling first; without them nothing is marked."""
_HOW_MANY: Final = re.compile(r"\bhow many\s+(?:\w+\s+){0,2}?(\w{3,})", re.IGNORECASE)
_SHARE: Final = re.compile(r"\bpercentage\b|\bper cent\b|\bproportion\b|\bshare of\b|\brate\b", re.IGNORECASE)
_COUNTED: Final = 10.0
"""What a figure gains that stands right before the things to be counted, or is a share where one is asked for."""
_SPREAD: Final = 6.0
"""Words over which closeness to a word of the question fades by a factor of e."""
_WORD: Final = re.compile(r"\S+")


def mark(
    question: Question,
    text: str,
    idf: Mapping[str, float],
    *,
    meanings: Mapping[str, str] = MappingProxyType({}),
    people: Collection[str] = (),
) -> Span | None:
    """Where the short answer stands in a sentence or quote.

    Args:
        question: The question, understood.
        text: The words quoted.
        idf: Weight of each of the question's terms.
        meanings: Abbreviations with what they stand for.
        people: Known surnames, in lower case; of other capital words only titles tell that they are a name.

    Returns:
        Characters of ``text``; ``None`` if the question wants no such value, or the text has none that is new.
    """
    if Intent.DEFINITION in question.intents and (meaning := _meaning(question, text, meanings)) is not None:
        return meaning
    wanted = next((intent for intent, pattern in _LEADS if pattern.search(question.text)), None)
    if wanted is None:
        return None
    asked = {bare(word) for word in question.text.split()}
    weights = [
        (match.start(), match.end(), max((idf.get(term, 0.0) for term in tokenize(match[0])), default=0.0))
        for match in _WORD.finditer(text)
    ]
    near = [(place, weight) for place, (_, _, weight) in enumerate(weights) if weight]
    counted = _HOW_MANY.search(question.text)
    things = set(tokenize(counted[1])) if counted and wanted is Intent.NUMBER else set()
    share = _SHARE.search(question.text) is not None
    found = [
        span
        for span in (Span(*match.span()) for match in _SPANS[wanted].finditer(text))
        if _is_new(text[span.start : span.end], asked) and _counts(wanted, text, span, people)
    ]
    return max(
        found,
        key=lambda span: (
            _closeness(span, weights, near)
            + _COUNTED * (_is_before(text, span, things) or (share and _is_share(text, span))),
            -span.start,
        ),
        default=None,
    )


def _meaning(question: Question, text: str, meanings: Mapping[str, str]) -> Span | None:
    """What an abbreviation of the question stands for, if the text says it."""
    for word in question.text.split():
        long = meanings.get(word.strip("()?.,;:'’\"").removesuffix("'s"))
        if long is not None and (place := text.casefold().find(long.casefold())) >= 0:
            return Span(place, place + len(long))
    return None


def _is_new(value: str, asked: set[str]) -> bool:
    return any(bare(word) not in asked for word in value.split())


def _counts(intent: Intent, text: str, span: Span, people: Collection[str]) -> bool:
    """Whether a match is of the kind at all: a year or a price counts nothing, and a council is no person."""
    value = text[span.start : span.end]
    if intent is Intent.NAME:
        return bare(value.split()[-1]) in people or re.match(_TITLE, value) is not None
    if intent is Intent.NUMBER:
        return text[: span.start].rstrip()[-1:] != "£" and not any(
            match.start() < span.end and span.start < match.end() for match in NOT_A_FIGURE.finditer(text)
        )
    return True


def _is_share(text: str, span: Span) -> bool:
    return text[span.start : span.end].endswith(("%", "cent"))


def _is_before(text: str, span: Span, things: set[str]) -> bool:
    """Whether the things stand right behind a figure: "6,350 drivers"."""
    return bool(things & set(tokenize(" ".join(text[span.end :].split()[:2]))))


def _closeness(span: Span, words: list[tuple[int, int, float]], near: list[tuple[int, float]]) -> float:
    """The weight of the question's words around a span, the nearer the more."""
    own = [place for place, (start, end, _) in enumerate(words) if start < span.end and span.start < end]
    middle = own[0] if own else 0
    return math.fsum(
        weight * math.exp(-abs(place - middle) / _SPREAD) for place, weight in near if place not in own
    )
