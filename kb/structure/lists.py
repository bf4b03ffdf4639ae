"""Which printed labels count: those that continue a list or begin one.

Takes the labels of one item in order; says of each whether it is one, and whether it belongs to a list inside a
labelled paragraph. Anything else that looks like a label (a year at a line start, a figure, a reference to "Item
6") is text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kb.structure.labels import Label, Style, follows
from kb.structure.lines import SHORT_LINE_SHARE, TextLine

DECIMALS = frozenset({Style.DECIMAL, Style.TRIPLE})
_NEVER_PARAGRAPHS = frozenset({Style.BARE, Style.LONG, Style.NAMED, Style.SLASH})
"""Styles that number items only: "12 invoices", "2018. The force" and "Item 6 - to review" begin no paragraph."""
_MAX_GAP = 3
_MAX_FIRST = 30


class Verdict(NamedTuple):
    """Whether a label is one, whether it is nested, and the label as understood."""

    accepted: bool
    nested: bool
    label: Label


@dataclass(slots=True)
class Lists:
    """Which list the item is in: the last label of its own list, and of a list nested in that label's paragraph."""

    number: str | None
    main: Label | None = None
    nested: Label | None = None
    interrupted: bool = False

    def accept(self, label: Label, rest: str, before: TextLine | None) -> Verdict:  # noqa: PLR0911 - one test after the other
        """Decide about a label: ``rest`` is the text after it, ``before`` the line that precedes it."""
        if label.style in _NEVER_PARAGRAPHS:
            return Verdict(accepted=False, nested=False, label=label)
        opens_text = rest[:1].isupper() or not rest or not rest[:1].isalpha()
        mid_sentence = (
            before is not None
            and not before.ends_sentence
            and before.label is None
            and before.width > SHORT_LINE_SHARE
        )
        if mid_sentence and not opens_text:
            return Verdict(accepted=False, nested=False, label=label)
        if label.style in DECIMALS:
            return Verdict(accepted=self._accept_decimal(label), nested=False, label=label)
        found = self._continue(label)
        if found is not None:
            return found
        if label.ordinal == 1:
            return self._begin(label)
        repeated = (
            self.main is not None and label.style is self.main.style and label.ordinal == self.main.ordinal
        )
        lost_start = self.main is None and label.ordinal <= _MAX_FIRST and not mid_sentence and opens_text
        if repeated or (lost_start and rest):
            self._take(label)
            return Verdict(accepted=True, nested=False, label=label)
        return Verdict(accepted=False, nested=False, label=label)

    def _continue(self, label: Label) -> Verdict | None:
        """The next label of the main list, or of the nested one; "i)" may be a letter or a numeral."""
        readings = [reading for reading in (label.as_letter(), label) if reading is not None]
        for reading in readings:
            if self.main is None or not follows(self.main, reading, gap=_MAX_GAP):
                continue
            if self.nested is None or not follows(self.nested, reading) or reading.style is self.main.style:
                self._take(reading)
                return Verdict(accepted=True, nested=False, label=reading)
        for reading in readings:
            if self.nested is not None and follows(self.nested, reading, gap=2):
                self.nested = reading
                return Verdict(accepted=True, nested=True, label=reading)
        return None

    def _take(self, label: Label) -> None:
        self.main, self.nested, self.interrupted = label, None, False

    def _begin(self, label: Label) -> Verdict:
        decimal = self.main is not None and self.main.style in DECIMALS
        other = self.main is not None and not self.interrupted and self.main.style is not label.style
        if decimal or other:
            self.nested = label
            return Verdict(accepted=True, nested=True, label=label)
        self._take(label)
        return Verdict(accepted=True, nested=False, label=label)

    def _accept_decimal(self, label: Label) -> bool:
        if self.main is not None and self.main.style in DECIMALS and self.main.parent == label.parent:
            fits = 0 <= label.ordinal - self.main.ordinal <= _MAX_GAP
        else:
            fits = self._fits_number(label)
        if fits:
            self._take(label)
        return fits

    def _fits_number(self, label: Label) -> bool:
        """Whether a decimal label continues the item's number, or a label of a lower level."""
        if self.main is not None and label.value.count(".") < self.main.value.count("."):
            return True
        if self.number is None or not self.number.isdigit():
            return label.ordinal <= _MAX_GAP
        if label.parent in {self.number, self.main.value if self.main is not None else None}:
            return True
        # A report's numbers may lag behind its section's ("2.2" first in section 3): a slip, and still the label.
        return self.main is None and label.parent.isdigit() and abs(int(label.parent) - int(self.number)) == 1
