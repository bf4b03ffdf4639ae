"""The stages of structure joined: a `Source` in, its `Outline` out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kb.records import Item, Line, Outline, Part, PartKind, Source, Span
from kb.structure.annexes import split_annexes
from kb.structure.chains import Heading
from kb.structure.closings import bring_closings_home
from kb.structure.contacts import read_contact
from kb.structure.footnotes import set_notes_apart
from kb.structure.furniture import find_furniture
from kb.structure.headings import read_heading
from kb.structure.items import find_headings
from kb.structure.lines import Spacing, TextLine, prepare, spacing_of
from kb.structure.packs import settle_pack
from kb.structure.paragraphs import build_paragraphs
from kb.structure.parts import find_parts
from kb.structure.placing import place_nodes
from kb.structure.spans import without
from kb.structure.tablerows import drop_repeated_heads, find_rows

STRUCTURE_VERSION = 12
"""Raised whenever the same file would be given another outline, so that libraries know to parse it again."""

_TABULAR = frozenset(
    {PartKind.ACTION_TABLE, PartKind.AGENDA_PLAN, PartKind.DELIVERY_PLAN, PartKind.DASHBOARD}
)
_WITH_CONTACT = frozenset({PartKind.REPORT, PartKind.APPENDIX, PartKind.DECISION, PartKind.OTHER})
_ATTENDANCE = re.compile(
    r"^(?:members|officers|others|also)\s+(?:present|in attendance)\b|^in attendance\b|^present\s*:",
    re.IGNORECASE,
)
_SENTENCE_WORDS = 6


def parse(source: Source) -> Outline:
    """Find the structure of a source.

    Every visible character of the source stands in exactly one place of the outline: furniture, an item's heading, a
    paragraph's label or a paragraph.
    """
    furniture = find_furniture(source)
    lines, marks = set_notes_apart(prepare(source, furniture))
    running = _running_lines(source, furniture)
    ranges = split_annexes(lines, find_parts(lines))
    parts: list[Part] = []
    left_out: list[Span] = []
    for place, own in bring_closings_home(lines, ranges):
        kept, repeated = drop_repeated_heads(own, place.kind)
        left_out += repeated
        parts.append(_part(kept, place.kind, running))
    spans = tuple(
        _visible(source.lines[index]) for index in sorted(furniture) if source.lines[index].text.strip()
    )
    whole = [_without_marks(part, marks) for part in parts] if marks else parts
    return place_nodes(source, Outline(parts=settle_pack(whole), furniture=(*spans, *left_out, *marks)))


def _without_marks(part: Part, marks: Sequence[Span]) -> Part:
    """The part with the marks of footnotes left out of its spans."""
    items = tuple(
        replace(
            item,
            heading=without(item.heading, marks),
            paragraphs=tuple(replace(one, spans=without(one.spans, marks)) for one in item.paragraphs),
        )
        for item in part.items
    )
    return replace(part, items=items)


def _running_lines(source: Source, furniture: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Headers and footers by page."""
    running: dict[int, list[str]] = defaultdict(list)
    for index in sorted(furniture):
        line = source.lines[index]
        if line.page is not None and any(char.isalpha() for char in line.text):
            running[line.page].append(line.text)
    return running


def _part(lines: Sequence[TextLine], kind: PartKind, running: Mapping[int, Sequence[str]]) -> Part:
    headings = find_headings(lines, kind)
    spacing = spacing_of(lines)
    page = lines[0].page
    facts = read_heading(
        lines,
        kind,
        first_item=headings[0].start if headings else None,
        running=running.get(page, ()) if page is not None else (),
    )
    items = _items(lines, headings, kind, spacing=spacing)
    return Part(
        kind=kind,
        body=facts.body,
        meeting_date=facts.meeting_date,
        title=facts.title,
        agenda_item=facts.agenda_item,
        page=lines[0].page,
        status=facts.status,
        items=items,
        contact=read_contact(lines) if kind in _WITH_CONTACT else None,
    )


def _items(
    lines: Sequence[TextLine], headings: Sequence[Heading], kind: PartKind, *, spacing: Spacing
) -> tuple[Item, ...]:
    elsewhere = {place for heading in headings for place in heading.extra}
    first = headings[0].start if headings else len(lines)
    opening = [place for place in range(first) if place not in elsewhere]
    bodies: list[list[TextLine]] = []
    for position, heading in enumerate(headings):
        end = headings[position + 1].start if position + 1 < len(headings) else len(lines)
        own = [place for place in range(heading.end, end) if place not in elsewhere]
        if kind is PartKind.MINUTES:
            displaced = frozenset(_displaced_attendance(lines, heading, own))
            opening += sorted(displaced)
            own = [place for place in own if place not in displaced]
        tail = [heading.tail] if heading.tail is not None else []
        bodies.append([*tail, *(lines[place] for place in own)])
    _bring_notes_home(bodies)
    split_labels = kind not in _TABULAR
    items: list[Item] = []
    if opening:
        rows = find_rows([lines[place] for place in opening], kind, "")
        paragraphs = build_paragraphs(
            rows.lines,
            number=None,
            spacing=spacing,
            split_labels=split_labels,
            starts=rows.starts,
        )
        items.append(
            Item(number=None, title="", page=lines[opening[0]].page, heading=(), paragraphs=paragraphs)
        )
    for heading, body in zip(headings, bodies, strict=True):
        rows = find_rows(body, kind, heading.title)
        paragraphs = build_paragraphs(
            rows.lines,
            number=heading.number,
            spacing=spacing,
            split_labels=split_labels,
            starts=rows.starts,
        )
        items.append(
            Item(
                number=heading.number,
                title=heading.title.rstrip(" :") if heading.number is not None else heading.title,
                page=lines[heading.start].page,
                heading=heading.spans,
                paragraphs=paragraphs,
            )
        )
    return tuple(items)


def _bring_notes_home(bodies: Sequence[list[TextLine]]) -> None:
    """Move the footnotes at the end of a page into the item that refers to them."""
    homes = {line.index: place for place, body in enumerate(bodies) for line in body}
    for place, body in enumerate(bodies):
        away = [line for line in body if line.note and homes.get(line.noted_at, place) != place]
        for line in away:
            body.remove(line)
            bodies[homes[line.noted_at]].append(line)


def _displaced_attendance(lines: Sequence[TextLine], heading: Heading, own: Sequence[int]) -> list[int]:
    """Attendance lists that text extraction has put inside an item; they belong before the first one."""
    found: list[int] = []
    inside = False
    for place in own:
        line = lines[place]
        if _ATTENDANCE.match(line.plain):
            inside = True
        elif inside and (place in heading.extra or _resumes_text(line)):
            inside = False
        if inside:
            found.append(place)
    if heading.extra:
        last = max(heading.extra)
        found = [place for place in own if place < last]
    return found


def _resumes_text(line: TextLine) -> bool:
    """Running text again after an attendance list: a full line that begins a sentence, or a label."""
    if line.label is not None and line.rest:
        return True
    words = line.plain.split()
    return len(words) >= _SENTENCE_WORDS and words[0] in {
        "The",
        "There",
        "It",
        "Apologies",
        "Following",
        "No",
        "A",
    }


def _visible(line: Line) -> Span:
    stripped = line.text.strip()
    start = line.span.start + line.text.index(stripped[0])
    return Span(start, start + len(stripped))


__all__ = ["STRUCTURE_VERSION", "parse"]
