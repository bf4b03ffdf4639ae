"""What stands together in one passage: paragraphs that go under one label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.passages.quoting import count, quote
from kb.passages.sizes import PassageSettings
from kb.records import Item, Paragraph, Source

_LONGEST_LEAD = 30
"""Words; a longer paragraph that ends in a colon is text of its own right."""
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d|[%£]")
"""Figures other than years."""


@dataclass(slots=True)
class Unit:
    """Paragraphs that go together under one label."""

    label: str | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    words: int = 0
    is_row: bool = False
    leads_in: bool = False
    lead: str = ""

    def add(self, paragraph: Paragraph, words: int) -> None:
        """Put a paragraph at the end."""
        self.paragraphs.append(paragraph)
        self.words += words


def units(source: Source, item: Item, settings: PassageSettings) -> Iterator[Unit]:
    """What stands together, in order; sub-headings go with what follows them, or with the last unit."""
    current: Unit | None = None
    headings: list[Paragraph] = []
    opening = item.number is None and not item.title
    lead = ""
    owner: str | None = None
    for paragraph in item.paragraphs:
        owner = paragraph.label or (owner if paragraph.continues else None)
        in_front = opening and current is not None and not current.is_row
        if paragraph.is_heading and not in_front:
            headings.append(paragraph)
            lead = ""
        elif current is not None and not headings and _joins(source, current, paragraph, settings):
            current.add(paragraph, count(source, paragraph.spans))
        else:
            if current is not None:
                yield current
            lead = lead if paragraph.is_row else _lead(source, paragraph)
            current = _begin(source, paragraph, headings, label=owner, lead=lead)
            headings = []
    current = current or (Unit(label=None) if headings else None)
    if current is not None:
        for heading in headings:
            current.add(heading, count(source, heading.spans))
        yield current


def _begin(
    source: Source, paragraph: Paragraph, headings: Sequence[Paragraph], *, label: str | None, lead: str
) -> Unit:
    unit = Unit(
        label=label,
        is_row=paragraph.is_row,
        leads_in=leads_in(source, paragraph),
        lead=lead if paragraph.is_row else "",
    )
    for part in (*headings, paragraph):
        unit.add(part, count(source, part.spans))
    return unit


def _lead(source: Source, paragraph: Paragraph) -> str:
    """What opens a table: a short paragraph that ends in a colon, else nothing."""
    short = count(source, paragraph.spans) <= _LONGEST_LEAD
    return quote(source.text, paragraph.spans) if short and leads_in(source, paragraph) else ""


def _joins(source: Source, unit: Unit, paragraph: Paragraph, settings: PassageSettings) -> bool:
    words = count(source, paragraph.spans)
    if paragraph.is_row or unit.is_row:
        return unit.words + words <= settings.group_words and _are_entries(source, unit, paragraph, settings)
    if paragraph.continues:
        return True
    if paragraph.label is not None or unit.label is not None:
        return False
    if unit.words < settings.lead_words or unit.leads_in:
        return unit.words + words <= settings.max_words
    if leads_in(source, paragraph):
        return False
    small = words < settings.small_words or unit.words < settings.small_words
    return small and unit.words + words <= settings.group_words


def _are_entries(source: Source, unit: Unit, paragraph: Paragraph, settings: PassageSettings) -> bool:
    """Whether all are short rows of words, such as names and offices: each alone is too little to be found by."""
    rows = [one for one in (*unit.paragraphs, paragraph) if not one.is_heading]
    if any(one.label is not None or not one.is_row for one in rows):
        return False
    texts = [quote(source.text, one.spans) for one in rows]
    return all(len(text.split()) < settings.small_words and not _FIGURE.search(text) for text in texts)


def leads_in(source: Source, paragraph: Paragraph) -> bool:
    """Whether a paragraph opens a list: "The conference covered issues such as:"."""
    end = paragraph.spans[-1].end if paragraph.spans else 0
    return source.text[max(0, end - 4) : end].rstrip(" *").endswith(":")
