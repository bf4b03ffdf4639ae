"""What is understood can be said and switched off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.questions import Lexicon, understand
from tests.strategies import questions
from tests.unit.questions.library import KNOWLEDGE, PANEL, TODAY

KINDS = [
    "date",
    "year",
    "recent",
    "body",
    "person",
    "role",
    "paper",
    "item",
    "paragraph",
    "record",
    "phrase",
    "exclusion",
]


def test_pieces_are_numbered_if_there_are_several() -> None:
    """The kind switches off all, the number one."""
    text = "did the panel agree it on 19 July 2023 or in 2022?"
    question = understand(text, today=TODAY, knowledge=KNOWLEDGE)
    said = [(each.id, each.words, each.meaning) for each in question.understood if each.kind != "expansion"]
    assert said == [
        ("body", "panel", PANEL),
        ("date-1", "19 July 2023", "19 July 2023"),
        ("date-2", "2022", "2022"),
    ]
    one = understand(text, today=TODAY, knowledge=KNOWLEDGE, ignore=["date-2"])
    assert [when.words for when in one.whens] == ["19 July 2023"]
    assert [each.id for each in one.understood if not each.is_used] == ["date-2"]
    none = understand(text, today=TODAY, knowledge=KNOWLEDGE, ignore=["date"])
    assert none.whens == ()
    assert none.terms == question.terms


def test_an_exclusion_switched_off_is_looked_for() -> None:
    """Its words are ordinary ones again."""
    assert understand("crime -burglary", today=TODAY).terms == ("crime",)
    assert "burglari" in understand("crime -burglary", today=TODAY, ignore=["exclusion"]).terms


def test_the_topic_is_what_is_left() -> None:
    """Dates, bodies, people and places are not the topic."""
    question = understand(
        "what did the panel say about speed cameras in July 2023", today=TODAY, knowledge=KNOWLEDGE
    )
    assert question.topic == ("speed", "camera")


def test_abbreviations_go_both_ways() -> None:
    """With less weight than a word of the question; one that stands for many things is left alone."""
    lexicon = Lexicon([("MASH", "Multi-Agency Safeguarding Hub"), *(("AB", f"Alpha B{n}") for n in range(9))])
    [spelt] = lexicon.expand(("mash",))
    assert {"safeguard", "hub"} <= dict(spelt.terms).keys()
    assert all(0 < weight < 1 for _, weight in spelt.terms)
    [short] = [
        each for each in lexicon.expand(("multi", "agenc", "multiag", "safeguard", "hub")) if each.terms
    ]
    assert dict(short.terms).keys() == {"mash"}
    assert lexicon.expand(("ab",)) == ()


def test_the_thesaurus_is_sound() -> None:
    """Each of its words is one for the index; known pairs are found in the direction they are meant."""
    assert "tax" in dict(understand("precept", today=TODAY).expansions)
    assert "chairman" in dict(understand("who is the chair", today=TODAY).expansions)
    assert "shut" not in dict(understand("closure", today=TODAY).expansions)


@given(text=questions | st.text(max_size=200), ignore=st.sets(st.sampled_from(KINDS)))
@pytest.mark.filterwarnings("error")
def test_any_words_can_be_explained(text: str, ignore: set[str]) -> None:
    """Ids are different, words stand in the question, what is ignored is not used."""
    if not text.split():
        return
    question = understand(text, today=TODAY, knowledge=KNOWLEDGE, ignore=ignore)
    ids = [each.id for each in question.understood]
    assert len(set(ids)) == len(ids)
    assert all(each.words in question.text for each in question.understood if each.kind != "expansion")
    assert all(each.meaning for each in question.understood)
    assert all(each.is_used is (each.kind not in ignore) for each in question.understood)
    assert all(0 < weight < 1 for _, weight in question.expansions)
    assert set(question.weighted_terms) >= set(question.terms)
