"""Text to index terms: what counts as "the same word" when passages are matched with a question.

Takes any text, with or without Markdown asterisks and HTML tags; gives lower-case English stems, and whole
terms for what must not be taken apart: amounts (``£1.8m``), percentages (``5.2%``), years (``2023/24``),
section numbers (``22a``), record numbers (``2017-019``) and dates (``2023-07-19``). Numbers in words are those in
figures (``sixteen`` is ``16``), and ``Mar-16`` is March 2016.

A compound gives its parts *and* its whole, so that either way of writing it is found: "co-ordination" gives
``co``, ``ordin`` and ``coordin``, a date its day, month, year and whole. White space after a hyphen (a word
broken at a line end) does not break a compound, but "short- and long-term" stays two.

Stemming: Porter2 (M. Porter, 2002, https://snowballstem.org/algorithms/english/stemmer.html) through
PyStemmer. Stop words are few and chosen for questions; numbers are never dropped.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

TOKENS_VERSION: Final = 2
"""Raised whenever the same text would give other terms, so that an older saved index is refused."""

_STOPPED: Final = """
a about also am an and any are as at be been being but by can could did do does doing for from had has have
having he her hers him his how i if in into is it its me my of on or our ours please say said says saying
she should so some such tell than that the their theirs them then there these they this those to was we were
what whatever when where whether which who whom whose why will with would you your yours
"""
_ABBREVIATED: Final = frozenset({"eg", "ie"})
STOP_WORDS: Final = frozenset(_STOPPED.split()) | _ABBREVIATED

_MONTHS: Final = {
    "jan": "january",
    "feb": "february",
    "mar": "march",
    "apr": "april",
    "may": "may",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
}
_MONTH_NUMBERS: Final = {start: number for number, start in enumerate(_MONTHS, 1)}
_MONTH: Final = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|" + "|".join(_MONTHS.values()) + ")"
_SHORT_MONTH: Final = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
_MARKS: Final = "\u0300-\u036f\u00ad"  # combining accents and the soft hyphen stand inside words
_WORD: Final = rf"[^\W_](?:[^\W_]|[{_MARKS}])*(?:'[^\W_](?:[^\W_]|[{_MARKS}])*)*"
_SCALE: Final = r"(?:\s?(?:million|billion|thousand|bn|m|k)\b)"

# Every alternative keeps what it names in one piece; earlier ones win.
_LEXEMES: Final = re.compile(
    rf"""
      (?P<iso>\b(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>0[1-9]|1[0-2])-(?P<iso_d>[0-2]\d|3[01])\b)
    | (?P<dmy>\b(?P<dmy_d>[0-2]?\d|3[01])(?P<dmy_sep>[/.])(?P<dmy_m>0?[1-9]|1[0-2])(?P=dmy_sep)
              (?P<dmy_y>(?:19|20)\d\d)\b)
    | (?P<date>\b(?P<date_d>[0-2]?\d|3[01])(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<date_m>{_MONTH})\b\.?,?
               \s+(?P<date_y>(?:19|20)\d\d)\b)
    | (?P<short>\b(?P<short_m>{_SHORT_MONTH})(?:-|\s?')(?P<short_y>[0-4]\d)\b(?![-/'\d]))
    | (?P<record>(?:\b(?P<prefix>cpcc|decision(?:\s+(?:record|notice))?(?:\s+(?:number|no\b\.?))?)[\s:]*-?\s*)
                 (?P<rec_y>20\d\d)(?:-|/(?=\d{{3}}))(?P<rec_n>\d{{1,3}})(?![\d-])
               | \b(?P<bare_y>20\d\d)-(?P<bare_n>\d{{3}})(?![\d-]))
    | (?P<years>\b(?P<from>(?:19|20)\d\d)[/-](?P<to>(?:19|20)\d\d|\d\d)(?![\d/-]))
    | (?P<money>[£$€]\s?(?P<amount>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<scale>{_SCALE})?)
    | (?P<percent>\b(?P<share>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:\s?%|\s+per\s?cent\b))
    | (?P<time>\b(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b)
    | (?P<clause>\b\d+(?:\.\d+)*\([a-z]\))
    | (?P<number>\b(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)*)
                 (?:(?:st|nd|rd|th)\b|(?P<size>{_SCALE})|[a-z]\b)?(?!\w))
    | (?P<initials>\b(?:[a-z]\.){{2,}}(?:[a-z]\b)?)
    | (?P<word>{_WORD}(?:-(?:\s+(?!(?:and|or|nor|to)\b))?{_WORD})*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"<[/!]?[a-z][^<>]*>|&(?:[a-z]+|#\d+);", re.IGNORECASE)
_ONE_FOR_ONE: Final = str.maketrans("’‘ʼ′´`‐‑‒–−", "''''''-----")
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)$")
_WHOLE: Final = re.compile(r"(?s:.+)")
_INNER: Final = {
    "word": re.compile(_WORD),
    **dict.fromkeys(("date", "record"), re.compile(r"\S+")),
}
_SMALL_NUMBERS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_UNITS: Final = {word: number for number, word in enumerate(_SMALL_NUMBERS[:9], 1)}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2
    )
}
# "one" is mostly a pronoun.
_NUMBER_WORDS: Final = {word: str(number) for number, word in enumerate(_SMALL_NUMBERS, 1) if number > 1} | {
    word: str(number) for word, number in _TENS.items()
}
_HYPHEN: Final = re.compile(r"-\s*")
_SCALES: Final = {"million": "m", "billion": "bn", "thousand": "k"}
_FACTORS: Final = {"bn": 10**9, "m": 10**6, "k": 10**3, "": 1}


class Lexeme(NamedTuple):
    """A piece of text and the index terms it stands for: characters ``start`` to ``end`` (exclusive) as passed in."""

    terms: tuple[str, ...]
    start: int
    end: int


class Word(NamedTuple):
    """A word as written, in lower case: characters ``start`` to ``end`` (exclusive) of the text as passed in."""

    word: str
    start: int
    end: int


def tokenize(text: str) -> list[str]:
    """Split a text into index terms, in reading order, stop words left out."""
    return [term for match in _scan(text) for term in _terms(match)]


def lexemes(text: str) -> list[Lexeme]:
    """Split a text into pieces with their terms, so that matched terms can be marked in it; stop words left out."""
    found = ((match, _terms(match)) for match in _scan(text))
    return [Lexeme(terms, *match.span()) for match, terms in found if terms]


def words(text: str) -> list[Word]:
    """Split a text into lower-case words without stemming or leaving any out; a compound gives its parts.

    Amounts, years and numbers stay whole, as written; dates give their words. A possessive ending stays with
    its word.
    """
    found: list[Word] = []
    for match in _scan(text):
        inner = _INNER.get(match.lastgroup or "", _WHOLE)
        found += [
            Word(_fold(part.group()), *part.span()) for part in inner.finditer(match.string, *match.span())
        ]
    return found


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Reduce one lower-case word to the stem used in the index; words with digits are kept as they are."""
    base = _without_possessive(word)
    if not base.isalpha():
        return base
    with _STEMMER_LOCK:
        stemmed: str = _stemmer().stemWord(base)
    return stemmed


_STEMMER_LOCK: Final = threading.Lock()  # a stemmer holds state and must not be entered by two threads


@cache
def _stemmer() -> Any:
    import Stemmer  # noqa: PLC0415 - late, like every outside library

    return Stemmer.Stemmer("english", 0)  # no cache of its own: `stem` has one


def _scan(text: str) -> Iterator[re.Match[str]]:
    """Find the lexemes; tags, entities and asterisks are blanked so that places in the text stay true."""
    visible = text.translate(_ONE_FOR_ONE)
    if "<" in visible or "&" in visible:
        visible = _HIDDEN.sub(lambda match: " " * len(match.group()), visible)
    return _LEXEMES.finditer(visible)


def _terms(match: re.Match[str]) -> tuple[str, ...]:
    read = _READERS.get(match.lastgroup or "")
    return (_number_term(match),) if read is None else read(match)


def _full_date_terms(match: re.Match[str]) -> tuple[str, ...]:
    kind = match.lastgroup
    return _date_terms(match[f"{kind}_y"], match[f"{kind}_m"], match[f"{kind}_d"])


def _short_month_terms(match: re.Match[str]) -> tuple[str, ...]:
    """Read "Mar-16" and "Mar '16", as tables print March 2016."""
    return stem(_MONTHS[match["short_m"][:3].lower()]), f"20{match['short_y']}"


def _initials_terms(match: re.Match[str]) -> tuple[str, ...]:
    term = _fold(match.group()).replace(".", "")
    return () if term in _ABBREVIATED else (term,)  # "I.T." is no stop word


@lru_cache(maxsize=65_536)
def _word_terms(surface: str) -> tuple[str, ...]:
    """The terms of a word or hyphenated compound, as written."""
    parts = _HYPHEN.split(_fold(surface))
    kept = [_NUMBER_WORDS.get(part) or stem(part) for part in parts if part not in STOP_WORDS]
    if len(parts) == len(("twenty", "five")) and parts[0] in _TENS and parts[1] in _UNITS:
        return (str(_TENS[parts[0]] + _UNITS[parts[1]]),)
    if len(parts) > 1:
        kept.append(stem("".join(parts)))
    return tuple(kept)


def _date_terms(year: str, month: str, day: str) -> tuple[str, ...]:
    number = int(month) if month.isdigit() else _MONTH_NUMBERS[month[:3].lower()]
    name = list(_MONTHS.values())[number - 1]
    return (str(int(day)), stem(name), year, f"{year}-{number:02}-{int(day):02}")


def _record_terms(match: re.Match[str]) -> tuple[str, ...]:
    """A record number with three digits, as printed on the record, after the words that announce it."""
    announced = match["prefix"] or ""
    year, number = match["rec_y"] or match["bare_y"], match["rec_n"] or match["bare_n"]
    return (*tokenize(announced), f"{year}-{int(number):03}")


def _year_terms(first: int, second: str) -> tuple[str, ...]:
    """A financial year as ``2023/24``, a longer span as ``2021-24``; both after the years they name."""
    last = int(second) if len(second) > 2 else first // 100 * 100 + int(second)  # noqa: PLR2004 - digits of a year
    if last < first:
        last += 100
    mark = "/" if last == first + 1 else "-"
    return (str(first), str(last), f"{first}{mark}{last % 100:02}")


def _number_term(match: re.Match[str]) -> str:
    """One spelling for one number: no thousands commas, scale as a letter, no ordinal ending."""
    kind, text = match.lastgroup, _fold(match.group())
    if kind == "money":
        return text[0] + _amount(Decimal(match["amount"].replace(",", "")), _scale_letter(match["scale"]))
    if kind == "percent":
        return f"{match['share'].replace(',', '')}%"
    if kind == "time":
        return f"{int(match['hour'])}.{match['minute'] or '00'}{match['half'].lower()}m"
    if kind == "clause":
        return text.replace("(", "").replace(")", "")
    size = match["size"] or ""
    digits = text[: len(text) - len(size)].replace(",", "")
    return _ORDINAL.sub("", digits) + _scale_letter(size)


def _amount(value: Decimal, scale: str) -> str:
    """The shortest usual way of writing an amount: 150,000 as ``150k``, 1,800,000 as ``1.8m``."""
    value *= _FACTORS[scale]
    letter = next(letter for letter, factor in _FACTORS.items() if value >= factor or factor == 1)
    return f"{(value / _FACTORS[letter]).normalize():f}{letter}"


def _scale_letter(written: str | None) -> str:
    name = (written or "").strip().lower()
    return _SCALES.get(name, name)


def _fold(surface: str) -> str:
    """Fold case and compatibility forms (ligatures, full-width letters); soft hyphens go."""
    if surface.isascii():
        return surface.lower()
    return unicodedata.normalize("NFKC", surface.replace("\u00ad", "")).casefold()


def _without_possessive(word: str) -> str:
    """Drop a possessive ending, then any other apostrophe: "o'brien's" gives "obrien"."""
    return word.removesuffix("'s").replace("'", "")


_READERS: Final[Mapping[str, Callable[[re.Match[str]], tuple[str, ...]]]] = {
    "word": lambda match: _word_terms(match.group()),
    "iso": _full_date_terms,
    "dmy": _full_date_terms,
    "date": _full_date_terms,
    "short": _short_month_terms,
    "record": _record_terms,
    "years": lambda match: _year_terms(int(match["from"]), match["to"]),
    "initials": _initials_terms,
}
