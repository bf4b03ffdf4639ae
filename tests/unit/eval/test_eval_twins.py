"""A text in several files is one place, whichever of them is returned."""

from __future__ import annotations

from dataclasses import replace

from eval.citing import Level, mark_first, mark_quotes
from eval.places import Judge, qrels, run_lines
from kb.records import Answer, Hit, Link, LinkKind, Page, Passage, PassageId, Quote, Span
from tests.unit.eval.eval_fakes import TEXT, line_span, paper, passage, place, topic

SHIFT = "A covering page\nof two lines.\n"
TWIN = paper(SHIFT + TEXT, "pack.txt")
JUDGE = Judge([paper(), TWIN])
PARAGRAPH = line_span(3)
THERE = Span(PARAGRAPH.start + len(SHIFT), PARAGRAPH.end + len(SHIFT))
GOLD_HERE = place(3)
GOLD_THERE = place(5, document="pack.txt")


def in_both(span: Span = PARAGRAPH) -> Passage:
    """A passage of the minutes that stands in the pack too."""
    found = passage(span)
    link = Link(
        kind=LinkKind.ALSO_IN,
        id=PassageId("pack"),
        document="pack.txt",
        label="pack",
        page=None,
        page_label=None,
        spans=(Span(span.start + len(SHIFT), span.end + len(SHIFT)),),
    )
    return replace(found, citation=replace(found.citation, links=(link,)))


def test_a_passage_hits_the_place_of_its_copy() -> None:
    """But not if it has none."""
    assert JUDGE.hits(topic("t", [GOLD_THERE]), in_both())
    assert not JUDGE.hits(topic("t", [GOLD_THERE]), passage(PARAGRAPH))


def test_a_piece_hits_only_where_it_stands_in_the_copy() -> None:
    """A quote of two paragraphs' passage is as long there as here."""
    both = in_both(Span(PARAGRAPH.start, line_span(5).end))
    gold = topic("t", [place(7, document="pack.txt")])
    assert JUDGE.hits(gold, both)
    assert not JUDGE.hits_of_spans(gold, both.citation, (PARAGRAPH,))
    assert JUDGE.hits_of_spans(gold, both.citation, (line_span(5),))


def test_places_of_one_text_in_two_files_are_one_judgment() -> None:
    """Found once it is found; the better grade counts; a second copy earns nothing."""
    asked = topic("t", [GOLD_HERE, replace(GOLD_THERE, grade=2)])
    assert list(qrels(JUDGE, asked).values()) == [GOLD_HERE.grade]
    first, second = run_lines(JUDGE, asked, [passage(THERE, text=TWIN.text, name="pack.txt"), in_both()])
    assert [first.item_id] == list(qrels(JUDGE, asked))
    assert second.item_id.startswith("passage:")


def test_other_meetings_other_labels_and_other_words_are_other_places() -> None:
    """However alike."""
    for other in (
        replace(GOLD_THERE, meeting_date="2024-01-01"),
        replace(GOLD_THERE, item="99"),
        place(6, document="pack.txt"),
        replace(GOLD_HERE, lines=place(4).lines),
    ):
        assert len(qrels(JUDGE, topic("t", [GOLD_HERE, other]))) == 2, other


def test_pages_are_compared_in_the_file_of_the_place() -> None:
    """The copy has its own pages."""
    pages = (
        Page(number=1, label=None, span=Span(0, len(SHIFT))),
        Page(number=2, label=None, span=Span(len(SHIFT), len(TWIN.text))),
    )
    judge = Judge([paper(), replace(TWIN, pages=pages)])
    gold = replace(GOLD_THERE, page=2, lines=GOLD_THERE.lines)
    found = in_both()
    assert mark_first(judge, topic("t", [gold]), [found])[Level.PAGE] is True
    quoted = Quote(text=found.text, passage=found, spans=found.spans)
    answer = Answer(
        question="?",
        text=found.text,
        abstained=False,
        confidence=1.0,
        kind="fact",
        quotes=(quoted,),
        hits=(Hit(rank=1, passage=found, score=1.0, bm25_score=1.0, cosine=1.0),),
        latency_ms=1.0,
    )
    share, marks = mark_quotes(judge, topic("t", [gold]), answer)
    assert (share, marks[Level.PAGE]) == (1.0, 1.0)
