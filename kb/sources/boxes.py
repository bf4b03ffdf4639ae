"""Where spans of a source are printed: boxes on its pages.

Takes a `Source` and spans of its text; gives a box for each run of neighbouring lines on a page. Files without geometry
give none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from kb.records import Box, Line, PageBox, Source, Span

_MAX_STEP: Final = 2.5
"""Line heights; lines further apart than this are boxed each on its own."""
_SAME_LINE: Final = 0.6


class Boxes:
    """Finds where spans of one source are printed; made once a source, asked for every node."""

    def __init__(self, source: Source) -> None:
        self._lines = [line for line in source.lines if line.box is not None and line.text.strip()]
        self._ends = [line.span.end for line in self._lines]
        self._pages = {page.number: page for page in source.pages if page.width and page.height}

    def of(self, spans: Iterable[Span]) -> tuple[PageBox, ...]:
        """Find where ``spans`` are printed.

        Returns:
            One box for each run of lines that follow each other down a column of a page, in the order of the spans; a
            line of which only a part is meant is boxed from its first such word to its last.
        """
        runs: list[tuple[int, Box]] = []
        last: Box | None = None
        for page, box in self._pieces(spans):
            if last is not None and runs[-1][0] == page and _follows(last, box):
                runs[-1] = (page, _around(runs[-1][1], box))
            else:
                runs.append((page, box))
            last = box
        sizes = self._pages
        return tuple(
            PageBox(page, box, sizes[page].width or 0.0, sizes[page].height or 0.0) for page, box in runs
        )

    def _pieces(self, spans: Iterable[Span]) -> Iterator[tuple[int, Box]]:
        for span in spans:
            index = bisect_right(self._ends, span.start)
            while index < len(self._lines) and self._lines[index].span.start < span.end:
                line = self._lines[index]
                index += 1
                box = _part(line, span)
                if box is not None and line.page in self._pages:
                    yield line.page, box


def boxes_of(source: Source, spans: Iterable[Span]) -> tuple[PageBox, ...]:
    """Find where some spans of a source are printed; see `Boxes.of`."""
    return Boxes(source).of(spans)


def _part(line: Line, span: Span) -> Box | None:
    """Give the box of the words of ``line`` inside ``span``; of the whole line where its words have no place."""
    start, end = span.start - line.span.start, span.end - line.span.start
    if not line.text[max(0, start) : end].strip():
        return None
    if not line.words or (start <= 0 and end >= len(line.text)):
        return line.box
    inside = [word.box for word in line.words if word.start < end and word.end > start]
    if not inside:
        return line.box
    box = inside[0]
    for other in inside[1:]:
        box = _around(box, other)
    return box


def _follows(box: Box, after: Box) -> bool:
    """Tell whether line ``after`` goes on where ``box`` ends: beside it, or below it in the same column."""
    height = min(box.bottom - box.top, after.bottom - after.top)
    step = after.top - box.bottom
    if -step > _SAME_LINE * height:
        return abs(after.top - box.top) < height
    return step <= _MAX_STEP * height and min(box.x1, after.x1) > max(box.x0, after.x0)


def _around(box: Box, other: Box) -> Box:
    return Box(
        min(box.x0, other.x0), min(box.top, other.top), max(box.x1, other.x1), max(box.bottom, other.bottom)
    )
