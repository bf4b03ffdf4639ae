"""The facts of a sentence in one form each, so that "£1.2m" and "£1,200,000" or "3 May" and "May 3rd" are equal.

Takes text; gives dates, amounts, codes and words. Dates are read first, so that their figures are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from kb.questions.periods import MONTH, month_number

_SMALL_WORDS: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_SMALL: Final = {word: number for number, word in enumerate(_SMALL_WORDS.split())}
_TENS_WORDS: Final = """
    twenty thirty forty fifty sixty seventy eighty ninety
"""
_TENS: Final = {word: 10 * number for number, word in enumerate(_TENS_WORDS.split(), 2)}
_SCALES: Final = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
}
_ORDINAL_WORDS: Final = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
"""
_ORDINALS: Final = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), 1)}
_PARTS: Final = {
    "half": Decimal(50),
    "a quarter": Decimal(25),
    "one quarter": Decimal(25),
    "three quarters": Decimal(75),
}
_NUMBER_WORD: Final = "|".join([*_SMALL, *_TENS, "hundred", "thousand", "million", "billion", "dozen"])
_DAY: Final = r"(?P<{0}d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DATE: Final = re.compile(
    rf"\b(?P<iy>(?:19|20)\d\d)-(?P<im>0[1-9]|1[0-2])-(?P<id>[0-2]\d|3[01])\b"
    rf"|\b(?P<nd>0?[1-9]|[12]\d|3[01])[/.](?P<nm>0?[1-9]|1[0-2])[/.](?P<ny>(?:19|20)?\d\d)\b"
    rf"|\b{_DAY.format('b')}(?:\s+of)?\s+(?P<bm>{MONTH})\b\.?(?:,?\s+(?P<by>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<am>{MONTH})\b\.?\s+{_DAY.format('a')}\b(?!\s*[:.]\d)(?:,?\s+(?P<ay>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<mm>{MONTH})\b\.?,?\s+(?P<my>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LONE_MONTH: Final = re.compile(
    r"\b(January|February|(?<=in )March|(?<=of )March|(?<=since )March|(?<=by )March|April"
    r"|(?<=in )May|(?<=of )May|(?<=by )May"
    r"|June|July|August|September|October|November|December)\b"
)
_YEARS: Final = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?((?:19|20)?\d\d)\b(?![/–-]?\d)")
_YEAR: Final = re.compile(r"(?<![£$€\d,.])\b((?:19|20)\d\d)\b(?![,.]?\d|%)")
_TIME: Final = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3])(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?|\b(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"\b(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])[A-Za-z]+[\w]*(?:[/-][\w]+)*\b|\b20\d\d[-/]\d{3}\b"
)
_FIGURE: Final = re.compile(
    r"(?P<sign>[£$€])?\s?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"(?:\s?(?P<scale>hundred|thousand|million|billion|bn|mn|m|k)\b)?"
    r"(?:\s?(?P<unit>%|per\s?cent\b|percent\b|percentage\b|pounds?\b|pence\b|p\b))?",
    re.IGNORECASE,
)
_WORDED: Final = re.compile(
    rf"\b(?:(?:an?|{_NUMBER_WORD})\b(?:[\s-]+(?:and\s+)?(?:{_NUMBER_WORD})\b)*)(?:\s+(?P<unit>per\s?cent|percent|pounds?|pence))?",
    re.IGNORECASE,
)
_NO_COUNT: Final = re.compile(
    r"\b(?:no|any|every|some)\s?one\b|\bone\s+(?:another|of)\b|\b(?:the|this|that|which|each)\s+one\b",
    re.IGNORECASE,
)
_ORDINAL_WORD: Final = re.compile(rf"\b({'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_PART: Final = re.compile(rf"\b({'|'.join(_PARTS)})\b", re.IGNORECASE)
NEGATION: Final = re.compile(
    r"\b(?:not|never|none|neither|nor|without|nobody|nothing|cannot|unable|\w+n['’]t|no(?!\.?\s*\d|\.\s))\b",
    re.IGNORECASE,
)
"""Words that turn a sentence round."""


class Date(NamedTuple):
    """A date as far as it is said."""

    year: int | None
    month: int | None
    day: int | None


class Amount(NamedTuple):
    """A number with its unit: "£", "%", "th" of an ordinal, "pence", or none."""

    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text says in figures, each with the words that said it."""

    dates: tuple[tuple[Date, str], ...]
    financial_years: tuple[tuple[tuple[int, int], str], ...]
    times: tuple[tuple[int, str], ...]
    codes: tuple[tuple[str, str], ...]
    amounts: tuple[tuple[Amount, str], ...]

    @property
    def years(self) -> frozenset[int]:
        """Every year that is named, on its own or in a date."""
        spans = {year for years, _ in self.financial_years for year in years}
        return frozenset({date.year for date, _ in self.dates if date.year is not None} | spans)


def read_facts(text: str) -> Facts:
    """Read all facts of a text; what is read as one is not read as another."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'").replace("‑", "-")
    held = _Held(text)
    codes = [(re.sub(r"[\s/-]", "", words).casefold(), words) for words, _ in held.take(_CODE, _is_code)]
    dates = [(_date(match), words) for words, match in held.take(_DATE)]
    financial = [(_span(match), words) for words, match in held.take(_YEARS)]
    times = [(_minutes(match), words) for words, match in held.take(_TIME)]
    dates += [(Date(int(match[1]), None, None), words) for words, match in held.take(_YEAR)]
    dates += [(Date(None, month_number(match[1]), None), words) for words, match in held.take(_LONE_MONTH)]
    held.blank(_NO_COUNT)
    amounts = [(Amount("%", _PARTS[match[1].casefold()]), words) for words, match in held.take(_PART)]
    amounts += [
        (Amount("th", Decimal(_ORDINALS[match[1].casefold()])), words)
        for words, match in held.take(_ORDINAL_WORD)
    ]
    amounts += [(_amount(match), words) for words, match in held.take(_FIGURE)]
    amounts += [(_worded(match), words) for words, match in held.take(_WORDED, _is_counted)]
    return Facts(
        dates=tuple(dates),
        financial_years=tuple(financial),
        times=tuple(times),
        codes=tuple(codes),
        amounts=tuple(amounts),
    )


class _Held:
    """A text from which what was read is blanked."""

    def __init__(self, text: str) -> None:
        self._text = text

    def take(self, pattern: re.Pattern[str], fits: object = None) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield the matches that fit with their words, then blank them."""
        found = [match for match in pattern.finditer(self._text) if not callable(fits) or fits(match)]
        for match in found:
            self._text = self._text[: match.start()] + "\x00" * len(match[0]) + self._text[match.end() :]
            yield match[0].strip(), match

    def blank(self, pattern: re.Pattern[str]) -> None:
        self._text = pattern.sub(lambda match: "\x00" * len(match[0]), self._text)


def _is_code(match: re.Match[str]) -> bool:
    return not re.fullmatch(r"(?i)(?:mid|pre|post|late|early)-?\d+|[ap]m", match[0])


def _is_counted(match: re.Match[str]) -> bool:
    """Whether this is a number: "a hundred" is, a lone "a" is not."""
    words = match[0].casefold().split()
    return words[0] not in {"a", "an"} or any(word in _SCALES for word in words)


def _date(match: re.Match[str]) -> Date:
    for form in "inbam":
        groups = match.groupdict()
        if groups.get(f"{form}m"):
            month, year, day = groups[f"{form}m"], groups.get(f"{form}y"), groups.get(f"{form}d")
            return Date(
                _full_year(year) if year else None,
                int(month) if month.isdigit() else month_number(month),
                int(day) if day else None,
            )
    raise AssertionError(match[0])


def _full_year(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)  # noqa: PLR2004 - papers with two figures are of this century


def _span(match: re.Match[str]) -> tuple[int, int]:
    first = int(match[1])
    last = match[2]
    return first, int(last) if len(last) > 2 else first // 100 * 100 + int(last)  # noqa: PLR2004 - "2023/24"


def _minutes(match: re.Match[str]) -> int:
    if match["h24"]:
        return 60 * int(match["h24"]) + int(match["m24"])
    hour = int(match["h"]) % 12 + (12 if match["half"].casefold() == "p" else 0)
    return 60 * hour + int(match["m"] or 0)


def _unit(sign: str | None, unit: str | None) -> str:
    said = (unit or "").casefold()
    if sign:
        return sign
    if said.startswith("per") or said == "%":
        return "%"
    return "£" if said.startswith("pound") else "pence" if said in {"p", "pence"} else ""


def _amount(match: re.Match[str]) -> Amount:
    value = Decimal(match["figure"].replace(",", ""))
    if match["ordinal"]:
        return Amount("th", value)
    return Amount(
        _unit(match["sign"], match["unit"]), value * _SCALES.get((match["scale"] or "").casefold(), 1)
    )


def _worded(match: re.Match[str]) -> Amount:
    total = part = 0
    for word in re.findall(r"[a-z]+", match[0].casefold()):
        if word in _SMALL:
            part += _SMALL[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word in _SCALES:
            scaled = max(part, 1) * _SCALES[word]
            if _SCALES[word] > 100:  # noqa: PLR2004 - "two hundred thousand": hundreds go on being counted
                total, part = total + scaled, 0
            else:
                part = scaled
    return Amount(_unit(None, match["unit"]), Decimal(total + part))
