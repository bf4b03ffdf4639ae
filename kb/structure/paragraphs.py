"""Lines of one item to its paragraphs: labels accepted by their sequence, wrapped lines joined, rows kept apart.

A label counts only where it continues a list or begins one; anything else that looks like a label (a year at a line
start, a figure, a reference to "3.1 Item 6") is text. Lists inside a labelled paragraph belong to that paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.records import Paragraph, Span
from kb.structure.detached import pair_labels
from kb.structure.labels import Label, Style, follows
from kb.structure.lines import SHORT_LINE_SHARE, TextLine
from kb.structure.rows import cells, is_column_heads, is_value_row, looks_like_head
from kb.structure.sections import is_subheading

_DECIMALS = frozenset({Style.DECIMAL, Style.TRIPLE})
_NEVER_PARAGRAPHS = frozenset({Style.BARE, Style.NAMED, Style.SLASH})
"""Styles that number items only: "15 MARCH 2023" and "Item 6 - to review" begin no paragraph."""
_MAX_GAP = 3
_MAX_FIRST = 30


@dataclass(slots=True)
class _Draft:
    """A paragraph being collected."""

    lines: list[TextLine] = field(default_factory=list)
    label: Label | None = None
    label_span: Span | None = None
    nested: bool = False
    heading: bool = False
    row: bool = False
    context: str = ""


@dataclass(slots=True)
class _Lists:
    """Which list the item is in: the last label of its own list, and of a list nested in that label's paragraph."""

    number: str | None
    main: Label | None = None
    nested: Label | None = None
    interrupted: bool = False

    def accept(self, label: Label, rest: str, before: TextLine | None) -> tuple[bool, bool, Label]:
        """Decide about a label: (is it one, is it nested, the label as understood)."""
        if label.style in _NEVER_PARAGRAPHS:
            return False, False, label
        opens_text = rest[:1].isupper() or not rest or not rest[:1].isalpha()
        mid_sentence = (
            before is not None
            and not before.ends_sentence
            and before.label is None
            and before.width > SHORT_LINE_SHARE
        )
        if mid_sentence and not opens_text:
            return False, False, label
        if label.style in _DECIMALS:
            return self._accept_decimal(label), False, label
        for reading in (label.as_letter(), label):
            if (
                reading is not None
                and self.main is not None
                and follows(self.main, reading, gap=_MAX_GAP)
                and (
                    self.nested is None
                    or not follows(self.nested, reading)
                    or reading.style is self.main.style
                )
            ):
                self.main, self.nested, self.interrupted = reading, None, False
                return True, False, reading
        for reading in (label.as_letter(), label):
            if reading is not None and self.nested is not None and follows(self.nested, reading, gap=2):
                self.nested = reading
                return True, True, reading
        if label.ordinal == 1:
            return self._begin(label)
        repeated = (
            self.main is not None and label.style is self.main.style and label.ordinal == self.main.ordinal
        )
        lost_start = (
            self.main is None
            and label.ordinal <= _MAX_FIRST
            and not mid_sentence
            and opens_text
            and bool(rest)
        )
        if repeated or lost_start:
            self.main, self.nested, self.interrupted = label, None, False
            return True, False, label
        return False, False, label

    def _begin(self, label: Label) -> tuple[bool, bool, Label]:
        decimal = self.main is not None and self.main.style in _DECIMALS
        if decimal or (self.main is not None and not self.interrupted and self.main.style is not label.style):
            self.nested = label
            return True, True, label
        self.main, self.nested, self.interrupted = label, None, False
        return True, False, label

    def _accept_decimal(self, label: Label) -> bool:
        if self.main is not None and self.main.style in _DECIMALS and self.main.parent == label.parent:
            fits = 0 <= label.ordinal - self.main.ordinal <= _MAX_GAP
        else:
            known = self.number is not None and self.number.isdigit()
            under = self.main.value if self.main is not None else None
            fits = label.parent in {self.number, under} if known else label.ordinal <= _MAX_GAP
            # A report's numbers may lag behind its section's ("2.2" first in section 3): a slip, and still the label.
            fits = fits or (
                known and self.main is None and abs(int(label.parent or "0") - int(self.number or "0")) == 1
            )
            fits = fits or (self.main is not None and label.value.count(".") < self.main.value.count("."))
        if fits:
            self.main, self.nested, self.interrupted = label, None, False
        return fits


def build_paragraphs(
    lines: Sequence[TextLine], *, number: str | None, double_spaced: bool, split_labels: bool = True
) -> tuple[Paragraph, ...]:
    """Paragraphs of an item's ``lines`` (without its heading).

    Args:
        lines: In reading order.
        number: The item's printed number, which decimal labels must continue ("4" for "4.2").
        double_spaced: Whether blank lines stand between the wrapped lines of one sentence too.
        split_labels: Whether labels are read at all; not in tables, whose figures look like labels.
    """
    pairs, used = pair_labels(lines) if split_labels else ({}, frozenset[int]())
    lists = _Lists(number=number)
    drafts: list[_Draft] = []
    heads = ""
    subheading = ""
    for place, line in enumerate(lines):
        if place in used:
            continue
        before = drafts[-1].lines[-1] if drafts and drafts[-1].lines else None
        printed = pairs.get(place)
        label = printed.label if printed else (line.label if split_labels else None)
        draft = _Draft(lines=[line])
        if label is not None and label.style is Style.BULLET:
            drafts.append(replace(draft, context=subheading))
            continue
        if label is not None:
            accepted, nested, understood = lists.accept(label, line.plain if printed else line.rest, before)
            if accepted:
                if understood.style in _DECIMALS and not nested:
                    subheading = ""
                draft.label, draft.nested, draft.context = understood, nested, subheading
                draft.label_span = printed.line.span if printed else None
                drafts.append(draft)
                continue
            if printed:
                draft.label_span = printed.line.span
        if line.is_row or is_value_row(line.plain) or is_column_heads(line.plain):
            head = looks_like_head(line.plain) if line.is_row else is_column_heads(line.plain)
            previous_is_row = bool(drafts) and drafts[-1].row
            if head and (not previous_is_row or not line.is_row):
                heads = " | ".join(cells(line.plain)) if line.is_row else line.plain
            elif line.is_row and not previous_is_row:
                heads = ""
            draft.row, draft.context = True, f"{subheading} {'' if head else heads}".strip()
            drafts.append(draft)
            continue
        if is_subheading(lines, place) and (
            before is None or _may_start(before, line, double_spaced=double_spaced, heading=True)
        ):
            subheading = line.plain
            drafts.append(replace(draft, heading=True))
            lists.interrupted = True
            continue
        if (
            not drafts
            or printed
            or drafts[-1].row
            or drafts[-1].heading
            or _may_start(before, line, double_spaced=double_spaced)
        ):
            draft.context = subheading
            drafts.append(draft)
            lists.interrupted = True
        else:
            drafts[-1].lines.append(line)
    return tuple(_finish(drafts))


def _may_start(
    before: TextLine | None, line: TextLine, *, double_spaced: bool, heading: bool = False
) -> bool:
    """Whether an unlabelled line begins a new paragraph after line ``before``."""
    if before is None:
        return True
    if line.starts_lower:
        return False
    short = before.width < SHORT_LINE_SHARE
    apart = line.blanks_before > 0 and not double_spaced or line.blanks_before > 1
    if before.ends_sentence:
        return short or apart
    if heading:
        return apart or short
    return apart and before.width < SHORT_LINE_SHARE * 0.75


def _finish(drafts: Sequence[_Draft]) -> list[Paragraph]:
    """Paragraph records, with what continues a labelled paragraph marked as such."""
    result: list[Paragraph] = []
    for place, draft in enumerate(drafts):
        first = draft.lines[0]
        spans = [line.span for line in draft.lines]
        label_span = draft.label_span
        if draft.label is not None and label_span is None:
            spans[0], label_span = _without_label(first)
        continues = draft.nested or (
            draft.label is None and not draft.heading and _is_continuation(drafts, place)
        )
        label = None if draft.nested or draft.label is None else draft.label.value
        result.append(
            Paragraph(
                label=label,
                spans=tuple(span for span in spans if span.end > span.start),
                label_span=label_span,
                page=first.page,
                continues=continues,
                is_heading=draft.heading,
                is_row=draft.row,
                context=draft.context,
            )
        )
    return result


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


def _is_continuation(drafts: Sequence[_Draft], place: int) -> bool:
    """Unlabelled text between two labels of one list, or after a decimal label, goes on the label before it."""
    back = place - 1
    while back >= 0 and (drafts[back].label is None or drafts[back].nested):
        if drafts[back].heading:
            return False
        back -= 1
    if back < 0:
        return False
    last = drafts[back].label
    if last is None:
        return False
    if last.style in _DECIMALS:
        return True
    for draft in drafts[place + 1 :]:
        if draft.heading:
            return False
        if draft.label is not None and not draft.nested:
            return draft.label.style is last.style and draft.label.ordinal > last.ordinal
    # A list that ends by opening another one keeps it ("... these are:" and bullets).
    return all(
        draft.label is not None or _is_bullet(draft) for draft in drafts[back + 1 : place + 1]
    ) and drafts[back].lines[-1].plain.endswith(":")


def _is_bullet(draft: _Draft) -> bool:
    label = draft.lines[0].label
    return label is not None and label.style is Style.BULLET
