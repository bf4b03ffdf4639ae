"""Rows of action tables whose cells are told apart, under heads such as "Ref", "Action", "Owner", "Due", "Position".

Takes paragraphs; gives `Action` records, or none where the heads are not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.records import Span
from kb.register.decision_words import body_of, decides
from kb.register.records import Action
from kb.register.words import Block, Folded

_HEADS: tuple[tuple[str, str], ...] = (
    ("status", r"position|status|update|progress|outcome|response|comments?|complete[d?]*"),
    ("due", r"due|by\s+when|deadline|target|when|date(?!\s+of\s+meeting)|timescale"),
    ("who", r"owner|lead|who|by\s+whom|responsib\w*|officer|assigned(?:\s+to)?|action\s+by|for"),
    ("what", r"actions?(?:\s+(?:required|agreed|point))?|task|recommendation|decision|agreed\s+action"),
    ("item", r"ref\.?|reference|item|minute|no\.?|number|agenda\s+item"),
    ("subject", r"subject|topic|title|issue|meeting|date\s+of\s+meeting"),
)
_NEEDED = 3
_FEWEST_CELLS = 2
_WORDS_OF_A_HEAD = 7


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words of one cell and where they stand."""

    spans: tuple[Span, ...]
    text: str


@dataclass(slots=True)
class _Columns:
    """What the cells of a table are."""

    names: list[str] = field(default_factory=list)

    def cell(self, cells: Sequence[_Cell], name: str) -> _Cell | None:
        """The cell of a column, if the table has it and it is not empty."""
        place = self.names.index(name) if name in self.names else len(cells)
        return cells[place] if place < len(cells) and cells[place].text else None


def read_table(
    source: str, blocks: Sequence[Block], number: int, item: str | None = None
) -> tuple[Action, ...]:
    """Read the rows below a row of heads; empty if there is none."""
    columns: _Columns | None = None
    found: list[Action] = []
    for block in blocks:
        if not (block.paragraph.is_row or block.paragraph.is_heading):
            continue
        cells = _cells(source, block)
        heads = _heads(cells)
        if heads is not None:
            columns = heads
            continue
        if columns is None or len(cells) < _FEWEST_CELLS:
            continue
        what = columns.cell(cells, "what")
        if what is None or _is_decision(what.text):
            continue
        who, due, status, ref = (columns.cell(cells, name) for name in ("who", "due", "status", "item"))
        found.append(
            Action(
                part=number,
                spans=what.spans,
                item=ref.text if ref else item,
                who=who.text if who else None,
                due=due.text if due else None,
                status=status.text if status else None,
                told=status.spans if status else (),
            )
        )
    return tuple(found)


def _is_decision(text: str) -> bool:
    return decides(text, body_of(None), formal=True, chooses=False) is not None


def _heads(cells: Sequence[_Cell]) -> _Columns | None:
    names: list[str] = []
    for cell in cells:
        known = (
            name
            for name, pattern in _HEADS
            if name not in names and re.match(rf"(?:{pattern})\b", cell.text, re.IGNORECASE)
        )
        names.append(next(known, ""))
    known_names = [name for name in names if name]
    if (
        "what" in names
        and len(known_names) >= _NEEDED
        and all(len(cell.text.split()) <= _WORDS_OF_A_HEAD for cell in cells)
    ):
        return _Columns(names)
    return None


def _cells(source: str, block: Block) -> list[_Cell]:
    """The cells of a row: its lines parted at tabs, column by column."""
    cells: list[list[Span]] = []
    for span in block.paragraph.spans:
        start = span.start
        for column, piece in enumerate(source[span.start : span.end].split("\t")):
            while len(cells) <= column:
                cells.append([])
            if piece.strip():
                cells[column].append(Span(start, start + len(piece)))
            start += len(piece) + 1
    label = block.paragraph.label_span
    folded = [Folded(source, spans) for spans in cells]
    if label is not None and not (
        block.paragraph.spans
        and block.paragraph.spans[0].start <= label.start < block.paragraph.spans[-1].end
    ):
        folded = [Folded(source, [label]), *folded]
    return [_Cell(each.cut(), each.text) for each in folded]


__all__ = ["read_table"]
