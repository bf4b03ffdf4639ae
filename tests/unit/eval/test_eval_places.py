"""Passages of any splitter are judged against places by one rule."""

from __future__ import annotations

import pytest

from eval.places import Judge, qrels, run_lines
from kb.records import Page, Span
from tests.unit.eval.eval_fakes import PASSAGES, TEXT, TOPICS, line_span, paper, passage, place, topic

JUDGE = Judge([paper()])


def test_the_exact_paragraph_hits() -> None:
    """The plainest case."""
    (hit,) = JUDGE.hits(TOPICS[0], PASSAGES[1])
    assert (hit.place.grade, hit.coverage) == (3, 1.0)


def test_a_large_passage_hits_the_small_place_inside_it() -> None:
    """A splitter that keeps whole items is not punished here."""
    assert len(JUDGE.hits(TOPICS[0], passage(line_span(1, 7)))) == 2


def test_a_small_passage_hits_the_large_place_around_it() -> None:
    """A splitter that cuts sentences is not punished either."""
    assert JUDGE.hits(topic("t", [place(1, 7)]), passage(line_span(4)))


def test_less_than_half_is_no_hit() -> None:
    """Half of neither: only two words are shared."""
    span = line_span(3)
    touching = passage(Span(line_span(1).start, span.start + len("1. The")))
    assert not JUDGE.hits(topic("t", [place(3)]), touching)


def test_another_document_never_hits() -> None:
    """The same characters of another file are elsewhere."""
    assert not JUDGE.hits(TOPICS[0], passage(line_span(3), name="other.txt"))


def test_lines_outside_the_file_are_not_found() -> None:
    """They are reported, not guessed."""
    assert JUDGE.extent(place(99)) is None
    assert JUDGE.text_of(place(99)) == ""


def test_a_place_counts_once_and_every_passage_is_one_line() -> None:
    """The rule of lines: the best place not taken yet, else the passage itself."""
    whole = passage(line_span(3, 5))
    lines = run_lines(JUDGE, TOPICS[0], [PASSAGES[0], whole, PASSAGES[1], PASSAGES[3]])
    first, second = (p.id for p in TOPICS[0].places)
    assert [line.item_id for line in lines][1::2] == [first, second]
    assert lines[0].item_id.startswith("passage:")
    assert lines[2].item_id.startswith("passage:")
    assert [line.rank for line in lines] == [1, 2, 3, 4]
    assert len(run_lines(JUDGE, TOPICS[0], [PASSAGES[0], PASSAGES[0]])) == 1


def test_qrels_name_places() -> None:
    """Judgments are of places, with their grades."""
    assert sorted(qrels(JUDGE, TOPICS[0]).values()) == [1, 3]
    assert all(not any(mark.isspace() for mark in name) for name in qrels(JUDGE, TOPICS[0]))


PDF_TEXT = "4. Precept\n1. The Commissioner proposed\na precept of £15.00.\n2. It was agreed.\n"
PDF = paper(
    PDF_TEXT + PDF_TEXT,
    "pack.pdf",
    (
        Page(number=1, label=None, span=Span(0, len(PDF_TEXT))),
        Page(number=2, label="1", span=Span(len(PDF_TEXT), 2 * len(PDF_TEXT))),
    ),
)


@pytest.mark.parametrize(
    "anchor", ["1. The Commissioner proposed a precept", "5. the commissioner PROPOSED a"]
)
def test_an_anchor_finds_its_paragraph_on_its_page(anchor: str) -> None:
    """White space, case and a label in another column do not matter; the page does."""
    gold = place(1, document="pack.pdf", lines=None, page=2, anchor=anchor)
    judge = Judge([PDF])
    assert judge.text_of(gold).endswith("£15.00.")
    start = PDF_TEXT.index("1. The")
    end = PDF_TEXT.index("\n2. It")
    on_page_1 = passage(Span(start, end), text=PDF.text, name="pack.pdf")
    on_page_2 = passage(Span(start + len(PDF_TEXT), end + len(PDF_TEXT)), text=PDF.text, name="pack.pdf")
    assert not judge.hits(topic("t", [gold]), on_page_1)
    assert judge.hits(topic("t", [gold]), on_page_2)
    assert judge.pages("pack.pdf", on_page_2.spans) == (2,)


def test_a_page_without_anchor_is_judged_by_its_printed_numbers() -> None:
    """Nothing else is known of such a place."""
    gold = place(1, document="pack.pdf", lines=None, page=2, paragraph="1")
    span = Span(len(PDF_TEXT) + 11, len(PDF_TEXT) + 30)
    judge = Judge([PDF])
    cited = passage(span, text=PDF.text, name="pack.pdf", item="4", paragraph="1")
    miscited = passage(span, text=PDF.text, name="pack.pdf", item="4", paragraph="2")
    assert judge.hits(topic("t", [gold]), cited)
    assert not judge.hits(topic("t", [gold]), miscited)


def test_long_words_do_not_confuse_the_count() -> None:
    """A span that begins inside a word counts the words that begin in it."""
    assert JUDGE.hits(topic("t", [place(3)]), passage(Span(line_span(3).start + 1, line_span(3).end)))
    assert TEXT.startswith("MINUTES")


@pytest.mark.parametrize(
    ("text", "anchor", "wanted"),
    [
        ("5.8 They were\n4.1 times as likely.\n5.9 Next.", "5.8 They", "5.8 They were\n4.1 times as likely."),
        ("R7\tAnswer in time\t82%\nR8\tRepeat the survey\t64%\n", "R7 Answer in", "R7\tAnswer in time\t82%"),
        ("It took on\n129 clients.\nMeasure\t2022/23\nand more", "It took on", "It took on\n129 clients."),
        ("He was appointed.\n3.\nApologies", "He was", "He was appointed."),
        ("One line\n\nAnother", "One line", "One line"),
    ],
)  # fmt: skip
def test_a_paragraph_of_a_pdf_ends_where_readers_see_it_end(text: str, anchor: str, wanted: str) -> None:
    """Not at a number that a wrapped line begins with; at labels, rows and blank lines."""
    gold = place(1, document="a.pdf", lines=None, page=1, anchor=anchor)
    source = paper(text, "a.pdf", (Page(number=1, label=None, span=Span(0, len(text))),))
    assert Judge([source]).text_of(gold) == wanted
