"""Filters understand what people write and say what they did not find."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.interfaces.filters import FilterWords, build_filters, parse_day
from tests.unit.interfaces.fake_library import BODY, FakeLibrary


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-07-19", "2023-07-19", "2023-07-19"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        (" 2023 ", "2023-01-01", "2023-12-31"),
        ("19 July 2023", "2023-07-19", "2023-07-19"),
        ("1st sept 2023", "2023-09-01", "2023-09-01"),
        ("March 2023", "2023-03-01", "2023-03-31"),
        ("19/07/2023", "2023-07-19", "2023-07-19"),
    ],
)
def test_days_are_read_as_people_write_them(text: str, first: str, last: str) -> None:
    """A month or year reaches from its first day to its last."""
    assert str(parse_day(text)) == first
    assert str(parse_day(text, last=True)) == last


@given(st.text() | st.from_regex(r"\d{1,4}-\d{1,2}-\d{1,2}") | st.from_regex(r"\d+ [a-z]+ \d{4}"))
def test_anything_else_is_no_date(text: str) -> None:
    """No text makes the reader fail."""
    assert parse_day(text) is None or isinstance(parse_day(text), dt.date)


@given(st.dates())
def test_written_dates_are_read_back(day: dt.date) -> None:
    """ISO dates survive; they are what the JSON shows."""
    assert parse_day(day.isoformat()) == day


def test_part_of_a_name_is_enough() -> None:
    """Names match whole or in part, in any case, each once."""
    words = FilterWords(bodies=("fenwold", BODY), documents=("MINUTES",), people=("frayne",))
    filters = build_filters(words, FakeLibrary())
    assert filters.people == ("Imogen Frayne",)
    assert filters.bodies == (BODY,)
    assert filters.documents == ("minutes.txt",)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    """The error lists what the library holds."""
    with pytest.raises(UsageError, match="called 'Mordor'") as caught:
        build_filters(FilterWords(bodies=("Mordor",)), FakeLibrary())
    assert BODY in caught.value.next_step


def test_dates_the_wrong_way_round_are_refused() -> None:
    """An empty span of time would silently find nothing."""
    words = FilterWords(date_from=dt.date(2023, 2, 1), date_to=dt.date(2023, 1, 1))
    with pytest.raises(UsageError, match="lies after"):
        build_filters(words, FakeLibrary())
