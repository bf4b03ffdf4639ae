"""Filters and counts over what is known of each passage."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.records import Filters, ItemType, PartKind
from kb.store.filtering import FilterColumns, FilterRow
from kb.structure.itemtypes import item_type

BODIES = ("Fenwold Panel", "Thornby Council")
PEOPLE = ("Imogen Frayne", "Councillor Hale", "Chair")
TITLES = ("Apologies", "Forward Plan", "Road safety", None)
DAYS = ("2022-03-01", "2023-07-19", "2023-09-20", None)

rows = st.lists(
    st.builds(
        FilterRow,
        document=st.sampled_from(["a.txt", "b.pdf"]),
        body=st.sampled_from([*BODIES, None]),
        kind=st.sampled_from(["minutes", "report", "agenda"]),
        meeting_date=st.sampled_from(DAYS),
        speakers=st.lists(st.sampled_from(PEOPLE), max_size=3),
        item_title=st.sampled_from(TITLES),
        status=st.sampled_from(["draft", "confirmed", None]),
    ),
    max_size=30,
)
some_filters = st.builds(
    Filters,
    bodies=st.lists(st.sampled_from([*BODIES, "Elsewhere"]), max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from([PartKind.MINUTES, PartKind.REPORT]), max_size=2).map(tuple),
    documents=st.sampled_from([(), ("a.txt",), ("c.txt",)]),
    people=st.lists(st.sampled_from(PEOPLE), max_size=2).map(tuple),
    item_types=st.lists(st.sampled_from([ItemType.ATTENDANCE, ItemType.BUSINESS]), max_size=2).map(tuple),
    statuses=st.sampled_from([(), ("draft",)]),
    date_from=st.sampled_from([None, dt.date(2023, 1, 1)]),
    date_to=st.sampled_from([None, dt.date(2023, 7, 19)]),
)


def is_let_through(row: FilterRow, filters: Filters) -> bool:
    """The rule, said once more, plainly."""
    date = row.meeting_date and dt.date.fromisoformat(row.meeting_date)
    return (
        (not filters.bodies or row.body in filters.bodies)
        and (not filters.kinds or row.kind in filters.kinds)
        and (not filters.documents or row.document in filters.documents)
        and (not filters.people or bool(set(filters.people) & set(row.speakers)))
        and (not filters.item_types or item_type(row.item_title) in filters.item_types)
        and (not filters.statuses or row.status in filters.statuses)
        and (filters.date_from is None or (bool(date) and date >= filters.date_from))
        and (filters.date_to is None or (bool(date) and date <= filters.date_to))
    )


@given(rows=rows, filters=some_filters)
def test_the_mask_is_the_rule(rows: list[FilterRow], filters: Filters) -> None:
    """Row by row."""
    mask = FilterColumns(rows).mask(filters)
    expected = [is_let_through(row, filters) for row in rows]
    assert (all(expected) if mask is None else mask.tolist() == expected) or not rows


@given(rows=rows, filters=some_filters)
def test_counts_tell_what_a_value_would_give(rows: list[FilterRow], filters: Filters) -> None:
    """Choosing a value, beside the limits on other fields, lets through as many passages as were counted."""
    columns = FilterColumns(rows)
    facets = columns.facets(["a.txt", "b.pdf"], filters=filters)
    for name in ("bodies", "people", "item_types", "statuses", "documents", "kinds"):
        for value, count in getattr(facets, name):
            chosen = replace(filters, **{name: (value,)})
            assert count == sum(is_let_through(row, chosen) for row in rows)
    undated = replace(filters, date_from=None, date_to=None)
    years = Counter(
        int(row.meeting_date[:4]) for row in rows if row.meeting_date and is_let_through(row, undated)
    )
    assert dict(facets.years) == years
    assert [year for year, _ in facets.years] == sorted(years, reverse=True)


def test_meetings_are_days_of_bodies() -> None:
    """Oldest first; papers of other kinds, and days that a body is known for, add nothing."""
    made = [
        FilterRow("a.txt", "Fenwold Panel", "minutes", "2023-07-19", (), None, None),
        FilterRow("a.txt", None, "report", "2023-07-19", (), None, None),
        FilterRow("a.txt", None, "report", "2022-03-01", (), None, None),
        FilterRow("a.txt", "Fenwold Panel", "letter", "2021-01-01", (), None, None),
    ]
    found = FilterColumns(made).meetings([PartKind.MINUTES, PartKind.REPORT])
    assert found == ((dt.date(2022, 3, 1), None), (dt.date(2023, 7, 19), "Fenwold Panel"))
