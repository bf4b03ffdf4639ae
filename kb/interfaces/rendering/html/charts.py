"""Small pictures of numbers as SVG; the numbers themselves stand in a table or list beside each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from kb.interfaces.rendering import words
from kb.interfaces.rendering.html.markup import Html, join, tag

_WIDTH: Final = 720
_HEIGHT: Final = 180
_MARGIN: Final = 28
_ROW: Final = 28
_LABEL: Final = 150
_NUMBER: Final = 70
_YEAR: Final = 48


class Bar(NamedTuple):
    """A value between 0 and 1 with its interval."""

    label: str
    value: float
    low: float
    high: float


def over_time(title: str, points: Sequence[tuple[dt.date, int, str]]) -> Html:
    """A column for each day, as high as its count, at its place in time."""
    first, last = points[0][0], points[-1][0]
    days = max(1, (last - first).days)
    highest = max(count for _, count, _ in points)
    floor = _HEIGHT - _MARGIN

    def x(day: dt.date) -> float:
        return _MARGIN + (_WIDTH - 2 * _MARGIN) * (day - first).days / days

    columns = join(
        tag(
            "g",
            tag("title", f"{words.day(day)}{f', {body}' if body else ''}: {count}"),
            tag(
                "rect",
                x=f"{x(day) - 5:.1f}",
                y=f"{floor - (floor - _MARGIN) * count / highest:.1f}",
                width="10",
                height=f"{(floor - _MARGIN) * count / highest:.1f}",
                class_="kb-bar",
            ),
            tag(
                "text",
                str(count),
                x=f"{x(day):.1f}",
                y=f"{floor - (floor - _MARGIN) * count / highest - 6:.1f}",
                text_anchor="middle",
            ),
        )
        for day, count, body in points
    )
    starts = [(year, x(max(first, dt.date(year, 1, 1)))) for year in range(first.year, last.year + 1)]
    # Of a first year that has hardly begun to be drawn the next one's number would stand in the way.
    if len(starts) > 1 and starts[1][1] - starts[0][1] < _YEAR:
        del starts[0]
    years = join(tag("text", str(year), x=f"{left:.1f}", y=str(_HEIGHT - 8)) for year, left in starts)
    axis = tag("path", d=f"M{_MARGIN - 8} {floor}H{_WIDTH - _MARGIN + 8}", class_="kb-axis")
    return _svg(title, join(axis, columns, years), _HEIGHT)


def bars(title: str, rows: Sequence[Bar]) -> Html:
    """Horizontal bars with whiskers for their intervals."""
    span = _WIDTH - _LABEL - _NUMBER

    def x(value: float) -> float:
        return _LABEL + span * min(max(value, 0.0), 1.0)

    return _svg(
        title,
        join(_bar(row, number * _ROW, x) for number, row in enumerate(rows)),
        max(1, len(rows)) * _ROW,
    )


def _bar(row: Bar, top: int, x: Callable[[float], float]) -> Html:
    middle = top + _ROW // 2
    return join(
        tag("text", row.label, x=str(_LABEL - 10), y=str(middle + 5), text_anchor="end"),
        tag(
            "rect",
            x=str(_LABEL),
            y=str(top + 6),
            width=f"{x(row.value) - _LABEL:.1f}",
            height=str(_ROW - 12),
            class_="kb-bar",
        ),
        tag(
            "path",
            d=f"M{x(row.low):.1f} {middle}H{x(row.high):.1f}"
            f"M{x(row.low):.1f} {top + 9}v10M{x(row.high):.1f} {top + 9}v10",
            class_="kb-whisker",
        ),
        tag("text", f"{row.value:.3f}", x=str(_WIDTH - _NUMBER + 10), y=str(middle + 5)),
    )


def _svg(title: str, content: Html, height: int) -> Html:
    picture = tag(
        "svg",
        tag("title", title),
        content,
        role="img",
        viewBox=f"0 0 {_WIDTH} {height}",
        class_="kb-chart",
        aria_label=title,
    )
    # Where there is no room for it, it scrolls: its numbers would be too small to read.
    return tag(
        "div", picture, class_="kb-scroll", role="region", tabindex="0", aria_label=f"Picture: {title}"
    )
