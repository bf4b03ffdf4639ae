"""Paragraphs in the making, and what makes records of them.

Takes drafts in order (lines with the label accepted for them); gives `Paragraph` records whose spans leave the
label out, and marks what goes on a labelled paragraph begun before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.records import Paragraph, Span
from kb.structure.labels import Label, Style
from kb.structure.lines import TextLine
from kb.structure.lists import DECIMALS

_CLOSING = re.compile(
    r"^(?:date (?:and time )?of (?:the )?next|next meeting|background|bibliography|source doc|appendi|contact|signed"
    r"|chair|actions?$|resolved|decision)",
    re.IGNORECASE,
)


_LONG_ROW = 100
_OPENING_WORDS = 12


@dataclass(slots=True)
class Draft:
    """A paragraph being collected."""

    lines: list[TextLine] = field(default_factory=list)
    label: Label | None = None
    label_span: Span | None = None
    nested: bool = False
    heading: bool = False
    row: bool = False
    closing: bool = False
    reference: str | None = None
    context: str = ""

    @property
    def own_label(self) -> Label | None:
        """The label, if it belongs to the item's own list."""
        return None if self.nested else self.label

    @property
    def is_bullet(self) -> bool:
        """A bullet opens it."""
        label = self.lines[0].label
        return label is not None and label.style is Style.BULLET


def finish(drafts: Sequence[Draft], notes: Sequence[Draft] = ()) -> tuple[Paragraph, ...]:
    """Paragraph records, with what continues a labelled paragraph marked as such.

    Args:
        drafts: In order.
        notes: Footnotes; each is put behind the paragraph that refers to it, or at the end.
    """
    result: list[Paragraph] = []
    homes = _homes(drafts, notes)
    for place, (draft, goes_on) in enumerate(zip(drafts, _continuations(drafts), strict=True)):
        result.append(_record(draft, goes_on=goes_on))
        result += [_note_record(note, result[-1]) for note in homes.pop(place, ())]
    for left in homes.values():
        result += [_note_record(note, None) for note in left]
    return tuple(result)


def _homes(drafts: Sequence[Draft], notes: Sequence[Draft]) -> dict[int, list[Draft]]:
    """The notes of each draft, by the draft's place; those without one after the last."""
    places = (
        {line.index: place for place, draft in enumerate(drafts) for line in draft.lines} if notes else {}
    )
    homes: dict[int, list[Draft]] = {}
    for note in notes:
        homes.setdefault(places.get(note.lines[0].noted_at, len(drafts)), []).append(note)
    return homes


def _note_record(note: Draft, home: Paragraph | None) -> Paragraph:
    first = note.lines[0]
    number = Span(first.span.start, first.span.start + len(first.note or ""))
    text = Span(first.span.end - len(first.text[len(first.note or "") :].lstrip()), first.span.end)
    return Paragraph(
        label=None,
        spans=(text, *(line.span for line in note.lines[1:])),
        label_span=number,
        page=first.page,
        continues=home is not None and (home.label is not None or home.continues),
        note=first.note,
    )


def _record(draft: Draft, *, goes_on: bool) -> Paragraph:
    first = draft.lines[0]
    spans = [line.span for line in draft.lines]
    label_span = draft.label_span
    if draft.label is not None and label_span is None:
        spans[0], label_span = _without_label(first)
    return Paragraph(
        label=draft.reference or (draft.own_label.value if draft.own_label is not None else None),
        spans=tuple(span for span in spans if span.end > span.start),
        label_span=label_span,
        page=first.page,
        continues=draft.nested or (draft.label is None and goes_on),
        is_heading=draft.heading,
        is_row=draft.row,
        context=_context(draft),
    )


def _context(draft: Draft) -> str:
    """What a draft stands under; a long table row, which will be cut, also under its own opening."""
    if not draft.row or sum(len(line.plain.split()) for line in draft.lines) < _LONG_ROW:
        return draft.context
    opening = " ".join(
        first for first in [draft.reference, *draft.lines[0].plain.split()[:_OPENING_WORDS]] if first
    )
    return f"{draft.context} {opening}".strip()


def _without_label(line: TextLine) -> tuple[Span, Span | None]:
    """The span of a line's text after its label, and that of the label."""
    if line.label is None or not line.rest:
        return Span(line.span.end, line.span.end), line.span
    # The rest was read from the line without markup; its first word finds the place in the source's own characters.
    word = line.rest.split()[0]
    offset = line.text.find(word, min(line.label.end, len(line.text)) - 1 if line.label.end else 0)
    if offset <= 0:
        offset = line.text.find(word)
    while offset > 0 and line.text[offset - 1] in "*_":
        offset -= 1
    if offset <= 0:
        return line.span, None
    head = line.text[:offset].rstrip()
    start = line.span.start
    return Span(start + offset, line.span.end), Span(start, start + len(head))


def _continuations(drafts: Sequence[Draft]) -> list[bool]:
    """For each draft whether it would go on the labelled paragraph before it.

    Unlabelled text between two labels of one list, or after a decimal label, goes on; after the last label of a
    list only what the label's own text has announced ("... these are:" and bullets). A sub-heading ends it, unless
    it divides a long decimal paragraph ("5.1 ... Completed deliverables ... New deliverables ... 5.2").
    """
    following: list[Draft | None] = [None] * len(drafts)
    after: Draft | None = None
    for place in range(len(drafts) - 1, -1, -1):
        following[place] = after
        if drafts[place].heading or drafts[place].own_label is not None:
            after = drafts[place]
    result: list[bool] = []
    owner: Draft | None = None
    announced = False
    for draft, closing in zip(drafts, following, strict=True):
        if draft.heading:
            divides = owner is not None and _is_divided(owner, draft)
            owner = owner if divides else None
            result.append(divides)
        elif draft.closing or draft.reference:
            owner = None
            result.append(False)
        elif draft.own_label is not None:
            owner, announced = draft, draft.lines[-1].plain.endswith(":")
            result.append(False)
        else:
            announced = announced and (draft.label is not None or draft.is_bullet)
            result.append(owner is not None and _goes_on(owner, closing, announced=announced))
    return result


def _is_divided(owner: Draft, heading: Draft) -> bool:
    """Whether a sub-heading stands inside a decimal paragraph; closing matter never does."""
    label = owner.own_label
    return label is not None and label.style in DECIMALS and _CLOSING.match(heading.lines[0].plain) is None


def _goes_on(owner: Draft, closing: Draft | None, *, announced: bool) -> bool:
    label = owner.own_label
    if label is None:
        return False
    if label.style in DECIMALS:
        return True
    if closing is None:
        return announced
    after = closing.own_label
    return after is not None and after.style is label.style and after.ordinal > label.ordinal
