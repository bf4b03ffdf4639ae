"""Laws of understanding questions, for any words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import QuestionError
from kb.questions import MAX_CHARACTERS, understand
from kb.structure.dates import find_dates
from tests.strategies import questions

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


@given(text=questions | st.text(max_size=300), today=DAYS)
def test_any_words_are_a_question(text: str, today: dt.date) -> None:
    """All but none; what is understood is in order, said in the question and not said twice."""
    if not text.split():
        with pytest.raises(QuestionError):
            understand(text, today=today)
        return
    question = understand(text, today=today)
    assert question.intent in question.intents
    assert all(when.first <= when.last and when.words in question.text for when in question.whens)
    assert all(when.words == when.words.strip() != "" for when in question.whens)
    assert all(name in question.text for name in question.names)
    assert understand(question.text, today=today) == question


@given(words=st.integers(1, MAX_CHARACTERS), today=DAYS)
def test_the_limit_counts_characters_read(words: int, today: dt.date) -> None:
    """Folded white space is not counted."""
    text = "a  " * words
    if 2 * words - 1 <= MAX_CHARACTERS:
        assert understand(text, today=today).text == " ".join("a" * words)
    else:
        with pytest.raises(QuestionError) as caught:
            understand(text, today=today)
        assert caught.value.next_step


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), today=DAYS)
@pytest.mark.parametrize(
    "form", ["{0.day} {0:%B} {0.year}", "{0.day}/{0.month}/{0.year}", "{0.year}-{0:%m-%d}"]
)
def test_printing_then_finding_a_date_returns_it(form: str, day: dt.date, today: dt.date) -> None:
    """In a question too."""
    printed = form.format(day)
    question = understand(f"what was said on {printed} about roads", today=today)
    assert [(when.first, when.last, when.words) for when in question.whens] == [(day, day, printed)]


@given(text=st.text(st.characters() | st.sampled_from("0123456789 /.-ſK"), max_size=60))
def test_any_text_may_hold_dates(text: str) -> None:
    """Impossible ones are passed over; places are in order."""
    places = [place for place, _ in find_dates(text)]
    assert places == sorted(places)


@given(
    name=st.sampled_from(["September", "ſeptember", "auguſt", "SEPT", "Dec."]), year=st.integers(2000, 2099)
)
def test_a_month_is_one_however_its_letters_are_cased(name: str, year: int) -> None:
    """A long s is an s where case is ignored."""
    [(_, date)] = find_dates(f"3 {name} {year}")
    assert date.isoformat().startswith(f"{year}-")
