"""Facts, quotes, citations and speakers are judged as a reader would."""

from __future__ import annotations

import dataclasses

import pytest

from eval import citing, reading
from eval.citing import Level
from eval.places import Judge
from eval.wording import contains_fact, fold
from kb.records import PartKind, Span
from tests.unit.eval.eval_fakes import DATE, PASSAGES, TOPICS, answer, line_span, paper, passage, place, topic

JUDGE = Judge([paper()])


@pytest.mark.parametrize(
    ("text", "fact", "found"),
    [
        ("a precept of **£15.00**", "£15.00", True),
        ("£1,250,000 was spent", "£1250000", True),
        ("rose by 12 per cent", "12%", True),
        ("rose by 12 percentage points", "12%", False),
        ("15 people", "5", False),
        ("5.3 people", "5", False),
        ("5,200 people", "5", False),
        ("a total of 5.", "5", True),
        ("a total of 5, or so", "5", True),
        ("item 5a", "item 5", False),
        ("it was edited", "ED", False),
        ("the ED was there", "ed", True),
        ("they supported it", "support", True),
        ("Councillor  Edna\nSharp", "edna sharp", True),
        ("the Chair’s action", "chair's action", True),
        ("2022–23", "2022-23", True),
        ("supervision", "vision", False),
        ("anything", " ", True),
    ],
)
def test_facts_are_found_whatever_their_typography(text: str, fact: str, *, found: bool) -> None:
    """Numbers stand alone, words may run on, case and marks do not matter."""
    assert contains_fact(text, fact) is found


def test_folding_is_idempotent() -> None:
    """Folding twice changes nothing more."""
    once = fold("**£ 1,250** – 12 per cent of ‘all’")
    assert fold(once) == once == "£1250 - 12% of 'all'"


def test_evidence_must_begin_and_its_facts_must_stand_within_the_budget() -> None:
    """The reader stops in mid-sentence when the budget is spent."""
    ranked = [PASSAGES[0], PASSAGES[1]]  # 8 words, then 11 with the fact as the eighth
    assert not reading.evidence_within(JUDGE, TOPICS[0], ranked, 8)
    assert not reading.evidence_within(JUDGE, TOPICS[0], ranked, 15)
    assert reading.evidence_within(JUDGE, TOPICS[0], ranked, 16)


def test_context_is_no_evidence() -> None:
    """A place of a lower grade does not count where there is a better one."""
    assert not reading.evidence_within(JUDGE, TOPICS[0], [PASSAGES[3]], 150)


def test_a_quote_is_verbatim_at_its_spans_and_inside_its_passage() -> None:
    """One changed letter, or a span from elsewhere, and the share falls."""
    given = answer("q", [PASSAGES[1]])
    assert reading.verbatim_share(JUDGE, given) == 1.0
    assert reading.quoted_share(JUDGE, given) == 1.0
    changed = dataclasses.replace(given.quotes[0], text=given.quotes[0].text.replace("15", "16"))
    elsewhere = dataclasses.replace(given.quotes[0], spans=(line_span(4),), text=PASSAGES[2].text)
    unknown = dataclasses.replace(given.quotes[0], passage=passage(line_span(3), name="other.txt"))
    for quote in (changed, elsewhere, unknown, dataclasses.replace(changed, spans=())):
        assert reading.verbatim_share(JUDGE, dataclasses.replace(given, quotes=(quote,))) == 0.0
    assert reading.verbatim_share(JUDGE, dataclasses.replace(given, quotes=())) is None


def test_words_between_quotes_lower_the_quoted_share() -> None:
    """An introduction is not the paper's words."""
    given = answer("q", [PASSAGES[1]])
    introduced = dataclasses.replace(given, text=f"The minutes say: {given.text}")
    share = reading.quoted_share(JUDGE, introduced)
    assert share is not None
    assert 0 < share < 1


@pytest.mark.parametrize(
    ("gold", "given", "same"),
    [
        ("Edna Sharp", "Councillor Sharp", True),
        ("Edna Sharp", "Cllr Edna Sharp", True),
        ("Edna Sharp", "Edna Shaw", False),
        ("the Chief Constable", "Chief Constable", True),
        ("Edna Sharp", "Councillor", False),
    ],
)
def test_names_agree_by_their_words(gold: str, given: str, *, same: bool) -> None:
    """Titles do not make a person."""
    assert reading.names_agree(gold, given) is same


def test_speakers_apply_only_where_somebody_spoke() -> None:
    """Nothing is measured without a gold speaker or without a relevant passage."""
    assert reading.speakers_right(TOPICS[1], PASSAGES[2]) is True
    assert reading.speakers_right(TOPICS[1], PASSAGES[1]) is False
    assert reading.speakers_right(TOPICS[0], PASSAGES[1]) is None
    assert reading.speakers_right(TOPICS[1], None) is None


def test_a_right_citation_is_right_at_every_level_that_applies() -> None:
    """A text file has no pages to be right about."""
    marks = citing.mark_first(JUDGE, TOPICS[0], [PASSAGES[0], PASSAGES[1]])
    assert marks == {Level.MEETING: True, Level.ITEM: True, Level.PARAGRAPH: True, Level.PAGE: None}


def test_a_wrong_level_makes_those_below_it_wrong() -> None:
    """The right paragraph of the wrong meeting is the wrong paragraph."""
    wrong = dataclasses.replace(PASSAGES[1].citation, meeting_date=DATE.replace(year=2022))
    marks = citing.mark(TOPICS[0].places[0], wrong, ())
    assert [marks[level] for level in Level] == [False, False, False, None]


def test_reports_are_cited_by_agenda_item_and_section() -> None:
    """And pages by any page that the passage stands on."""
    gold = place(3, kind=PartKind.REPORT, agenda_item="6", item=None, section="2", paragraph="2.1", page=4)
    cited = passage(
        Span(0, 5), kind=PartKind.REPORT, agenda_item="6", section="2", paragraph="(2.1)", page=3
    ).citation
    assert set(citing.mark(gold, cited, (3, 4)).values()) == {True}
    assert citing.mark(gold, cited, ())[Level.PAGE] is False


def test_without_a_relevant_passage_no_citation_is_measured() -> None:
    """That loss is the ranking's."""
    assert set(citing.mark_first(JUDGE, TOPICS[0], [PASSAGES[0]]).values()) == {None}


def test_quotes_on_place_are_counted_and_marked() -> None:
    """One of two quotes stands on a gold place."""
    first, second = (answer("q", [PASSAGES[i]]).quotes[0] for i in (1, 0))
    given = dataclasses.replace(answer("q", [PASSAGES[1]]), quotes=(first, second))
    on_place, marks = citing.mark_quotes(JUDGE, TOPICS[0], given)
    assert on_place == 0.5
    assert marks[Level.PARAGRAPH] == 1.0
    assert citing.mark_quotes(JUDGE, TOPICS[0], answer("q", [], abstained=True))[0] is None


def test_topics_without_facts_have_no_share() -> None:
    """Nothing to find is not found."""
    assert reading.facts_share("text", topic("t", [place(3)])) is None
    assert reading.facts_share("£15.00", TOPICS[0]) == 1.0
