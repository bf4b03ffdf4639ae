"""Whose words are asked for."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from kb.answers.own_words import asked_speakers, keep_own_words
from kb.answers.sentences import Sentence
from kb.questions import understand
from tests.outlines import make_passage

SAYS = {
    "Councillor Hale asked why ferries were late.": "Councillor A Hale",
    "The Commissioner said that ferries were repaired.": "the Commissioner",
    "Ferries are ships.": None,
}


def shares(question: str, *texts: str) -> list[float]:
    """What is left to sentences that were equally likely."""
    asked = understand(question, today=dt.date(2024, 1, 1))
    found = [Sentence(make_passage(text), 0, place, (), text) for place, text in enumerate(texts)]
    return keep_own_words(asked, found, np.ones(len(found)), lambda one: SAYS[one.text]).tolist()


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("what did the commissioner say about ferries", {"commissioner"}),
        ("How did the Commissioner reply to Councillor Hale?", {"commissioner"}),
        ("commissioner's view on ferries", {"commissioner"}),
        ("response of the Commissioner to the report", {"commissioner"}),
        ("what did Councillor Hale ask the Commissioner about ferries", set()),
        ("what did members think of the Commissioner", set()),
        ("when did the Commissioner resign", set()),
        ("ferries", set()),
    ],
)
def test_whose_words_are_asked_for(question: str, speakers: set[str]) -> None:
    """Whoever shall have said something; nobody where a question and its reply are wanted."""
    assert asked_speakers(understand(question, today=dt.date(2024, 1, 1))) == speakers


def test_the_question_put_to_somebody_is_not_theirs() -> None:
    """What others undoubtedly said goes; what nobody says stays."""
    assert shares("what did the commissioner say about ferries", *SAYS) == [0.0, 1.0, 1.0]
    assert shares("what about ferries", *SAYS) == [1.0, 1.0, 1.0]


def test_others_are_quoted_where_none_of_the_words_are_theirs() -> None:
    """Whether that is an answer at all is decided elsewhere."""
    question = "Councillor Hale asked why ferries were late."
    assert shares("what did the commissioner say about ferries", question, "Ferries are ships.") == [1.0, 1.0]
