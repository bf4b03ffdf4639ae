"""``kb chat``: a conversation in plain lines, or in JSON lines."""

from __future__ import annotations

import io
import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kb.ingest import ingest
from kb.interfaces import cli
from kb.library import Library
from tests.fakes import HashingEncoder

SCHEMA = json.loads((Path(__file__).parents[3] / "kb/interfaces/answer.schema.json").read_text("utf-8"))
MINUTES = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on {day}

1. SPEED CAMERAS

1. The Commissioner reported on speed cameras. She said that they cost £{cost}.

2. Councillor Hale proposed and Councillor Sharp seconded a motion on speed cameras.

RESOLVED to note the report.
"""
FIRST = "What did speed cameras cost in 2023?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two minutes."""
    folder = tmp_path_factory.mktemp("chat")
    (folder / "papers").mkdir()
    for name, day, cost in (("a.txt", "19 July 2023", 100), ("b.txt", "31 January 2024", 250)):
        (folder / "papers" / name).write_text(MINUTES.format(day=day, cost=cost))
    ingest([folder / "papers"], folder / "library", encoder=HashingEncoder())
    return folder / "library"


@pytest.fixture
def chat(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Say lines, get the exit code and what was said back."""
    opened = types.SimpleNamespace(open=lambda _: Library.open(folder, encoder=HashingEncoder()))
    monkeypatch.setattr(sys.modules["kb.library"], "Library", opened)

    def say(*lines: str, options: tuple[str, ...] = ()) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = cli.main(["chat", *options])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return say


def _objects(shown: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shown.splitlines()]


def test_what_is_taken_over_is_said_first(chat: Callable[..., tuple[int, str, str]]) -> None:
    """Before the answer, in words and with the id that switches it off; the first question takes over nothing."""
    code, shown, said = chat(FIRST, "who seconded it?", "/quit", "never asked")
    assert (code, said) == (0, "")
    first, second = shown.split("Understood")
    assert "carried" not in first
    told = " ".join(second.split())
    assert told.startswith(
        "- speed cameras cost: topic carried over from the question before [carried-topic]"
    )
    assert "[carried-date]" in told
    assert "never asked" not in shown


def test_a_piece_is_taken_back(chat: Callable[..., tuple[int, str, str]]) -> None:
    """The same question is asked again without it, and says so."""
    _, shown, _ = chat(FIRST, "who seconded it?", "/without carried-date")
    assert "[carried-date, ignored]" in " ".join(shown.split())


def test_a_new_start_forgets(chat: Callable[..., tuple[int, str, str]]) -> None:
    """Nothing is carried into it."""
    _, shown, _ = chat(FIRST, "/new", "who seconded it?")
    assert "carried" not in shown.split("A new conversation.")[1]


def test_a_line_that_fails_ends_nothing(chat: Callable[..., tuple[int, str, str]]) -> None:
    """It says why, and the next is answered; empty lines are passed over."""
    code, shown, said = chat("/without carried-date", "/nonsense", "", "why " * 2_000, FIRST)
    assert code == 0
    assert said.count("kb: ") == 3
    assert "Sources" in shown or "Nearest places" in shown


def test_no_escape_sequences_and_nothing_drawn_over(chat: Callable[..., tuple[int, str, str]]) -> None:
    """A screen reader reads what is there."""
    _, shown, _ = chat(FIRST, "and in 2024?")
    assert not set("\x1b\r\x08") & set(shown)


def test_programs_speak_json_lines(chat: Callable[..., tuple[int, str, str]]) -> None:
    """One object in, one out, in the schema of an answer; errors too."""
    lines = (
        json.dumps({"id": "a", "question": FIRST}),
        json.dumps({"id": "b", "question": "who seconded it?", "ignore": ["carried-topic"]}),
        json.dumps({"id": "c", "again": ["carried-date"]}),
        "{not json",
        json.dumps({"id": "d", "question": 5}),
        json.dumps({"id": "e", "question": "why?", "ignore": "carried"}),
        json.dumps({"new": True}),
        "who seconded it?",
    )
    code, shown, said = chat(*lines, options=("--json",))
    assert (code, said) == (0, "")
    objects = _objects(shown)
    for each in objects:
        jsonschema.validate(each, SCHEMA)
    assert [each["id"] for each in objects] == ["a", "b", "c", None, "d", "e", None]
    carried = [
        {piece["id"]: piece["used"] for piece in each.get("understood", ()) if piece["kind"] == "carried"}
        for each in objects
    ]
    assert carried[:3] == [
        {},
        {"carried-topic": False, "carried-date": True},
        {"carried-topic": False, "carried-date": False},
    ]
    assert ["error" in each for each in objects] == [False, False, False, True, True, True, False]
    assert carried[-1] == {}
