"""One sheet, read: its marks become lines in reading order.

Takes a `Sheet` and the cells found on it; gives `SheetLine` records and what was notable. Askew text and text that runs
another way than the rest of the sheet follows at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from kb.records import Box, PlacedWord
from kb.sources.aligned import take_aligned
from kb.sources.assembly import BLANK, SheetLine, SheetSize
from kb.sources.columns import in_reading_order
from kb.sources.fills import Fill
from kb.sources.glyphs import (
    Glyph,
    Rule,
    Sheet,
    Turn,
    bounds,
    into_frame,
    main_turn,
    out_of_frame,
    turn_fills,
    turn_rules,
)
from kb.sources.heads import HeadReader
from kb.sources.rows import Row, Written, rows_of
from kb.sources.ruled import MAX_RULES, Table, TableRow, close_sides, read_table, words_known
from kb.sources.strikes import Strokes
from kb.sources.words import Word

BLANK_PITCH: Final = 1.4
"""A step from line to line this many times the usual one is printed as a blank line."""
_PITCH_WINDOW: Final = 12
_PITCH_SHARE: Final = 0.3
_LEAST_PITCH: Final = 1.0
_LARGEST_PITCH: Final = 2.2
_MIN_GRID_RULES: Final = 2
_SENTENCE_ENDS: Final = (".", "!", "?", ":", ";")
_LONGEST_QUOTE: Final = 80
_QUARTER: Final = 90
_BESIDE: Final = 3
"""Rows above and below that show where columns begin."""

CellFinder = Callable[[Sequence[Rule]], list[list[Box]]]
"""Finds the tables among rules: the boxes of each one's cells."""


class _Printed(NamedTuple):
    """A line with the baselines of its first and last row, and the number of the table it belongs to."""

    line: SheetLine
    first: float
    last: float
    table: int | None


def read_sheet(
    sheet: Sheet, find_cells: CellFinder, heads: HeadReader | None = None
) -> tuple[list[SheetLine], list[str]]:
    """Read one sheet.

    Args:
        sheet: Its marks.
        find_cells: Finds tables among rules.
        heads: Knows the tables of the sheets before this one.

    Returns:
        Its lines in reading order, a blank one where the step between two is clearly larger than usual; and what was
        notable, each as a clause that can follow "page 3: ".
    """
    turn = main_turn(sheet.glyphs)
    rules = turn_rules(sheet.rules, turn, width=sheet.width, height=sheet.height)
    size = {"width": sheet.width, "height": sheet.height}
    fills = turn_fills(sheet.fills, turn, **size)
    glyphs, tables = _take_tables(sheet.glyphs.get(turn, []), rules, fills, find_cells)
    rows, aligned = take_aligned(rows_of(glyphs))
    tables = sorted([*tables, *aligned], key=lambda table: table.box.top)
    told = (heads or HeadReader()).read(tables, height=size_of(sheet).height)
    printed = _merge(rows, tables, told, Strokes(rules))
    rows += [row for table in tables for table_row in table.rows for row in table_row.rows]
    lines = _space_out(printed)
    issues = _issues(rows)
    for other in Turn:
        if other is turn or not sheet.glyphs.get(other):
            continue
        aside = _read_askew(sheet.glyphs[other]) if other is Turn.ASKEW else rows_of(sheet.glyphs[other])
        issues += _issues(aside)
        if lines and aside:
            lines.append(BLANK)
        lines.extend(_turned_line(row, other, turn, sheet) for row in aside)
    return lines, struck_issues(lines) + issues


def size_of(sheet: Sheet) -> SheetSize:
    """Give the size of a sheet as it is read, and how far it is turned for that."""
    turn = main_turn(sheet.glyphs)
    sideways = turn in {Turn.UPWARDS, Turn.DOWNWARDS}
    width, height = (sheet.height, sheet.width) if sideways else (sheet.width, sheet.height)
    return SheetSize(width, height, _QUARTER * turn)


def _take_tables(
    glyphs: list[Glyph], rules: Sequence[Rule], fills: Sequence[Fill], find_cells: CellFinder
) -> tuple[list[Glyph], list[Table]]:
    """Take the tables drawn with rules out of a page; the characters in none of them are left."""
    tables: list[Table] = []
    if _may_hold_table(rules):
        for cells in find_cells(close_sides(rules)):
            table, glyphs = read_table(cells, glyphs, fills)
            if table is not None:
                tables.append(table)
    return glyphs, tables


def _may_hold_table(rules: Sequence[Rule]) -> bool:
    plumb = sum(rule.x0 == rule.x1 for rule in rules)
    return min(plumb, len(rules) - plumb) >= _MIN_GRID_RULES and len(rules) <= MAX_RULES


def _merge(
    rows: Sequence[Row], tables: Sequence[Table], told: Sequence[Sequence[str]], strokes: Strokes
) -> list[_Printed]:
    """Put rows and tables in reading order; a table is read whole where its first row stands."""
    known = words_known(rows, tables) if tables else set()
    marks = [
        _mark(table, table_row, number) for number, table in enumerate(tables) for table_row in table.rows
    ]
    ordered = in_reading_order(sorted([*rows, *marks], key=lambda row: (row.baseline, row.x0)))
    starts = [row.column_starts() if row.table is None else [] for row in ordered]
    printed: list[_Printed] = []
    done: set[int] = set()
    for index, row in enumerate(ordered):
        if row.table is None:
            around = [
                start for near in starts[max(0, index - _BESIDE) : index + _BESIDE + 1] for start in near
            ]
            line = _line(row.written(around), [row], strokes)
            printed.append(_Printed(line, row.baseline, row.baseline, None))
        elif row.table not in done:
            done.add(row.table)
            for each, heads in zip(tables[row.table].rows, told[row.table], strict=True):
                printed.extend(_print_table_row(each, row.table, known, strokes, heads))
    return printed


def _print_table_row(
    table_row: TableRow, table: int, known: Collection[str], strokes: Strokes, heads: str
) -> list[_Printed]:
    """Print a row of values as one line that stands under ``heads``, and laid-out text as the lines it has."""
    if table_row.lines is not None:
        written = [(_line(row.written(), [row], strokes), row.baseline) for row in table_row.lines]
        return [_Printed(line, baseline, baseline, None) for line, baseline in written]
    line = replace(_line(table_row.written(known), table_row.rows, strokes), heads=heads)
    baselines = [inside.baseline for inside in table_row.rows]
    return [_Printed(line, min(baselines), max(baselines), table)]


def _mark(table: Table, table_row: TableRow, number: int) -> Row:
    """Make a row that holds the place of a table's row, as wide as the table."""
    size = median([row.size for row in table_row.rows])
    baseline = min([row.baseline for row in table_row.rows])
    x0, _, x1, _ = table.box
    place = Word(text="", x0=x0, top=baseline - size, x1=x1, bottom=baseline, size=size, bold=0)
    return Row(words=(place,), baseline=baseline, size=size, table=number)


def _line(written: Written, rows: Sequence[Row], strokes: Strokes) -> SheetLine:
    """Make a line of one or several rows and the text they are written as."""
    return SheetLine(
        text=written.text,
        box=bounds([row.box for row in rows]),
        size=median([row.size for row in rows]),
        bold=2 * sum(row.is_bold for row in rows) > len(rows),
        words=tuple([PlacedWord(place, place + len(word.text), word.box) for place, word in written.words]),
        struck=strokes.struck(written, rows),
    )


def _space_out(printed: Sequence[_Printed]) -> list[SheetLine]:
    """Insert blank lines where the step from one baseline to the next is clearly larger than usual around it."""
    steps = [after.first - before.last for before, after in pairwise(printed)]
    lines: list[SheetLine] = []
    for index, each in enumerate(printed):
        if index and _is_parted(printed, steps, index):
            lines.append(BLANK)
        lines.append(each.line)
    return lines


def _is_parted(printed: Sequence[_Printed], steps: Sequence[float], index: int) -> bool:
    before, each, step = printed[index - 1], printed[index], steps[index - 1]
    if each.table is not None and each.table == before.table:
        return False
    if step <= 0:
        # The next column: nothing shows whether the paragraph goes on there but its wording.
        return before.line.text.endswith(_SENTENCE_ENDS) and not each.line.text[0].islower()
    return step > BLANK_PITCH * _usual_pitch(printed, steps, index - 1)


def _usual_pitch(printed: Sequence[_Printed], steps: Sequence[float], index: int) -> float:
    """Give the usual step around a step: a low quantile, so that gaps between paragraphs count little.

    Held between one and about two font sizes, for pages on which every step is a wide one.
    """
    start = max(0, index - _PITCH_WINDOW)
    size = min(printed[index].line.size or 0.0, printed[index + 1].line.size or 0.0)
    around = sorted(
        step for step in steps[start : index + _PITCH_WINDOW + 1] if step > _LEAST_PITCH * size * 0.8
    )
    usual = around[int(len(around) * _PITCH_SHARE)] if around else size
    return min(max(usual, _LEAST_PITCH * size), _LARGEST_PITCH * size)


def _read_askew(glyphs: Sequence[Glyph]) -> list[Row]:
    """Read text that slants, such as a watermark, in the order in which it was drawn, as one row."""
    size = median([glyph.size for glyph in glyphs])
    drawn = [
        glyph._replace(x0=size * index, x1=size * (index + 1), baseline=size, size=size)
        for index, glyph in enumerate(glyphs)
    ]
    return rows_of(drawn)


def _turned_line(row: Row, turn: Turn, main: Turn, sheet: Sheet) -> SheetLine:
    """Make a line of a row that does not run as the sheet does; askew rows have no true box."""
    if turn is Turn.ASKEW:
        box = bounds(sheet.glyphs[turn])
    else:
        size = {"width": sheet.width, "height": sheet.height}
        strokes = Strokes(turn_rules(sheet.rules, turn, **size))
        line = _line(row.written(), [row], strokes)
        words = tuple(
            word._replace(box=into_frame(out_of_frame(word.box, turn, **size), main, **size))
            for word in line.words
        )
        return replace(line, box=bounds([word.box for word in words]), words=words)
    return SheetLine(text=row.text, box=box, size=row.size, bold=row.is_bold)


def struck_issues(lines: Iterable[SheetLine]) -> list[str]:
    """Say of each line what is struck through in it."""
    return [
        f"struck-through text, not quoted: {_quote(' '.join(line.text[slice(*span)] for span in line.struck))}"
        for line in lines
        if line.struck
    ]


def _issues(rows: Sequence[Row]) -> list[str]:
    issues: list[str] = []
    raised = [
        f"{_quote(word.text)} after {_quote(before.text)}" if before else _quote(word.text)
        for row in rows
        for before, word in zip((None, *row.words), row.words, strict=False)
        if word.raised
    ]
    if raised:
        issues.append(f"raised marks kept apart: {', '.join(raised)}")
    unknown = sum(word.text.count("(cid:") for row in rows for word in row.words)
    if unknown:
        issues.append(f"{unknown} characters whose font does not say what they are, shown as (cid:…)")
    return issues


def _quote(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST_QUOTE else f'"{text[:_LONGEST_QUOTE]}…"'
