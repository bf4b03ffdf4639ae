"""Table rows in running text: lines of values that only mean something beside their label and column heads."""

from __future__ import annotations

import re

_VALUE = re.compile(
    r"^(?:[£$€]?[+-]?\d[\d,]*(?:\.\d+)?(?:%|m|k|bn)?|n/?a|[-–]|higher|lower|comparable|tbc|nil|up|down|stable|red|amber|green)$",
    re.IGNORECASE,
)
_HEAD_WORD = re.compile(
    r"^(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*[-’']?\d{2,4}|(?:19|20)\d\d(?:[/-]\d{2,4})?|q[1-4]"
    r"|month|current|rolling|baseline|fytd|ytd|total|average|avg|target|actual|budget|forecast|variance|year|perf|msf|rate)$",
    re.IGNORECASE,
)

_MONTHS = {
    name[:3].casefold(): name
    for name in (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    )
}
_MONTH_YEAR = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[-’' ](\d{4}|\d{2})\b(?![-/])", re.IGNORECASE
)
_MIN_VALUES = 3
_MIN_HEADS = 3
_HEAD_WORDS = 6
_MIN_SHARE = 0.45


def is_value_row(text: str) -> bool:
    """Whether a line without tabs is a table row: a label and then mostly values."""
    words = text.split()
    if len(words) <= _MIN_VALUES or text.endswith((".", ";")) or not words[0][:1].isalnum():
        return False
    values = sum(1 for word in words if _VALUE.match(word))
    return values >= _MIN_VALUES and values / len(words) >= _MIN_SHARE


def is_column_heads(text: str) -> bool:
    """Whether a line names the columns of value rows below it ("Current Month Mar-17 Mar-16 FYTD")."""
    words = text.split()
    heads = sum(1 for word in words if _HEAD_WORD.match(word))
    return heads >= _MIN_HEADS and heads / len(words) >= 1 / 3 and not text.endswith(".")


def in_words(heads: str) -> str:
    """Column heads with months as people ask for them: "Mar-17" as "March 2017"; for search only."""
    return _MONTH_YEAR.sub(lambda match: f"{_MONTHS[match[1][:3].casefold()]} {_year(match[2])}", heads)


def _year(printed: str) -> str:
    return printed if len(printed) == len("2017") else f"20{printed}"


def cells(text: str) -> list[str]:
    """The cells of a row divided by tabs, white space trimmed."""
    return [cell.strip() for cell in text.split("\t")]


def looks_like_head(text: str) -> bool:
    """Whether a tabbed row is a head row: short cells with hardly a figure."""
    filled = [cell for cell in cells(text) if cell]
    return bool(filled) and all(
        len(cell.split()) <= _HEAD_WORDS and not re.search(r"\d{3,}|%|£|\.\s", cell) for cell in filled
    )
