"""Places in papers that a question names: item, paragraph and minute numbers, numbers of decision records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.questions.readings import Place, Reading, ReadingKind

_WORDS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ITEM: Final = re.compile(
    rf"\b(?:agenda\s+)?items?\s+(?:(?:no|number)\.?\s*)?(\d{{1,3}}[a-z]?\b(?!\.\d)|{'|'.join(_WORDS)}\b)(?:\s?\(([a-z])\))?"
    r"|\bminutes?\s+(?:(?:no|number)\.?\s*)?(\d{1,3}[a-z]?)\b(?![./:]\d|\s+(?:past|to\s+\w+\s+o))",
    re.IGNORECASE,
)
_PARAGRAPH: Final = re.compile(
    r"\bpara(?:graph)?s?\.?\s+(\d{1,2}(?:\.\d{1,2}){0,2}|[a-z])\b(?!\s*of\s+members)", re.IGNORECASE
)
_RECORD: Final = re.compile(
    r"\b(?:(?:decision\s+(?:record|notice|sheet|report|number|no\.?|ref(?:erence)?\.?)?|record\s+of\s+decision)\s*(?:no\.?|number)?\s*)?"
    r"(?:(?-i:[A-Z]{3,6})[\s:/-]*)?((?:20)\d\d)\s?[-/]\s?(\d{1,3})\b(?![-/]\d)",
    re.IGNORECASE,
)
_MINUTES_TOOK: Final = re.compile(r"\b\d+\s+$")


def read_items(text: str) -> list[Reading]:
    """Items, as printed ("9", "9A"), and letters after them as paragraphs."""
    found: list[Reading] = []
    for match in _ITEM.finditer(text):
        if match[3] and _MINUTES_TOOK.search(text[: match.start()]):
            continue
        said = match[1] or match[3]
        number = str(_WORDS.index(said.casefold()) + 1) if said.casefold() in _WORDS else said
        noun = "item" if match[1] else "minute"
        end = match.end(1) if match[1] else match.end()
        place = Place(match.start(), end)
        found.append(Reading(kind=ReadingKind.ITEM, place=place, value=number, meaning=f"{noun} {number}"))
        if match[2]:
            letter = match[2].casefold()
            place = Place(end, match.end())
            found.append(
                Reading(kind=ReadingKind.PARAGRAPH, place=place, value=letter, meaning=f"paragraph {letter}")
            )
    return found


def read_paragraphs(text: str) -> list[Reading]:
    """Paragraphs, letters in lower case as they are compared."""
    return [
        Reading(
            kind=ReadingKind.PARAGRAPH,
            place=Place(*match.span()),
            value=match[1].casefold(),
            meaning=f"paragraph {match[1].casefold()}",
        )
        for match in _PARAGRAPH.finditer(text)
    ]


def read_records(text: str) -> list[Reading]:
    """Numbers of decision records, as year and three digits; a bare "2017-19" is none."""
    return list(_records(text))


def _records(text: str) -> Iterator[Reading]:
    for match in _RECORD.finditer(text):
        lead = text[match.start() : match.start(1)]
        if not lead.strip():
            continue
        acronym = re.search(r"\b[A-Z]{3,6}[\s:/-]*$", lead)
        said_decision = re.search(r"decision", lead, re.IGNORECASE)
        if not acronym and not said_decision:
            continue
        number = f"{match[1]}-{int(match[2]):03}"
        yield Reading(
            kind=ReadingKind.RECORD,
            place=Place(*match.span()),
            value=number,
            meaning=f"decision record {number}",
        )
