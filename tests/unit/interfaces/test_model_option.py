"""``kb ask --model``: asked for, said plainly, and never called otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from kb.interfaces import cli
from tests.model_server import Served, claims, serving, streamed
from tests.unit.interfaces.fake_library import PASSAGES, FakeLibrary

QUESTION = "What do speed cameras cost?"
KEY = "sk-invented-0123456789"
SCHEMA = json.loads((Path(__file__).parents[3] / "kb/interfaces/answer.schema.json").read_text("utf-8"))
TRUE = PASSAGES[0].text.split(". ")[0].rstrip(".") + "."
LIE = "Lord Fotheringay paid £987,654,321 for the cameras."


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A model that makes one true claim and one that is not, set up but not turned on."""
    with serving(streamed(claims((TRUE, ["p1"]), (LIE, ["p1"])))) as server:
        monkeypatch.setenv("KB_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("KB_LLM_MODEL", "small")
        monkeypatch.setenv("KB_LLM_API_KEY", KEY)
        yield server


def test_a_written_answer_says_who_wrote_it(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """The proven claim with its place, the struck one with its reason, the papers' own words below."""
    assert cli.main(["ask", "--model", QUESTION]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    head = "Written by a language model (small) from the quoted passages; every claim checked, 1 struck out."
    assert shown.startswith(head)
    written, own = shown.split("In the papers' own words")
    assert "Struck out, not proven: “Lord Fotheringay" in written
    assert "the name Fotheringay does not stand there" in written
    assert "Fotheringay" not in own
    assert "The Commissioner said that speed cameras cost" in own


def test_markdown_strikes_what_is_not_proven(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """With strokes and in words."""
    assert cli.main(["ask", "--model", "--format", "markdown", QUESTION]) == 0
    shown = capsys.readouterr().out
    assert "~~Struck out, not proven:" in shown
    assert "Written by a language model" in shown


def test_programs_read_claims_and_faults(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """In a field of its own, as the schema says; the answer stays the papers'."""
    assert cli.main(["ask", QUESTION, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["written"] is None
    assert cli.main(["ask", "--model", QUESTION, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, SCHEMA)
    assert data["answer"] == plain["answer"]
    assert data["written"]["text"] == TRUE
    assert [claim["proven"] for claim in data["written"]["claims"]] == [True, False]
    assert KEY not in json.dumps(data)


def test_it_is_off_unless_asked_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses alone turn nothing on; ``--no-model`` overrules ``KB_LLM=on``."""
    assert cli.main(["ask", QUESTION]) == 0
    assert served.requests == []
    monkeypatch.setenv("KB_LLM", "on")
    assert cli.main(["ask", "--no-model", QUESTION]) == 0
    assert served.requests == []
    assert cli.main(["ask", QUESTION]) == 0
    assert len(served.requests) == 1


def test_a_model_that_is_not_set_up_is_misuse(
    capsys: pytest.CaptureFixture[str], library: FakeLibrary
) -> None:
    """Said before anything is asked."""
    assert cli.main(["ask", "--model", QUESTION]) == 2
    assert "KB_LLM_BASE_URL" in capsys.readouterr().err
    assert library.asked == []


def test_no_key_under_debug(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """``--debug`` logs everything else."""
    assert cli.main(["ask", "--model", "--debug", QUESTION]) == 0
    shown = capsys.readouterr()
    assert KEY not in shown.out + shown.err


def test_a_batch_asks_the_model_too(served: Served, tmp_path: Path) -> None:
    """Once a question."""
    (tmp_path / "in.jsonl").write_text(f'{{"id": "a", "question": "{QUESTION}"}}\n' * 2)
    done = cli.main(
        ["ask", "--model", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")]
    )
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert done == 0
    assert [line["written"]["text"] for line in lines] == [TRUE, TRUE]
    assert len(served.requests) == 2
