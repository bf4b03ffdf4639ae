"""Laws of structure: no character lost or doubled, nothing raised, time linear in the text, labels parse back."""

from __future__ import annotations

import string
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.sources import read_source
from kb.structure.labels import Style, read_label
from kb.structure.outline import parse
from tests.structure_sources import CORPUS, SAMPLES, check_cover, text_source

_PIECES = (
    "1. Apologies for Absence",
    "2.",
    "a)",
    "b) the Panel agreed",
    "(i)",
    "ii)",
    "3.1 Text of it.",
    "4.2",
    "10.",
    "84. Title",
    "39/20 Planning",
    "21.01.05 Finance",
    "Item 3: Budget",
    "- 5) dash",
    "• bullet",
    "o Bullet",
    "MINUTES",
    "AGENDA",
    "Present: Councillor A Brown",
    "Agenda Item No. 6",
    "Public Report",
    "Dear Sir",
    "Yours faithfully",
    "To: the Board",
    "From: the Clerk",
    "Date: 3 May 2021",
    "APPENDIX A",
    "NORTHSHIRE SCRUTINY PANEL",
    "ITEM\tACTION",
    "x\ty\t3%",
    "12",
    "Page 3",
    "**Bold words**",
    "# Heading",
    "<td>cell</td>",
    "2018. The force has drafted",
    "lower case goes on",
    "A sentence ends.",
    "RESOLVED that:",
    "ROLL CALL: Present: nobody at all here.",
    "1. The meeting was called to order by the Chair.",
    "",
    "",
    " ",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=60))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_of_paperlike_text_has_one_place(pieces: list[str]) -> None:
    """Shuffled pieces of papers: nothing is lost, nothing stands twice."""
    source = text_source("\n".join(pieces))
    check_cover(source, parse(source))


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_every_character_of_any_text_has_one_place(text: str) -> None:
    """Any Unicode: nothing is raised, lost or doubled."""
    source = text_source(text)
    check_cover(source, parse(source))


@given(st.text(alphabet="0123456789.()abiv \n\t*#-/", max_size=300))
@settings(max_examples=300, deadline=None)
def test_every_character_of_labels_and_marks_has_one_place(text: str) -> None:
    """Text of little but labels and markup."""
    source = text_source(text)
    check_cover(source, parse(source))


@pytest.mark.parametrize(
    "pattern",
    [
        "a)\nb)\nc)\n", "1.\n2.\n3.\n", "word ", "1 ", "[", "<a", "a\t", "• one thing\n", "HEADING\n", "Appendix A\n\n",
        "Some words. With an end.\n", "12\n\n", "AGENDA\nx\n\n", "Dear Sir\n", "ITEM\nACTION\n", "the Panel of the ",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_not_its_square(pattern: str) -> None:
    """Ten times as much of the same takes at most thirty times as long, with a floor for small times."""
    small = text_source(pattern * (15_000 // len(pattern)))
    large = text_source(pattern * (150_000 // len(pattern)))
    before = time.perf_counter()
    parse(small)
    between = time.perf_counter()
    parse(large)
    assert time.perf_counter() - between < 30 * max(between - before, 0.05)


def test_more_labels_than_texts_end_in_time() -> None:
    """Hundreds of labels in a block before hundreds of texts are paired without weighing every cut."""
    labels = "\n".join(f"{number}." for number in range(1, 400))
    source = text_source(f"{labels}\n" + "A text ends here.\n" * 800)
    before = time.perf_counter()
    check_cover(source, parse(source))
    assert time.perf_counter() - before < 5


_LABELS = st.one_of(
    st.integers(1, 999).map(lambda number: (f"{number}.", str(number), Style.DOT)),
    st.integers(1, 999).map(lambda number: (f"({number})", str(number), Style.BRACKETS)),
    st.integers(1, 999).map(lambda number: (f"{number})", str(number), Style.PAREN)),
    st.sampled_from(sorted(set(string.ascii_lowercase) - set("ivx"))).map(
        lambda c: (f"{c})", c, Style.LETTER)
    ),
    st.sampled_from(sorted(set(string.ascii_lowercase) - set("ivx"))).map(
        lambda c: (f"({c})", c, Style.LETTER_BRACKETS)
    ),
    st.tuples(st.integers(1, 99), st.integers(1, 99)).map(
        lambda p: (f"{p[0]}.{p[1]}", f"{p[0]}.{p[1]}", Style.DECIMAL)
    ),
    st.tuples(st.integers(1, 999), st.integers(10, 99)).map(
        lambda p: (f"{p[0]}/{p[1]}", f"{p[0]}/{p[1]}", Style.SLASH)
    ),
)


@given(_LABELS, st.sampled_from(["Text of it", "Councillor Brown asked"]))
def test_printed_labels_parse_back(printed: tuple[str, str, Style], rest: str) -> None:
    """Printing a label before a text and reading it returns the label and the place of the text."""
    text, value, style = printed
    label = read_label(f"{text} {rest}")
    assert label is not None
    assert (label.value, label.style) == (value, style)
    assert f"{text} {rest}"[label.end :] == rest


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_character_of_a_sample_paper_has_one_place(path: Path) -> None:
    """The same law over the sample papers."""
    source = read_source(path)
    check_cover(source, parse(source))


@pytest.mark.skipif(not CORPUS, reason="the corpus is not on this machine (KB_SHARED)")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_every_character_of_the_corpus_has_one_place(path: Path) -> None:
    """The same law over the corpus."""
    source = read_source(path)
    check_cover(source, parse(source))
