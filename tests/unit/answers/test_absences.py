"""What a question presupposes and the papers don't have."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.answers.absences import ABSENCES, Absences, look, reason
from kb.answers.compose import with_sentences
from kb.ingest import ingest
from kb.library import Library
from tests.fakes import HashingEncoder

MINUTES = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on 19 July 2023

Members Present: Councillors A Hale (Chair), B Moss and C Reed
Others Present: Ian Wray, Police and Crime Commissioner

1. Harbour

1. Councillor Hale asked why the harbour was closed. The Commissioner explained that it was closed because of the
storm, and that the repairs had cost £41,000.

2. Councillor Moss asked about bicycles. The Commissioner said that they were stolen from the station.

2. Cameras

1. The Commissioner reported that speed cameras stood in the villages. The supplier was Larkfield Optics.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One meeting's minutes."""
    folder: Path = tmp_path_factory.mktemp("papers")
    (folder / "minutes.txt").write_text(MINUTES)
    ingest([folder], folder / "library", encoder=HashingEncoder())
    with Library.open(folder / "library", encoder=HashingEncoder()) as opened:
        yield opened


def absent(library: Library, question: str) -> Absences:
    """What is missing for a question."""
    found = library.gather(question)
    evidence = with_sentences(found.evidence, found.passages, found.sources)
    return look(found.question, evidence, found.idf)


def why_not(library: Library, question: str) -> str | None:
    """That in words."""
    return reason(library.understand(question), absent(library, question))


def test_a_meeting_without_papers_is_missed(library: Library) -> None:
    """By its day or month; a date that is no meeting's misses none."""
    assert absent(library, "what was agreed at the panel meeting on 22 June 2021").meeting == 1.0
    assert absent(library, "what was agreed at the panel meeting on 19 July 2023").meeting == 0.0
    assert absent(library, "what was agreed at the July 2023 panel").minutes == 0.0
    assert absent(library, "what was agreed at the June 2021 panel").minutes == 1.0
    assert absent(library, "bicycles stolen in June 2021").meeting == 0.0
    assert "22 June 2021" in str(why_not(library, "what was agreed at the panel meeting on 22 June 2021"))


def test_somebody_who_does_not_speak_is_missed(library: Library) -> None:
    """At all, or of the topic; a question put to somebody else is not theirs."""
    silent = absent(library, "what did Councillor Reed say about the harbour")
    assert (silent.speaker, silent.speech) == (1.0, 1.0)
    other = absent(library, "what did Councillor Moss say about the harbour")
    assert (other.speaker, other.speech) == (0.0, 1.0)
    right = absent(library, "what did Councillor Hale say about the harbour")
    assert (right.speaker, right.speaker_there, right.speech) == (0.0, 0.0, 0.0)
    assert absent(library, "what did the Commissioner say about the harbour").speech == 0.0
    assert "Reed" in str(why_not(library, "what did Councillor Reed say about the harbour"))


def test_a_value_far_from_its_topic_is_missed(library: Library) -> None:
    """The cameras are mentioned, but never what they cost; the repairs of the harbour are."""
    cameras = absent(library, "how much did the speed cameras cost").amount
    harbour = absent(library, "how much did the harbour repairs cost").amount
    assert cameras > 0.6 > harbour
    assert "no figure" in str(why_not(library, "how much did the speed cameras cost"))


def test_names_and_reasons_are_missed(library: Library) -> None:
    """Who supplied the cameras is told, who stole the bicycles is not; nor why."""
    told = absent(library, "which company was the supplier of the cameras").name
    untold = absent(library, "which company was the supplier of the bicycles").name
    assert told < untold
    assert absent(library, "why was the harbour closed").reason < 0.5
    assert absent(library, "why were the bicycles stolen").reason > 0.5


def test_nothing_is_missed_without_being_asked_for(library: Library) -> None:
    """A topic presupposes nothing."""
    assert absent(library, "speed cameras in villages") == Absences()
    assert why_not(library, "speed cameras in villages") is None


def test_every_absence_is_a_signal() -> None:
    """In one order."""
    names = [f"no_{field.name}" for field in dataclasses.fields(Absences)]
    assert tuple(names) == ABSENCES
    assert Absences(year=1.0).values[ABSENCES.index("no_year")] == 1.0
