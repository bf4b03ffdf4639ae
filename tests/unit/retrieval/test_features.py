"""What is known of a passage, and how it is compared with a question."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from kb.questions import understand
from kb.questions.knowledge import Knowledge
from kb.records import PartKind, Passage
from kb.retrieval.features import FEATURES, Scores, compare
from kb.retrieval.profiles import Profile
from tests.outlines import make_passage

TODAY = dt.date(2024, 7, 15)

KNOWLEDGE = Knowledge(bodies=("Fenwold Police and Crime Panel", "Fenwold Strategic Assurance Board"))


def features(question: str, *passages: Passage, **scores: list[float]) -> list[dict[str, float]]:
    """The features of each passage by name; scores of the index are 0 unless given."""
    understood = understand(question, today=TODAY, knowledge=KNOWLEDGE)
    idf = defaultdict(lambda: 1.0, {"rare": 5.0})
    given = {
        name: np.array(scores.get(name, [0.0] * len(passages)))
        for name in ("bm25_text", "bm25_header", "cosine")
    }
    rows = compare(understood, [Profile(passage) for passage in passages], Scores(**given), idf)
    assert rows.shape == (len(passages), len(FEATURES))
    assert np.isfinite(rows).all()
    return [dict(zip(FEATURES, row, strict=True)) for row in rows.tolist()]


def feature(name: str, question: str, text: str = "Noted.", **facts: Any) -> float:
    """One feature of one passage; facts are fields of its citation, its header or its speakers."""
    [found] = features(question, make_passage(text, **facts))
    return found[name]


@pytest.mark.parametrize(
    ("flag", "yes", "no"),
    [
        ("has_decision", "RESOLVED to note the report.", "It was notable."),
        ("has_decision", "It was agreed unanimously.", "Agreeable weather."),
        ("has_action", "ACTION: Mr Osei", "Nothing to do."),
        ("has_action", "He was to circulate the figures.", "The circular figure."),
        ("has_time", "The meeting closed at 4:15pm.", "Paragraph 4 says so."),
        ("has_time", "From 2 pm on.", "2 pupils"),
        ("has_money", "It cost £1.2m.", "It cost a lot."),
        ("has_money", "It cost 3 million pounds.", "In a million ways."),
        ("has_number", "52% of calls", "Half of the calls"),
        ("has_date", "In September it rose.", "It rose."),
        ("has_date", "By 2025 it will.", "By 20255 it will."),
        ("has_date", "Figures of Q3 rose.", "Figures rose."),
        ("has_name", "Imogen Frayne attended.", "She attended."),
        ("has_name", "The Inspector attended.", "She inspected it."),
        ("has_speech", "He explained that it was so.", "It was so."),
        ("has_attendance", "Apologies: none", "A fine day"),
        ("has_attendance", "Councillor Hale", "The weather was fine."),
        ("is_short", "Road Safety", "Road Safety 2023"),
        ("is_boilerplate", "The purpose of this report is to inform.", "The report informs on purpose."),
    ],
)
def test_flags(flag: str, yes: str, no: str) -> None:
    """Each is set by some wording and not by one that looks like it."""
    assert getattr(Profile(make_passage(yes, item=None)), flag)
    assert not getattr(Profile(make_passage(no, item=None)), flag)


def test_flags_that_depend_on_the_paper() -> None:
    """Only minutes report speech and attendance; only reports have a front; a list of actions is one."""
    said, report = "Apologies: he explained why.", {"kind": PartKind.REPORT, "item": None}
    assert not Profile(make_passage(said, **report)).has_speech
    assert not Profile(make_passage(said, **report)).has_attendance
    assert not Profile(make_passage(said, item="9", item_title="Annual Report")).has_attendance
    assert Profile(make_passage(said, item="1", item_title="APOLOGIES FOR ABSENCE")).has_attendance
    assert Profile(make_passage("Precept report", **report)).is_front
    assert not Profile(make_passage("Precept report", **{**report, "section": "1"})).is_front
    assert not Profile(make_passage("Fenwold Panel", item=None)).is_front
    assert Profile(make_passage("Mr Osei", kind=PartKind.ACTION_TABLE)).has_action


@pytest.mark.parametrize(
    ("text", "role", "speaks"),
    [
        ("The Commissioner, who was late, explained why.", "Commissioner", True),
        ("The commissioner said so.", "Commissioner", True),
        ("The Commissioner was late. Mr Osei explained why.", "Commissioner", False),
        ("Commissioners explained why.", "Commissioner", False),
        ("The Commissioner was late.", "Commissioner", False),
    ],
)
def test_who_speaks(text: str, role: str, speaks: bool) -> None:
    """The role and the verb stand in one sentence."""
    assert Profile(make_passage(text)).speaks(role) is speaks


def test_scores_are_scaled_within_the_candidates() -> None:
    """From 0 for the lowest to 1 for the highest; equal ones tell nothing."""
    rows = features(
        "roads",
        *[make_passage("Roads")] * 3,
        bm25_text=[2.0, 6.0, 4.0],
        bm25_header=[3.0] * 3,
        cosine=[0.2, 0.1, 0.3],
    )
    assert [row["bm25_text"] for row in rows] == [0.0, 1.0, 0.5]
    assert [row["bm25_header"] for row in rows] == [0.0, 0.0, 0.0]
    assert [row["raw_cosine"] for row in rows] == [0.2, 0.1, 0.3]
    assert [row["cosine"] for row in rows] == pytest.approx([0.5, 0.0, 1.0])


def test_no_candidates_no_rows() -> None:
    """An empty library is no error."""
    assert features("roads") == []


def test_words_count_by_how_telling_they_are() -> None:
    """A question's rare term weighs more than its common ones."""
    rare, common, both = features(
        "rare ferry",
        make_passage("A rare thing"),
        make_passage("A ferry"),
        make_passage("x", header="rare ferry"),
    )
    assert (rare["coverage_text"], common["coverage_text"]) == pytest.approx((5 / 6, 1 / 6))
    assert (rare["rarest_in_text"], common["rarest_in_text"]) == (1.0, 0.0)
    assert (both["coverage_text"], both["coverage_all"]) == (0.0, 1.0)
    assert (rare["best_window"], common["best_window"]) == pytest.approx((5 / 6, 1 / 6))


def test_words_near_each_other() -> None:
    """Neighbours make a pair; a window is about two sentences."""
    near, far = "vision zero", f"vision {'other ' * 40} zero"
    assert feature("pairs", "vision zero cameras", near) == 0.5
    assert feature("pairs", "vision zero cameras", far) == 0.0
    assert feature("best_window", "vision zero", near) == 1.0
    assert feature("best_window", "vision zero", far) == 0.5
    assert feature("coverage_text", "vision zero", far) == 1.0


def test_a_question_of_stop_words_compares() -> None:
    """Nothing is asked for, so nothing is found."""
    assert feature("coverage_all", "what was it", "It was.") == 0.0


@pytest.mark.parametrize(
    ("question", "day", "period", "other"),
    [
        ("what was said on 19 July 2023", 1, 0, 0),
        ("what was said in July 2023", 0, 1, 0),
        ("what was said in 2023", 0, 1, 0),
        ("what was said last summer", 0, 1, 0),
        ("what was said at the July meeting", 0, 1, 0),
        ("what was said on 20 July 2023", 0, 0, 1),
        ("what was said at the June meeting", 0, 0, 1),
        ("what was said", 0, 0, 0),
    ],
)
def test_when(question: str, day: int, period: int, other: int) -> None:
    """Against the meeting's date, 19 July 2023."""
    [found] = features(question, make_passage("Noted."))
    assert (found["when_day"], found["when_period"], found["when_other"]) == (day, period, other)


def test_a_date_may_stand_in_the_text() -> None:
    """As it was asked for."""
    assert feature("when_in_text", "the plan of 1 May 2022", "It was begun on 1 May 2022.") == 1.0
    assert feature("when_in_text", "the plan of 1 May 2022", "It was begun in May 2022.") == 0.0


def test_body() -> None:
    """1 for the body that is named, -1 for another one, 0 if none is."""
    assert feature("body", "what did the panel ask") == 1.0
    assert feature("body", "what did the board ask") == -1.0
    assert feature("body", "what was asked") == 0.0
    assert feature("body", "what did the panel ask", body=None) == 0.0


def test_the_paper_asked_for_and_papers_no_longer_current() -> None:
    """Kinds that a question names count for or against; a superseded draft is told from what stands."""
    assert feature("paper_named", "what do the minutes say", kind=PartKind.MINUTES) == 1.0
    assert feature("paper_named", "what do the minutes say", kind=PartKind.REPORT) == -1.0
    assert feature("paper_named", "what is said", kind=PartKind.REPORT) == 0.0
    assert [feature("not_current", "what", status=status) for status in ("draft", "confirmed", None)] == [
        1,
        0,
        0,
    ]


def test_people() -> None:
    """Who is asked about speaks here, or is named here."""
    question = "what did Councillor Hale say"
    assert feature("said_by", question, "Noted.", speakers=("Ada Hale",)) == 1.0
    assert feature("said_by", question, "Councillor Hale left.") == 0.0
    assert feature("named", question, "Councillor Hale left.") == 1.0
    assert feature("named", question, "Councillor Frayne left.") == 0.0
    assert feature("said_by", "what did the commissioner say", "The Commissioner said so.") == 1.0


def test_items_and_paragraphs() -> None:
    """An item of minutes or of the agenda, and a paragraph."""
    assert feature("item", "item 9", item="9") == 1.0
    assert feature("item", "item 9", item=None, agenda_item="9") == 1.0
    assert feature("item", "item 8", item="9") == 0.0
    assert feature("paragraph", "para A", paragraph="a") == 1.0
    assert feature("paragraph", "para b", paragraph="a") == 0.0
    assert feature("item", "nine", item=None) == feature("paragraph", "nine") == 0.0


@pytest.mark.parametrize(
    ("name", "question", "text"),
    [
        ("intent_attendance", "who was absent", "Apologies: Councillor Hale"),
        ("intent_decision", "what was agreed", "RESOLVED to note it."),
        ("intent_action", "which actions are open", "ACTION: Mr Osei"),
        ("intent_time", "what time did it end", "It closed at 4:15pm."),
        ("intent_money", "what did it cost", "It cost £5."),
        ("intent_number", "how many calls", "52 calls"),
        ("intent_date", "when is it due", "In May"),
        ("intent_name", "who leads it", "Imogen Frayne leads it."),
        ("intent_statement", "what did she say", "She said that it was so."),
    ],
)
def test_intents_meet_flags(name: str, question: str, text: str) -> None:
    """What is wanted is there; it counts only if it is wanted."""
    assert feature(name, question, text, item=None) == 1.0
    assert feature(name, question, "nothing of it", item=None) == 0.0
    assert feature(name, "rural crime", text, item=None) == 0.0


def test_kinds_of_paper() -> None:
    """Minutes, and tables."""
    assert feature("minutes", "roads") == 1.0
    assert feature("minutes", "roads", kind=PartKind.REPORT) == 0.0
    assert feature("row", "roads", kind=PartKind.DASHBOARD) == 1.0
    assert feature("row", "roads") == 0.0


def test_a_value_beside_the_topic() -> None:
    """A new value of the kind asked for counts by how much of the topic stands in its sentence."""
    question = "how many bicycles were stolen"
    beside = feature("value_by_topic", question, "52 bicycles were stolen. It rained all that day.")
    apart = feature("value_by_topic", question, "Bicycles were stolen. It rained on 52 of those.")
    assert beside == 1.0
    assert beside > apart > 0.0
    assert feature("value_by_topic", question, "Bicycles were stolen.") == 0.0
    assert feature("value_missing", question, "Bicycles were stolen.") == 1.0
    assert feature("value_missing", "bicycles", "Bicycles were stolen.") == 0.0
    repeated = "how many of the 52 bicycles were found"
    assert feature("value_by_topic", repeated, "Of 52 bicycles it was said that they were gone.") == 0.0


def test_words_that_are_missing() -> None:
    """The rarest of them, how many they are, and what other words for them are there."""
    assert feature("rarest_missing", "rare ferry", "A ferry") == 0.5
    assert feature("rarest_missing", "rare ferry", "A rare thing") == pytest.approx(0.1)
    assert feature("terms_missing", "rare ferry", "nothing") == pytest.approx(0.2)
    assert feature("terms_missing", "rare ferry", "A thing", header="rare ferry") == 0.0


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("which themes does the plan have", 1.0),
        ("three aims of the plan", 1.0),
        ("why was the plan late", 0.0),
    ],
)
def test_lists(question: str, wanted: float) -> None:
    """Where several things are asked for, what lists them is told from a sentence about them."""
    assert feature("list_wanted", question, "The plan: • to see • to hear • to speak") == wanted
    assert feature("list_length", question, "The plan: • to see • to hear • to speak") == wanted * 0.5
    assert feature("list_wanted", question, "The plan has been made.") == 0.0


def test_apologies_and_recommendations() -> None:
    """Where absence is asked for, and where it is asked what somebody shall decide."""
    apologies = {"item": "2", "item_title": "Apologies for Absence"}
    assert feature("apologies_wanted", "who was missing", "Apologies: Councillor Hale", item=None) == 1.0
    assert feature("apologies_item", "who was missing", "Councillor Hale", **apologies) == 1.0
    assert feature("apologies_item", "who was there", "Councillor Hale", **apologies) == 0.0
    asked, section = "what is the panel asked to agree", {"section": "2. RECOMMENDATIONS"}
    assert feature("recommendation_wanted", asked, "To agree.", **section) == 1.0
    assert feature("recommendation_wanted", "what was agreed", "To agree.", **section) == 0.0


def test_figures_of_a_month() -> None:
    """The month asked about stands in the text or among the heads; the meeting's own day does not count."""
    question = "burglaries in March 2018"
    assert feature("month_of_figures", question, "9", header="Board. 10 May 2018. Measure | Mar-18") == 1.0
    assert feature("month_of_figures", question, "In March 2018 there were 9.") == 1.0
    when = dt.date(2018, 3, 10)
    assert feature("month_of_figures", question, "9", header="Board. 10 March 2018", meeting_date=when) == 0.0


def test_who_speaks_of_what() -> None:
    """Somebody asked about counts by how much of the topic they speak of."""
    question, hale = "what did Councillor Hale say about ferries", {"speakers": ("Ada Hale",)}
    assert feature("said_of_topic", question, "Ferries were late.", **hale) > 0.0
    assert feature("said_of_topic", question, "Ferries were late.", speakers=("Bo Moss",)) == 0.0
