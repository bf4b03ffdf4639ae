"""What a value of each kind looks like in the papers: figures, sums of money, dates, times, names.

One home for the patterns by which passages are ranked, sentences chosen and answers marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from kb.questions.intents import Intent

_MONTHS: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?"
)
DIGIT: Final = re.compile(r"\d")
MONEY: Final = re.compile(r"£\s?\d[\d,.]*\w*|\b\d[\d,.]*\s*(?:pounds|million|billion)\b", re.IGNORECASE)
DATE: Final = re.compile(rf"\b(?:{_MONTHS})\b|\b(?:19|20)\d\d\b|\bQ[1-4]\b", re.IGNORECASE)
TIME: Final = re.compile(r"\b\d{1,2}[:.]\d{2}\s*(?:am|pm)?\b|\b\d{1,2}\s?(?:am|pm)\b", re.IGNORECASE)
NAME: Final = re.compile(
    r"\b[A-Z][a-z]+\s+[A-Z][a-z]+|\b(?:Councillor|Cllr|Chief|Superintendent|Inspector)\b"
)
NUMBER_WORD: Final = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|none|half|third"
    r"|quarter)\b",
    re.IGNORECASE,
)
PERCENTAGE: Final = re.compile(r"\d\s?%|\bper cent\b", re.IGNORECASE)
MONTH_NAMES: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

NOT_A_FIGURE: Final = re.compile(
    rf"\b(?:19|20)\d\d(?:[/–-]\d{{2,4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\b"
    r"|\b(?:section|item|para(?:graph)?|appendix|page)\s+\d+",
    re.IGNORECASE,
)
"""Digits that count nothing: years, days, places in papers."""

ANSWERS: Final[Mapping[Intent, re.Pattern[str]]] = MappingProxyType(
    {
        Intent.NUMBER: re.compile(rf"\d[\d,.]*%?|\bno\b|{NUMBER_WORD.pattern}", re.IGNORECASE),
        Intent.MONEY: re.compile(rf"{MONEY.pattern}|{PERCENTAGE.pattern}", re.IGNORECASE),
        Intent.DATE: re.compile(
            rf"{DATE.pattern}|\b(?:spring|summer|autumn|winter|year|month|week)s?\b", re.IGNORECASE
        ),
        Intent.NAME: re.compile(r"\b[A-Z][a-z]+\s+[A-Z][a-z]+|\b[A-Z]{2,}\b"),
        Intent.TIME: TIME,
    }
)
"""What an answer of each kind must at least contain."""

SHOWN: Final[Mapping[Intent, re.Pattern[str]]] = MappingProxyType(
    {
        Intent.NUMBER: DIGIT,
        Intent.MONEY: MONEY,
        Intent.DATE: DATE,
        Intent.TIME: TIME,
        Intent.NAME: NAME,
        Intent.ATTENDANCE: NAME,
    }
)
"""What speaks for a sentence or passage, if the question wants a value of the kind."""


def find_values(intent: Intent, text: str) -> Iterator[str]:
    """The values in a text that could answer a question of a kind, in lower case."""
    if intent is Intent.NUMBER:
        text = NOT_A_FIGURE.sub(" ", text)
    return (match[0].casefold().rstrip(".,") for match in ANSWERS[intent].finditer(text))


@lru_cache(maxsize=256)
def printed_month(year: int, month: int) -> re.Pattern[str]:
    """A month as texts and tables print it: "March 2018", "Mar-18"."""
    return re.compile(rf"\b{MONTH_NAMES[month - 1][:3]}[a-z]*[ -](?:{year}|{year % 100:02})\b", re.IGNORECASE)
