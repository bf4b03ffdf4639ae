"""Items whose line does not look like a title but whose number is missing from the chain.

"1. The meeting was called to order at 7 pm" heads an item when 2, 3 and 4 do and no other 1 stands before them.
Takes the chosen chain; gives its headings with such items added. Refuses numbers of lists: in the gap, the labels
of the chain's style must be exactly the missing numbers. Also adds items printed out of order ("16.05.7" before
"16.05.4") where the numbers are of a style that nothing else uses, and items that repeat the number before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kb.records import Span
from kb.structure.chains import Candidate, Heading, family
from kb.structure.labels import UNMISTAKABLE, Style
from kb.structure.lines import TextLine
from kb.structure.runin import tail_line
from kb.structure.titles import USUAL_TITLE

_MIN_CHAIN = 3
_MAX_FIRST = 4
_MIN_TITLED = 2
_SAME_LEFT = 4.0
_TITLE_WORDS = 12
_CLEARLY_TITLE = 2.5


def fill_gaps(
    lines: Sequence[TextLine], chain: Sequence[Candidate], candidates: Sequence[Candidate]
) -> list[Heading]:
    """The headings of ``chain`` with missing ones added."""
    headings = [candidate.heading for candidate in chain]
    if len(chain) < _MIN_CHAIN:
        return headings
    first = chain[0]
    known = {each.index: each.heading for each in candidates if each.family == first.family}
    opening = range(1, first.ordinal)
    if opening:
        added = _between(lines, 0, first.heading.start, opening, first)
        titled = sum(place in known and known[place].tail is not None for place in added)
        if len(opening) < _MAX_FIRST or (len(chain) * 2 >= len(opening) and titled >= _MIN_TITLED):
            headings += _headings(lines, added, known)
    for before, after in pairwise(chain):
        missing = range(before.ordinal + 1, after.ordinal)
        if missing:
            added = _between(lines, before.heading.end, after.heading.start, missing, before)
            headings += _headings(lines, added, known)
    headings += _repeated(lines, chain, candidates)
    if first.family.partition(" ")[0] in UNMISTAKABLE:
        headings += _out_of_order(chain, candidates, headings)
    return headings


def _between(lines: Sequence[TextLine], start: int, end: int, missing: range, like: Candidate) -> list[int]:
    """Places of the lines with the missing numbers, if no other line has a number of that style."""
    style = lines[like.index].label
    found = [
        (place, reading.ordinal)
        for place in range(start, end)
        if (label := lines[place].label) is not None and style is not None and label.style is style.style
        for reading in label.readings()
        if family(reading) == like.family
    ]
    labelled = [place for place, _ in found]
    ordinals = [ordinal for _, ordinal in found]
    if ordinals != list(missing) or not all(
        _is_aligned(lines[place], lines[like.index]) for place in labelled
    ):
        return []
    return labelled


def _headings(
    lines: Sequence[TextLine], places: Sequence[int], known: Mapping[int, Heading]
) -> Iterator[Heading]:
    """The headings at ``places``: with the title that runs into the text, if one is known, else without."""
    for place in places:
        heading = known[place] if place in known and known[place].tail is not None else untitled(lines, place)
        if heading is not None:
            yield heading


def _is_aligned(line: TextLine, other: TextLine) -> bool:
    if line.left is None or other.left is None:
        return line.blank_before
    return abs(line.left - other.left) <= _SAME_LEFT


def untitled(lines: Sequence[TextLine], place: int) -> Heading | None:
    """The heading of an item whose line is its number and a text; a short text stands for the title."""
    line = lines[place]
    if line.label is None:
        return None
    tail = tail_line(line, line.rest) if line.rest else None
    if tail is None or (len(line.rest.split()) <= _TITLE_WORDS and not line.rest.endswith(".")):
        title = line.rest
        return Heading(number=line.label.value, title=title, start=place, end=place + 1, spans=(line.span,))
    spans = (Span(line.span.start, tail.span.start),)
    return Heading(number=line.label.value, title="", start=place, end=place + 1, spans=spans, tail=tail)


def _repeated(
    lines: Sequence[TextLine], chain: Sequence[Candidate], candidates: Sequence[Candidate]
) -> list[Heading]:
    """Items that bear the number of the one before by mistake: "10. Urgent Matters", "10. Date of Next Meeting"."""
    ends = [*(later.heading.start for later in chain[1:]), len(lines)]
    return [
        other.heading
        for before, end in zip(chain, ends, strict=True)
        for other in candidates
        if before.heading.end <= other.heading.start
        and other.heading.end <= end
        and (other.family, other.ordinal) == (before.family, before.ordinal)
        and USUAL_TITLE.match(other.heading.title)
        and other.score >= _CLEARLY_TITLE
        and _looks_alike(lines[other.index], lines[before.index])
    ]


def _looks_alike(line: TextLine, other: TextLine) -> bool:
    """Printed in the same place, weight and case: two headings of one paper."""
    same_case = line.rest.isupper() == other.rest.isupper()
    return line.bold == other.bold and same_case and _is_aligned(line, other)


def _out_of_order(
    chain: Sequence[Candidate], candidates: Sequence[Candidate], headings: Sequence[Heading]
) -> list[Heading]:
    seen = {heading.number for heading in headings}
    taken = {place for heading in headings for place in range(heading.start, heading.end)}
    years = {heading.number.rpartition(".")[0] for heading in headings if heading.number}
    known = range(chain[0].ordinal, chain[-1].ordinal) if chain[0].family != Style.TRIPLE.value else None
    return [
        candidate.heading
        for candidate in candidates
        if candidate.family == chain[0].family
        and (known is None or candidate.ordinal in known)
        and candidate.score > 0
        and candidate.heading.number not in seen
        and (candidate.heading.number or "").rpartition(".")[0] in years
        and not taken & set(range(candidate.heading.start, candidate.heading.end))
    ]
