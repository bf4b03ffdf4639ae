"""Struck-through text is kept beside passages and never in what they quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.passages import quote, sentence_spans
from kb.records import Span, Struck
from kb.structure.spans import within, without
from tests.outlines import Paper


def _pairs(found: list[int]) -> list[Span]:
    return [Span(start, end) for start, end in zip(found[::2], found[1::2], strict=False)]


SPANS = st.lists(st.integers(0, 60), max_size=12, unique=True).map(sorted).map(_pairs)


@given(spans=SPANS, struck=SPANS)
def test_what_is_left_and_what_is_struck_make_the_whole(spans: list[Span], struck: list[Span]) -> None:
    """No character is lost, and none is in both."""
    left, taken = without(spans, struck), within(spans, struck)
    places = [place for span in (*left, *taken) for place in range(*span)]
    assert sorted(places) == [place for span in spans for place in range(*span)]
    holes = {place for span in struck for place in range(*span)}
    assert holes.isdisjoint(place for span in left for place in range(*span))


def test_struck_words_are_not_quoted() -> None:
    """They are told of the passage, with the place in its text at which they would stand."""
    paper = Paper().item("9", "Grants").say("The grant was £500 £600 this year.", label="1").strike("£500")
    [passage] = paper.passages()
    assert passage.text == "The grant was £600 this year."
    [struck] = passage.struck
    assert struck == Struck(passage.struck[0].span, "£500", len("The grant was"))
    assert quote(paper.source.text, [struck.span]) == "£500"


def test_a_struck_part_of_a_word_leaves_a_whole_word() -> None:
    """No space where none is printed."""
    paper = Paper().item("9", "Grants").say("It cost £4.14.3m in all.", label="1").strike("4.1")
    assert paper.texts() == ["It cost £4.3m in all."]


def test_no_space_is_left_before_a_full_stop() -> None:
    """What was struck leaves the sentence as it would be printed without it."""
    paper = Paper().item("9", "Grants").say("The grant was paid late, twice.", label="1").strike("late")
    assert paper.texts() == ["The grant was paid, twice."]


def test_a_struck_paragraph_belongs_to_its_neighbour() -> None:
    """It has no passage of its own; the one before it, or else after it, tells of it."""
    paper = Paper().item("9", "Grants").say("The fund is closed.", label="1").strike("The fund is closed.")
    paper.say("The fund is open.", label="2").say("It ends in May.", label="3").strike("It ends in May.")
    [passage] = paper.passages()
    assert passage.text == "The fund is open."
    assert [struck.text for struck in passage.struck] == ["The fund is closed.", "It ends in May."]
    assert [struck.at for struck in passage.struck] == [0, len("The fund is open.")]


def test_an_item_of_struck_text_alone_has_no_passage() -> None:
    """There is nothing to quote."""
    paper = Paper().item("9", "Grants").say("The fund is closed.", label="1").strike("The fund is closed.")
    assert paper.passages() == ()


def test_struck_headings_are_no_context() -> None:
    """A sub-heading that was struck is neither quoted nor searched."""
    paper = Paper().item("9", "Grants").say("Old scheme", is_heading=True).strike("Old scheme")
    [passage] = paper.say("The fund is open.").passages()
    assert "Old scheme" not in f"{passage.header} {passage.text}"


def test_sentences_step_over_what_is_struck() -> None:
    """A sentence goes on behind it, and none is made of it alone."""
    paper = (
        Paper()
        .item("9", "Grants")
        .say("It is open. It is closed. It ends in May.", label="1")
        .strike("It is closed.")
    )
    [passage] = paper.passages()
    sentences = [
        quote(paper.source.text, spans) for spans in sentence_spans(paper.source.text, passage.spans)
    ]
    assert sentences == ["It is open.", "It ends in May."]
