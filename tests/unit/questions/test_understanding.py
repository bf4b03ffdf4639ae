"""What is understood of a question."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.errors import QuestionError
from kb.questions import MAX_CHARACTERS, DateRange, Intent, Knowledge, Question, understand

TODAY = dt.date(2024, 7, 15)


def asked(text: str, *, today: dt.date = TODAY) -> Question:
    """The question, understood."""
    return understand(text, today=today)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "words"),
    [
        ("what was agreed on 19 July 2023?", "2023-07-19", "2023-07-19", "day", "19 July 2023"),
        ("what was agreed on the 3rd of May 2023", "2023-05-03", "2023-05-03", "day", "3rd of May 2023"),
        ("minutes of 06/09/2017 on parking", "2017-09-06", "2017-09-06", "day", "06/09/2017"),
        ("minutes of 2017-09-06", "2017-09-06", "2017-09-06", "day", "2017-09-06"),
        ("what was agreed in July 2023", "2023-07-01", "2023-07-31", "month", "July 2023"),
        ("the meeting in feb. 2024", "2024-02-01", "2024-02-29", "month", "feb. 2024"),
        ("December of 2022", "2022-12-01", "2022-12-31", "month", "December of 2022"),
        ("how many crimes in 2017?", "2017-01-01", "2017-12-31", "year", "2017"),
        ("what changed last year", "2023-01-01", "2023-12-31", "year", "last year"),
        ("what changed this year", "2024-01-01", "2024-12-31", "year", "this year"),
        ("cameras in summer 2023", "2023-06-01", "2023-08-31", "season", "summer 2023"),
        ("the winter of 2023", "2022-12-01", "2023-02-28", "season", "winter of 2023"),
        ("what was said last spring", "2024-03-01", "2024-05-31", "season", "last spring"),
        ("what was said last summer", "2023-06-01", "2023-08-31", "season", "last summer"),
        ("what was said last autumn", "2023-09-01", "2023-11-30", "season", "last autumn"),
        ("what was said last winter", "2023-12-01", "2024-02-29", "season", "last winter"),
    ],
)
def test_dates(text: str, first: str, last: str, precision: str, words: str) -> None:
    """Both ends inclusive, and the words that said them."""
    [when] = asked(text).whens
    assert (when.first.isoformat(), when.last.isoformat()) == (first, last)
    assert (when.precision, when.words) == (DateRange(precision), words)
    assert when.contains(when.first)
    assert when.contains(when.last)
    assert not when.contains(when.last + dt.timedelta(days=1))
    assert not when.contains(None)


@pytest.mark.parametrize(
    "text",
    [
        "the 2017/18 budget",
        "decision 2018-019",
        "item 2017.3",
        "£2023",
        "31 of them",
        "the Vision Zero 2.2040 target",
    ],
)
def test_figures_that_are_no_dates(text: str) -> None:
    """Financial years, record numbers, sums."""
    assert asked(text).whens == ()


def test_several_dates() -> None:
    """Each is kept; a part of one is not another."""
    question = asked("on 19 July 2023, in September 2023, or in 2022")
    assert [when.words for when in question.whens] == ["19 July 2023", "September 2023", "2022"]
    question = asked("from 19 July 2023 to September 2023, or in 2022")
    assert [when.words for when in question.whens] == ["from 19 July 2023 to September 2023", "2022"]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("what was decided at the September meeting", (9,)),
        ("what was decided in March and in June", (3, 6)),
        ("in July 2023", ()),
        ("it may march on", ()),
        ("the 7 May meeting", ()),
    ],
)
def test_months_without_a_year(text: str, months: tuple[int, ...]) -> None:
    """Understood if a preposition says that a month is meant and nothing dates the question otherwise."""
    assert asked(text).months == months


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Who was absent on 19 July 2023?", Intent.ATTENDANCE),
        ("who sent apologies", Intent.ATTENDANCE),
        ("What was agreed about the precept?", Intent.DECISION),
        ("what did the panel resolve", Intent.DECISION),
        ("which actions are open", Intent.ACTION),
        ("what did the commissioner say about Vision Zero", Intent.STATEMENT),
        ("what did Councillor Hale ask", Intent.STATEMENT),
        ("at what time did it close", Intent.TIME),
        ("how much did the cameras cost", Intent.MONEY),
        ("how many calls were answered", Intent.NUMBER),
        ("what percentage of calls", Intent.NUMBER),
        ("when is the strategy due", Intent.DATE),
        ("who chairs it", Intent.NAME),
        ("did crime fall", Intent.YES_NO),
        ("what is Vision Zero?", Intent.DEFINITION),
        ("rural crime", Intent.TOPIC),
    ],
)
def test_intents(text: str, intent: Intent) -> None:
    """The most telling one comes first."""
    assert asked(text).intent is intent


def test_a_question_may_want_several_things() -> None:
    """In the order of how telling they are."""
    question = asked("Did the Commissioner say how much the cameras cost?")
    assert question.intents == (Intent.STATEMENT, Intent.MONEY, Intent.NUMBER, Intent.YES_NO)
    assert asked("rural crime").intents == (Intent.TOPIC,)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("what did the commissioner say", ("Commissioner",)),
        ("what did the PCC say", ("Commissioner",)),
        ("the Police and Crime Commissioner's view", ("Commissioner",)),
        ("what did the deputy commissioner say", ("Deputy Commissioner",)),
        ("what did the Deputy Police and Crime Commissioner say", ("Deputy Commissioner",)),
        ("the chief constable and the chair", ("Chief Constable", "Chair")),
        ("the deputy chief constable", ("Deputy Chief Constable",)),
        ("the assistant chief constable", ("Assistant Chief Constable",)),
        ("the vice-chair", ("Vice-Chair",)),
        ("the vice chairman", ("Vice-Chair",)),
        ("the CFO", ("Chief Finance Officer",)),
        ("the chief executive", ("Chief Executive",)),
        ("the police", ()),
    ],
)
def test_roles(text: str, roles: tuple[str, ...]) -> None:
    """A deputy is somebody else."""
    assert asked(text).roles == roles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("what did Councillor Hale ask", ("Hale",)),
        ("what did Cllr A. Hale-Frayne ask", ("Hale-Frayne",)),
        ("what did Mrs Imogen O'Hara ask", ("Imogen O'Hara",)),
        ("what did Imogen Frayne and Dr Osei ask", ("Imogen Frayne", "Osei")),
        ("Did Councillor Hale ask about it", ("Hale",)),
        ("Was Imogen Frayne there", ("Imogen Frayne",)),
        ("Who is Imogen Frayne?", ("Imogen Frayne",)),
        ("Did the Chief Constable agree", ()),
        ("What did the panel ask", ()),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    """With a title, or two words that begin with capitals; the first word of a question is no first name."""
    assert asked(text).names == names


@pytest.mark.parametrize(
    ("text", "item", "paragraph"),
    [
        ("what was said under item 9", "9", None),
        ("agenda item no. 7a", "7a", None),
        ("item 9, paragraph 4.2", "9", "4.2"),
        ("item 12 para. B", "12", "b"),
        ("9 items", None, None),
        ("item 2017", None, None),
    ],
)
def test_items_and_paragraphs(text: str, item: str | None, paragraph: str | None) -> None:
    """As they are printed."""
    question = asked(text)
    assert (question.item, question.paragraph) == (item, paragraph)


def test_phrases() -> None:
    """What stands in quotation marks, straight or curly."""
    assert asked('who said "Vision Zero" and “safer roads”?').phrases == ("Vision Zero", "safer roads")
    assert asked("who said it").phrases == ()


def test_words_for_a_body() -> None:
    """Each once, in the order of the question."""
    assert asked("did the Board or the panel, or the Board's chair").body_words == ("board", "panel")


def test_white_space_is_folded() -> None:
    """Nothing else of the text is changed."""
    assert asked("  what \n was\tSAID ").text == "what was SAID"


def test_terms_are_those_of_the_index() -> None:
    """Stop words left out."""
    assert asked("what did the cameras cost").terms == ("camera", "cost")
    assert asked("what was it").terms == ()


@pytest.mark.parametrize("text", ["", " \n\t ", "a" * (MAX_CHARACTERS + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    """With a next step."""
    with pytest.raises(QuestionError) as caught:
        asked(text)
    assert caught.value.next_step


def test_the_longest_question_is_read() -> None:
    """The limit is inclusive."""
    assert len(asked("a" * MAX_CHARACTERS).text) == MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Fenwold cameras", ()),
        ("Business rates", ()),
        ("the panel on cameras", ("Fenwold Crime Panel",)),
    ],
)
def test_a_name_that_all_bodies_share_tells_nothing(text: str, bodies: tuple[str, ...]) -> None:
    """Nor does a common word that a body's name begins with."""
    knowledge = Knowledge(bodies=("Fenwold Crime Panel", "Fenwold Board", "Business Forum"))
    assert understand(text, today=TODAY, knowledge=knowledge).bodies == bodies
