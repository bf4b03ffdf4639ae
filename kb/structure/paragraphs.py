"""Lines of one item to its paragraphs: labels accepted by their sequence, wrapped lines joined, rows kept apart.

Takes the lines of an item without its heading; gives its paragraphs in order. A label counts only where it
continues a list or begins one (`kb.structure.lists`). Lists inside a labelled paragraph belong to that paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kb.records import Paragraph
from kb.structure.closings import is_closing, is_next_meeting, is_signature
from kb.structure.detached import Printed, pair_labels
from kb.structure.drafts import Draft, finish
from kb.structure.labels import Style
from kb.structure.lines import SHORT_LINE_SHARE, Spacing, TextLine
from kb.structure.lists import DECIMALS, Lists
from kb.structure.quoted import quoted_lines
from kb.structure.rows import cells, in_words, is_column_heads, is_value_row, looks_like_head
from kb.structure.sections import is_margin_note, is_subheading
from kb.structure.tablerows import RowStart
from kb.structure.titles import SPEECH_VERB

_LEADS_IN = re.compile(r":[\s–-]*$")
_SENTENCES = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_LEAD_WORDS = 14
_STOCK_LEAD = re.compile(r"\b(?:questions?|comments?|responses?|discussions?)\b", re.IGNORECASE)
"""What opens every list of some minutes ("asked questions and received responses, these included:") tells nothing."""
_FIELD = re.compile(r"(?:[A-Z][\w/’'-]*)(?:\s+[\w/&’'()-]+){0,3}\s?:(?:\s+\S|[-–]?$)")
"""A name and its value: "Apologies: Councillor Able", "Against: none"."""
_ACTION = re.compile(r"(?:ACTION|Action)(?:\s+points?)?\s*[:–]\s*\S")
_RESOLVES = re.compile(r"(?:IT WAS )?(?:UNANIMOUSLY )?(?:RESOLVED|AGREED|RECOMMENDED|DECIDED)\b")
_CLEARLY_SHORT = 0.75
"""Share of a short line's width under which a line without a full stop ends its paragraph too."""


def build_paragraphs(
    lines: Sequence[TextLine],
    *,
    number: str | None,
    spacing: Spacing,
    split_labels: bool = True,
    starts: Mapping[int, RowStart] | None = None,
) -> tuple[Paragraph, ...]:
    """Paragraphs of an item's ``lines`` (without its heading).

    Args:
        lines: In reading order.
        number: The item's printed number, which decimal labels must continue ("4" for "4.2").
        spacing: What blank lines mean.
        split_labels: Whether labels are read at all; not in tables, whose figures look like labels.
        starts: Places in ``lines`` at which rows of a table printed line by line begin.
    """
    pairs, used = pair_labels(lines) if split_labels else ({}, frozenset[int]())
    builder = _Builder(
        lines=lines,
        pairs=pairs,
        spacing=spacing,
        split_labels=split_labels,
        lists=Lists(number=number),
        quoted=quoted_lines(lines) if split_labels else frozenset(),
        starts=starts or {},
    )
    for place in range(len(lines)):
        if place not in used:
            builder.add(place)
    return finish(builder.drafts, builder.notes)


@dataclass(slots=True, kw_only=True)
class _Builder:
    """Drafts so far, and what later lines stand under."""

    lines: Sequence[TextLine]
    pairs: Mapping[int, Printed]
    spacing: Spacing
    split_labels: bool
    lists: Lists
    starts: Mapping[int, RowStart]
    quoted: Collection[int] = ()
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    heads: str = ""
    subheading: str = ""
    lead: str = ""
    in_row: bool = False
    """Whether lines go on a row that has begun, where a table is printed line by line."""

    def add(self, place: int) -> None:
        """Begin a paragraph with line ``place``, or go on with the last one."""
        line = self.lines[place]
        if line.note is not None:
            self._add_note(line)
            return
        draft = Draft(lines=[line], context=self.subheading)
        if self._add_to_row(place, draft) or self._add_labelled(place, draft):
            return
        if is_closing(line):
            draft.context, draft.closing = "", True
            self.subheading = ""
            self._append_unlabelled(draft)
        elif line.is_row or is_value_row(line.plain) or is_column_heads(line.plain):
            self._add_row(line, draft)
        elif self._begins_heading(place):
            self.subheading = line.plain
            draft.heading, draft.context = True, ""
            self._append_unlabelled(draft)
        elif self._begins_paragraph(place):
            self._append_unlabelled(draft)
        else:
            self.drafts[-1].lines.append(line)

    @property
    def _before(self) -> TextLine | None:
        return self.drafts[-1].lines[-1] if self.drafts else None

    def _add_to_row(self, place: int, draft: Draft) -> bool:
        """Begin a row of a table, or go on with the one that has begun."""
        line = self.lines[place]
        start = self.starts.get(place)
        if start is not None:
            draft.reference = start.label
            draft.row = self.in_row = True
            draft.context = " ".join(filter(None, [self.subheading, start.heads]))
            if line.is_row:
                self.in_row = False
                self._add_row(line, draft)
            else:
                self._append_unlabelled(draft)
            return True
        if not self.in_row or line.is_row or is_closing(line) or self._ends_table(line):
            self.in_row = False
            return False
        self.drafts[-1].lines.append(line)
        return True

    def _ends_table(self, line: TextLine) -> bool:
        """Whether minutes go on after a table: a sentence about what was said or agreed."""
        return self.split_labels and line.plain.endswith(".") and SPEECH_VERB.search(line.plain) is not None

    def _add_labelled(self, place: int, draft: Draft) -> bool:
        line = self.lines[place]
        printed = self.pairs.get(place)
        label = printed.label if printed else (line.label if self.split_labels else None)
        if label is None or place in self.quoted:
            return False
        if label.style is Style.BULLET:
            self._lead_in(draft, opens=True)
            self.drafts.append(draft)
            return True
        verdict = self.lists.accept(label, line.plain if printed else line.rest, self._before)
        draft.label_span = printed.line.span if printed else None
        if not verdict.accepted:
            if printed is not None:
                self._append_unlabelled(draft)
            return printed is not None
        if verdict.label.style in DECIMALS and not verdict.nested:
            self.subheading = draft.context = ""
        draft.label, draft.nested = verdict.label, verdict.nested
        self._lead_in(draft, opens=verdict.label.ordinal == 1)
        self.drafts.append(draft)
        return True

    def _lead_in(self, draft: Draft, *, opens: bool) -> None:
        """Put the member of a list under the words that open it ("The Panel asked for:")."""
        before = self.drafts[-1] if self.drafts else None
        if before is None or before.heading or before.row:
            self.lead = ""
        elif opens and _LEADS_IN.search(before.lines[-1].plain):
            text = " ".join(line.plain for line in before.lines)
            sentence = _SENTENCES.split(text)[-1]
            told = len(sentence.split()) <= _LEAD_WORDS and not _STOCK_LEAD.search(sentence)
            self.lead = sentence if told else ""
        elif before.label is None and not before.is_bullet:
            self.lead = ""
        draft.context = f"{draft.context} {self.lead}".strip()

    def _add_note(self, line: TextLine) -> None:
        last = self.notes[-1].lines[-1] if self.notes else None
        if last is not None and (last.note, last.noted_at) == (line.note, line.noted_at):
            self.notes[-1].lines.append(line)
        else:
            self.notes.append(Draft(lines=[line]))

    def _add_row(self, line: TextLine, draft: Draft) -> None:
        if line.heads is not None:
            # The page's rules tell what it stands under.
            draft.row, draft.context = True, f"{self.subheading} {line.heads}".strip()
            self.heads = ""
            self.drafts.append(draft)
            return
        head = looks_like_head(line.plain) if line.is_row else is_column_heads(line.plain)
        below_row = bool(self.drafts) and self.drafts[-1].row
        if head and (not below_row or not line.is_row):
            self.heads = " | ".join(cells(line.plain)) if line.is_row else line.plain
            if not line.is_row and line.plain.split()[0].isupper():
                self.subheading = ""  # the heads name their own section: "OFFENDERS Current Month Mar-17"
        elif line.is_row and not below_row:
            self.heads = ""
        draft.row, draft.context = True, f"{self.subheading} {'' if head else in_words(self.heads)}".strip()
        self.drafts.append(draft)

    def _append_unlabelled(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.lists.interrupted = True

    def _begins_heading(self, place: int) -> bool:
        if is_next_meeting(self.lines[place]) and self.lines[place].label is None:
            return True
        parted = self.spacing is Spacing.PARTED
        return is_subheading(self.lines, place, parted=parted) and self._may_start(
            self.lines[place], heading=True
        )

    def _begins_paragraph(self, place: int) -> bool:
        if not self.drafts or self.drafts[-1].row or self.drafts[-1].heading:
            return True
        last = self.drafts[-1]
        if is_signature(last.lines[-1]) or (last.closing and not self.lines[place].starts_lower):
            return True
        return self._may_start(self.lines[place])

    def _may_start(self, line: TextLine, *, heading: bool = False) -> bool:
        """Whether an unlabelled line begins a new paragraph after the one before."""
        before = self._before
        if before is None:
            return True
        if line.starts_lower:
            return False
        short = before.width < SHORT_LINE_SHARE
        fields = short and _FIELD.match(line.plain) and _FIELD.match(before.plain)
        parted = line.blanks_before > 0 and self.spacing is Spacing.PARTED
        told = _ACTION.match(line.plain) or (before.ends_sentence and _RESOLVES.match(line.plain))
        if fields or parted or told or is_margin_note(line.plain) or is_margin_note(before.plain):
            return True
        apart = (line.blanks_before > 0 and self.spacing is not Spacing.DOUBLE) or line.blanks_before > 1
        if before.ends_sentence:
            return short or apart
        if heading:
            return apart or short
        return apart and before.width < SHORT_LINE_SHARE * _CLEARLY_SHORT
