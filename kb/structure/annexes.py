"""Papers that no heading announces, printed behind a report: after it has ended, another paper goes on.

A report ends where its section numbers start again, or with its contact officer; what follows at length on a new page
is an appendix. Takes lines and line ranges of parts, gives the ranges with such papers split off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.records import PartKind
from kb.structure.contacts import find_contact
from kb.structure.items import find_headings, find_restart
from kb.structure.lines import TextLine
from kb.structure.parts import PartRange

_MIN_LINES = 25
"""Less than this behind a report's contact officer is its own small print."""
_PAGE_GAP = 3
"""Blank lines that part two pages of plain text."""


def split_annexes(lines: Sequence[TextLine], ranges: Sequence[PartRange]) -> list[PartRange]:
    """Reports cut where a second paper begins that has no heading block of its own."""
    result: list[PartRange] = []
    for place in ranges:
        own = lines[place.start : place.end]
        cut = find_restart(own, place.kind)
        if cut is None:
            cut = _after_contact(own, place.kind)
        if cut is None:
            result.append(place)
        else:
            result.append(replace(place, end=place.start + cut))
            result.append(PartRange(kind=PartKind.APPENDIX, start=place.start + cut, end=place.end))
    return result


def _after_contact(lines: Sequence[TextLine], kind: PartKind) -> int | None:
    """The first line of a new page behind the contact officer at a report's end."""
    if kind is not PartKind.REPORT:
        return None
    numbered = [heading.start for heading in find_headings(lines, kind) if heading.number is not None]
    if not numbered:
        return None
    ends = [
        end
        for place in range(max(numbered) + 1, len(lines) - _MIN_LINES)
        if (end := find_contact(lines, place))
    ]
    for end in ends[-1:]:
        for place in range(end, len(lines) - _MIN_LINES):
            line, before = lines[place], lines[place - 1]
            if line.page_start or line.blanks_before > _PAGE_GAP or line.page != before.page:
                return place
    return None
