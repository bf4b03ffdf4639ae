"""Example questions drawn from what a library really holds, so that the first click finds something."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from kb.interfaces.rendering import words
from kb.records import Part, PartKind

if TYPE_CHECKING:
    from kb.library import Library

_WANTED: Final = 3
_MAX_LETTERS: Final = 60
# Business that every meeting has; nobody's first question is about it.
_ROUTINE: Final = re.compile(
    r"apolog|declaration|minutes|election of|date of next|next meeting|urgent|exclusion|agenda|work programme"
    r"|public (?:question|participation|statement)|actions? and recommendation|welcome|introduction|attend|present"
    r"|appendix|background|recommendation|purpose|contact|source documents|bibliograph|forward plan|matters arising",
    re.IGNORECASE,
)


def example_questions(library: Library) -> tuple[str, ...]:
    """Up to three questions about items of the latest minutes, no topic twice, the longest discussions first."""
    found: dict[str, str] = {}
    for part in _latest_minutes(library):
        items = sorted(part.items, key=lambda item: -len(item.paragraphs))
        for item in items:
            topic = " ".join(words.plain(item.title).split())
            if item.number and topic and len(topic) <= _MAX_LETTERS and not _ROUTINE.search(topic):
                found.setdefault(topic.casefold(), f"What was said about {_as_phrase(topic)}?")
    return tuple(found.values())[:_WANTED]


def _latest_minutes(library: Library) -> list[Part]:
    dated: list[tuple[dt.date, str]] = [
        (part.meeting_date, summary.document)
        for summary in library.documents()
        for part in summary.parts
        if part.kind is PartKind.MINUTES and part.meeting_date
    ]
    newest_first = list(dict.fromkeys(name for _, name in sorted(dated, reverse=True)))
    parts = [
        part
        for name in newest_first[:_WANTED]
        for part in library.outline(name).parts
        if part.kind is PartKind.MINUTES
    ]
    return sorted(parts, key=lambda part: part.meeting_date or dt.date.min, reverse=True)


def _as_phrase(topic: str) -> str:
    """A title inside a sentence: "road safety", but "Precept Report 2023/24" and "CCTV"."""
    topic = topic.rstrip(" .:-–")
    first, *others = topic.split()
    if topic.isupper() and others:
        return topic.lower()
    is_name = any(word[:1].isupper() for word in others) or not first[1:].islower()
    return topic if is_name else topic[0].lower() + topic[1:]
