"""The page numbers printed on sheets, told from the first and last lines of each.

Takes the lines of all pages, because a number inside a header or footer is only believed if it counts up with the
sheets. Gives the number as printed, ``None`` where there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

_DASH: Final = "[-\N{EN DASH}\N{EM DASH}]"
_NUMBER: Final = r"(?:[A-Z]?\d{1,3}[A-Z]?|1[0-8]\d\d|[ivxl]{1,7})"
_PRINTED: Final = re.compile(
    rf"(?:page\s*)?(?P<number>{_NUMBER})(?:\s*(?:of|/)\s*\d{{1,4}})?"
    rf"|{_DASH}\s*(?P<dashed>{_NUMBER})\s*{_DASH}",
    re.IGNORECASE,
)
_WORDED: Final = re.compile(rf"page\s*(?P<number>{_NUMBER})(?:\s*of\s*\d{{1,4}})?", re.IGNORECASE)
_EDGE_LINES: Final = 3
_MIN_COUNTING: Final = 2
"""Pages on which a number alone on a line near the edge, or set apart in a footer, must count up with the sheets."""
_MIN_COUNTING_INSIDE: Final = 3
"""The same for a number that merely begins or ends a header or footer."""


def printed_number(text: str) -> str | None:
    """Read a line that is nothing but a page number.

    Understands ``7``, ``iv``, ``A3``, ``Page 7``, ``7 of 12``, ``Page 7 of 12``, ``7/12`` and ``- 7 -``.

    Returns:
        The number as printed, or ``None`` if the line says anything else.
    """
    match = _PRINTED.fullmatch(text.strip())
    return (match["number"] or match["dashed"]) if match else None


def page_labels(pages: Sequence[Sequence[str]]) -> list[str | None]:
    """Find the printed number of each page.

    Args:
        pages: The lines of each page, top to bottom.

    Returns:
        One label for each page: that of a line at the very bottom or top which is nothing but a number, or of a
        header or footer with a number in it that counts up with the sheets.
    """
    edges = [_edges(lines) for lines in pages]
    apart: dict[int, dict[int, str]] = defaultdict(dict)
    inside: dict[int, dict[int, str]] = defaultdict(dict)
    for index, lines in enumerate(edges):
        for number, is_apart in _counting(lines):
            found = apart if is_apart else inside
            found[int(number) - index].setdefault(index, number)
            if is_apart:
                inside[int(number) - index].setdefault(index, number)
    labels = [_certain(lines) for lines in edges]
    for series, least in ((apart, _MIN_COUNTING), (inside, _MIN_COUNTING_INSIDE)):
        for numbers in sorted(series.values(), key=len, reverse=True):
            if len(numbers) >= least:
                for index, number in numbers.items():
                    labels[index] = labels[index] or number
    return labels


def _edges(lines: Sequence[str]) -> list[str]:
    """Give the last and the first visible lines, outermost first, the last before the first."""
    visible = [line for line in lines if line.strip()]
    count = len(visible)
    order = [place for depth in range(_EDGE_LINES) for place in (count - 1 - depth, depth)]
    return [visible[place] for place in dict.fromkeys(order) if 0 <= place < count]


def _certain(edges: Sequence[str]) -> str | None:
    for line in edges[:2]:
        if number := printed_number(line):
            return number
        for segment in _segments(line):
            if match := _WORDED.fullmatch(segment):
                return match["number"]
    return None


def _counting(edges: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Give numbers that may be page numbers, and whether each stands apart from other text."""
    for line in edges:
        if (number := printed_number(line)) and number.isdecimal():
            yield number, True
        for segment in _segments(line):
            if (match := _WORDED.fullmatch(segment)) and match["number"].isdecimal():
                yield match["number"], True
    for line in edges[:2]:
        segments, words = _segments(line), line.split()
        for segment in (segments[-1], segments[0]):
            if (number := printed_number(segment)) and number.isdecimal():
                yield number, True
        for word in (words[-1], words[0]):
            if word.isdecimal() and printed_number(word):
                yield word, False


def _segments(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())
