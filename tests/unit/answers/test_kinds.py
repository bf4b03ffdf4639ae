"""Answers by kind of question: the short answer marked, yes or no, who says it, both sides, conflicts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from kb.answers.choosing import both_sides, choose, every_place, in_order
from kb.answers.conflicts import find_conflicts
from kb.answers.marking import mark
from kb.answers.sentences import Sentence
from kb.answers.verdicts import Verdict, verdict
from kb.ingest import ingest
from kb.library import Library
from kb.questions import Question, understand
from kb.records import Span
from tests.fakes import HashingEncoder
from tests.outlines import make_passage


def asked(text: str) -> Question:
    """Understood by its words alone."""
    return understand(text, today=dt.date(2024, 1, 1))


def weights(question: Question) -> dict[str, float]:
    """All terms weigh the same."""
    return dict.fromkeys(question.terms, 1.0)


def marked(question: str, text: str) -> str | None:
    """The words that are marked as the short answer."""
    understood = asked(question)
    span = mark(
        understood, text, weights(understood), meanings={"RTA": "Road Traffic Accident"}, people={"moss"}
    )
    return None if span is None else text[span.start : span.end]


def sentence(text: str, *, rank: int = 0, date: dt.date | None = None) -> Sentence:
    """A sentence of a passage of some meeting."""
    passage = make_passage(text, meeting_date=date) if date else make_passage(text)
    return Sentence(passage, rank, 0, (Span(0, len(text)),), text)


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("how much did the ferry cost", "In 2023 the ferry cost £1.2m, of which £300,000 was lent.", "£1.2m"),
        ("how many passengers took a bus", "A bus cost £95, and 6,350 passengers took one in 2021.", "6,350"),
        ("what percentage of ferries were late", "Of 40 ferries 12.5% were late.", "12.5%"),
        ("when did the ferry open", "The ferry opened on 3 May 2021 at a cost of £5.", "3 May 2021"),
        ("what time did the panel start", "The panel started at 10.30am in room 4.", "10.30am"),
        ("who proposed the ferry", "The ferry was proposed by Councillor A Moss.", "Councillor A Moss"),
        ("who proposed the ferry", "The ferry was proposed by Anna Moss of the Panel.", "Anna Moss"),
        ("what does RTA stand for", "Each road traffic accident (RTA) was listed.", "road traffic accident"),
        ("how many ferries ran in 2023", "In 2023 the ferry ran on 4 May, see section 7.", None),
        ("who proposed the ferry", "It was proposed by the Harbour Board.", None),
        ("what about the ferry", "The ferry cost £5.", None),
        ("how much was the £5 ferry", "The £5 ferry was late.", None),
    ],
)
def test_the_short_answer_is_marked(question: str, text: str, short: str | None) -> None:
    """What was asked for, nearest to what it was asked of; never what the question brought itself."""
    assert marked(question, text) == short


@pytest.mark.parametrize(
    ("question", "text", "settled"),
    [
        ("Did the Board approve the ferry?", "The Board approved the ferry.", Verdict.YES),
        ("Did the Board approve the ferry?", "The Board did not approve the ferry.", Verdict.NO),
        ("Did the Board approve the ferry?", "The Board would approve the ferry if it could.", None),
        ("Did the Board approve the ferry?", "Councillor Moss asked the Board to approve the ferry.", None),
        ("Did the Board approve the ferry?", "The Board approved the minutes.", None),
        ("Did the Board approve the ferry or the bus?", "The Board approved the ferry or the bus.", None),
        ("Did nobody approve the ferry?", "Nobody approved the ferry.", None),
        ("What did the Board approve?", "The Board approved the ferry.", None),
    ],
)
def test_yes_and_no_only_where_it_is_settled(question: str, text: str, settled: Verdict | None) -> None:
    """By one plain sentence about all that was asked; conditions, questions and double negatives settle nothing."""
    understood = asked(question)
    assert verdict(understood, [sentence(text)], 0.9, weights(understood)) is settled


def test_an_unsure_or_contradicted_sentence_settles_nothing() -> None:
    """It must be likelier than all others, and those quoted beside it must not say the opposite."""
    question, yes = asked("Did the Board approve the ferry?"), sentence("The Board approved the ferry.")
    no = sentence("The Board did not approve the ferry.", rank=1)
    assert verdict(question, [yes], 0.4, weights(question)) is None
    assert verdict(question, [yes, no], 0.9, weights(question)) is None
    assert verdict(question, [], 0.9, weights(question)) is None


def test_papers_of_one_meeting_may_differ() -> None:
    """The same words with another value; at another meeting it is news, in one passage a list."""
    day, later = dt.date(2023, 3, 15), dt.date(2023, 7, 19)
    one = sentence("The new ferry is expected to open in April 2023.", date=day)
    other = sentence("The new ferry is expected to open in May 2023.", rank=1, date=day)
    assert find_conflicts([one], [one, other]) == [(one, other)]
    assert find_conflicts([], [one, other]) == []
    news = sentence("The new ferry is expected to open in May 2023.", rank=1, date=later)
    assert find_conflicts([one], [one, news]) == []
    listed = sentence("The new ferry is expected to open in May 2023.", date=day)
    assert find_conflicts([one], [one, listed]) == []
    unlike = sentence("The old harbour was closed in May 2023 by the storm.", rank=1, date=day)
    assert find_conflicts([one], [one, unlike]) == []


def test_a_comparison_has_both_sides() -> None:
    """The best sentence of each date that is named is raised to the best of all."""
    found = [
        sentence("a", date=dt.date(2022, 3, 1)),
        sentence("b", rank=1, date=dt.date(2022, 3, 1)),
        sentence("c", rank=2, date=dt.date(2023, 3, 1)),
        sentence("d", rank=3, date=dt.date(2023, 3, 1)),
    ]
    chances = np.array([0.6, 0.3, 0.01, 0.09])
    raised = both_sides(asked("the ferry in March 2022 and March 2023"), found, chances)
    assert raised.tolist() == [0.6, 0.3, 0.01, 0.6]
    assert both_sides(asked("the ferry in March 2022"), found, chances).tolist() == chances.tolist()


def test_a_statement_is_quoted_from_every_place() -> None:
    """Where the person speaks of all the topic; not where somebody else does, or of something else."""
    told = [
        ("He said that the ferry was late.", ("Ian Wray",)),
        ("He said that the ferry was new.", ("Ian Wray",)),
        ("She said that the ferry was old.", ("Ann Moss",)),
        ("He said that the bus was late.", ("Ian Wray",)),
    ]
    found = [
        Sentence(make_passage(text, speakers=who), rank, 0, (Span(0, len(text)),), text)
        for rank, (text, who) in enumerate(told)
    ]
    chances = np.array([0.97, 0.01, 0.01, 0.01])
    question = dataclasses.replace(
        asked("what did the commissioner say about the ferry"), holders=("Ian Wray",)
    )
    raised = every_place(question, found, chances, weights(question))
    assert [each.text for each in choose(found, raised)] == [text for text, _ in told[:2]]
    unasked = asked("the ferry")
    assert every_place(unasked, found, chances, weights(unasked)).tolist() == chances.tolist()


def test_statements_come_oldest_first() -> None:
    """Unless a time is asked for; other answers stay as they are."""
    new, old = sentence("new", date=dt.date(2023, 3, 1)), sentence("old", rank=1, date=dt.date(2021, 3, 1))
    assert in_order(asked("what did the commissioner say about ferries"), [new, old]) == [old, new]
    assert in_order(asked("what did the commissioner say in 2023"), [new, old]) == [new, old]
    assert in_order(asked("ferries"), [new, old]) == [new, old]


def test_question_and_reply_are_told_apart(tmp_path: Path) -> None:
    """Each with its speaker; both stay verbatim, and the JSON of the answer has them."""
    (tmp_path / "minutes.txt").write_text(
        "FENWOLD POLICE AND CRIME PANEL\n\nMINUTES of the meeting held on 19 July 2023\n\n"
        "Members Present: Councillors A Hale (Chair) and B Moss\n"
        "Others Present: Ian Wray, Police and Crime Commissioner\n\n1. Harbour\n\n"
        "1. Councillor Hale asked why the harbour ferry was late. The Commissioner explained that the harbour ferry was"
        " late because of the fog.\n"
    )
    ingest([tmp_path], tmp_path / "library", encoder=HashingEncoder())
    with Library.open(tmp_path / "library", encoder=HashingEncoder()) as library:
        answer = library.ask("what did the Commissioner explain about the late harbour ferry")
    said = {quote.speaker: quote.text for quote in answer.quotes}
    assert not answer.abstained
    assert said["Ian Wray"].startswith("The Commissioner explained")
    assert all("asked why" not in text for who, text in said.items() if who == "Ian Wray")
    assert answer.dropped == 0
