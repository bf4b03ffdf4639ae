"""Kinds of paper that a question names: "the minutes of", "letter to", "on the forward plan"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kb.questions.readings import Place, Reading, ReadingKind, is_free
from kb.records import PartKind

_DETERMINER: Final = r"(?:the|an?|this|that|annual|quarterly|progress|update|monitoring|\w+['’]s)"
_PATTERNS: Final[tuple[tuple[PartKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (PartKind.ACTION_TABLE, r"\baction\s+(?:log|table|sheet|tracker|list)s?\b"),
        (PartKind.AGENDA_PLAN, r"\b(?:forward|agenda|work)\s+(?:plan|programme)\b"),
        (PartKind.DELIVERY_PLAN, r"\bdelivery\s+plans?\b"),
        (PartKind.DASHBOARD, r"\bdash\s?boards?\b|\bscorecards?\b"),
        (PartKind.DECISION, r"\bdecision\s+(?:records?|notices?|sheets?)\b|\brecord\s+of\s+decision\b"),
        (PartKind.SLIDES, r"\bslides?\b|\bslide\s+deck\b|\bpresentation\s+slides\b"),
        (PartKind.APPENDIX, r"\bappendi(?:x|ces)\b|\bannex(?:es)?\b"),
        (PartKind.LETTER, r"\bletters?\b(?!\s+box)"),
        (PartKind.AGENDA, r"\bagendas?\b(?!\s+(?:items?|for\s+change)\b)|\bmeeting\s+packs?\b"),
        (PartKind.MINUTES, r"\bminutes\b(?!\s+(?:late|later|early|ago|silence|away|long|each|per|taker))"),
        (PartKind.REPORT, rf"\b{_DETERMINER}\s+(?:[\w-]+\s+){{0,3}}?reports?\b(?!\s+(?:that|anonymously))"),
    )
)
_COUNTED: Final = re.compile(
    r"\b(?:one|two|three|five|ten|fifteen|twenty|thirty|forty|sixty|ninety|few|several|many|\d{1,3})\s+$",
    re.IGNORECASE,
)
_ASKED_TO: Final = re.compile(
    r"\b(?:did|does|do|to|will|would|should|must|can|could|may)\s+(?:anyone\s+|anybody\s+|people\s+)?$",
    re.IGNORECASE,
)
_NAMES: Final = {
    PartKind.ACTION_TABLE: "action tables",
    PartKind.AGENDA_PLAN: "agenda plans",
    PartKind.DELIVERY_PLAN: "delivery plans",
    PartKind.DASHBOARD: "dashboards",
    PartKind.DECISION: "decision records",
    PartKind.SLIDES: "slides",
    PartKind.APPENDIX: "appendices",
    PartKind.LETTER: "letters",
    PartKind.AGENDA: "agendas",
    PartKind.MINUTES: "minutes",
    PartKind.REPORT: "reports",
}


def read_papers(text: str, others: Iterable[Reading] = ()) -> list[Reading]:
    """Every kind of paper that a question names, each once; ``value`` is its `PartKind`."""
    found: list[Reading] = []
    taken = list(others)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            place = Place(*match.span())
            before = text[: match.start()]
            if (kind is PartKind.MINUTES and _COUNTED.search(before)) or (
                kind is PartKind.REPORT and _ASKED_TO.search(before)
            ):
                continue
            if is_free(place, [*found, *taken]):
                found.append(Reading(kind=ReadingKind.PAPER, place=place, value=kind, meaning=_NAMES[kind]))
                break
    return sorted(found, key=lambda reading: reading.place)
