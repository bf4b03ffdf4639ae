"""Records become text: readable, marked, and escaped where it matters."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html as stdlib_html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import KbError
from kb.ingest import FileResult, FileStatus, IngestReport
from kb.interfaces.rendering import markdown, terminal, words
from kb.interfaces.rendering.html import answers, cards, states
from kb.interfaces.rendering.html.markup import Html, marked, tag
from kb.records import Answer, Conflict, Passage, Quote, Span, Struck
from tests.unit.interfaces.fake_library import (
    OUTLINE,
    FakeLibrary,
    make_answer,
    make_citation,
    make_hits,
    make_passage,
)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("*Road Safety – Vision Zero*. The Commissioner", "Road Safety – Vision Zero. The Commissioner"),
        ("The Panel **NOTED** the item", "The Panel NOTED the item"),
        ("***Both*** and **bold**", "Both and bold"),
        ("<p>13 SEPTEMBER 2023</p> <p>Civic Suite</p>", "13 SEPTEMBER 2023 Civic Suite"),
        ("one<br/>two", "one two"),
        ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
        ("a < b and c > d", "a < b and c > d"),
        ("a footnote* here and* there", "a footnote* here and* there"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("an unclosed **run", "an unclosed run"),
        ("• Dashcam portal - the link", "Dashcam portal - the link"),
        ("- *Vision Zero* - 5", "Vision Zero - 5"),
        ("-5 degrees", "-5 degrees"),
    ],
)
def test_source_markup_is_dropped_for_display(source: str, shown: str) -> None:
    """Emphasis and layout tags go, everything a paper says stays."""
    assert words.plain(source) == shown


@given(st.text(), st.text())
def test_marking_loses_no_character(text: str, question: str) -> None:
    """The pieces joined are the text."""
    assert "".join(piece.text for piece in words.marked(text, question)) == text


def test_words_are_marked_by_their_stem() -> None:
    """Other forms of the question's words are marked, stop words are not."""
    pieces = words.marked("The Commissioner supported speed cameras.", "Did he support the camera?")
    assert [piece.text for piece in pieces if piece.is_marked] == ["supported", "cameras"]


@pytest.mark.parametrize(
    ("count", "first", "last", "said"),
    [
        (0, None, None, "0 papers"),
        (1, dt.date(2023, 7, 19), dt.date(2023, 7, 19), "1 paper, 19 July 2023"),
        (5, dt.date(2017, 9, 6), dt.date(2023, 9, 20), "5 papers, 6 September 2017 to 20 September 2023"),
    ],
)
def test_the_extent_is_said_in_words(
    count: int, first: dt.date | None, last: dt.date | None, said: str
) -> None:
    """How much, from when to when."""
    assert words.extent(count, first, last) == said


def test_speakers_are_joined_as_in_a_sentence() -> None:
    """No one, one, several."""
    assert [words.speakers(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_a_citation_line_adds_page_and_status() -> None:
    """Both page numbers are shown when they differ, and that a paper is a draft."""
    line = words.citation_line(make_citation("1", status="draft"))
    assert line.endswith("para 1, p. 3 (printed 5) [Draft]")


def test_ascii_keeps_the_meaning() -> None:
    """Typographic characters have ASCII likenesses."""
    assert words.to_ascii("“£5 – café…” • ½") == '"GBP 5 - cafe..." * 1⁄2'


def test_the_terminal_answer_names_its_sources() -> None:
    """Answer first, then its sources by number, then what comes nearest, nothing wider than asked."""
    shown = terminal.answer(make_answer(), width=60)
    assert shown.startswith(
        "The Commissioner said that speed cameras cost £1.2m a year.\n[1]\n\nSources\n[1] Fenwold"
    )
    assert "Said by the Commissioner" in shown
    assert "Other passages\n 2. Fenwold" in shown
    assert max(map(len, shown.splitlines())) <= 60


def test_the_terminal_says_plainly_that_nothing_was_found() -> None:
    """An abstention is one sentence and the nearest places, never a source."""
    shown = terminal.answer(make_answer(abstained=True), width=80, limit=2)
    assert shown.startswith("Not found in these papers.\n\nNearest places\n 1. Fenwold")
    assert "Sources" not in shown
    assert " 3. " not in shown


def test_terminal_marks_are_bold_and_optional() -> None:
    """Escape codes appear only when asked for."""
    assert "\x1b[1mcameras\x1b[0m" in terminal.passages(make_hits(), "cameras", width=80, style=True)
    assert "\x1b" not in terminal.passages(make_hits(), "cameras", width=80)


def test_documents_and_outlines_read_as_lists() -> None:
    """Name, size and parts; items with their paragraphs."""
    assert terminal.documents(FakeLibrary().documents(), width=80) == (
        "minutes.txt  (4 pages, 3 passages)\n"
        "  - minutes, Fenwold Police and Crime Panel, 22 March 2023, Minutes"
    )
    assert terminal.outline("minutes.txt", OUTLINE, width=80) == (
        "minutes.txt\n"
        "- minutes (draft), Fenwold Police and Crime Panel, 22 March 2023, Minutes, p. 1\n"
        "   - 6. Road safety p. 3\n"
        "        paragraphs 1, a"
    )


def test_an_ingest_report_tells_what_changed() -> None:
    """A line for each file that is new or failed, its issues cut short; unchanged ones are counted only."""
    results = (
        FileResult(
            path=Path("a.pdf"),
            status=FileStatus.ADDED,
            passages=3,
            doubts=2,
            issues=("one", "two", "three", "four"),
        ),
        FileResult(path=Path("b.pdf"), status=FileStatus.UNCHANGED),
        FileResult(path=Path("c.pdf"), status=FileStatus.DUPLICATE, duplicate_of="a.pdf"),
        FileResult(
            path=Path("d.pdf"), status=FileStatus.FAILED, reason="It is empty.", next_step="Fetch it again."
        ),
    )
    report = IngestReport(results=results, passages=3, embedded=3, seconds=1.25)
    assert terminal.ingest_report(report, width=80).splitlines() == [
        "added     a.pdf (3 passages)",
        "          - one",
        "          - two",
        "          - three",
        "          - and 1 more",
        "duplicate c.pdf of a.pdf",
        "failed    d.pdf: It is empty. Fetch it again.",
        "1 added, 1 unchanged, 1 duplicate, 1 failed; the library holds 3 passages, 3",
        "embedded now, in 1.2 s.",
        "2 places may not have been understood: kb doubts",
    ]


def test_markdown_escapes_the_paper() -> None:
    """What a paper prints is not read as Markdown."""
    assert markdown.escape("# 1. *x* <b> [a](b)") == r"\# 1. \*x\* \<b\> \[a\](b)"
    assert markdown.escape("1. one\n- two") == "1\\. one\n\\- two"
    shown = markdown.answer(make_answer())
    assert shown.startswith("### What do speed cameras cost?\n\n> The Commissioner")
    assert "\n1. Fenwold" in shown
    assert "**Not found in these papers.**" in markdown.answer(make_answer(abstained=True))


def make_card(passage: Passage, question: str = "") -> Html:
    """A passage as the page shows it."""
    return cards.card(passage, question, number=1, open_at=lambda place: f"?place={place}")


def shown_answer(found: Answer) -> Html:
    """An answer as the page shows it."""
    return answers.answer(found, open_at=lambda place: f"?place={place}", searched="1 paper")


@given(st.text(), st.text(), st.text())
def test_elements_escape_what_they_are_given(name: str, child: str, attribute: str) -> None:
    """Whatever stands in a child or an attribute, there are the element's own signs and no others."""
    shown = tag("p", child, [name, None], title=attribute, data_is_set=True, data_is_not=False)
    assert shown.count("<") == shown.count(">") == 2
    assert shown.count('"') == 2
    assert stdlib_html.unescape(re.sub(r"<[^>]*>", "", shown)) == child + name


@given(st.text(), st.text())
def test_html_shows_any_text_exactly(text: str, question: str) -> None:
    """Marked HTML, its marks removed, unescapes to the text; nothing in it can open a tag."""
    shown = marked(text, question)
    bare = re.sub(r"</?mark>", "", shown)
    assert "<" not in bare
    assert '"' not in bare
    assert stdlib_html.unescape(bare) == text


@pytest.mark.parametrize("abstained", [False, True])
def test_html_holds_no_markup_of_the_paper(*, abstained: bool) -> None:
    """Injection in text, file name, speaker and question stays text."""
    evil = "<img src=x onerror=alert(1)>"
    passage = make_passage("1", f"Said {evil}", speakers=[evil], document=f"{evil}.pdf")
    shown = make_card(passage, evil) + shown_answer(make_answer(evil, abstained=abstained))
    shown += states.error(KbError(evil, next_step=evil), reference=evil) + states.empty_library(evil)
    assert "<img" not in shown
    assert "<script" not in shown


def test_html_numbers_lead_to_their_cards() -> None:
    """Each reference has a card, and a name for screen readers."""
    shown = shown_answer(make_answer())
    assert 'href="#kb-source-1" aria-label="Source 1: Fenwold' in shown
    assert 'id="kb-source-1"' in shown
    assert "More places (2)" in shown


def test_html_shows_conflicts_side_by_side_and_the_short_answer_first() -> None:
    """The figure asked for stands before the quotes; what papers print differently, both ways."""
    found = make_answer()
    conflict = Conflict(quotes=(found.quotes[0], dataclasses.replace(found.quotes[0], text="It cost £9.")))
    shown = shown_answer(dataclasses.replace(found, short="£1.2m", verdict="yes", conflicts=(conflict,)))
    assert shown.index("Yes. £1.2m") < shown.index("speed cameras")
    assert shown.index("The papers disagree") < shown.index("It cost £9.")
    refused = dataclasses.replace(make_answer(abstained=True), why_not="Its cost is not discussed.")
    assert "Its cost is not discussed." in shown_answer(refused)


def test_html_shows_commands_as_code() -> None:
    """What stands between backquotes is a command; a lone backquote is a backquote."""
    assert states.commands("Run `kb ingest <x>` now.") == "Run <code>kb ingest &lt;x&gt;</code> now."
    assert states.commands("Build it: kb ingest PATH") == "Build it: <code>kb ingest PATH</code>"
    assert states.commands("a ` b") == "a ` b"


@pytest.mark.parametrize(
    ("text", "struck", "shown"),
    [
        ("The grant was £600.", Struck(Span(14, 18), "£500", 13), "The grant was [struck: £500] £600."),
        ("It cost £4.3m.", Struck(Span(9, 12), "4.1", 9), "It cost £[struck: 4.1]4.3m."),
        ("It is open.", Struck(Span(0, 9), "It is shut.", 0), "[struck: It is shut.] It is open."),
        ("It is open.", Struck(Span(12, 14), "Now.", 11), "It is open. [struck: Now.]"),
    ],
)
def test_struck_text_is_shown_as_struck(text: str, struck: Struck, shown: str) -> None:
    """In its place among what stands, in words on a terminal and as a deletion on the page."""
    passage = make_passage("1", text, struck=[struck])
    assert shown in terminal.passages(make_hits([passage]), "", width=80)
    card = make_card(passage)
    assert shown.replace("[struck: ", "<del>").replace("]", "</del>") in card


def test_struck_text_is_escaped() -> None:
    """Like all else a paper says."""
    passage = make_passage("1", "It is open.", struck=[Struck(Span(0, 9), "<b id=x>&", 0)])
    assert "<del>&amp;</del>" in make_card(passage)


def test_an_answer_says_nothing_of_struck_text() -> None:
    """It is told of passages, not of quotes."""
    passage = make_passage("1", "The grant was £600.", struck=[Struck(Span(14, 18), "£500", 13)])
    quoted = Quote(text=passage.text, passage=passage, spans=passage.spans)
    answer = dataclasses.replace(make_answer(), quotes=(quoted,), hits=())
    for shown in (terminal.answer(answer, width=80), markdown.answer(answer)):
        assert "£600" in shown
        assert "£500" not in shown


def test_further_quotes_are_folded_on_the_page() -> None:
    """Each leads to its place and shows as text; without any there is nothing to unfold."""
    found = make_answer()
    further = dataclasses.replace(found.quotes[0], text="It cost <script>£9</script>.")
    shown = shown_answer(dataclasses.replace(found, more=(further,)))
    assert "More of what these papers say (1)" in shown
    folded = shown.split('kb-more">')[1].split("</details>")[0]
    assert "It cost &lt;script&gt;£9&lt;/script&gt;." in folded
    assert f"<cite>{words.keep_together(further.passage.citation.label)}" in folded
    assert "kb-more" not in shown_answer(found)
