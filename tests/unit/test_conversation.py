"""Conversations with a library."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kb.conversation import Conversation, Turn
from kb.errors import QuestionError
from kb.generation import ModelSettings
from kb.ingest import ingest
from kb.library import Library
from kb.records import Answer
from tests.fakes import HashingEncoder
from tests.model_server import claims, serving, streamed

MINUTES = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on {day}

1. {topic}

1. The Commissioner reported on {topic}. She said that it cost £{cost}.

2. Councillor Hale proposed and Councillor Sharp seconded a motion on {topic}.

RESOLVED to note the report on {topic}.
"""
PAPERS = {
    "a.txt": ("19 July 2023", "speed cameras", 100),
    "b.txt": ("31 January 2024", "speed cameras", 250),
    "c.txt": ("31 January 2023", "the precept", 300),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three minutes of one body."""
    folder = tmp_path_factory.mktemp("conversation")
    (folder / "papers").mkdir()
    for name, (day, topic, cost) in PAPERS.items():
        (folder / "papers" / name).write_text(MINUTES.format(day=day, topic=topic, cost=cost))
    ingest([folder / "papers"], folder / "library", encoder=HashingEncoder())
    with Library.open(folder / "library", encoder=HashingEncoder()) as opened:
        yield opened


def _carried(answer: Answer) -> dict[str, bool]:
    return {each.id: each.is_used for each in answer.understood if each.kind == "carried"}


def test_a_follow_up_is_answered_in_its_thread(library: Library) -> None:
    """The seconder of the motion spoken of, at the meeting spoken of; without the thread that is anybody's guess."""
    talk = Conversation(library)
    first = talk.ask("What did speed cameras cost in 2023?")
    assert first.hits[0].passage.citation.document == "a.txt"
    second = talk.ask("who seconded it?")
    assert _carried(second) == {"carried-topic": True, "carried-date": True}
    assert second.question == "who seconded it?"
    assert second.hits[0].passage.citation.document == "a.txt"
    assert any("seconded" in hit.passage.text for hit in second.hits[:3])
    third = talk.ask("and in 2024?")
    assert third.hits[0].passage.citation.document == "b.txt"


def test_turns_can_be_handed_in_anew(library: Library) -> None:
    """A page without memory gets what a conversation kept open gets."""
    talk = Conversation(library)
    talk.ask("What did speed cameras cost in 2023?")
    talk.ask("and in 2024?", ignore=["carried-topic"])
    again = Conversation(library, turns=talk.turns)
    assert talk.turns[1] == Turn(text="and in 2024?", ignore=("carried-topic",))
    assert again.previous == talk.previous
    assert _carried(again.ask("who seconded it?")) == _carried(talk.ask("who seconded it?"))


def test_a_failed_question_changes_nothing(library: Library) -> None:
    """The next one follows the last that was asked."""
    talk = Conversation(library)
    talk.ask("What did speed cameras cost in 2023?")
    before = talk.previous
    with pytest.raises(QuestionError):
        talk.ask("  ")
    assert talk.previous == before
    assert len(talk.turns) == 1
    talk.start_anew()
    assert (talk.previous, talk.turns) == (None, ())
    assert _carried(talk.ask("who seconded it?")) == {}


def test_a_language_model_is_asked_what_was_meant(library: Library) -> None:
    """It is given what a follow-up takes over, and passages without the library's ids; the quotes stay."""
    with serving(streamed(claims(("The cameras cost £100.", ["p1"]), ("They cost £777.", ["p1"])))) as served:
        model = ModelSettings(base_url=served.base_url, model="small", deadline_s=5.0)
        talk = Conversation(library)
        plain = talk.ask("What did speed cameras cost in 2023?")
        assert served.requests == []
        answer = talk.ask("how much did they cost?", model=model)
    [request] = served.requests
    data = json.loads(request["messages"][1]["content"])
    assert "speed cameras" in data["question"]
    assert all(hit.passage.id not in request["messages"][1]["content"] for hit in answer.hits)
    assert plain.written is None
    assert answer.quotes
    assert answer.written is not None
    assert [claim.is_proven for claim in answer.written.claims] == [True, False]
