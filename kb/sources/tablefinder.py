"""Cells of tables among the lines drawn on a page, by pdfplumber's table finder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfplumber.table import TableFinder

from kb.records import Box
from kb.sources.glyphs import Rule


class _RulesOnly:
    """What pdfplumber's table finder asks of a page when it is given all lines."""

    bbox = (0.0, 0.0, 0.0, 0.0)


def find_cells(rules: Sequence[Rule]) -> list[list[Box]]:
    """Find tables among rules with pdfplumber's table finder.

    Returns:
        The boxes of each table's cells; none if there is nothing like a grid.
    """
    lines: dict[str, list[dict[str, Any]]] = {"level": [], "plumb": []}
    for rule in rules:
        x0, top, x1, bottom = rule
        lines["level" if top == bottom else "plumb"].append(
            {
                "object_type": "line",
                "x0": x0,
                "x1": x1,
                "top": top,
                "bottom": bottom,
                "width": x1 - x0,
                "height": bottom - top,
            }
        )
    finder = TableFinder(
        _RulesOnly(),
        {
            "vertical_strategy": "explicit",
            "horizontal_strategy": "explicit",
            "explicit_vertical_lines": lines["plumb"],
            "explicit_horizontal_lines": lines["level"],
        },
    )
    return [[Box(*cell) for cell in table.cells] for table in finder.tables]
