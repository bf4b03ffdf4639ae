"""Tables: real ones, with a caption, headings that sort, and rows that lead to their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.interfaces.rendering.html.markup import NOTHING, Html, tag

Cell = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, the name it is sorted by in an address (empty if it is not), whether it holds numbers."""

    heading: str
    sorts_by: str = ""
    is_number: bool = False


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    sorted_by: str = "",
    is_descending: bool = False,
    sort_at: Callable[[str, bool], str] | None = None,
) -> Html:
    """A table that can be scrolled by keyboard where it is too wide.

    Args:
        caption: What it holds.
        columns: Its columns.
        rows: Their cells, as text or markup.
        sorted_by: The name of the column it is sorted by.
        is_descending: Whether from the largest or latest down.
        sort_at: Gives the address of the same table sorted by a column, descending or not.
    """
    heads = (
        _head(column, sorted_by == column.sorts_by != "", is_descending=is_descending, sort_at=sort_at)
        for column in columns
    )
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", heads)),
            tag("tbody", (tag("tr", _cells(columns, row)) for row in rows)),
            class_="kb-table",
        ),
        class_="kb-scroll",
        role="region",
        tabindex="0",
        aria_label=caption,
    )


def _cells(columns: Sequence[Column], row: Sequence[Cell]) -> Iterable[Html]:
    for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
        kind = "kb-number-cell" if column.is_number else None
        yield tag("th", cell, scope="row", class_=kind) if number == 0 else tag("td", cell, class_=kind)


def _head(
    column: Column,
    is_sorted: bool,  # noqa: FBT001
    *,
    is_descending: bool,
    sort_at: Callable[[str, bool], str] | None,
) -> Html:
    direction = ("descending" if is_descending else "ascending") if is_sorted else None
    kind = "kb-number-cell" if column.is_number else None
    if not column.sorts_by or sort_at is None:
        return tag("th", column.heading, scope="col", class_=kind)
    sign = {"ascending": " ▲", "descending": " ▼", None: ""}[direction]
    return tag(
        "th",
        tag(
            "button",
            column.heading,
            tag("span", sign, aria_hidden="true") if sign else NOTHING,
            type="button",
            id=f"kb-sort-{column.sorts_by}",
            data_go=sort_at(column.sorts_by, is_sorted and not is_descending),
        ),
        scope="col",
        aria_sort=direction,
        class_=kind,
    )
