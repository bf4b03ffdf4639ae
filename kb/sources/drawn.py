"""What drawn paths of a page mean: thin ones are rules, the edges of framed areas too, filled areas have a colour.

Takes pdfminer's curves without importing it; gives rules and fills on the sheet as it lies. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kb.records import Box
from kb.sources.fills import Fill, read_colour
from kb.sources.glyphs import Rule

THIN: Final = 3.0
"""Points; a filled rectangle no thicker than this is a line."""


def rules_of(curve: Any, height: float) -> Iterator[Rule]:
    """Give the level and plumb lines of a drawn path; a thin rectangle is one line, a filled one without rim none."""
    x0, x1, top, bottom = curve.x0, curve.x1, height - curve.y1, height - curve.y0
    if bottom - top <= THIN or x1 - x0 <= THIN:
        if x1 - x0 >= bottom - top:
            yield Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        else:
            yield Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
        return
    if not curve.stroke or any(step[0] == "c" for step in curve.original_path or ()):
        return
    points = curve.pts
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        if abs(ay - by) <= 1.0 < abs(ax - bx):
            level = height - (ay + by) / 2
            yield Rule(min(ax, bx), level, max(ax, bx), level)
        elif abs(ax - bx) <= 1.0 < abs(ay - by):
            yield Rule((ax + bx) / 2, height - max(ay, by), (ax + bx) / 2, height - min(ay, by))


def fills_of(curve: Any, height: float) -> Iterator[Fill]:
    """Give the area a drawn path fills, if it is no line."""
    x0, x1, top, bottom = curve.x0, curve.x1, height - curve.y1, height - curve.y0
    if curve.fill and bottom - top > THIN and x1 - x0 > THIN:
        colour = read_colour(curve.non_stroking_color)
        if colour is not None:
            yield Fill(Box(x0, top, x1, bottom), colour)
