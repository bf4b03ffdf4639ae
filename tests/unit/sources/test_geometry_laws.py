"""Laws of the geometry, on random marks."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.records import Box
from kb.sources.assembly import SheetLine, assemble
from kb.sources.columns import in_reading_order
from kb.sources.glyphs import Glyph, Rule, Sheet, Turn, into_frame, out_of_frame, plain
from kb.sources.reading import read_sheet
from kb.sources.rows import rows_of
from kb.sources.ruled import close_sides, read_table
from kb.sources.strikes import Strokes

TURNS = st.sampled_from(list(Turn))
NUMBERS = st.integers(0, 600).map(float)


@st.composite
def glyphs(draw: st.DrawFn) -> Glyph:
    """Draw one character somewhere on a sheet, each with a text of its own place, so that none repeats."""
    x, y = draw(st.integers(0, 500)), draw(st.integers(0, 700))
    size = draw(st.sampled_from([7.0, 11.0, 12.0, 20.0]))
    text = draw(st.sampled_from(["a", "B", "7", "•", " ", "ffi", ","]))
    return Glyph(text, x, y - 0.8 * size, x + 0.5 * size, y + 0.2 * size, y, size, draw(st.booleans()))


def _apart(marks: list[Glyph]) -> list[Glyph]:
    """Keep one mark of each text in a neighbourhood, so that none counts as an overprint."""
    places: dict[tuple[str, int, int], Glyph] = {}
    for mark in marks:
        near = [
            (mark.text, int(mark.x0) // 4 + dx, int(mark.baseline) // 4 + dy)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        ]
        if not any(place in places for place in near):
            places[near[4]] = mark
    return list(places.values())


MARKS = st.lists(glyphs(), max_size=60).map(_apart)


def _ink(texts: list[str]) -> Counter[str]:
    return Counter("".join(texts).replace(" ", "").replace("\t", ""))


@given(MARKS, st.randoms(use_true_random=False))
def test_rows_keep_every_character(marks: list[Glyph], random: object) -> None:
    """No character is lost or invented by rows, words and columns."""
    rows = rows_of(marks)
    expected = _ink([mark.text for mark in marks])
    assert _ink([row.text for row in rows]) == expected
    assert _ink([row.text for row in in_reading_order(rows)]) == expected


@given(MARKS)
def test_rows_run_down_and_words_to_the_right(marks: list[Glyph]) -> None:
    """Rows come by baseline, words by their left edge; each has a box around its words."""
    rows = rows_of(marks)
    assert [row.baseline for row in rows] == sorted(row.baseline for row in rows)
    for row in rows:
        assert [word.x0 for word in row.words] == sorted(word.x0 for word in row.words)
        assert row.box.x0 <= row.box.x1
        assert row.box.top < row.box.bottom
        assert row.text == row.text.strip()


@given(MARKS, st.integers(-50, 50), st.integers(-50, 50))
def test_moving_the_page_changes_nothing(marks: list[Glyph], across: int, down: int) -> None:
    """The same marks elsewhere on the sheet give the same rows."""
    moved = [
        mark._replace(
            x0=mark.x0 + across,
            x1=mark.x1 + across,
            top=mark.top + down,
            bottom=mark.bottom + down,
            baseline=mark.baseline + down,
        )
        for mark in marks
    ]
    assert [row.text for row in rows_of(moved)] == [row.text for row in rows_of(marks)]


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), TURNS, NUMBERS, NUMBERS)
def test_turning_back(
    corners: tuple[float, float, float, float], turn: Turn, width: float, height: float
) -> None:
    """Turning into a frame and out again is the identity, and keeps a box a box."""
    box = Box(min(corners[:2]), min(corners[2:]), max(corners[:2]), max(corners[2:]))
    turned = into_frame(box, turn, width=width, height=height)
    assert turned.x0 <= turned.x1
    assert turned.top <= turned.bottom
    assert out_of_frame(turned, turn, width=width, height=height) == box


@given(
    MARKS,
    st.lists(NUMBERS, min_size=2, max_size=4, unique=True),
    st.lists(NUMBERS, min_size=2, max_size=4, unique=True),
)
def test_tables_keep_every_character(marks: list[Glyph], xs: list[float], ys: list[float]) -> None:
    """What a table does not take is left to the text."""
    xs, ys = sorted(xs), sorted(ys)
    cells = [Box(x0, y0, x1, y1) for x0, x1 in itertools.pairwise(xs) for y0, y1 in itertools.pairwise(ys)]
    table, left = read_table(cells, marks)
    texts = [mark.text for mark in left] + [row.written().text for row in (table.rows if table else ())]
    assert _ink(texts) == _ink([mark.text for mark in marks])
    if table:
        assert len({row.written().text.count("\t") for row in table.rows}) == 1


@given(st.dictionaries(TURNS, MARKS, max_size=3))
def test_a_sheet_keeps_every_character(marks: dict[Turn, list[Glyph]]) -> None:
    """Turned and askew text is kept too, and every line is one line."""
    sheet = Sheet(width=600, height=800, glyphs=marks, rules=[], has_picture=False)
    lines, _ = read_sheet(sheet, lambda _: [])
    assert _ink([line.text for line in lines]) == _ink(
        [mark.text for group in marks.values() for mark in group]
    )
    assert not any("\n" in line.text or "\f" in line.text for line in lines)
    assert not lines or (lines[0].text and lines[-1].text)


@given(st.lists(st.lists(st.text(alphabet="ab1 \t", max_size=8), max_size=5), max_size=5))
def test_lines_know_their_place(texts: list[list[str]]) -> None:
    """Every line equals the text at its span and lies within its page's."""
    text, lines, pages = assemble([[SheetLine(text=each) for each in sheet] for sheet in texts])
    assert text == "\n\f".join("\n".join(sheet) for sheet in texts)
    for line in lines:
        assert text[line.span.start : line.span.end] == line.text
        assert line.page is not None
        page = pages[line.page - 1]
        assert page.span.start <= line.span.start <= line.span.end <= page.span.end
    assert [page.number for page in pages] == list(range(1, len(texts) + 1))


@given(st.text(max_size=3))
def test_plain_text_is_printable(text: str) -> None:
    """A glyph never brings a line break, a control character or half a character into the text."""
    said = plain(text)
    assert said in {"", " "} or said == said.strip()
    assert not any(char < " " or "\ud800" <= char <= "\udfff" for char in said)


@given(MARKS, st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=5))
def test_strikes_only_name_words_of_the_row(
    marks: list[Glyph], lines: list[tuple[float, float, float]]
) -> None:
    """What is reported as struck out is printed there."""
    rows = rows_of(marks)
    rules = [Rule(min(x0, x1), y, max(x0, x1), y) for x0, x1, y in lines]
    for row in rows:
        written = row.written()
        struck = Strokes(rules).struck(written, [row])
        assert all(0 <= start < end <= len(written.text) for start, end in struck)
        assert all(before.end < after.start for before, after in itertools.pairwise(struck))


@pytest.mark.parametrize("rules", [[], [Rule(0, 0, 10, 0)], [Rule(0, y, 100, y) for y in (0.0, 10.0, 20.0)]])
def test_no_sides_without_inner_rules(rules: list[Rule]) -> None:
    """Level rules alone, such as those of underlined text, get no side borders."""
    assert close_sides(rules) == rules
