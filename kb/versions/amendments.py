"""Amendments to minutes, as the minutes that agree them record them.

Takes the words after "subject to the following amendments:", gives an `Amendment` for each: where ("Item 45, first
paragraph", "paragraph 25, first line", "the list of apologies"), and what ("deletion of the words ...", "5.6% to read
5.7%", "with the addition of ..."). What cannot be read is kept whole as its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "last": -1, "final": -1,
}  # fmt: skip
_ORDINAL: Final = (
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|\d{1,2}(?:st|nd|rd|th)"
)
_NUMBER: Final = r"\(?(\d{1,3}(?:[./]\d{1,3})*|[a-z])\)?(?![\w%])"
_QUOTED: Final = re.compile(r"(?<!\w)[“\"‘']([^“”\"‘’]{1,400}?)[”\"’'](?![\w])")
_ITEM: Final = re.compile(rf"\b(?:agenda item|item|minute(?: number| no\.?)?)\s+{_NUMBER}", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(
    rf"\b(?:paragraph|para\.?|question|bullet(?: point)?|point|resolution)\s+{_NUMBER}", re.IGNORECASE
)
_SECTION: Final = re.compile(rf"\b(?:section|sub-?paragraph|part)\s+{_NUMBER}", re.IGNORECASE)
_NTH: Final = re.compile(rf"\b({_ORDINAL})\s+(?:paragraph|bullet(?: point)?|resolution)\b", re.IGNORECASE)
_LIST: Final = re.compile(
    r"\b(apologies|attendance|attendees|those present|members present|declarations?)\b", re.IGNORECASE
)
_REFERENCE: Final = re.compile(
    rf"\b(?:agenda item|item|minute(?: number| no\.?)?|paragraph|para\.?|question|resolution|page)\s+{_NUMBER}",
    re.IGNORECASE,
)
# A new amendment: a bullet, a semicolon, or a place named after the last amendment's quotation or sentence has ended.
_BREAK: Final = re.compile(
    r"(?:^|(?<=[.:;,”\"])\s+)[-–*]\s+(?=\S)|\s*•\s*|;\s+(?:and\s+)?"
    r"|(?<=[.”\"])\s+(?=(?i:agenda item|item|minute|paragraph|para\.?|page|resolution)\s+\(?(?:\d|[a-z]\b))"
)
_LEAD: Final = re.compile(
    r"^\W*(?:subject to|with|as amended|(?:the )?following|amend(?:ment|ed)s?|corrections?|changes?|alterations?"
    r"|minor|these|to|the|a|an|and|being|made|below|in)\b[\s:–-]*",
    re.IGNORECASE,
)
_DELETE: Final = re.compile(r"\b(?:delet\w+|remov\w+|omit\w*|omission)\b", re.IGNORECASE)
_INSTEAD: Final = re.compile(
    r"\b(?:to read|should read|now reads?|to be (?:amended|changed|corrected|replaced)"
    r"|(?:amended|changed|corrected|altered) to|replac\w+|substitut\w+|instead of|rather than)\b",
    re.IGNORECASE,
)
_OLD_SECOND: Final = re.compile(r"\b(?:instead of|rather than|substitut\w+ .{0,80}\bfor)\b", re.IGNORECASE)
_ADD: Final = re.compile(r"\b(?:add\w*|insert\w*|inclu\w+)\b", re.IGNORECASE)
_ADDED: Final = re.compile(
    r"\b(?:add(?:ition|ing)?|insert(?:ion|ing)?|inclu(?:sion|ding|de))\s+(?:of\s+)?(.{3,120}?)"
    r"\s+(?:to|in|into|among|under)\s",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\breplac\w+\s+(?:the words?\s+)?(\S.{0,60}?)\s+(?:with|by)\s+(\S.{0,120}?)[.;]?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One change to earlier minutes.

    ``item`` and ``paragraph`` are the printed numbers that it names, ``nth`` counts paragraphs of the item (-1 is the
    last), ``list_name`` is a list without a number, such as "apologies". ``old`` are the words that go, ``new`` those
    that come; ``text`` is the amendment as recorded.
    """

    text: str
    item: str | None = None
    paragraph: str | None = None
    section: str | None = None
    nth: int | None = None
    list_name: str | None = None
    old: str | None = None
    new: str | None = None


def read_amendments(text: str) -> Iterator[Amendment]:
    """Yield the amendments that some words record, in order.

    Args:
        text: What follows "subject to", or one entry of a list of amendments.
    """
    for piece in _BREAK.split(_without_lead(text)):
        entry = _without_lead(piece or "").strip(" \t-–•*:,")
        if _says_something(entry):
            yield _read(entry.strip())


def _without_lead(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _LEAD.sub("", text, count=1)
    return text


def _says_something(entry: str) -> bool:
    changes = any(pattern.search(entry) for pattern in (_DELETE, _INSTEAD, _ADD))
    return bool(entry) and (
        changes or _REFERENCE.search(entry) is not None or _QUOTED.search(entry) is not None
    )


def _read(entry: str) -> Amendment:
    plain = _QUOTED.sub(lambda match: " " * len(match[0]), entry)
    item, paragraph, section = (_group(pattern, plain) for pattern in (_ITEM, _PARAGRAPH, _SECTION))
    nth = _NTH.search(plain)
    named = _LIST.search(plain)
    old, new = _change(entry, plain)
    return Amendment(
        text=entry,
        item=item,
        paragraph=paragraph,
        section=section,
        nth=_ordinal(nth[1]) if nth else None,
        list_name=named[1].casefold() if named else None,
        old=old,
        new=new,
    )


def _change(entry: str, plain: str) -> tuple[str | None, str | None]:
    """The words that go and those that come."""
    quoted = [match[1].strip() for match in _QUOTED.finditer(entry)]
    exchanged = _INSTEAD.search(plain) or (_DELETE.search(plain) and _ADD.search(plain))
    if len(quoted) > 1 and exchanged:
        first, second = quoted[:2]
        return (second, first) if _OLD_SECOND.search(plain) else (first, second)
    if quoted and _DELETE.search(plain):
        return quoted[0], None
    if quoted:
        return None, quoted[0]
    bare = _BARE.search(entry)
    if bare:
        return bare[1], bare[2]
    added = _ADDED.search(entry)
    return None, added[1] if added else None


def _group(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match[1] if match else None


def _ordinal(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _ORDINALS[word.casefold()]
