"""Small plots as SVG text, for pages that need nothing from outside.

Takes numbers, gives ``<svg>`` elements whose colours come from the page's CSS classes and whose content is
told in a ``<title>``; the same numbers stand in a table beside each plot. Labels are escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_ROW = 26  # pixels
_LABEL = 150
_WIDTH = 640
_NUMBER = 60
_MARGIN = 40
_HEIGHT = 260


class Bar(NamedTuple):
    """A value in [0, ``top``] with its interval."""

    label: str
    value: float
    low: float
    high: float


def bars(title: str, rows: Sequence[Bar], *, top: float = 1.0) -> str:
    """Draw horizontal bars with whiskers for their intervals."""
    span = _WIDTH - _LABEL - _NUMBER

    def x(value: float) -> float:
        return _LABEL + span * min(value, top) / top

    parts = []
    for number, row in enumerate(rows):
        y = number * _ROW
        middle = y + _ROW / 2
        parts.append(
            f'<text class="label" x="{_LABEL - 8}" y="{middle + 4:.0f}" text-anchor="end">{escape(row.label)}</text>'
            f'<rect class="bar" x="{_LABEL}" y="{y + 5}" width="{x(row.value) - _LABEL:.1f}" height="{_ROW - 10}"/>'
            f'<path class="whisker" d="M{x(row.low):.1f} {middle}H{x(row.high):.1f}'
            f'M{x(row.low):.1f} {y + 8}v{_ROW - 16}M{x(row.high):.1f} {y + 8}v{_ROW - 16}"/>'
            f'<text x="{_WIDTH - _NUMBER + 8}" y="{middle + 4:.0f}">{row.value:.3f}</text>'
        )
    return _svg(title, "".join(parts), _WIDTH, max(1, len(rows)) * _ROW)


def curve(title: str, points: Sequence[tuple[float, float]], *, x_label: str, y_label: str) -> str:
    """Draw a line through points in [0, 1] x [0, 1]."""
    width, height = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN

    def at(x: float, y: float) -> str:
        return f"{_MARGIN + width * x:.1f} {_MARGIN + height * (1 - y):.1f}"

    axes = f'<path class="axis" d="M{at(0, 1)}L{at(0, 0)}L{at(1, 0)}"/>'
    line = "L".join(at(x, y) for x, y in points)
    path = f'<path class="line" d="M{line}"/>' if points else ""
    ticks = "".join(
        f'<text x="{_MARGIN + width * tick:.0f}" y="{_HEIGHT - _MARGIN + 16}" text-anchor="middle">{tick:g}</text>'
        f'<text x="{_MARGIN - 6}" y="{_MARGIN + height * (1 - tick) + 4:.0f}" text-anchor="end">{tick:g}</text>'
        for tick in (0, 0.5, 1)
    )
    labels = (
        f'<text x="{_MARGIN + width / 2}" y="{_HEIGHT - 4}" text-anchor="middle">{escape(x_label)}</text>'
        f'<text x="{_MARGIN}" y="{_MARGIN - 12}">{escape(y_label)}</text>'
    )
    return _svg(title, axes + path + ticks + labels, _WIDTH, _HEIGHT)


def columns(title: str, counts: Sequence[int], labels: Sequence[str]) -> str:
    """Draw a histogram; ``labels`` name the columns."""
    width, height = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    step = width / max(1, len(counts))
    highest = max([1, *counts])
    parts = []
    for number, (count, label) in enumerate(zip(counts, labels, strict=True)):
        tall = height * count / highest
        x = _MARGIN + number * step
        middle = x + step / 2
        parts.append(
            f'<rect class="bar" x="{x + 2:.1f}" y="{_MARGIN + height - tall:.1f}"'
            f' width="{step - 4:.1f}" height="{tall:.1f}"/>'
            f'<text x="{middle:.1f}" y="{_MARGIN + height - tall - 4:.1f}" text-anchor="middle">{count}</text>'
            f'<text x="{middle:.1f}" y="{_HEIGHT - _MARGIN + 16}" text-anchor="middle">{escape(label)}</text>'
        )
    return _svg(title, "".join(parts), _WIDTH, _HEIGHT)


def _svg(title: str, content: str, width: int, height: int) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>{escape(title)}</title>{content}</svg>"
    )
