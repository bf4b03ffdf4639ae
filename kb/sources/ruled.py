"""Tables with ruling lines: their cells, filled with text, as rows.

Takes the cells' boxes and the glyphs of a page in one frame. Refuses what only looks like a table: a box around text, a
single column, an empty grid. Lengths are in points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from kb.records import Box
from kb.sources.cells import text_lines
from kb.sources.fills import Fill, fill_of
from kb.sources.glyphs import Glyph, Rule, bounds
from kb.sources.rows import Row, Written, rows_of
from kb.sources.words import Word

MAX_CELL_ROWS: Final = 45
"""A "cell" with more printed rows than this is a page laid out in boxes, to be read as text."""
MAX_RULES: Final = 10_000
"""A page with more rules than this is a drawing, not searched for tables."""
_MIN_SIDE_RULES: Final = 3
_SIDE_TOLERANCE: Final = 2.0
_MIN_OPEN_SIDE: Final = 12.0
_SLIVER: Final = 36.0
_MIDDLE: Final = 0.3
_MARKS: Final = ".,;:!?()[]'\"“”‘’"
_OVERHANG: Final = 0.6
_INSIDE: Final = 0.01


class TableRow(NamedTuple):
    """One row: the rows of text of each cell, left to right; empty cells, and those covered by a wider one, empty.

    ``boxes`` are the cells that begin in this row, one a column (``None`` where another cell reaches over); ``fills``
    name their colours, if plainly red, amber or green; ``is_shaded`` says that all of them have the same fill.
    ``lines`` are the lines to print where the row is laid-out text rather than values, else ``None``.
    """

    cells: tuple[tuple[Row, ...], ...]
    boxes: tuple[Box | None, ...]
    fills: tuple[str, ...]
    is_shaded: bool
    lines: tuple[Row, ...] | None = None

    def written(self, known: Collection[str] = ()) -> Written:
        r"""Write the cells' texts, each on one line, joined by ``\t``.

        Args:
            known: Words that may be put together again where a narrow cell broke them: "Commission", "er".
        """
        text = ""
        words: list[tuple[int, Word]] = []
        for number, cell in enumerate(self.cells):
            text += "\t" if number else ""
            folded = _fold(cell, known)
            words.extend((len(text) + place, word) for place, word in folded.words)
            text += folded.text
        return Written(text, words)

    @property
    def text(self) -> str:
        r"""The cells' texts joined by ``\t``."""
        return self.written().text

    @property
    def texts(self) -> list[str]:
        """The cells' texts."""
        return [_fold(cell, ()).text for cell in self.cells]

    def text_over(self, column: int) -> str:
        """Give the text of the cell that reaches over a column, also if it begins further left."""
        while column and self.boxes[column] is None:
            column -= 1
        return self.texts[column]

    @property
    def rows(self) -> list[Row]:
        """The rows of text of all cells."""
        return [row for cell in self.cells for row in cell]


def words_known(rows: Iterable[Row], tables: Iterable[Table]) -> set[str]:
    """Collect the words of a page, without those that begin a further row of a cell and may be halves."""
    known = {word.text.strip(_MARKS) for row in rows for word in row.words}
    for table in tables:
        for cell in (cell for table_row in table.rows for cell in table_row.cells):
            for index, row in enumerate(cell):
                known.update(word.text.strip(_MARKS) for word in row.words[bool(index) :])
    return known


def _fold(cell: Sequence[Row], known: Collection[str]) -> Written:
    text = ""
    words: list[tuple[int, Word]] = []
    for row in cell:
        if text:
            before, after = text.rsplit(None, 1)[-1].lstrip(_MARKS), row.words[0].text.rstrip(_MARKS)
            is_half = after.islower() and before.isalpha() and after not in known and before + after in known
            text += "" if is_half else " "
        written = row.written()
        words.extend((len(text) + place, word) for place, word in written.words)
        text += written.text
    return Written(text, words)


class Table(NamedTuple):
    """A table: its place, its columns' left edges, and its rows, top to bottom, without those that are empty."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[TableRow, ...]


class _Grid(NamedTuple):
    """Which cell covers which square between neighbouring edges."""

    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], Box]

    def cell_of(self, glyph: Glyph) -> Box | None:
        """Find the cell of a character; one that hangs over the table's left or right border is inside too."""
        x = (glyph.x0 + glyph.x1) / 2
        reach = _OVERHANG * glyph.size
        if x < self.xs[0] <= x + reach:
            x = self.xs[0]
        elif x - reach <= self.xs[-1] <= x:
            x = self.xs[-1] - _INSIDE
        y = glyph.baseline - _MIDDLE * glyph.size
        return self.cells.get((bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1))


def close_sides(rules: Iterable[Rule]) -> list[Rule]:
    """Add the missing left and right border of tables drawn without them.

    Where at least three level rules share both ends and a plumb rule crosses them, the text left of the first and
    right of the last plumb rule is as much in cells as the rest.
    """
    rules = list(rules)
    plumb = [rule for rule in rules if rule.x0 == rule.x1]
    ends = Counter(
        (round(rule.x0 / _SIDE_TOLERANCE), round(rule.x1 / _SIDE_TOLERANCE))
        for rule in rules
        if rule.top == rule.bottom
    )
    added: list[Rule] = []
    for (left, right), count in ends.items():
        if count < _MIN_SIDE_RULES or not plumb:
            continue
        x0, x1 = left * _SIDE_TOLERANCE, right * _SIDE_TOLERANCE
        level = [
            rule
            for rule in rules
            if rule.top == rule.bottom
            and abs(rule.x0 - x0) <= _SIDE_TOLERANCE
            and abs(rule.x1 - x1) <= _SIDE_TOLERANCE
        ]
        top, bottom = min(rule.top for rule in level), max(rule.top for rule in level)
        inside = [rule.x0 for rule in plumb if x0 < rule.x0 < x1 and rule.top < bottom and rule.bottom > top]
        if not inside:
            continue
        touching = [rule.x0 for rule in plumb if rule.top < bottom and rule.bottom > top]
        open_sides = [x for x in (x0, x1) if all(abs(other - x) >= _MIN_OPEN_SIDE for other in touching)]
        added.extend(Rule(x, top, x, bottom) for x in open_sides)
    return rules + added


def read_table(
    cells: Sequence[Box], glyphs: Iterable[Glyph], fills: Sequence[Fill] = ()
) -> tuple[Table | None, list[Glyph]]:
    """Fill the cells of one table with the characters inside them.

    Args:
        cells: Their boxes.
        glyphs: Of the page.
        fills: Coloured areas of the page, in the order in which they were drawn.

    Returns:
        The table, or ``None`` if the cells only look like one, and the characters that are in no cell (then all).
    """
    glyphs = list(glyphs)
    grid = _grid(cells)
    inside: dict[Box, list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph in glyphs:
        cell = grid.cell_of(glyph)
        if cell is None:
            outside.append(glyph)
        else:
            inside.setdefault(cell, []).append(glyph)
    filled = {cell: rows for cell, group in inside.items() if (rows := tuple(rows_of(group)))}
    if not _is_table(cells, filled):
        return None, glyphs
    lefts = _columns(cells, filled)
    box = bounds(cells)
    by_top: dict[float, dict[float, Box]] = {}
    for cell in sorted(cells, key=lambda cell: cell.top):
        by_top.setdefault(cell.top, {})[cell.x0] = cell
    written = {cell.top for cell in filled}
    width = box.x1 - box.x0
    table_rows = [
        _table_row([row.get(left) for left in lefts], filled, fills, width=width)
        for top, row in by_top.items()
        if top in written
    ]
    if any(row.lines for row in table_rows):
        table_rows = [_among_text(row, filled, width=width) for row in table_rows]
    return Table(box=box, columns=tuple(lefts), rows=tuple(table_rows)), outside


def _among_text(row: TableRow, filled: Mapping[Box, tuple[Row, ...]], *, width: float) -> TableRow:
    """A row of a table that lays text out: a number beside one line is a heading."""
    written = {box: filled[box] for box in row.boxes if box is not None and box in filled}
    return row._replace(lines=text_lines(written, width=width, among_text=True))


def _table_row(
    boxes: Sequence[Box | None],
    filled: Mapping[Box, tuple[Row, ...]],
    fills: Sequence[Fill],
    *,
    width: float,
) -> TableRow:
    colours = [None if box is None else fill_of(box, fills) for box in boxes]
    shades = {
        fill.colour if fill else None for box, fill in zip(boxes, colours, strict=True) if box is not None
    }
    written = {box: filled[box] for box in boxes if box is not None and box in filled}
    return TableRow(
        cells=tuple(() if box is None else filled.get(box, ()) for box in boxes),
        boxes=tuple(boxes),
        fills=tuple(fill.name if fill else "" for fill in colours),
        is_shaded=len(shades) == 1 and None not in shades,
        lines=text_lines(written, width=width),
    )


def _grid(cells: Sequence[Box]) -> _Grid:
    xs = sorted({x for cell in cells for x in (cell.x0, cell.x1)})
    ys = sorted({y for cell in cells for y in (cell.top, cell.bottom)})
    column = {x: index for index, x in enumerate(xs)}
    row = {y: index for index, y in enumerate(ys)}
    squares = {
        (across, down): cell
        for cell in cells
        for across in range(column[cell.x0], column[cell.x1])
        for down in range(row[cell.top], row[cell.bottom])
    }
    return _Grid(xs, ys, squares)


def _is_table(cells: Sequence[Box], filled: dict[Box, tuple[Row, ...]]) -> bool:
    """Tell a table by a row with text in two cells at least; boxes around whole pages are none."""
    if any(len(rows) > MAX_CELL_ROWS for rows in filled.values()):
        return False
    per_row = Counter(cell.top for cell in filled)
    return len({cell.x0 for cell in cells}) > 1 and max(per_row.values(), default=0) > 1


def _columns(cells: Sequence[Box], filled: dict[Box, tuple[Row, ...]]) -> list[float]:
    """Give the columns' left edges, without narrow ones in which nothing is written."""
    widest: dict[float, float] = {}
    for cell in cells:
        widest[cell.x0] = max(cell.x1 - cell.x0, widest.get(cell.x0, 0.0))
    written = {cell.x0 for cell in filled}
    return sorted(left for left, width in widest.items() if left in written or width > _SLIVER)
