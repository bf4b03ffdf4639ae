"""Printed labels: the numbers, letters and bullets that papers put before headings and paragraphs.

`read_label` looks at the start of one line and says which label stands there, in which style, and where the text
after it begins. It knows nothing of neighbours: whether "2018." is a label or a year is decided by the sequence it
stands in (`follows`), because "2018. The force has drafted" and "18. Minutes" look alike on their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Style(StrEnum):
    """How a label is printed; labels of one list share a style."""

    DECIMAL = "1.1"  # 4.2, 10.1
    TRIPLE = "1.1.1"  # 21.01.05, 4.2.1
    SLASH = "1/20"  # 39/20, 21/045, PE22/061, TC/24/31, C123: item number with year or committee
    DOT = "1."
    LONG = "1000."  # minutes counted on over many years
    PAREN = "1)"
    BRACKETS = "(1)"
    LETTER = "a)"
    LETTER_BRACKETS = "(a)"
    LETTER_DOT = "a."
    ROMAN_DOT = "i."
    ROMAN = "i)"
    ROMAN_BRACKETS = "(i)"
    ROMAN_CAPITALS = "I."
    BARE = "1"  # "1 Purpose": a heading's number without a dot
    NAMED = "Item 1"
    BULLET = "•"


ITEM_STYLES = frozenset(
    {Style.DOT, Style.LONG, Style.BARE, Style.SLASH, Style.TRIPLE, Style.NAMED, Style.ROMAN_CAPITALS}
)
"""Styles that can number a business item or a section."""
UNMISTAKABLE = frozenset({Style.TRIPLE, Style.LONG, Style.SLASH, Style.NAMED})
"""Styles of numbers that nothing but items has."""

_LETTER_STYLES = {
    Style.ROMAN: Style.LETTER,
    Style.ROMAN_BRACKETS: Style.LETTER_BRACKETS,
    Style.ROMAN_DOT: Style.LETTER_DOT,
}
"""The style of letters that a roman numeral of one letter may belong to."""
_MAX_ORDINAL = 999
_MAX_LONG = 9_999
_YEAR_DIGITS = 4
_NUMBER = re.compile(r"\d+")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}

_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)

_COMMITTEE = r"[A-Z](?:[A-Z]{0,4}|[a-z]{1,4})"
_AFTER_NUMBER = r"[.:)]?(?=\s+[A-Z(‘’“\"']|[A-Z][a-z]|\s+[–—-]\s|\s+\d{2}/\d{3,6}/|$)"
_SLASH = re.compile(
    r"(?!\d{1,2}/\d{1,2}/\d{4}\b)"
    rf"((?:{_COMMITTEE}[/ .-]?)?\d{{1,4}}(?:[.-]\d{{1,4}})?(?:/\d{{1,4}}(?:[.-]\d{{1,4}})?){{1,3}}){_AFTER_NUMBER}"
    rf"|(\d{{2,4}}(?:-\d{{2}})?/[A-Z]{{2,5}}/\d{{1,3}}){_AFTER_NUMBER}"
    rf"|([A-Z]{{1,3}}\d{{2,3}})(?:[.:](?=\s)|(?=\s+[A-Z]{{4}}))"
)
"""Numbers that name a year or a committee too ("23-24/FRA/1"); planning references ("22/01544/FUL") and dates are none.

A committee's letter before the bare number ("C123. Apologies") looks like a road, a postcode or a plan's reference: a
dot or a title in capitals must follow.
"""

_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.TRIPLE, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})\.?(?=\s|$)")),
    (Style.DECIMAL, re.compile(r"(\d{1,2}\.\d{1,2})[.)]?(?=\s|$|[A-Z]{2})")),
    (Style.DECIMAL, re.compile(r"(\d{3}\.\d{1,2})[.)]?(?=\s+[A-Z])")),
    (Style.SLASH, _SLASH),
    (
        Style.NAMED,
        re.compile(
            r"(?:(?:Agenda\s+)?Item|Minute)(?:\s+No\.?)?\s+(\d{1,3})(?:\s*[:.]|\s+[–-])(?=\s|$)",
            re.IGNORECASE,
        ),
    ),
    (Style.NAMED, re.compile(r"Item\s+(\d{1,2})(?=\s+[A-Z])")),
    (Style.DOT, re.compile(r"(\d{1,3})\.(?=\s|$|[A-Z])")),
    (Style.LONG, re.compile(r"([1-9]\d{3})[.:](?=\s+[A-Z])")),
    (Style.BRACKETS, re.compile(r"\((\d{1,3})\)(?=\s|$|[A-Z])")),
    (Style.PAREN, re.compile(r"(\d{1,3})\)(?=\s|$|[A-Z])")),
    (Style.ROMAN_BRACKETS, re.compile(r"\(([ivx]{1,5})\)(?=\s|$|[A-Z])")),
    (Style.LETTER_BRACKETS, re.compile(r"\(([a-z])\)(?=\s|$|[A-Z])")),
    (Style.ROMAN, re.compile(r"([ivx]{2,5}|[ivx])\)(?=\s|$|[A-Z])")),
    (Style.LETTER, re.compile(r"([a-z])\)(?=\s|$|[A-Z])")),
    (Style.ROMAN_DOT, re.compile(r"([ivx]{1,5})\.(?=\s|$)")),
    (Style.LETTER_DOT, re.compile(r"([a-z])\.(?=\s|$)")),
    (Style.ROMAN_CAPITALS, re.compile(r"([IVX]{1,5})[.)](?=\s|$)")),
    (Style.BULLET, re.compile(r"([•▪◦●■○\uf0b7\uf0a7·*–-]|o(?=\s+[A-Z]))(?=\s+\S)")),
    (Style.BARE, re.compile(rf"(\d{{1,3}})(?:\s+[–—-])?(?=\s+[A-Z])(?!\s+{_MONTH}\b)")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label read from the start of a line.

    ``value`` is what is cited ("5", "a", "4.2"), ``ordinal`` its place in a sequence (a = 1, iv = 4, 4.2 = 2),
    ``parent`` the number before the last dot ("4" of "4.2"), ``end`` where the text after the label begins.
    """

    value: str
    style: Style
    ordinal: int
    parent: str
    end: int

    def as_letter(self) -> Label | None:
        """The same label read as a letter instead of a roman numeral ("i)" after "h)"), if it is a single letter."""
        style = _LETTER_STYLES.get(self.style)
        if style is None or len(self.value) != 1:
            return None
        return Label(value=self.value, style=style, ordinal=_letter(self.value), parent="", end=self.end)

    def readings(self) -> tuple[Label, ...]:
        """The label once for each of its numbers that may be the one that rises: 39 of "39/20", 45 of "21/45"."""
        if self.style is not Style.SLASH:
            return (self,)
        return tuple(
            replace(
                self,
                parent=f"{self.value[: found.start()]}*{self.value[found.end() :]}",
                ordinal=int(found[0]),
            )
            for found in _NUMBER.finditer(self.value)
            if int(found[0]) <= _MAX_ORDINAL
        )


def read_label(text: str) -> Label | None:
    """Read the label at the start of ``text``, which must not begin with white space."""
    for printed, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        value = match[match.lastindex or 1]
        # "4.0 Background" numbers a section.
        style = Style.DOT if printed is Style.DECIMAL and value.endswith(".0") else printed
        end = match.end()
        while end < len(text) and (text[end].isspace() or (style is Style.SLASH and text[end] in "–—-")):
            end += 1
        if style is Style.SLASH and _is_financial_year(value):
            return None
        parent, ordinal = _place(value, style)
        if ordinal > (_MAX_LONG if style is Style.LONG else _MAX_ORDINAL):
            return None
        return Label(value=value, style=style, ordinal=ordinal, parent=parent, end=end)
    return None


def follows(previous: Label | None, label: Label, *, gap: int = 1) -> bool:
    """Say whether ``label`` can come right after ``previous`` in one list, leaving out at most ``gap - 1`` numbers.

    The first label of a list (``previous`` is ``None``) must be its first member.
    """
    if previous is None:
        return label.ordinal == 1
    same_style = previous.style is label.style and previous.parent == label.parent
    return same_style and 0 < label.ordinal - previous.ordinal <= gap


def _place(value: str, style: Style) -> tuple[str, int]:
    if style in {Style.DECIMAL, Style.TRIPLE}:
        parent, _, last = value.rpartition(".")
        return parent, int(last)
    if style is Style.SLASH:
        numbers = [int(number) for number in _NUMBER.findall(value)]
        return "", min(numbers)
    if style in _LETTER_STYLES or style is Style.ROMAN_CAPITALS:
        return "", _roman(value.casefold())
    if style in {Style.LETTER, Style.LETTER_BRACKETS, Style.LETTER_DOT}:
        return "", _letter(value)
    if style is Style.BULLET:
        return "", 0
    return "", int(value.removesuffix(".0"))


def _is_financial_year(value: str) -> bool:
    """Whether "2022/23" names a year and the next: at a line's start it is more often that than item 23 of 2022."""
    first, _, second = value.partition("/")
    both = first.isdigit() and second.isdigit() and len(first) == _YEAR_DIGITS
    return both and second == str(int(first) + 1)[-len(second) :]


def _letter(value: str) -> int:
    return ord(value[0]) - ord("a") + 1


def _roman(value: str) -> int:
    total = 0
    for here, after in zip(value, [*value[1:], ""], strict=True):
        worth = _ROMAN_VALUES[here]
        total += -worth if after and _ROMAN_VALUES[after] > worth else worth
    return total
