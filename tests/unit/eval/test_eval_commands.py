"""The commands, from arguments to exit codes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from eval import baselines, commands, gate, handlers, workspace
from kb.errors import UsageError
from kb.interfaces.commands.shared import common_defaults
from tests.unit.eval.eval_fakes import TEXT, TOPICS, FakeSystem, broken_reply, good_reply, write_set
from tests.unit.eval.test_eval_feedback import line as feedback_line


def call(*words: str) -> int:
    """Run ``kb eval`` with some words."""
    parser = argparse.ArgumentParser()
    commands.register(parser.add_subparsers())
    args = parser.parse_args(["eval", *words], namespace=common_defaults())
    code: int = args.run(args)
    return code


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put sets, papers, runs and systems of our own in place of the project's."""
    for folder in ("papers", "runs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "papers" / "minutes.txt").write_text(TEXT, encoding="utf-8")
    write_set(tmp_path / "sets" / "fenwold", TOPICS)
    monkeypatch.setattr(workspace, "SETS", tmp_path / "sets")
    monkeypatch.setattr(workspace, "PAPERS", {"fenwold": tmp_path / "papers"})
    monkeypatch.setattr(workspace, "LIBRARIES", tmp_path / "libraries")
    monkeypatch.setattr(workspace, "CANDIDATES", tmp_path / "candidates")
    monkeypatch.setattr(workspace, "OUTLINES", tmp_path / "outlines")
    monkeypatch.setattr(workspace, "CORPUS", tmp_path / "nowhere")
    for module in (workspace, handlers):
        monkeypatch.setattr(module, "RUNS", tmp_path / "runs")
    monkeypatch.setattr(gate, "BASELINE", tmp_path / "baseline.json")
    monkeypatch.delenv("KB_CORPUS", raising=False)

    @contextmanager
    def open_system(name: str, **_: Any) -> Iterator[FakeSystem]:
        yield FakeSystem(broken_reply if name == "dense" else good_reply, name=name)

    monkeypatch.setattr(baselines, "open_system", open_system)
    monkeypatch.setattr(baselines, "build_library", lambda *_: 1.0)
    return tmp_path


def test_run_report_compare_and_gate(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole way, as CI goes it: the gate opens for the good run and not for the broken one."""
    assert call("run", "--name", "good") == 0
    assert call("run", "--name", "bad", "--system", "dense") == 0
    assert call("report", "good") == 0
    assert (place / "runs" / "good" / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert call("compare", "good", "bad", "--measure", "nDCG@10") == 0
    assert "worse: fen-" in capsys.readouterr().out
    with pytest.raises(UsageError, match="baseline holds nothing"):
        call("gate", "good")
    assert call("gate", "good", "--update") == 0
    assert call("gate", "good") == 0
    assert call("gate", "bad") == 1
    assert "FAILS" in capsys.readouterr().out


def test_all_systems_make_the_table(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every baseline stands in the same table, between the document's markers."""
    with pytest.raises(UsageError, match="no run of shipped, convex, rrf, bm25, dense, fixed-200"):
        call("table", "--split", "dev")
    assert call("run", "--system", "all", "--name", "x") == 0
    readme = place / "README.md"
    readme.write_text("# Title\n<!-- eval:table:fenwold --><!-- /eval:table -->\n", encoding="utf-8")
    assert call("table", "--split", "dev", str(readme)) == 0
    text = readme.read_text(encoding="utf-8")
    assert all(f"| {name} |" in text for name in baselines.NAMES)
    assert "`x-convex`" in text
    capsys.readouterr()
    assert call("table", "--split", "dev", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["runs"]) == 6


def test_json_is_one_object(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Machines read stdout."""
    call("run", "--name", "a", "--json")
    assert json.loads(capsys.readouterr().out)["runs"][0]["topics"] == len(TOPICS)
    call("compare", "a", "a", "--json")
    assert all(m["p_value"] == 1.0 for m in json.loads(capsys.readouterr().out)["measures"])
    call("report", "a", "--json")
    assert json.loads(capsys.readouterr().out)["html"].endswith("report.html")
    call("gate", "a", "--update", "--json")
    capsys.readouterr()
    call("gate", "a", "--json")
    assert json.loads(capsys.readouterr().out)["passes"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("run", "--set", "unknown"),
        ("run", "--set", "../fenwold"),
        ("run", "--papers", "nowhere"),
        ("run", "--name", "a/b"),
        ("run", "--split", "test"),
        ("run", "--config", "nowhere.toml"),
        ("report", "nothing"),
        ("structure",),
        ("import-feedback", "nowhere.jsonl"),
    ],
)
def test_misuse_is_named(place: Path, words: tuple[str, ...]) -> None:
    """The command line turns these into exit code 2."""
    with pytest.raises(UsageError):
        call(*words)


def test_configuration_files_hold_one_table(place: Path) -> None:
    """A typing error in a file is no silent default."""
    path = place / "config.toml"
    path.write_text("[retreival]\nk = 1\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"\[retrieval\]"):
        call("run", "--config", str(path))


def test_feedback_is_imported_and_malformed_lines_are_kept(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 says that a person must look; a second import adds nothing."""
    path = place / "feedback.jsonl"
    path.write_text(json.dumps(feedback_line()) + "\nbroken\n", encoding="utf-8")
    for _ in range(2):
        assert call("import-feedback", str(path)) == 1
    assert "line 2" in capsys.readouterr().err
    assert len((place / "candidates" / "candidates.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    rejected = (place / "candidates" / "candidates.rejected.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["text"] for row in rejected] == ["broken"]


def test_the_pool_is_written(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a person to judge."""
    call("run", "--name", "bad", "--system", "dense")
    assert call("pool", "bad", "--json") == 0
    assert (place / "candidates" / "pool.jsonl").exists()
    with pytest.raises(UsageError):
        call("pool", "bad", "--depth", "0")


def test_outlines_are_compared(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given ones, or made from the papers."""
    outline = {"doc": "minutes.txt", "parts": []}
    (place / "outlines" / "fenwold").mkdir(parents=True)
    for folder in (place / "outlines" / "fenwold", place):
        (folder / "minutes.txt.json").write_text(json.dumps(outline), encoding="utf-8")
    assert call("structure", "--given", str(place)) == 0
    assert "| all | 1.000 |" in capsys.readouterr().out
    assert call("structure", "--given", str(place), "--json", "--errors") == 0
    assert json.loads(capsys.readouterr().out)["all"]["parts"]["f1"] == 1.0


def test_the_corpus_is_found_by_its_variable(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers that are not in the repository are named by the environment."""
    monkeypatch.setenv("KB_CORPUS", str(place / "papers"))
    assert workspace.papers_folder("cambridgeshire") == place / "papers"
