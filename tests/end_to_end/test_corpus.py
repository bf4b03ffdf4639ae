"""The real corpus, from its files to cited answers, with the real model.

The corpus is not part of the repository: these tests know places and facts of it, none of its sentences.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb.answers.proof import is_proven
from kb.ingest import FileStatus, IngestReport, ingest
from kb.library import Library
from kb.records import Hit, PartKind
from tests.command import ROOT

FOLDER = Path(os.environ.get("KB_CORPUS") or ROOT.parent / "shared" / "corpus")
FILES = sorted(FOLDER.glob("*.txt"))
BODY = "Cambridgeshire Police and Crime Panel"
QUESTIONS = (
    "what did the commissioner say about Vision Zero",
    "who sent apologies to the meeting on 19 July 2023?",
    "what was agreed about the precept",
    "how many officers were there",
    "when did the meeting of 6 September 2017 start",
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason=f"the corpus is not in {FOLDER}; name its folder by KB_CORPUS"),
]


@dataclass(frozen=True)
class Built:
    """A library of the corpus, the report of its making and that of a second run."""

    folder: Path
    first: IngestReport
    second: IngestReport


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Made once for all tests here."""
    folder = tmp_path_factory.mktemp("corpus") / "library"
    return Built(folder, ingest(FILES, folder), ingest(FILES, folder))


@pytest.fixture(scope="module")
def library(built: Built) -> Iterator[Library]:
    """The library, open."""
    with Library.open(built.folder, today=lambda: dt.date(2024, 1, 1)) as opened:
        yield opened


def place(hit: Hit) -> tuple[str | None, str | None]:
    """The item and paragraph of a hit in the minutes of 19 July 2023; nothing of any other."""
    citation = hit.passage.citation
    here = (citation.body, citation.meeting_date, citation.kind)
    if here != (BODY, dt.date(2023, 7, 19), PartKind.MINUTES):
        return None, None
    return citation.item, citation.paragraph


def test_every_file_is_taken_in(built: Built) -> None:
    """All five, with passages."""
    assert len(FILES) == 5
    assert [result.status for result in built.first.results] == [FileStatus.ADDED] * 5
    assert all(result.passages for result in built.first.results)
    assert built.first.embedded > 0


def test_a_second_run_embeds_nothing(built: Built) -> None:
    """Nothing has changed."""
    assert [result.status for result in built.second.results] == [FileStatus.UNCHANGED] * 5
    assert built.second.embedded == 0
    assert built.second.passages == built.first.passages


@pytest.mark.skipif(os.environ.get("KB_BENCH") != "1", reason="times are asserted where KB_BENCH=1")
def test_ingestion_is_quick(built: Built) -> None:
    """A minute for the whole corpus."""
    assert built.first.seconds <= 60


def test_vision_zero_is_found_to_the_paragraph(library: Library) -> None:
    """Three places of one meeting's minutes speak of it; all are among the first five."""
    hits = library.search(QUESTIONS[0], k=5)
    places = [place(hit) for hit in hits]
    assert "6" in {item for item, _ in places}
    assert {("9", "7"), ("9", "5")} <= set(places)
    for hit in hits:
        if place(hit) in {("9", "7"), ("9", "5")}:
            assert f"{BODY}, 19 July 2023, minutes, item 9 " in hit.passage.citation.label
            assert f", para {hit.passage.citation.paragraph}" in hit.passage.citation.label


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_verbatim(library: Library, question: str) -> None:
    """Every quote is the source at its spans, inside a passage that can be opened by its id."""
    answer = library.ask(question)
    assert answer.abstained is not bool(answer.quotes)
    for quote in answer.quotes:
        document = quote.passage.citation.document
        assert is_proven(quote, {document: library.source_text(document)})
        assert library.passage(quote.passage.id) == quote.passage
        assert quote.text in answer.text


def test_the_question_of_vision_zero_is_answered(library: Library) -> None:
    """With words from that meeting's minutes."""
    answer = library.ask(QUESTIONS[0])
    assert not answer.abstained
    assert {quote.passage.citation.meeting_date for quote in answer.quotes} == {dt.date(2023, 7, 19)}
